/* Compressing and its inverse (libdeflate). */
#ifndef BASE_GZIP_H
#define BASE_GZIP_H

#include "base/text.h"

enum { GZIP_LEAST = 1024 }; /* what is shorter is not worth it */
enum gzip_effort { GZIP_QUICK = 1, GZIP_BEST = 12 };

/* True for types that shrink: text, JSON, XML, SVG. */
bool gzip_suits(const char *content_type);
/* Puts the gzip form of `bytes` into `out` (text_init'ed). False when they are short, do not
 * shrink, or memory is short; `out` is then empty. */
bool gzip_make(const char *bytes, size_t length, enum gzip_effort effort, struct text *out);
/* True when the bytes start like a gzip file. */
bool gzip_is(const char *bytes, size_t length);
/* The inverse, of one file; `out` (text_init'ed) limits how long it may become. False when the
 * bytes are damaged, cut or become too long. */
bool gzip_read(const char *bytes, size_t length, struct text *out);

#endif
