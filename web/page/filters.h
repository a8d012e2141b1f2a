/* What a search is narrowed to: read from the address, written into every link of the
 * page, shown with its counts. Parameters: pole, structure, commune (keys and names,
 * several each, any of them fits), niveau (at least 1 to 4), jour (1 to 7) and moment (0
 * morning, 1 afternoon, 2 evening), tri (1 who is free soonest first, 2 her own commune
 * first). What is none of these is left out in silence: old addresses live. */
#ifndef WEB_PAGE_FILTERS_H
#define WEB_PAGE_FILTERS_H

#include "web/page/page.h"

enum { FILTERS_MOST = 40 };

struct filters {
    struct field chosen[FILTERS_MOST]; /* in the order of the address, each once */
    size_t count;
};

void filters_read(const struct request *request, struct filters *out);

/* "?q=…" and the filters but the one numbered `left_out` (count or more: all of them),
 * behind the address of the results. */
const char *filters_url(struct page *page, const char *text,
                        const struct filters *filters, size_t left_out);

/* Puts them into a query; its lists live in the page's arena. */
MUST_USE err_code filters_apply(struct page *page, const struct filters *filters,
                                struct query_request *out);

/* Sets `filters` (each with the link that drops it), `clear_url`, `facets` and what the
 * form needs. */
void filters_show(struct page *page, const char *text, const struct filters *filters,
                  const struct query_answer *answer);

#endif
