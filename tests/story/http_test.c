/* The server under hostile bytes: a table of raw requests with the status each must get
 * and whether the connection closes, then slow clients, HEAD, 304 and a stop under load.
 */
#include "base/clock.h"
#include "base/secret.h"
#include "web/http/server.h"
#include "web/http/static.h"

#include <arpa/inet.h>
#include <dirent.h>
#include <poll.h>
#include <pthread.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <unistd.h>
#include <zlib.h>

enum {
    ANSWER_MAX = 1 << 18,
    ANSWER_WAIT_MS = 5000,
    CLOSE_WAIT_MS = 60,
    FILES_FIRST = 1024, /* what a system allows a process that does not ask for more */
    END_WAIT_MS = 4000,
    SLOW_CLIENTS = 1000,
    STOP_CLIENTS = 20,
    FILLED_MAX = 1 << 17,
    STYLE_BYTES = 4000
};

struct answer {
    int status;     /* 0: closed without one */
    bool is_closed; /* within CLOSE_WAIT_MS after the answer */
    char bytes[ANSWER_MAX];
    size_t length;
    const char *body;
};

struct hostile {
    const char *label, *raw;
    size_t length;
    int status;
    bool closes;
};

static int test_number, failure_count;

static void tell(bool is_held, const char *label, const char *detail)
{
    printf("%sok %d - %s\n", is_held ? "" : "not ", ++test_number, label);
    if (!is_held) {
        failure_count++;
        printf("# %s\n", detail);
    }
}

static int open_to(int port)
{
    struct sockaddr_in address = {.sin_family = AF_INET,
                                  .sin_port = htons((uint16_t)port),
                                  .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    int made = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);

    if (made >= 0 && connect(made, (struct sockaddr *)&address, sizeof address) == 0)
        return made;
    if (made >= 0)
        close(made);
    return -1;
}

static bool send_all(int to, const char *bytes, size_t length)
{
    while (length) {
        ssize_t sent = send(to, bytes, length, MSG_NOSIGNAL);
        if (sent <= 0)
            return false;
        bytes += sent;
        length -= (size_t)sent;
    }
    return true;
}

static bool wait_for_bytes(int from, int wait_ms)
{
    struct pollfd one = {.fd = from, .events = POLLIN};
    return poll(&one, 1, wait_ms) == 1;
}

/* Length of the first answer in the buffer, 0 while it is not whole. */
static size_t answer_length(const struct answer *answer, bool is_head)
{
    const char *end = strstr(answer->bytes, "\r\n\r\n");
    const char *length = end ? strcasestr(answer->bytes, "\r\nContent-Length:") : NULL;
    size_t body = length && length < end ? strtoul(length + 17, NULL, 10) : 0;
    size_t whole = end ? (size_t)(end + 4 - answer->bytes) + (is_head ? 0 : body) : 0;

    return whole && whole <= answer->length ? whole : 0;
}

static void read_answer(int from, bool is_head, struct answer *answer)
{
    bool is_open = true;
    size_t whole = 0;

    memset(answer, 0, sizeof *answer);
    while (is_open && !whole && wait_for_bytes(from, ANSWER_WAIT_MS)) {
        ssize_t got = recv(from, answer->bytes + answer->length,
                           ANSWER_MAX - 1 - answer->length, 0);
        is_open = got > 0;
        answer->length += got > 0 ? (size_t)got : 0;
        whole = answer_length(answer, is_head);
    }
    if (strncmp(answer->bytes, "HTTP/1.", 7) == 0)
        answer->status = (int)strtol(answer->bytes + 9, NULL, 10);
    answer->body = strstr(answer->bytes, "\r\n\r\n");
    answer->body = answer->body ? answer->body + 4 : "";
    answer->is_closed = !is_open;
}

static void ask(int port, const char *raw, size_t length, struct answer *answer)
{
    int to = open_to(port);
    char one;

    send_all(to, raw, length);
    read_answer(to, strncmp(raw, "HEAD ", 5) == 0, answer);
    if (!answer->is_closed && wait_for_bytes(to, CLOSE_WAIT_MS))
        answer->is_closed = recv(to, &one, 1, 0) <= 0;
    close(to);
}

