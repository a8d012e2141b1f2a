/* What goes back. */
#include "web/http/answer.h"

#include "base/gzip.h"
#include "base/secret.h"
#include "web/http/admit.h"
#include "web/http/negotiate.h"
#include "web/http/static.h"

#include <string.h>

/* An ETag of the content for public pages, and 304 when the browser has it already. */
static void tag(struct answering *answering, const char *etag)
{
    static const struct text nothing = {.bytes = NULL};
    struct response *response = answering->response;
    const char *seen = answering->request->if_none_match;

    response->etag = etag;
    if (!response->cache_control)
        response->cache_control = "no-cache";
    if (!seen || !response->etag ||
        (!strstr(seen, response->etag) && strcmp(seen, "*") != 0))
        return;
    response->status = 304;
    answering->bytes = &nothing;
    answering->is_gzip = false;
}

static bool take_static(struct answering *answering)
{
    struct response *response = answering->response;
    const struct static_file *file =
        static_find(answering->options->files, answering->request->path);

    if (!file || answering->refused)
        return false;
    answering->is_gzip = file->gzip.length && negotiate_gzip(answering->accept_encoding);
    answering->bytes = answering->is_gzip ? &file->gzip : &file->bytes;
    response->status = 200;
    response->content_type = file->type;
    response->cache_control = "public, max-age=31536000, immutable";
    return true;
}

static bool is_public(const struct answering *answering)
{
    return answering->route && answering->route->is_cacheable &&
           answering->response->status == 200 && !answering->response->is_personal;
}

static void take_kept(struct answering *answering)
{
    const struct kept_page *kept = answering->kept;
    struct response *response = answering->response;

    response->content_type = kept->content_type;
    response->cache_control = kept->cache_control;
    response->extra_count = 0;
    for (size_t i = 0; i < kept->header_count; i++)
        response_header(response, kept->names[i], kept->values[i]);
    answering->is_gzip = kept->gzip.length && negotiate_gzip(answering->accept_encoding);
    answering->bytes = answering->is_gzip ? &kept->gzip : &kept->body;
    tag(answering, kept->etags[answering->is_gzip]);
}

/* Pages that may hold a secret beside what the visitor typed are never compressed: the
 * length would tell the secret. Those marked cacheable are the same for everyone: they
 * hold none. */
static void take_made(struct answering *answering)
{
    struct response *response = answering->response;
    char hash[SECRET_HASH_TEXT_MAX], etag[ETAG_MAX];

    answering->bytes = &response->body;
    if (!is_public(answering))
        return;
    answering->is_gzip = response->body.length >= GZIP_LEAST &&
                         gzip_suits(response->content_type) &&
                         negotiate_gzip(answering->accept_encoding);
    secret_hash(response->body.bytes, response->body.length, NULL, hash);
    etag_write(etag, hash, answering->is_gzip);
    tag(answering, arena_strdup(answering->request->arena, etag));
    if (!answering->is_gzip)
        return;
    answering->is_gzip = gzip_make(response->body.bytes, response->body.length,
                                   GZIP_QUICK, &answering->gzip);
    if (answering->is_gzip)
        answering->bytes = &answering->gzip;
}

/* The answer of the page's handler, or what it gave to someone before; only visitors
 * without any cookie are answered from memory. */
static void make_page(struct answering *answering)
{
    const struct server_options *options = answering->options;
    const struct request *request = answering->request;
    struct page_version version;
    const char *key = NULL;

    if (answering->memory && answering->route->is_cacheable &&
        (!request->cookies || !*request->cookies) && options->version &&
        options->version(options->hall, &version))
        key = arena_printf(request->arena, "%s%s%s", request->lang,
                           request->wants_json ? " json " : " ", request->target);
    answering->kept = key ? memory_find(answering->memory, &version, key) : NULL;
    if (answering->kept)
        return;
    answering->route->handler(options->hall, request, answering->response);
    if (key && is_public(answering) && !answering->response->has_effect &&
        !text_failed(&answering->response->body))
        answering->kept =
            memory_keep(answering->memory, &version, key, answering->response);
}

static void make(struct answering *answering)
{
    const struct server_options *options = answering->options;
    const struct request *request = answering->request;
    struct response *response = answering->response;
    const char *target = request->target;

    response->status = answering->refused ? answering->refused : 200;
    if (answering->refused == 308)
        response->location =
            arena_printf(request->arena, "%.*s%s", (int)strcspn(target, "?") - 1, target,
                         target + strcspn(target, "?"));
    else if (answering->refused == 421)
        admit_refuse_host(response);
    else if (answering->refused)
        options->error_page(options->hall, request, response);
    else
        make_page(answering);
    if (!text_failed(&response->body))
        return;
    text_clear(&response->body);
    response->status = 500;
    response->content_type = "text/plain; charset=utf-8";
    text_add(&response->body, "500\n");
}

void answer_make(struct answering *answering)
{
    answering->response->content_type = "text/html; charset=utf-8";
    if (!answering->route && take_static(answering))
        return;
    make(answering);
    if (answering->kept)
        take_kept(answering);
    else
        take_made(answering);
}

void answer_done(struct answering *answering)
{
    memory_release(answering->kept);
    text_done(&answering->gzip);
}
