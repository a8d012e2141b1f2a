/* The head of a request: what its lines say, and whether they say all of it. */
#include "web/http/head.h"

#include <stddef.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

enum { HTTP_PORT = 80, HTTPS_PORT = 443, PORT_DIGITS_MOST = 5, LENGTH_DIGITS_MOST = 12 };

static bool is_token(const char *name)
{
    static const char marks[] = "!#$%&'*+-.^_`|~";

    if (!*name)
        return false;
    for (; *name; name++)
        if (!((*name >= 'a' && *name <= 'z') || (*name >= 'A' && *name <= 'Z') ||
              (*name >= '0' && *name <= '9') || strchr(marks, *name)))
            return false;
    return true;
}

static bool is_plain_value(const char *value)
{
    for (; *value; value++)
        if (((unsigned char)*value < ' ' && *value != '\t') || *value == 0x7f)
            return false;
    return true;
}

/* A name or an address, with a port or not; no user, no path. */
static bool is_host(const char *value)
{
    if (!*value)
        return false;
    for (; *value; value++)
        if (!((*value >= 'a' && *value <= 'z') || (*value >= 'A' && *value <= 'Z') ||
              (*value >= '0' && *value <= '9') || strchr("-._:[]", *value)))
            return false;
    return true;
}

/* The part that begins `blanks` bytes after the one before. */
static void account(struct head *head, const char *part, size_t blanks, size_t length)
{
    head->has_gap = head->has_gap || part != head->at + blanks;
    head->at = part + length;
}

void head_start(struct head *head, const char *method, const char *target,
                size_t target_length, const char *version)
{
    *head = (struct head){.method = method, .version = version, .at = method};
    head->is_http_1_1 = strcmp(version, "HTTP/1.1") == 0;
    account(head, method, 0, strlen(method));
    account(head, target, 1, target_length);
    account(head, version, 1, strlen(version));
}

static void account_header(struct head *head, const char *name, const char *value)
{
    const char *after = name + strlen(name) + 1;

    account(head, name, 2, strlen(name));
    if (value < after) {
        head->has_gap = true;
        return;
    }
    for (; !head->has_gap && after < value; after++)
        head->has_gap = *after != ' ' && *after != '\t';
    head->at = value + strlen(value);
}

static void read_length(struct head *head, const char *value)
{
    size_t digits = strspn(value, "0123456789");

    if (!digits || value[digits] || digits > LENGTH_DIGITS_MOST)
        head->has_bad_value = true;
    else
        head->length = strtoll(value, NULL, 10);
}

void head_add(struct head *head, const char *name, const char *value)
{
#define FIELD(text, member, is_single)                                                   \
    {                                                                                    \
        text, sizeof text - 1, offsetof(struct head, member), is_single                  \
    }
    static const struct {
        const char *name;
        size_t length, at;
        bool is_single;
    } wanted[] = {FIELD("Host", host, true),
                  FIELD("Content-Length", content_length, true),
                  FIELD("Transfer-Encoding", transfer_encoding, true),
                  FIELD("Content-Type", content_type, true),
                  FIELD("Origin", origin, true),
                  FIELD("Sec-Fetch-Site", fetch_site, true),
                  FIELD("Accept", accept, false),
                  FIELD("Accept-Encoding", accept_encoding, false),
                  FIELD("Cookie", cookies, false),
                  FIELD("User-Agent", agent, false),
                  FIELD("If-None-Match", if_none_match, false)};
#undef FIELD
    size_t length = strlen(name);

    account_header(head, name, value ? value : name + length + 1);
    value = value ? value : "";
    head->headers++;
    head->has_bad_name = head->has_bad_name || !is_token(name);
    head->has_bad_value = head->has_bad_value || !is_plain_value(value);
    for (size_t i = 0; i < sizeof wanted / sizeof wanted[0]; i++) {
        const char **kept = (const char **)((char *)head + wanted[i].at);
        if (length != wanted[i].length || strcasecmp(name, wanted[i].name) != 0)
            continue;
        head->is_twice = head->is_twice || (wanted[i].is_single && *kept);
        if (!*kept)
            *kept = value;
    }
    if (strcasecmp(name, "Host") == 0)
        head->has_bad_value = head->has_bad_value || !is_host(value);
    else if (strcasecmp(name, "Content-Length") == 0)
        read_length(head, value);
    else if (strcasecmp(name, "Transfer-Encoding") == 0)
        head->is_chunked = strcasecmp(value, "chunked") == 0;
    else if (strcasecmp(name, "X-Forwarded-For") == 0)
        head->forwarded = value;
}

