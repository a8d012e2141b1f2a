/* Public pages as they were last made, so that one that did not change is not made again.
 *
 * A page is kept under what it answers (its target, language and form) as long as the
 * version of what it was made from stays; with a newer one everything goes, so that
 * nothing that was erased stays in memory. The pages used longest ago go first when the
 * bytes run out. Any thread may call any of these. */
#ifndef WEB_HTTP_MEMORY_H
#define WEB_HTTP_MEMORY_H

#include "web/http/response.h"

#include <stdint.h>

struct page_memory;

/* A part of it grows whenever a public page may change, and none ever falls: the hall
 * says what they are. */
struct page_version {
    int64_t parts[3];
};

enum { ETAG_MAX = 40 };

/* A kept page: read only, and there until memory_release. */
struct kept_page {
    struct text body, gzip;                   /* gzip is empty when it is not worth it */
    const char *content_type, *cache_control; /* static, as in struct response */
    char etags[2][ETAG_MAX];                  /* quoted; plain, compressed */
    const char *names[RESPONSE_HEADERS_MAX], *values[RESPONSE_HEADERS_MAX];
    size_t header_count;
};

/* The ETag of a body by its secret_hash, plain or compressed. */
void etag_write(char out[ETAG_MAX], const char *hash, bool is_gzip);

/* Keeps at most so many bytes; NULL without memory, and for 0: every call takes a NULL.
 * `drop` ends what memory_share was given. */
struct page_memory *memory_open(size_t bytes_most, void (*drop)(void *made));
void memory_close(struct page_memory *memory);

/* NULL when it is not kept. */
const struct kept_page *memory_find(struct page_memory *memory,
                                    const struct page_version *version, const char *key);
/* Keeps a copy of the response, which stays the caller's, in place of what was kept under
 * that key; compresses it. NULL when it is too large or there is no memory. */
const struct kept_page *memory_keep(struct page_memory *memory,
                                    const struct page_version *version, const char *key,
                                    const struct response *response);
/* What was made of the page for sending it, plain or compressed; NULL when nothing was.
 * It belongs to the page. */
void *memory_made(const struct kept_page *page, bool is_gzip);
/* Gives it to the page; what another thread gave in between is given back instead, and
 * `made` is dropped. */
void *memory_share(const struct kept_page *page, bool is_gzip, void *made);
/* Ends what memory_find or memory_keep gave; accepts NULL. */
void memory_release(const struct kept_page *page);

#endif
