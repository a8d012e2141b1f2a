/* May this request come in, and who answers it? */
#include "web/http/admit.h"

#include "base/map.h"
#include "base/random.h"
#include "base/secret.h"
#include "web/http/guard.h"
#include "web/http/negotiate.h"
#include "web/http/route.h"
#include "web/http/static.h"

#include <stdio.h>
#include <string.h>

/* No secret: they are only not to meet those of an earlier start in the logs. */
static uint64_t request_number(void)
{
    static _Atomic uint64_t first, count;
    uint64_t seed = first;
    char token[SECRET_TOKEN_TEXT_MAX];

    if (!seed) {
        secret_token(token);
        seed = map_key(token, strlen(token)) | 1;
        first = seed;
    }
    return random_mix(seed, count++);
}

static void name_request(struct request *request)
{
    static const char digits[] = "0123456789abcdef";
    uint64_t number = request_number();

    for (size_t i = 0; i + 1 < sizeof request->id; i++, number >>= 4)
        request->id[i] = digits[number & 15];
    request->lang = "fr";
    request->path = "/";
    request->target = "/";
}

int admit(const struct server_options *options, int port, const struct head *head,
          const char *raw, struct request *request, struct admission *out)
{
    const struct config *config = options->config;
    bool needs_slash_cut = false;
    int status = head_status(head), method = method_status(head->method);

    name_request(request);
    request->now = options->now(options->hall);
    if (status || (method && method != 405))
        return status ? status : method;
    out->is_head = strcmp(head->method, "HEAD") == 0;
    request->method = strcmp(head->method, "POST") == 0 ? METHOD_POST : METHOD_GET;
    status = raw ? target_read(request->arena, raw, request, &needs_slash_cut) : 503;
    request->wants_json = request->wants_json || negotiate_json(head->accept);
    if (status)
        return status;
    if (!host_is_ours(head->host, config->base_url, config->hosts, config->listen_address,
                      port))
        return 421;
    request->if_none_match = head->if_none_match;
    request->cookies = head->cookies;
    request->agent = head->agent;
    if (method == 0)
        out->route = route_find(options->routes, options->route_count, request);
    if (arena_failed(request->arena))
        return 503;
    if (!out->route)
        out->allowed =
            route_allowed(options->routes, options->route_count, request->path);
    if (method)
        return out->allowed ? 405 : 404;
    if (!out->route && needs_slash_cut)
        return 308;
    if (head->length > config->body_limit_bytes)
        return 413;
    if (request->method == METHOD_POST &&
        form_is_foreign(head->fetch_site, head->origin, head->host, config->base_url))
        return 403;
    if (!out->route && static_find(options->files, request->path) &&
        request->method == METHOD_GET)
        return 0;
    if (!out->route)
        return out->allowed ? 405 : 404;
    return 0;
}

void admit_refuse_host(struct response *response)
{
    response->content_type = "text/plain; charset=utf-8";
    text_add(&response->body,
             "Ce site ne répond pas à ce nom. / This site does not answer to this name.\n"
             "site.base_url, listen.hosts\n");
}
