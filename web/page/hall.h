/* What all pages share, made before the first request: configuration, templates,
 * languages, static files, the writer, and a pool of readers (a database connection, an
 * index reader and the names of poles and structures each), one lent to a request at a
 * time. */
#ifndef WEB_PAGE_HALL_H
#define WEB_PAGE_HALL_H

#include "exchange/action/ctx.h"
#include "exchange/action/names.h"
#include "web/http/server.h"
#include "web/view/catalogue.h"
#include "web/view/template.h"

enum { LANGUAGE_COUNT = 2 };

struct reader;
struct hall;

struct hall_options {
    const struct config *config;
    const char *address;        /* of the records */
    const char *content_folder; /* the program's own content */
    struct writer *writer;      /* borrowed */
    struct miss_box *misses;    /* borrowed: searches in vain */
    int64_t (*now)(void *state);
    void *now_state;
};

/* ERR_INVALID when a template or catalogue is wrong, ERR_STORE when the records are. */
MUST_USE err_code hall_open(struct hall **out, const struct hall_options *options,
                            struct err *err);
void hall_close(struct hall *hall);

int64_t hall_now(void *hall);
/* Of the records, the index and the minute: what a page for visitors is made from. False
 * while one of them cannot be read. */
bool hall_version(void *hall, struct page_version *out);
const struct config *hall_config(const struct hall *hall);
const struct templates *hall_templates(const struct hall *hall);
/* "fr" for any language that is not there. */
const struct catalogue *hall_catalogue(const struct hall *hall, const char *lang);
const struct static_files *hall_static(const struct hall *hall);
/* Where a file of the content ("help/index.fr.md") stands: in the site's own folder when
 * it is there, else in the program's. Lives in `arena`; NULL without room. */
const char *hall_content(const struct hall *hall, struct arena *arena, const char *file);

/* Lends a reader and fills ctx->db, search, writer, config. ctx->search is NULL when
 * there is no usable index just now. ERR_BUSY when every reader is lent and none comes
 * back within a second, ERR_STORE when the records cannot be opened. */
MUST_USE err_code hall_enter(struct hall *hall, struct ctx *ctx, struct reader **reader,
                             struct err *err);
/* Poles and structures, read again only after the records changed; valid until
 * hall_leave. */
const struct names *reader_names(const struct reader *reader);
void hall_leave(struct hall *hall, struct reader *reader);

#endif