static const char *header_of(const struct answer *answer, const char *name,
                             char value[256])
{
    char wanted[80];
    const char *at;

    snprintf(wanted, sizeof wanted, "\r\n%s: ", name);
    at = strcasestr(answer->bytes, wanted);
    if (!at || at > answer->body)
        return NULL;
    at += strlen(wanted);
    snprintf(value, 256, "%.*s", (int)strcspn(at, "\r"), at);
    return value;
}

/* The test site. */
static void on_echo(void *hall, const struct request *request, struct response *response)
{
    const char *value = request_query(request, "q");

    (void)hall;
    text_printf(&response->body, "path=%s lang=%s json=%d q=%s", request->path,
                request->lang, request->wants_json, value ? value : "");
}

static void on_form(void *hall, const struct request *request, struct response *response)
{
    const char *value = request_form(request, "a");

    (void)hall;
    text_printf(&response->body, "a=%s", value ? value : "");
}

static void on_long(void *hall, const struct request *request, struct response *response)
{
    (void)hall;
    (void)request;
    for (int i = 0; i < 2000; i++)
        text_printf(&response->body, "long %d\n", i);
}

static void on_slow(void *hall, const struct request *request, struct response *response)
{
    (void)hall;
    (void)request;
    usleep(30 * 1000);
    text_add(&response->body, "slow");
}

static void on_error(void *hall, const struct request *request, struct response *response)
{
    (void)hall;
    (void)request;
    text_printf(&response->body, "error %d", response->status);
}

static int64_t fixed_now(void *hall)
{
    (void)hall;
    return 1800000000;
}

static const struct route routes[] = {
    {.name = "home",
     .method = METHOD_GET,
     .path = "/",
     .handler = on_echo,
     .is_cacheable = true},
    {.name = "thing", .method = METHOD_GET, .path = "/choses/{id}", .handler = on_echo},
    {.name = "things", .method = METHOD_GET, .path = "/choses", .handler = on_echo},
    {.name = "form", .method = METHOD_POST, .path = "/form", .handler = on_form},
    {.name = "long",
     .method = METHOD_GET,
     .path = "/long",
     .handler = on_long,
     .is_cacheable = true},
    {.name = "private", .method = METHOD_GET, .path = "/prive", .handler = on_long},
    {.name = "slow", .method = METHOD_GET, .path = "/lent", .handler = on_slow},
};

#define H "Host: a\r\n"
#define GET_WITH(lines) "GET / HTTP/1.1\r\n" H lines "\r\n"
#define TARGET(target) "GET " target " HTTP/1.1\r\n" H "\r\n"
#define FORM "Content-Type: application/x-www-form-urlencoded\r\n"
#define POST_WITH(lines, body) "POST /form HTTP/1.1\r\n" H FORM lines "\r\n" body
#define EVIL "GET /choses/evil HTTP/1.1\r\n" H "\r\n"

#define ROW(label, raw, status, closes) {label, raw, sizeof(raw) - 1, status, closes},
static const struct hostile table[] = {
#include "tests/story/hostile.def"
};
enum { TABLE_COUNT = sizeof table / sizeof table[0] };

static void play_table(int port, struct answer *answer)
{
    char detail[200], value[256];
    bool are_all_guarded = true;
    int unguarded = 0;

    for (size_t i = 0; i < TABLE_COUNT; i++) {
        const struct hostile *row = &table[i];
        ask(port, row->raw, row->length, answer);
        snprintf(detail, sizeof detail, "status %d, %s; expected %d, %s", answer->status,
                 answer->is_closed ? "closed" : "open", row->status,
                 row->closes ? "closed" : "open");
        tell(answer->status == row->status && answer->is_closed == row->closes &&
                 !strstr(answer->bytes, "choses/evil"),
             row->label, detail);
        /* libmicrohttpd answers some broken requests itself, with a fixed page of its own
         */
        if (answer->status > 100 && !strstr(answer->body, "<html><head><title>") &&
            !header_of(answer, "Content-Security-Policy", value)) {
            are_all_guarded = false;
            unguarded = answer->status;
        }
    }
    snprintf(detail, sizeof detail, "one with status %d", unguarded);
    tell(are_all_guarded, "every answer of ours carries the content security policy",
         detail);
}

