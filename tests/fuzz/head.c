/* Bytes of a connection, given to the server itself: it may answer only requests that a
 * strict reader of RFC 9112 finds there, in their order. */
#include "base/log.h"
#include "base/secret.h"
#include "tests/fuzz/fuzz.h"
#include "web/http/server.h"
#include "web/http/static.h"

#include <arpa/inet.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

enum { SEEN_MOST = 64, TRIES_MOST = 5, ANSWER_MS = 3, END_MS = 100, TARGET_SHOWN = 64 };

/* The requests that came to a handler. One thread of the server writes, and only while
 * the connection is open. */
static char seen[SEEN_MOST][TARGET_SHOWN];
static int seen_count;
static struct server *server;

static void note(void *hall, const struct request *request, struct response *response)
{
    (void)hall;
    if (seen_count < SEEN_MOST)
        snprintf(seen[seen_count++], TARGET_SHOWN, "%.60s", request->target);
    text_add(&response->body, "ok");
}

static void on_error(void *hall, const struct request *request, struct response *response)
{
    (void)hall;
    (void)request;
    text_add(&response->body, "error");
}

static int64_t now(void *hall)
{
    (void)hall;
    return 1800000000;
}

static void begin(void)
{
    static const struct route routes[] = {
        {.name = "home", .method = METHOD_GET, .path = "/", .handler = note},
        {.name = "thing", .method = METHOD_GET, .path = "/{id}", .handler = note},
        {.name = "form", .method = METHOD_POST, .path = "/f", .handler = note},
    };
    static struct config config;
    struct server_options options = {.config = &config,
                                     .routes = routes,
                                     .route_count = sizeof routes / sizeof routes[0],
                                     .error_page = on_error,
                                     .now = now};
    static struct static_files *files;
    static struct arena *arena; /* for the whole process */
    struct err err = {0};

    arena = arena_new(1 << 22);
    log_start(LOG_ERROR);
    must(secret_start(&err) == ERR_NONE &&
             config_defaults(arena, &config, &err) == ERR_NONE,
         err.text);
    must(static_open(&files, "/nonexistent", NULL, &err) == ERR_NONE, err.text);
    config.listen_port = 0;
    config.listen_threads = 1;
    config.hosts = "a";
    options.files = files;
    must(server_start(&server, &options, &err) == ERR_NONE, err.text);
}

static int open_to(int port)
{
    struct sockaddr_in address = {.sin_family = AF_INET,
                                  .sin_port = htons((uint16_t)port),
                                  .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    struct linger at_once = {.l_onoff = 1};
    int made, tries = 0;

    /* the timer of libFuzzer may interrupt */
    while ((made = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)) >= 0 &&
           connect(made, (struct sockaddr *)&address, sizeof address) != 0 &&
           tries++ < TRIES_MOST)
        close(made);
    must(made >= 0 && tries <= TRIES_MOST, "the server is there");
    /* closed by a reset: thousands of connections a second leave no waiting ports */
    setsockopt(made, SOL_SOCKET, SO_LINGER, &at_once, sizeof at_once);
    return made;
}

/* Reads until the server is quiet for so long; false at the end. */
static bool read_quietly(int from, int quiet_ms)
{
    struct pollfd one = {.fd = from, .events = POLLIN};
    char answer[4096];

    while (poll(&one, 1, quiet_ms) == 1)
        if (recv(from, answer, sizeof answer, 0) <= 0)
            return false;
    return true;
}

/* The end is told apart from the bytes: libmicrohttpd misses one that comes with them,
 * and then holds the connection to its deadline. */
static void talk(const uint8_t *bytes, size_t length)
{
    int to = open_to(server_port(server));

    while (length) {
        ssize_t sent = send(to, bytes, length, MSG_NOSIGNAL);
        if (sent <= 0)
            break;
        bytes += sent;
        length -= (size_t)sent;
    }
    if (read_quietly(to, ANSWER_MS)) {
        shutdown(to, SHUT_WR);
        read_quietly(to, END_MS);
    }
    close(to);
}

/* The strict reader. */
struct reader {
    const uint8_t *at, *end;
};

/* A line up to CR LF, without control characters but tabs; NULL when there is none. NUL
 * LF counts as CR LF: libmicrohttpd leaves no trace of which it was. */
static const uint8_t *line(struct reader *reader, size_t *length)
{
    const uint8_t *start = reader->at;

    for (const uint8_t *at = start; at + 1 < reader->end; at++) {
        if ((*at == '\r' || *at == '\0') && at[1] == '\n') {
            *length = (size_t)(at - start);
            reader->at = at + 2;
            return start;
        }
        if ((*at < ' ' && *at != '\t') || *at == 0x7f)
            return NULL;
    }
    return NULL;
}

static bool is_name(const uint8_t *at, size_t length)
{
    for (size_t i = 0; i < length; i++)
        if (at[i] <= ' ' || at[i] >= 0x7f || strchr("\"(),/:;<=>?@[\\]{}", at[i]))
            return false;
    return length > 0;
}

/* Reads a head; false when there is no good one. */
static bool read_head(struct reader *reader, char target[TARGET_SHOWN], size_t *body,
                      bool *is_last)
{
    size_t length, name;
    const uint8_t *at, *blank, *second;

    while (reader->at < reader->end && (*reader->at == '\r' || *reader->at == '\n'))
        reader->at++;
    at = line(reader, &length);
    blank = at ? memchr(at, ' ', length) : NULL;
    second = blank ? memchr(blank + 1, ' ', (size_t)(at + length - blank - 1)) : NULL;
    if (!second || !is_name(at, (size_t)(blank - at)) || at + length - second != 9 ||
        (memcmp(second, " HTTP/1.1", 9) != 0 && memcmp(second, " HTTP/1.0", 9) != 0))
        return false;
    snprintf(target, TARGET_SHOWN, "%.*s",
             (int)(second - blank - 1 < 60 ? second - blank - 1 : 60), blank + 1);
    *body = 0;
    *is_last = second[8] == '0';
    while ((at = line(reader, &length)) && length) {
        const uint8_t *colon = memchr(at, ':', length);
        name = colon ? (size_t)(colon - at) : 0;
        if (!is_name(at, name))
            return false;
        if (name == 14 && strncasecmp((const char *)at, "Content-Length", 14) == 0)
            *body = strtoul((const char *)at + 15, NULL, 10);
        if (name == 17 && strncasecmp((const char *)at, "Transfer-Encoding", 17) == 0)
            *is_last = true; /* the server closes after chunks */
    }
    return at != NULL;
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length)
{
    uint8_t *copy = calloc(1, length + 32); /* strtoul ends somewhere */
    struct reader reader = {copy, copy + length};
    char target[TARGET_SHOWN];
    bool is_last = false;
    size_t body;

    if (!server)
        begin();
    memcpy(copy, bytes, length);
    seen_count = 0;
    talk(bytes, length);
    for (int i = 0; i < seen_count; i++) {
        bool is_found = false;
        while (!is_found) { /* others came to no handler: they have no page */
            must(!is_last && read_head(&reader, target, &body, &is_last),
                 "only good requests are answered, in the order they were sent");
            is_found = strcmp(target, seen[i]) == 0;
            must(is_last || body <= (size_t)(reader.end - reader.at),
                 "with their whole bodies");
            reader.at += is_last ? 0 : body;
        }
    }
    free(copy);
    return 0;
}
