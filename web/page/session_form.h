/* The form of a session, new or changed: as it is typed, and as it is shown. */
#ifndef WEB_PAGE_SESSION_FORM_H
#define WEB_PAGE_SESSION_FORM_H

#include "exchange/action/session_propose.h"
#include "web/page/form.h"

/* What was posted. */
void session_form_typed(const struct request *request, struct session_form *form);
/* `form` of the tree, with room for so many dates (PROPOSE_DATES at most), and with
 * everything there is to choose from. */
void session_form_show(struct page *page, const struct session_form *form,
                       size_t date_count, const char *action_url);
/* Mistakes beside their fields, and the session that has the room; the status is 422, or
 * 409 where page->code is a conflict. */
void session_form_wrong(struct page *page, const struct session_mistakes *mistakes);

#endif
