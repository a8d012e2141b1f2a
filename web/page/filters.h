/* What a search is narrowed to (exchange/action/narrow.h), on the page of its results: read
 * from the address or a form, written into every link of the page, shown with its counts. */
#ifndef WEB_PAGE_FILTERS_H
#define WEB_PAGE_FILTERS_H

#include "exchange/action/narrow.h"
#include "web/page/page.h"

/* The n-th value of a name: request_query_nth or request_form_nth. */
typedef const char *request_value(const struct request *request, const char *name,
                                  size_t n);
void filters_read(const struct request *request, request_value *value_of,
                  struct narrowing *out);

/* "?q=…" and the filters but the one numbered `left_out` (count or more: all of them),
 * behind the address of the results. */
const char *filters_url(struct page *page, const char *text,
                        const struct narrowing *filters, size_t left_out);

/* Adds each with its name, key and label, as readers call it. */
void filters_list(struct page *page, const struct narrowing *filters, struct tree *list);

/* What was counted of a kind; NULL: nothing. */
const struct facet *filters_facet(const struct query_answer *answer,
                                  enum narrow_kind kind);

/* Sets `filters` (each with the link that drops it), `clear_url`, `facets` and what the
 * form needs. `counted`: in place of what the answer counted of a kind, where set. */
void filters_show(struct page *page, const char *text, const struct narrowing *filters,
                  const struct query_answer *answer,
                  const struct facet *const counted[NARROW_COUNTED]);

#endif
