/* What every page does: enters the hall, builds its tree, prints it as HTML or JSON. */
#ifndef WEB_PAGE_PAGE_H
#define WEB_PAGE_PAGE_H

#include "exchange/action/actor.h"
#include "exchange/action/sign_in.h"
#include "web/page/hall.h"
#include "web/view/tree.h"

/* Who looks at a page. */
struct visitor {
    struct account account;
    int64_t signed_in; /* which of her browsers; 0: nobody has come in */
    char form_token[SECRET_HASH_TEXT_MAX]; /* stands in her forms */
    struct actor actor;
};

struct page {
    struct hall *hall;
    const struct request *request;
    struct response *response;
    struct ctx ctx;
    struct reader *reader;
    const struct names *names; /* poles and structures */
    struct tree *root;
    struct arena *outer_arena; /* tree_use() before this page */
    struct visitor visitor;
    err_code code; /* of the first thing that failed */
    struct err err;
};

/* The tree with what stands on every page, without a reader; page_end follows. Until then
 * trees of this thread live in the request's arena. */
void page_begin(struct page *page, void *hall, const struct request *request,
                struct response *response);
/* Prints the tree with `template`, or as JSON. */
void page_print(struct page *page, const char *template);
/* Ends what page_begin began. */
void page_end(struct page *page);
/* Begins, enters the hall, sees who has come in and lets her through when the route's
 * verb is for her. False when the page cannot go on; page_close is called all the same:
 * page->code says why, or it is a 303 to where one comes in (and back from there). A form
 * (POST) of who has come in must bear her token, but where a link is what lets her act.
 * Whether a record is hers is for the action: page->ctx.actor. */
bool page_open(struct page *page, void *hall, const struct request *request,
               struct response *response);
/* Prints `template` (NULL: the answer is written already), or the error page that fits
 * page->code; gives everything back. */
void page_close(struct page *page, const char *template);

/* The sentences of the page's language. */
const struct catalogue *page_catalogue(const struct page *page);
/* The address of a route in the page's language; parts end with NULL. */
const char *page_url(struct page *page, const char *route, const char *part);
/* The same with one parameter of a query. */
const char *page_query_url(struct page *page, const char *route, const char *name,
                           const char *value);
/* The same of an address without a query. */
const char *page_query_at(struct page *page, const char *address, const char *name,
                          const char *value);
/* "12-amal-benali" */
const char *page_slug(struct page *page, int64_t id, const char *name);
/* The id in front of a slug; 0 when there is none. */
int64_t page_id(const struct page *page);
/* The page number asked for, from 1. */
size_t page_number(const struct page *page);
/* Sets total, page, page_count and the addresses of the first, previous and next page of
 * the list at `path`. */
void page_pages(struct page *page, const char *path, int64_t total, size_t number,
                size_t size);

/* Entries that several pages show (page/entries.c). */
struct tree *entry_person(struct page *page, const struct person *person);
struct tree *entry_session(struct page *page, const struct session *session);
struct tree *entry_need(struct page *page, const struct need *need);
void entry_skills(struct page *page, struct tree *object, const struct person *person);
/* What the index finds, as the array of that name. page->ctx.search must be there. */
MUST_USE err_code entry_hits(struct page *page, const struct query_request *wanted,
                             const char *array, struct query_answer *answer);
/* `skill` of the object: name and address; null when there is none with that id. */
void entry_skill_link(struct page *page, struct tree *object, int64_t id);

#endif