/* `before`, `count` times `c`, `after` */
static void play_filled(int port, const char *label, const char *before, char c,
                        size_t count, const char *after, int status,
                        struct answer *answer)
{
    char *raw = malloc(FILLED_MAX + 4096), detail[100];
    size_t head = strlen(before);

    memcpy(raw, before, head);
    memset(raw + head, c, count);
    memcpy(raw + head + count, after, strlen(after) + 1);
    ask(port, raw, head + count + strlen(after), answer);
    snprintf(detail, sizeof detail, "status %d, %s; expected %d, closed", answer->status,
             answer->is_closed ? "closed" : "open", status);
    tell(answer->status == status && answer->is_closed, label, detail);
    free(raw);
}

static void play_large(int port, struct answer *answer)
{
    struct text many;

    play_filled(port, "a target of 5,000 bytes is 414", "GET /", 'a', 5000,
                " HTTP/1.1\r\n" H "\r\n", 414, answer);
    play_filled(port, "a header of 40,000 bytes is 431",
                "GET / HTTP/1.1\r\n" H "X: ", 'a', 40000, "\r\n\r\n", 431, answer);
    play_filled(port, "a form of 70,000 bytes is 413 before it is read",
                "POST /form HTTP/1.1\r\n" H FORM "Content-Length: 70002\r\n\r\na=", 'x',
                70000, "", 413, answer);
    play_filled(port, "a chunk of 70,000 bytes is 413",
                "POST /form HTTP/1.1\r\n" H FORM
                "Transfer-Encoding: chunked\r\n\r\n11170\r\n",
                'x', 70000, "\r\n0\r\n\r\n", 413, answer);
    text_init(&many, FILLED_MAX);
    text_add(&many, "GET / HTTP/1.1\r\n" H);
    for (int i = 0; i < 150; i++)
        text_printf(&many, "X-%d: 1\r\n", i);
    text_add(&many, "\r\n");
    ask(port, many.bytes, many.length, answer);
    tell(answer->status == 431, "150 headers are 431", "another status");
    text_clear(&many);
    text_add(&many, "GET /?");
    for (int i = 0; i < 101; i++)
        text_printf(&many, "a=%d&", i);
    text_add(&many, " HTTP/1.1\r\n" H "\r\n");
    ask(port, many.bytes, many.length, answer);
    tell(answer->status == 400, "101 query fields are 400", "another status");
    text_done(&many);
}

static void expect_text(int port, const char *label, const char *raw,
                        const char *expected, struct answer *answer)
{
    ask(port, raw, strlen(raw), answer);
    tell(strstr(answer->bytes, expected) != NULL, label, answer->bytes);
}

static void play_answers(int port, struct answer *answer)
{
    char etag[256] = "", value[256], raw[512];

    expect_text(port, "a form value is decoded",
                POST_WITH("Content-Length: 8\r\n", "a=%C3%A9"), "a=\xc3\xa9", answer);
    expect_text(port, "a chunked form is read",
                POST_WITH("Transfer-Encoding: chunked\r\n", "3\r\na=b\r\n0\r\n\r\n"),
                "a=b", answer);
    expect_text(port, "/en/ means English", TARGET("/en/choses/1"),
                "path=/choses/1 lang=en json=0", answer);
    expect_text(port, ".json means JSON", TARGET("/choses/1.json"),
                "path=/choses/1 lang=fr json=1", answer);
    expect_text(port, "Accept with a low weight for JSON means a page",
                GET_WITH("Accept: application/json;q=0.1, text/html\r\n"), "json=0",
                answer);
    expect_text(port, "Accept that prefers JSON means JSON",
                GET_WITH("Accept: text/html;q=0.5, application/json\r\n"), "json=1",
                answer);
    expect_text(port, "a query is cleaned to NFC", TARGET("/?q=e%CC%81"), "q=\xc3\xa9",
                answer);
    expect_text(port, "a slash at the end redirects and keeps the query",
                TARGET("/choses/?q=1"), "Location: /choses?q=1\r\n", answer);
    expect_text(port, "405 tells what is allowed", TARGET("/form"), "Allow: POST\r\n",
                answer);
    expect_text(port, "HEAD has the length of GET", "HEAD / HTTP/1.1\r\n" H "\r\n",
                "Content-Length: 24\r\n", answer);
    tell(*answer->body == '\0', "HEAD has no body", answer->body);
    ask(port, TARGET("/"), strlen(TARGET("/")), answer);
    tell(header_of(answer, "ETag", etag) != NULL, "a cacheable page has an ETag", "none");
    tell(!header_of(answer, "Server", value), "there is no Server banner", value);
    snprintf(raw, sizeof raw, "GET / HTTP/1.1\r\n" H "If-None-Match: %s\r\n\r\n", etag);
    ask(port, raw, strlen(raw), answer);
    tell(answer->status == 304 && *answer->body == '\0' &&
             header_of(answer, "ETag", value),
         "the same ETag gives 304", answer->bytes);
    expect_text(port, "pipelined requests are answered in order",
                TARGET("/?q=1") TARGET("/?q=2"), "q=1", answer);
}

