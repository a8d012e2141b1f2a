/* Compressing and its inverse (zlib). */
#include "base/gzip.h"

#include <stdint.h>
#include <string.h>
#include <zlib.h>

enum { GZIP_WINDOW = 15 + 16, GZIP_MEMORY = 8, STEP_BYTES = 16 * 1024 };

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
    z_stream stream = {.next_in = (Bytef *)(uintptr_t)bytes, .avail_in = (uInt)length};
    char step[STEP_BYTES];
    int result = Z_OK;

    text_clear(out);
    if (length < GZIP_LEAST || length > (uInt)-1 ||
        deflateInit2(&stream, effort, Z_DEFLATED, GZIP_WINDOW, GZIP_MEMORY,
                     Z_DEFAULT_STRATEGY) != Z_OK)
        return false;
    while (result == Z_OK && out->length < length && !text_failed(out)) {
        stream.next_out = (Bytef *)step;
        stream.avail_out = sizeof step;
        result = deflate(&stream, Z_FINISH);
        text_add_bytes(out, step, sizeof step - stream.avail_out);
    }
    deflateEnd(&stream);
    if (result == Z_STREAM_END && out->length < length && !text_failed(out))
        return true;
    text_clear(out);
    return false;
}

bool gzip_is(const char *bytes, size_t length)
{
    return length > 2 && (unsigned char)bytes[0] == 0x1f &&
           (unsigned char)bytes[1] == 0x8b;
}

bool gzip_read(const char *bytes, size_t length, struct text *out)
{
    z_stream stream = {.next_in = (Bytef *)(uintptr_t)bytes, .avail_in = (uInt)length};
    char step[STEP_BYTES];
    int result = Z_OK;

    text_clear(out);
    if (length > (uInt)-1 || inflateInit2(&stream, GZIP_WINDOW) != Z_OK)
        return false;
    while (result == Z_OK && !text_failed(out)) {
        stream.next_out = (Bytef *)step;
        stream.avail_out = sizeof step;
        result = inflate(&stream, Z_NO_FLUSH);
        if (result == Z_OK || result == Z_STREAM_END)
            text_add_bytes(out, step, sizeof step - stream.avail_out);
        /* several may stand one behind the other: what is appended to such a file */
        if (result == Z_STREAM_END && stream.avail_in > 0)
            result = inflateReset(&stream);
    }
    inflateEnd(&stream);
    return result == Z_STREAM_END && !text_failed(out);
}
