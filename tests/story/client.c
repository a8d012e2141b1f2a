/* A client that sends raw bytes and looks at what comes back, and TAP lines. */
#include "tests/story/client.h"

#include <arpa/inet.h>
#include <poll.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/socket.h>
#include <unistd.h>

static int test_number, failure_count;

void tell(bool is_held, const char *label, const char *detail)
{
    printf("%sok %d - %s\n", is_held ? "" : "not ", ++test_number, label);
    if (!is_held) {
        failure_count++;
        printf("# %s\n", detail);
    }
}

int tell_end(void)
{
    printf("1..%d\n", test_number);
    return failure_count != 0;
}

int open_to(int port)
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

bool send_all(int to, const char *bytes, size_t length)
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

bool wait_for_bytes(int from, int wait_ms)
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

void read_answer(int from, bool is_head, struct answer *answer)
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

void ask(int port, const char *raw, size_t length, struct answer *answer)
{
    int to = open_to(port);
    char one;

    send_all(to, raw, length);
    read_answer(to, strncmp(raw, "HEAD ", 5) == 0, answer);
    if (!answer->is_closed && wait_for_bytes(to, CLOSE_WAIT_MS))
        answer->is_closed = recv(to, &one, 1, 0) <= 0;
    close(to);
}

const char *header_of(const struct answer *answer, const char *name, char value[256])
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

void expect_text(int port, const char *label, const char *raw, const char *expected,
                 struct answer *answer)
{
    ask(port, raw, strlen(raw), answer);
    tell(strstr(answer->bytes, expected) != NULL, label, answer->bytes);
}

void expect_status(int port, const char *label, int status, struct answer *answer,
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