static void expect_status(int port, const char *label, int status, struct answer *answer,
                          const char *format, ...)
{
    char raw[4096], detail[40];
    va_list arguments;

    va_start(arguments, format);
    vsnprintf(raw, sizeof raw, format, arguments);
    va_end(arguments);
    ask(port, raw, strlen(raw), answer);
    snprintf(detail, sizeof detail, "status %d", answer->status);
    tell(answer->status == status, label, detail);
}

static void play_hosts(int port, struct answer *answer)
{
    static const char *const names[] = {"localhost", "LOCALHOST", "127.0.0.1", "[::1]"};
    char label[60];
    struct text large;

    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
        snprintf(label, sizeof label, "%s with our port is ours", names[i]);
        expect_status(port, label, 200, answer, "GET / HTTP/1.1\r\nHost: %s:%d\r\n\r\n",
                      names[i], port);
        snprintf(label, sizeof label, "%s without it is not", names[i]);
        expect_status(port, label, 421, answer, "GET / HTTP/1.1\r\nHost: %s\r\n\r\n",
                      names[i]);
    }
    text_init(&large, FILLED_MAX);
    text_add(&large, "GET / HTTP/1.1\r\n" H);
    for (int i = 0; i < 80; i++)
        text_printf(&large, "X-%d: %0280d\r\n", i, i);
    text_add(&large, "\r\n");
    ask(port, large.bytes, large.length, answer);
    tell(answer->status == 200, "23 kB of honest headers are accepted", answer->bytes);
    text_done(&large);
}

/* Undoes the body of an answer with gzip(1)'s own format reader, zlib. */
static size_t undo_gzip(const struct answer *answer, char *out, size_t size)
{
    z_stream stream = {
        .next_in = (Bytef *)(uintptr_t)answer->body,
        .avail_in = (uInt)(answer->length - (size_t)(answer->body - answer->bytes)),
        .next_out = (Bytef *)out,
        .avail_out = (uInt)size};
    int result;

    if (inflateInit2(&stream, 15 + 16) != Z_OK)
        return 0;
    result = inflate(&stream, Z_FINISH);
    inflateEnd(&stream);
    return result == Z_STREAM_END ? size - stream.avail_out : 0;
}

static bool is_gzip(const struct answer *answer)
{
    char value[256];

    return header_of(answer, "Content-Encoding", value) && strcmp(value, "gzip") == 0;
}

