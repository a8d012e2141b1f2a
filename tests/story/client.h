/* A client that sends raw bytes and looks at what comes back, and TAP lines. */
#ifndef TESTS_STORY_CLIENT_H
#define TESTS_STORY_CLIENT_H

#include <stdbool.h>
#include <stddef.h>

enum { ANSWER_MAX = 1 << 18, ANSWER_WAIT_MS = 5000, CLOSE_WAIT_MS = 60 };

struct answer {
    int status;     /* 0: closed without one */
    bool is_closed; /* within CLOSE_WAIT_MS after the answer */
    char bytes[ANSWER_MAX];
    size_t length;
    const char *body;
};

#define H "Host: a\r\n"
#define GET_WITH(lines) "GET / HTTP/1.1\r\n" H lines "\r\n"
#define TARGET(target) "GET " target " HTTP/1.1\r\n" H "\r\n"
#define FORM "Content-Type: application/x-www-form-urlencoded\r\n"
#define POST_WITH(lines, body) "POST /form HTTP/1.1\r\n" H FORM lines "\r\n" body
#define EVIL "GET /choses/evil HTTP/1.1\r\n" H "\r\n"

void tell(bool is_held, const char *label, const char *detail);
/* The plan; the status to exit with. */
int tell_end(void);

int open_to(int port);
bool send_all(int to, const char *bytes, size_t length);
bool wait_for_bytes(int from, int wait_ms);
void read_answer(int from, bool is_head, struct answer *answer);
/* Sends the bytes on a new connection and reads the first answer. */
void ask(int port, const char *raw, size_t length, struct answer *answer);
/* NULL when there is no such header. */
const char *header_of(const struct answer *answer, const char *name, char value[256]);

void expect_text(int port, const char *label, const char *raw, const char *expected,
                 struct answer *answer);
void expect_status(int port, const char *label, int status, struct answer *answer,
                   const char *format, ...) __attribute__((format(printf, 5, 6)));

#endif
