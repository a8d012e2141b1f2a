/* What a page says to search engines in schema.org's words (JSON-LD). A person is named only when
 * she wants her card to be found (is_indexable) and it is public. */
#ifndef WEB_PAGE_JSONLD_H
#define WEB_PAGE_JSONLD_H

#include "web/page/page.h"

/* Sets `_jsonld` of the page: an Event for each date of the session that still counts. Nothing of
 * it says "offered": while a session is proposed its eventStatus is left out. `trainers` are the
 * people who show, of whom those who may be found are told. */
void jsonld_session(struct page *page, const struct session *session,
                    const struct person *trainers, size_t trainer_count);
/* Sets `_jsonld` to a Person, and `_is_indexable`; nothing when she may not be found. */
void jsonld_person(struct page *page, const struct person *person);
/* Whether search engines may show the card. */
bool jsonld_may_name(const struct person *person);

#endif