static void play_gzip(int port, struct answer *answer)
{
    static const char *const taken[] = {
        "gzip",         "deflate, gzip;q=0.5, br",   "*", "x-gzip",
        "GZIP;Q=1.000", "gzip;q=0.001, identity;q=0"};
    static const char *const left[] = {"",         "br",          "gzip;q=0",
                                       "*;q=0",    "gzip;q=0, *", "identity, gzip;q=0.5",
                                       "gzip;q=2", "xgzip"};
    char plain[256], etag[256], length[256], vary[256], label[100], raw[600];
    char *out = malloc(ANSWER_MAX);
    size_t undone;

    expect_status(port, "a long page is 200", 200, answer, TARGET("/long"));
    header_of(answer, "Content-Length", plain);
    tell(!is_gzip(answer) && header_of(answer, "Vary", vary) &&
             strstr(vary, "Accept-Encoding"),
         "who does not ask for gzip gets none, and caches are told", answer->bytes);
    for (size_t i = 0; i < sizeof taken / sizeof taken[0]; i++) {
        snprintf(label, sizeof label, "Accept-Encoding: %s is given gzip", taken[i]);
        expect_status(port, "200", 200, answer,
                      "GET /long HTTP/1.1\r\n" H "Accept-Encoding: %s\r\n\r\n", taken[i]);
        tell(is_gzip(answer), label, answer->bytes);
    }
    undone = undo_gzip(answer, out, ANSWER_MAX);
    tell(undone == strtoul(plain, NULL, 10) && strncmp(out, "long ", 5) == 0,
         "gzip undone is the page", "other bytes");
    header_of(answer, "Content-Length", length);
    header_of(answer, "ETag", etag);
    for (size_t i = 0; i < sizeof left / sizeof left[0]; i++) {
        snprintf(label, sizeof label, "Accept-Encoding: %s is given plain bytes",
                 left[i]);
        expect_status(port, "200", 200, answer,
                      "GET /long HTTP/1.1\r\n" H "Accept-Encoding: %s\r\n\r\n", left[i]);
        tell(!is_gzip(answer), label, answer->bytes);
    }
    header_of(answer, "ETag", plain);
    tell(strcmp(plain, etag) != 0, "the two forms have two ETags", etag);
    snprintf(raw, sizeof raw,
             "HEAD /long HTTP/1.1\r\n" H "Accept-Encoding: gzip\r\n\r\n");
    expect_text(port, "HEAD tells gzip", raw, "Content-Encoding: gzip", answer);
    tell(header_of(answer, "Content-Length", plain) && strcmp(plain, length) == 0 &&
             *answer->body == '\0',
         "HEAD tells the length of GET with gzip, and sends nothing", answer->bytes);
    expect_status(port, "the ETag of gzip gives 304 to who takes gzip", 304, answer,
                  "GET /long HTTP/1.1\r\n" H "Accept-Encoding: gzip\r\nIf-None-Match: "
                  "\"x\", W/%s\r\n\r\n",
                  etag);
    expect_status(port, "and not to who does not", 200, answer,
                  "GET /long HTTP/1.1\r\n" H "If-None-Match: %s\r\n\r\n", etag);
    expect_status(port, "a range of it is the whole", 200, answer,
                  "GET /long HTTP/1.1\r\n" H "Accept-Encoding: gzip\r\nRange: "
                  "bytes=0-9\r\n\r\n");
    tell(header_of(answer, "Accept-Ranges", plain) && strcmp(plain, "none") == 0,
         "ranges are declined", answer->bytes);
    expect_status(port, "a page that is not public", 200, answer,
                  "GET /prive HTTP/1.1\r\n" H "Accept-Encoding: gzip\r\n\r\n");
    tell(!is_gzip(answer), "is never compressed", answer->bytes);
    expect_status(port, "a short page", 200, answer,
                  "GET / HTTP/1.1\r\n" H "Accept-Encoding: gzip\r\n\r\n");
    tell(!is_gzip(answer), "is not compressed", answer->bytes);
    free(out);
}

