/* Tokens nobody can guess and hashes nobody can turn back. */
#include "base/secret.h"

#include <sodium.h>
#include <string.h>

enum { HASH_BYTES = 32 };

err_code secret_start(struct err *err)
{
    if (sodium_init() < 0)
        return err_set(err, ERR_IO, "the system gives no random numbers");
    return ERR_NONE;
}

void secret_token(char out[SECRET_TOKEN_TEXT_MAX])
{
    unsigned char bytes[SECRET_TOKEN_BYTES];

    randombytes_buf(bytes, sizeof bytes);
    sodium_bin2base64(out, SECRET_TOKEN_TEXT_MAX, bytes, sizeof bytes,
                      sodium_base64_VARIANT_URLSAFE_NO_PADDING);
    sodium_memzero(bytes, sizeof bytes);
}

void secret_digits(char *out, int count)
{
    for (int i = 0; i < count; i++)
        out[i] = (char)('0' + randombytes_uniform(10));
    out[count] = '\0';
}

void secret_hash(const void *bytes, size_t length, const char *key,
                 char out[SECRET_HASH_TEXT_MAX])
{
    unsigned char hash[HASH_BYTES];

    crypto_generichash(hash, sizeof hash, bytes, length, (const unsigned char *)key,
                       key ? strlen(key) : 0);
    sodium_bin2hex(out, SECRET_HASH_TEXT_MAX, hash, sizeof hash);
}

bool secret_equal(const char *a, const char *b)
{
    size_t length = strlen(a);

    return length == strlen(b) && sodium_memcmp(a, b, length) == 0;
}
