/* Searches someone saved: their new answers stand in her weekly digest.
 *
 * Who answered when it was saved, or was told, is known by number; sessions are new when
 * they were made after. Only answers that are not far count, twenty of each at most, and of
 * them those that the search was narrowed to. */
#ifndef EXCHANGE_ACTION_SAVED_SEARCH_H
#define EXCHANGE_ACTION_SAVED_SEARCH_H

#include "base/text.h"
#include "exchange/action/narrow.h"
#include "store/saved_searches.h"

enum { SAVED_SEARCHES_MOST = 10 };

/* Of who acts. ERR_INVALID on field "q" for empty words or more than 200 code points, and
 * for filters of more than 2,000 bytes;
 * ERR_LIMIT when she has SAVED_SEARCHES_MOST of others; ERR_BUSY while there is no index.
 * The same words and filters twice are one. */
MUST_USE err_code saved_search_keep(struct ctx *ctx, const char *words,
                                    const struct narrowing *filters, struct err *err);
/* Nothing happens when it is not hers. */
MUST_USE err_code saved_search_drop(struct ctx *ctx, int64_t id, struct err *err);

/* What is new for one of them. */
struct saved_search_news {
    struct saved_search search;
    const struct hit *people, *sessions; /* new ones */
    size_t person_count, session_count;
    const char *known; /* with the new ones */
};
/* Those of an address that have something new; in ctx->arena. */
MUST_USE err_code saved_search_look(struct ctx *ctx, const char *email,
                                    struct saved_search_news **out, size_t *count,
                                    struct err *err);
/* A member "searches" for a mail in `lang`. */
void saved_search_tell(struct ctx *ctx, const char *lang,
                       const struct saved_search_news *news, size_t count,
                       struct text *values);
/* Inside a writer's job: they are told. */
MUST_USE err_code saved_search_told(struct db *db, const struct saved_search_news *news,
                                    size_t count, int64_t now, struct err *err);

#endif