static void play_static(int port, const struct static_files *files, struct answer *answer)
{
    const char *url = static_url(files, "x.css"), *own = static_url(files, "y.css");
    char value[256], *out = malloc(ANSWER_MAX);

    tell(url && own && !static_url(files, "z.txt"),
         "styles are found, other files are not", "missing");
    expect_status(port, "a style is served", 200, answer, "GET %s HTTP/1.1\r\n" H "\r\n",
                  url);
    tell(strncmp(answer->body, "a{}", 3) == 0 &&
             header_of(answer, "Content-Type", value) &&
             strcmp(value, "text/css; charset=utf-8") == 0,
         "with its bytes and its type", answer->bytes);
    tell(header_of(answer, "Cache-Control", value) && strstr(value, "immutable"),
         "and may be kept", answer->bytes);
    tell(header_of(answer, "X-Content-Type-Options", value) != NULL, "and not guessed at",
         answer->bytes);
    expect_status(port, "a style is served compressed", 200, answer,
                  "GET %s HTTP/1.1\r\n" H "Accept-Encoding: gzip\r\n\r\n", url);
    tell(is_gzip(answer) && undo_gzip(answer, out, ANSWER_MAX) == STYLE_BYTES,
         "and is whole again", answer->bytes);
    expect_status(port, "a style of the site takes the place of ours", 200, answer,
                  "GET %s HTTP/1.1\r\n" H "\r\n", own);
    tell(strcmp(answer->body, "own") == 0, "with its bytes", answer->bytes);
    expect_status(port, "a style under an old address is not there", 404, answer,
                  "GET /statique/000000000000-x.css HTTP/1.1\r\n" H "\r\n");
    expect_status(port, "a style takes no form", 404, answer,
                  "POST %s HTTP/1.1\r\n" H "Content-Length: 0\r\n\r\n", url);
    expect_status(port, "nor another method", 404, answer,
                  "DELETE %s HTTP/1.1\r\n" H "\r\n", url);
    free(out);
}

/* As `printf … | nc -N` does. */
static void play_half_closed(int port, struct answer *answer)
{
    const char *two = TARGET("/?q=1") TARGET("/?q=2");
    int to = open_to(port);
    int64_t started_ms;
    char byte;

    send_all(to, two, strlen(two));
    shutdown(to, SHUT_WR);
    read_answer(to, false, answer);
    tell(strstr(answer->bytes, "q=1") != NULL, "who ends her side is answered",
         answer->bytes);
    started_ms = clock_monotonic_ms();
    while (wait_for_bytes(to, END_WAIT_MS) && recv(to, &byte, 1, 0) > 0)
        ;
    tell(clock_monotonic_ms() - started_ms < END_WAIT_MS,
         "and the connection is ended soon", "still open");
    close(to);
}

static void play_slow(int port, struct answer *answer)
{
    int slow[SLOW_CLIENTS];
    int64_t worst_ms = 0, started_ms, took_ms;
    bool are_all_ok = true, are_all_gone = true;
    char detail[100], byte;

    for (int i = 0; i < SLOW_CLIENTS; i++) {
        slow[i] = open_to(port);
        send_all(slow[i], "GET / HTTP/1.1\r\nHost: a\r\nX: ", 28);
    }
    started_ms = clock_monotonic_ms();
    while (clock_monotonic_ms() - started_ms < 2000) {
        int64_t at_ms = clock_monotonic_ms();
        int to = open_to(port);
        send_all(to, TARGET("/"), strlen(TARGET("/")));
        read_answer(to, false, answer);
        close(to);
        took_ms = clock_monotonic_ms() - at_ms;
        worst_ms = took_ms > worst_ms ? took_ms : worst_ms;
        are_all_ok = are_all_ok && answer->status == 200;
        for (int i = 0; i < SLOW_CLIENTS; i++)
            send_all(slow[i], "a", 1);
        usleep(50 * 1000);
    }
    snprintf(detail, sizeof detail, "worst %d ms", (int)worst_ms);
    tell(are_all_ok && worst_ms < 1000, "1000 slow clients do not stop a normal one",
         detail);
    printf("# a normal client among %d slow ones: %s\n", SLOW_CLIENTS, detail);
    for (int i = 0; i < SLOW_CLIENTS; i++) {
        while (wait_for_bytes(slow[i], 0) && recv(slow[i], &byte, 1, 0) > 0)
            ;
        are_all_gone = are_all_gone && wait_for_bytes(slow[i], 0);
        close(slow[i]);
    }
    tell(are_all_gone,
         "headers past their deadline end the connection, though bytes flow",
         "some are still open");
}

struct stopping {
    int port;
    int status;
};

static void *ask_slow_page(void *argument)
{
    struct stopping *stopping = argument;
    struct answer *answer = calloc(1, sizeof *answer);

    ask(stopping->port, TARGET("/lent"), strlen(TARGET("/lent")), answer);
    stopping->status = answer->status;
    free(answer);
    return NULL;
}