void head_end(struct head *head, size_t size)
{
    static const char ends[4] = {0};

    head->has_gap = head->has_gap || head->method + size != head->at + sizeof ends ||
                    memcmp(head->at, ends, sizeof ends) != 0;
}

int head_status(const struct head *head)
{
    bool is_encoded = head->transfer_encoding != NULL;

    if (!head->is_http_1_1 && strcmp(head->version, "HTTP/1.0") != 0)
        return 505;
    if (head->has_gap || head->has_bad_name || head->has_bad_value || head->is_twice ||
        (head->content_length && is_encoded) ||
        (is_encoded && (!head->is_chunked || !head->is_http_1_1)) ||
        (head->is_http_1_1 && !head->host))
        return 400;
    return head->headers > HEADERS_MOST ? 431 : 0;
}

int method_status(const char *method)
{
    static const char *const others[] = {"PUT",     "DELETE", "PATCH",
                                         "OPTIONS", "TRACE",  "CONNECT"};

    if (!is_token(method))
        return 400;
    if (strcmp(method, "GET") == 0 || strcmp(method, "HEAD") == 0 ||
        strcmp(method, "POST") == 0)
        return 0;
    for (size_t i = 0; i < sizeof others / sizeof others[0]; i++)
        if (strcmp(method, others[i]) == 0)
            return 405;
    return 501;
}

/* The length of the name in "name:port" or "[address]:port". */
static size_t name_length(const char *host)
{
    return *host == '[' ? strcspn(host, "]") + (strchr(host, ']') ? 1 : 0)
                        : strcspn(host, ": \t/");
}

static bool is_port(const char *rest)
{
    return !*rest ||
           (*rest == ':' && rest[1] && !rest[1 + strspn(rest + 1, "0123456789")]);
}

/* -1 for what no port is written like. */
static int port_number(const char *digits)
{
    int number = 0;

    if (*digits == '0' || strlen(digits) > PORT_DIGITS_MOST)
        return -1;
    for (; *digits; digits++)
        number = 10 * number + (*digits - '0');
    return number;
}

/* Is `host` what the entry of `length` bytes names? An entry without a port takes any. */
static bool is_named(const char *host, const char *entry, size_t length)
{
    size_t name = name_length(entry);

    if (name >= length)
        return length && name_length(host) == length &&
               strncasecmp(host, entry, length) == 0 && is_port(host + length);
    return strlen(host) == length && strncasecmp(host, entry, length) == 0;
}

/* Is `host` that name, at the port listened on? */
static bool is_here(const char *host, const char *name, int port)
{
    size_t length = strlen(name);
    bool is_bare = strchr(name, ':') && *name != '['; /* an IPv6 address */

    if (is_bare && *host++ != '[')
        return false;
    if (strncasecmp(host, name, length) != 0)
        return false;
    host += length;
    if (is_bare && *host++ != ']')
        return false;
    return *host ? is_port(host) && port_number(host + 1) == port
                 : port == HTTP_PORT || port == HTTPS_PORT;
}

bool host_is_ours(const char *host, const char *base_url, const char *hosts,
                  const char *address, int port)
{
    static const char *const loopback[] = {"localhost", "127.0.0.1", "::1"};
    const char *own = strstr(base_url, "://");

    if (!host)
        return true;
    own = own ? own + 3 : base_url;
    if (is_named(host, own, strcspn(own, "/")) || is_here(host, address, port))
        return true;
    for (size_t i = 0; i < sizeof loopback / sizeof loopback[0]; i++)
        if (is_here(host, loopback[i], port))
            return true;
    for (hosts += strspn(hosts, " "); *hosts; hosts += strspn(hosts, " ")) {
        size_t length = strcspn(hosts, " ");
        if (is_named(host, hosts, length))
            return true;
        hosts += length;
    }
    return false;
}

bool form_is_foreign(const char *fetch_site, const char *origin, const char *host,
                     const char *base_url)
{
    const char *origin_host = origin ? strstr(origin, "://") : NULL;

    if (fetch_site && strcmp(fetch_site, "same-origin") != 0 &&
        strcmp(fetch_site, "none") != 0)
        return true;
    if (!origin || strcmp(origin, base_url) == 0)
        return false;
    return !host || !origin_host || strcasecmp(origin_host + 3, host) != 0;
}
