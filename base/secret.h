/* Tokens nobody can guess and hashes nobody can turn back (libsodium). */
#ifndef BASE_SECRET_H
#define BASE_SECRET_H

#include "base/err.h"

enum {
    SECRET_TOKEN_BYTES = 32,  /* 256 bits */
    SECRET_TOKEN_TEXT_MAX = 44, /* base64url without padding, and NUL */
    SECRET_HASH_TEXT_MAX = 65   /* hexadecimal, and NUL */
};

/* Once at start, before any other call. ERR_IO when the system gives no randomness. */
MUST_USE err_code secret_start(struct err *err);

/* A new 256-bit token in URL-safe letters. */
void secret_token(char out[SECRET_TOKEN_TEXT_MAX]);

/* `count` digits and NUL, each as likely as any other. */
void secret_digits(char *out, int count);

/* BLAKE2b-256 of `bytes`, keyed by `key` when not NULL (16 to 64 bytes), in hexadecimal. */
void secret_hash(const void *bytes, size_t length, const char *key,
                 char out[SECRET_HASH_TEXT_MAX]);

/* Compares in a time that does not depend on the content. */
bool secret_equal(const char *a, const char *b);

#endif
