/* Compressed answers (zlib). */
#ifndef WEB_HTTP_GZIP_H
#define WEB_HTTP_GZIP_H

#include "base/text.h"

enum { GZIP_LEAST = 1024 }; /* what is shorter is not worth it */
enum gzip_effort { GZIP_QUICK = 4, GZIP_BEST = 9 };

/* True for types that shrink: text, JSON, XML, SVG. */
bool gzip_suits(const char *content_type);
/* Puts the gzip form of `bytes` into `out` (text_init'ed). False when they are short, do not
 * shrink, or memory is short; `out` is then empty. */
bool gzip_make(const char *bytes, size_t length, enum gzip_effort effort, struct text *out);

#endif
