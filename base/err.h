/* What went wrong, in one line a person can act on.
 *
 * Every function that can fail returns an err_code and takes a `struct err *` as its last
 * argument. The code says what the caller should do; the text says what happened, with the
 * value and what is allowed. Outputs stay untouched on failure. Not for our own mistakes:
 * those are assert()s. Weak side: one error only; whoever checks many things at once
 * (configuration, forms, imports) keeps a list of its own. */
#ifndef BASE_ERR_H
#define BASE_ERR_H

#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>

#define MUST_USE __attribute__((warn_unused_result))
#define PRINTF_LIKE(at, first) __attribute__((format(printf, at, first)))
#define FORMAT_ARGUMENT(at) __attribute__((format_arg(at)))
/* Marks an English sentence for the translation catalogues and yields it unchanged. */
#define N_(sentence) (sentence)

typedef enum err_code {
    ERR_NONE = 0,
    ERR_INVALID,   /* the input is wrong: say where, and what is allowed */
    ERR_NOT_FOUND, /* no such thing */
    ERR_FORBIDDEN, /* this actor may not do this */
    ERR_CONFLICT,  /* it changed meanwhile, or is already so: read again, then decide */
    ERR_BUSY,      /* try again shortly; nothing was done */
    ERR_LIMIT,     /* a named limit was reached; nothing was done */
    ERR_STORE,     /* the records cannot be read or written now */
    ERR_UNCERTAIN, /* a write may or may not have happened: read before writing again */
    ERR_IO,        /* a file or socket failed */
    ERR_MEMORY     /* out of memory, or an arena or buffer met its limit */
} err_code;

enum { ERR_TEXT_MAX = 512, ERR_FIELD_MAX = 40 };

struct err {
    err_code code;
    char field[ERR_FIELD_MAX]; /* form field or column at fault, "" when none */
    const char *message_id;    /* catalogue sentence (static), NULL when not for a page */
    char text[ERR_TEXT_MAX];   /* one line, UTF-8, English, no newline */
};

/* Fills `err` (may be NULL) and returns `code`. An error already present is kept: the
 * lowest level knows best. */
err_code err_set(struct err *err, err_code code, const char *format, ...)
    PRINTF_LIKE(3, 4);

/* As err_set, for a sentence a page will show beside `field`; `message_id` is an N_()
 * sentence without conversions. */
err_code err_set_field(struct err *err, err_code code, const char *field,
                       const char *message_id);

/* Puts "`context`: " in front of the text of a present error. */
void err_context(struct err *err, const char *format, ...) PRINTF_LIKE(2, 3);

void err_clear(struct err *err);

/* "invalid", "not_found", … a stable word for logs and JSON. */
const char *err_word(err_code code);

#endif
