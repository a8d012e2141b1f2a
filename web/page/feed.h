/* Calendars as answers: of one session, of lists of them, of one person. */
#ifndef WEB_PAGE_FEED_H
#define WEB_PAGE_FEED_H

#include "exchange/model/ical.h"
#include "web/page/page.h"

enum { FEED_PAST_DAYS = 30, FEED_SESSIONS_MOST = 500 };

/* Writes as the answer the calendar of the sessions that person gives, has a seat in or waits for:
 * those to come and those of the last 30 days, the cancelled too. `path` is the feed's own address.
 * The page is open, and whoever asks has shown that the calendar is hers; close it with template
 * NULL. What goes wrong is page->code. The answer must not be cached by others: the route is not
 * cacheable. */
void feed_private(struct page *page, int64_t person_id, const char *path);

/* What a calendar tells of a session: names, address and a sentence about its state, in the page's
 * language. For mails too. Lives in the request's arena; page->code when it cannot be read. */
struct ical_entry feed_entry(struct page *page, const struct session *session);

#endif
