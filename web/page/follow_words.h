/* Sentences of the page that follows a need. */
#ifndef WEB_PAGE_FOLLOW_WORDS_H
#define WEB_PAGE_FOLLOW_WORDS_H

#include "web/page/page.h"

/* What was just done, told on top of the page; NULL when nothing was. */
const char *follow_done(const struct page *page);

#endif
