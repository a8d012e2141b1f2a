/* Compressing and its inverse (libdeflate). */
#include "base/gzip.h"

#include <libdeflate.h>
#include <pthread.h>
#include <stdlib.h>
#include <string.h>

enum { GROWTH = 4, ROOM_LEAST = 64 * 1024 }; /* of what a file may become */

/* A thread's own compressor for pages, which takes longer to make than to use. */
static pthread_once_t was_made = PTHREAD_ONCE_INIT;
static pthread_key_t key;
static bool has_key;

static void drop(void *compressor)
{
    libdeflate_free_compressor(compressor);
}

static void make_key(void)
{
    has_key = pthread_key_create(&key, drop) == 0;
}

static struct libdeflate_compressor *quick(void)
{
    struct libdeflate_compressor *kept;

    pthread_once(&was_made, make_key);
    kept = has_key ? pthread_getspecific(key) : NULL;
    if (kept || !has_key)
        return kept;
    kept = libdeflate_alloc_compressor(GZIP_QUICK);
    if (kept && pthread_setspecific(key, kept) != 0) {
        libdeflate_free_compressor(kept);
        return NULL;
    }
    return kept;
}

bool gzip_suits(const char *content_type)
{
    static const char *const types[] = {
        "text/",           "application/json",     "application/problem+json",
        "application/xml", "application/atom+xml", "image/svg+xml"};

    for (size_t i = 0; content_type && i < sizeof types / sizeof types[0]; i++)
        if (strncmp(content_type, types[i], strlen(types[i])) == 0)
            return true;
    return false;
}

bool gzip_make(const char *bytes, size_t length, enum gzip_effort effort,
               struct text *out)
{
    struct libdeflate_compressor *compressor;
    char *made;
    size_t used = 0;

    text_clear(out);
    if (length < GZIP_LEAST)
        return false;
    compressor = effort == GZIP_QUICK ? quick() : libdeflate_alloc_compressor(effort);
    made = compressor ? malloc(length) : NULL;
    if (made) /* 0 when it would not be shorter */
        used = libdeflate_gzip_compress(compressor, bytes, length, made, length);
    if (effort != GZIP_QUICK)
        libdeflate_free_compressor(compressor);
    if (used)
        text_add_bytes(out, made, used);
    free(made);
    if (used && !text_failed(out))
        return true;
    text_clear(out);
    return false;
}

bool gzip_is(const char *bytes, size_t length)
{
    return length > 2 && (unsigned char)bytes[0] == 0x1f &&
           (unsigned char)bytes[1] == 0x8b;
}

/* One file of several that may stand one behind the other; what it takes of `bytes`, 0
 * when it is damaged or too long. */
static size_t read_one(struct libdeflate_decompressor *decompressor, const char *bytes,
                       size_t length, struct text *out)
{
    enum libdeflate_result result = LIBDEFLATE_INSUFFICIENT_SPACE;
    size_t taken = 0, made = 0, left = out->limit - out->length;

    for (size_t room = GROWTH * length + ROOM_LEAST;
         result == LIBDEFLATE_INSUFFICIENT_SPACE; room *= GROWTH) {
        char *whole = malloc(room < left ? room : left);
        if (!whole)
            return 0;
        result = libdeflate_gzip_decompress_ex(decompressor, bytes, length, whole,
                                               room < left ? room : left, &taken, &made);
        if (result == LIBDEFLATE_SUCCESS)
            text_add_bytes(out, whole, made);
        free(whole);
        if (room >= left)
            break;
    }
    return result == LIBDEFLATE_SUCCESS && !text_failed(out) ? taken : 0;
}

bool gzip_read(const char *bytes, size_t length, struct text *out)
{
    struct libdeflate_decompressor *decompressor = libdeflate_alloc_decompressor();
    size_t at = 0, taken = decompressor != NULL && length > 0;

    text_clear(out);
    while (taken && at < length) {
        taken = read_one(decompressor, bytes + at, length - at, out);
        at += taken;
    }
    libdeflate_free_decompressor(decompressor);
    return taken > 0;
}
