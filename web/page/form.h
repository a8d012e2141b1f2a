/* What every form does: mistakes in a summary and beside their fields, values kept. */
#ifndef WEB_PAGE_FORM_H
#define WEB_PAGE_FORM_H

#include "web/page/page.h"

/* Adds one mistake to the summary ("mistakes": field, text, and the address of the field,
 * whose id is `field`) and beside it ("_wrong_FIELD"). `message_id` is an N_() sentence.
 * The template shows
 * {{>mistakes}} above the form, and "Error:" in the title where _has_mistakes. */
void form_mistake(struct page *page, const char *field, const char *message_id);

/* When page->err is for the visitor (it has a message_id): it becomes a mistake of the
 * form, the code is cleared and the status is 422 (409 for a conflict, 429 for a limit,
 * 410 for a link that is no good). False when it is not: then page_close shows the error
 * page. */
bool form_failed(struct page *page);

/* 303 to `url` (in the request's arena). An address of this site loses its base_url: the
 * browser stays on the name it asked for, and the policy of the page lets the form lead
 * there. */
void form_done(struct page *page, const char *url);

/* The nth value of a field as a number; `fallback` when it is absent or no whole number
 * from `least` to `most`. */
int64_t form_int(const struct request *request, const char *name, int64_t least,
                 int64_t most, int64_t fallback);

/* Whether something stands in the field that is no such number: then it is a mistake at
 * `field`, and the status is 422. */
bool form_is_odd(struct page *page, const char *name, int64_t least, int64_t most,
                 const char *field, const char *message_id);

/* The same for one of `words`, each ended by a blank ("oui non "). */
bool form_is_other(struct page *page, const char *name, const char *words,
                   const char *field, const char *message_id);

#endif
