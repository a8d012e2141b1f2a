/* What the head of a page tells other programs: the one address it has, the same page in
 * other languages, the calendar and the feed that go with it. */
#ifndef WEB_PAGE_HEAD_H
#define WEB_PAGE_HEAD_H

#include "web/page/page.h"

/* "https://etabli.example.org/seances/12" for "/seances/12": made from base_url, never
 * from what a browser sends. Lives in the request's arena. */
const char *page_absolute(struct page *page, const char *path);

/* Says that the page's own address is `path`, in the page's language: `_canonical_url`
 * and
 * `_hreflangs`. page_begin says it of the address asked for, with its query and page
 * number only. */
void page_canonical(struct page *page, const char *path);
/* The same where the other language's address has another name in it: `named` is that
 * address, below the page's own language. */
void page_canonical_named(struct page *page, const char *path, const char *named);
/* Says nothing: for errors, and what nobody should find. */
void page_no_canonical(struct page *page);

/* `_feeds`: what one may subscribe to from this page: its calendar and its Atom feed;
 * either may be NULL. Paths, made by page_url. */
void page_feeds(struct page *page, const char *calendar, const char *atom);

#endif
