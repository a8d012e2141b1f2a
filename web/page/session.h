/* What the pages about one session share. */
#ifndef WEB_PAGE_SESSION_H
#define WEB_PAGE_SESSION_H

#include "exchange/model/session.h"
#include "exchange/action/session_view.h"
#include "web/page/form.h"

enum { SESSION_DATES_MOST = 8 };

/* Everything the page of a session shows, with what its visitor may do there. */
void session_fill(struct page *page, const struct session *session);
/* `my_place` of the tree: where a person stands, what she may do next; null when she has
 * none. The forms post to `action_url` and bear the visitor's token. */
void session_fill_place(struct page *page, const struct session *session,
                        int64_t person_id, const char *action_url);
/* `_dates` of the tree: the dates offered, each to tick; what was posted is ticked again,
 * else those of `person_id` (0: all). */
void session_fill_dates(struct page *page, const struct session *session,
                        int64_t person_id);
/* The dates ticked in the form, at most SESSION_DATES_MOST. */
size_t session_ticked(const struct request *request, int64_t dates[SESSION_DATES_MOST]);
/* The session of the address; page->code when there is none. */
bool session_read(struct page *page, int64_t id, struct session *session);
/* The address of its page, or of another route that starts with its id. */
const char *session_url(struct page *page, const struct session *session);
const char *session_route_url(struct page *page, const char *route, int64_t id);
/* Adds "?name=1" */
const char *session_with(struct page *page, const char *url, const char *name);

#endif
