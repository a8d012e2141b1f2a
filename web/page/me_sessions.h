/* "My space": the sessions she has a place in, and those she gives. */
#ifndef WEB_PAGE_ME_SESSIONS_H
#define WEB_PAGE_ME_SESSIONS_H

#include "web/page/page.h"

/* Fills what me_sessions.html shows. */
MUST_USE err_code me_sessions(struct page *page);

#endif
