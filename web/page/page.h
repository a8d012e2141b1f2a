/* What every page does: enters the hall, builds its tree, prints it as HTML or JSON. */
#ifndef WEB_PAGE_PAGE_H
#define WEB_PAGE_PAGE_H

#include "exchange/action/names.h"
#include "web/page/hall.h"
#include "web/view/tree.h"

struct page {
    struct hall *hall;
    const struct request *request;
    struct response *response;
    struct ctx ctx;
    struct reader *reader;
    struct names names;
    struct tree *root;
    err_code code; /* of the first thing that failed */
    struct err err;
};

/* False when the page cannot go on; page_close is called all the same. */
bool page_open(struct page *page, void *hall, const struct request *request,
               struct response *response);
/* Prints `template`, or the error page that fits page->code; gives everything back. */
void page_close(struct page *page, const char *template);

/* The address of a route in the page's language; parts end with NULL. */
const char *page_url(struct page *page, const char *route, const char *part);
/* "12-amal-benali" */
const char *page_slug(struct page *page, int64_t id, const char *name);
/* The id in front of a slug; 0 when there is none. */
int64_t page_id(const struct page *page);
/* The page number asked for, from 1. */
size_t page_number(const struct page *page);
/* Sets `_pages` with previous_url and next_url. */
void page_pages(struct page *page, const char *path, int64_t total, size_t number, size_t size);

/* Entries that several pages show (page/entries.c). */
struct tree *entry_person(struct page *page, const struct person *person);
struct tree *entry_session(struct page *page, const struct session *session);
struct tree *entry_need(struct page *page, const struct need *need);
void entry_skills(struct page *page, struct tree *object, const struct person *person);
void entry_hit(struct page *page, struct tree *array, const struct hit *hit);

#endif
