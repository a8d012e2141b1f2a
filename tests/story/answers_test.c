/* What the server answers to those who ask well: forms, languages, HEAD, 304, gzip,
 * files. */
#include "tests/story/client.h"
#include "tests/story/small_site.h"

#include <netinet/in.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>
#include <zlib.h>

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

static void play_troubles(int port, struct answer *answer)
{
    char value[256];

    expect_status(port, "a busy site says so", 503, answer, TARGET("/occupe"));
    tell(header_of(answer, "Retry-After", value) != NULL, "and when to come back",
         answer->bytes);
    expect_status(port, "an answer that is too long is none", 500, answer,
                  TARGET("/sans-fin"));
    tell(strcmp(answer->body, "500\n") == 0, "and is not sent in part", answer->bytes);
    expect_status(port, "headers of a page are sent", 200, answer, TARGET("/entetes"));
    tell(header_of(answer, "X-Fine", value) && strcmp(value, "yes") == 0, "as they are",
         answer->bytes);
    tell(!header_of(answer, "X-Evil", value) && !header_of(answer, "X-Split", value),
         "but none with a line end in it", answer->bytes);
}

/* A second server at the same place, and at places that are none. */
static void play_second(struct small_site *site)
{
    struct config config = site->config;
    struct server_options options = site->options;
    struct server *server;
    struct err err = {0};

    options.config = &config;
    config.listen_port = site->port;
    tell(server_start(&server, &options, &err) == ERR_IO &&
             strstr(err.text, "127.0.0.1 port") != NULL,
         "a port that is taken is told with its address", err.text);
    err = (struct err){0};
    config.listen_address = "localhost";
    tell(server_start(&server, &options, &err) == ERR_INVALID &&
             strstr(err.text, "\"localhost\"") != NULL,
         "what is no address is told", err.text);
}

static void play_ipv6(void)
{
    struct sockaddr_in6 address = {.sin6_family = AF_INET6,
                                   .sin6_addr = IN6ADDR_LOOPBACK_INIT};
    struct answer *answer = calloc(1, sizeof *answer);
    struct small_site site;
    int to = socket(AF_INET6, SOCK_STREAM | SOCK_CLOEXEC, 0);

    if (to < 0 || bind(to, (struct sockaddr *)&address, sizeof address) != 0) {
        tell(true, "IPv6 # SKIP there is none here", "");
        free(answer);
        close(to);
        return;
    }
    small_site_open(&site, "::1");
    address.sin6_port = htons((uint16_t)site.port);
    close(to);
    to = socket(AF_INET6, SOCK_STREAM | SOCK_CLOEXEC, 0);
    if (connect(to, (struct sockaddr *)&address, sizeof address) == 0)
        send_all(to, TARGET("/"), strlen(TARGET("/")));
    read_answer(to, false, answer);
    tell(answer->status == 200, "a client of IPv6 is answered", answer->bytes);
    close(to);
    small_site_close(&site);
    free(answer);
}

int main(void)
{
    struct answer *answer = calloc(1, sizeof *answer);
    struct small_site site;

    small_site_open(&site, "127.0.0.1");
    play_answers(site.port, answer);
    play_gzip(site.port, answer);
    play_static(site.port, site.files, answer);
    play_troubles(site.port, answer);
    play_second(&site);
    small_site_close(&site);
    play_ipv6();
    free(answer);
    return tell_end();
}