static void play_stop(struct server *server)
{
    struct stopping stopping[STOP_CLIENTS];
    pthread_t threads[STOP_CLIENTS];
    int answered = 0;
    char detail[60];

    for (int i = 0; i < STOP_CLIENTS; i++) {
        stopping[i] = (struct stopping){.port = server_port(server)};
        pthread_create(&threads[i], NULL, ask_slow_page, &stopping[i]);
    }
    usleep(40 * 1000);
    server_stop(server, 10000);
    for (int i = 0; i < STOP_CLIENTS; i++) {
        pthread_join(threads[i], NULL);
        answered += stopping[i].status == 200;
    }
    snprintf(detail, sizeof detail, "%d of %d answered", answered, STOP_CLIENTS);
    tell(answered == STOP_CLIENTS, "a stop under load answers every accepted request",
         detail);
}

/* "FOLDER/PART/style/NAME" */
static void write_style(const char *folder, const char *part, const char *name,
                        const char *bytes, size_t times)
{
    char path[200];
    FILE *file;

    snprintf(path, sizeof path, "%s/%s", folder, part);
    mkdir(path, 0700);
    snprintf(path, sizeof path, "%s/%s/style", folder, part);
    mkdir(path, 0700);
    snprintf(path, sizeof path, "%s/%s/style/%s", folder, part, name);
    file = fopen(path, "w");
    for (size_t i = 0; file && i < times; i++)
        fputs(bytes, file);
    if (file)
        fclose(file);
}

static void remove_styles(const char *folder)
{
    static const char *const paths[] = {"ours/style/x.css",
                                        "ours/style/y.css",
                                        "ours/style/z.txt",
                                        "ours/style",
                                        "ours",
                                        "own/style/y.css",
                                        "own/style",
                                        "own"};
    char path[200];

    for (size_t i = 0; i < sizeof paths / sizeof paths[0]; i++) {
        snprintf(path, sizeof path, "%s/%s", folder, paths[i]);
        remove(path);
    }
    rmdir(folder);
}

static bool open_styles(char *folder, struct static_files **files, struct err *err)
{
    char ours[100], own[100];

    if (!mkdtemp(folder))
        return false;
    snprintf(ours, sizeof ours, "%s/ours", folder);
    snprintf(own, sizeof own, "%s/own", folder);
    write_style(folder, "ours", "x.css", "a{}\n", STYLE_BYTES / 4);
    write_style(folder, "ours", "y.css", "ours", 1);
    write_style(folder, "ours", "z.txt", "no", 1);
    write_style(folder, "own", "y.css", "own", 1);
    return static_open(files, ours, own, err) == ERR_NONE;
}

int main(void)
{
    struct arena *arena = arena_new(1 << 24);
    struct answer *answer = calloc(1, sizeof *answer);
    struct server_options options = {.routes = routes,
                                     .route_count = sizeof routes / sizeof routes[0],
                                     .error_page = on_error,
                                     .now = fixed_now};
    struct config config = {0};
    char folder[] = "/tmp/etabli-http-XXXXXX";
    struct static_files *files = NULL;
    struct server *server;
    struct rlimit files_most = {0};
    struct err err = {0};

    getrlimit(RLIMIT_NOFILE, &files_most);
    files_most.rlim_cur = FILES_FIRST;
    setrlimit(RLIMIT_NOFILE, &files_most);
    if (secret_start(&err) || config_defaults(arena, &config, &err) ||
        !open_styles(folder, &files, &err)) {
        printf("Bail out! %s\n", err.text);
        return 1;
    }
    config.listen_port = 0;
    config.hosts = "a";
    config.base_url = "https://etabli.example";
    config.header_deadline_s = 1;
    config.body_deadline_s = 2;
    options.config = &config;
    options.files = files;
    if (server_start(&server, &options, &err)) {
        printf("Bail out! %s\n", err.text);
        return 1;
    }
    play_table(server_port(server), answer);
    play_large(server_port(server), answer);
    play_answers(server_port(server), answer);
    play_hosts(server_port(server), answer);
    play_gzip(server_port(server), answer);
    play_static(server_port(server), files, answer);
    play_half_closed(server_port(server), answer);
    play_slow(server_port(server), answer);
    play_stop(server);
    printf("1..%d\n", test_number);
    static_close(files);
    remove_styles(folder);
    free(answer);
    arena_free(arena);
    return failure_count != 0;
}
