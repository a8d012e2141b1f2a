/* The server with a few routes of its own, for what is asked of every site. */
#include "tests/story/small_site.h"

#include "base/secret.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* The test site. */
static void on_echo(void *hall, const struct request *request, struct response *response)
{
    const char *value = request_query(request, "q");

    (void)hall;
    text_printf(&response->body, "path=%s lang=%s json=%d q=%s", request->path,
                request->lang, request->wants_json, value ? value : "");
}

static void on_form(void *hall, const struct request *request, struct response *response)
{
    const char *value = request_form(request, "a");

    (void)hall;
    text_printf(&response->body, "a=%s", value ? value : "");
}

static void on_long(void *hall, const struct request *request, struct response *response)
{
    (void)hall;
    (void)request;
    for (int i = 0; i < 2000; i++)
        text_printf(&response->body, "long %d\n", i);
}

static void on_slow(void *hall, const struct request *request, struct response *response)
{
    (void)hall;
    (void)request;
    usleep(30 * 1000);
    text_add(&response->body, "slow");
}

static void on_busy(void *hall, const struct request *request, struct response *response)
{
    (void)hall;
    (void)request;
    response->status = 503;
    text_add(&response->body, "busy");
}

/* More than an answer may be. */
static void on_endless(void *hall, const struct request *request,
                       struct response *response)
{
    (void)hall;
    (void)request;
    while (text_add(&response->body, "endless"))
        ;
}

static void on_headers(void *hall, const struct request *request,
                       struct response *response)
{
    (void)hall;
    (void)request;
    response_header(response, "X-Fine", "yes");
    response_header(response, "X-Split", "a\r\nX-Evil: b");
}

static void on_error(void *hall, const struct request *request, struct response *response)
{
    (void)hall;
    (void)request;
    text_printf(&response->body, "error %d", response->status);
}

static int64_t fixed_now(void *hall)
{
    (void)hall;
    return 1800000000;
}

static const struct route routes[] = {
    {.name = "home",
     .method = METHOD_GET,
     .path = "/",
     .handler = on_echo,
     .is_cacheable = true},
    {.name = "thing", .method = METHOD_GET, .path = "/choses/{id}", .handler = on_echo},
    {.name = "things", .method = METHOD_GET, .path = "/choses", .handler = on_echo},
    {.name = "form", .method = METHOD_POST, .path = "/form", .handler = on_form},
    {.name = "long",
     .method = METHOD_GET,
     .path = "/long",
     .handler = on_long,
     .is_cacheable = true},
    {.name = "busy", .method = METHOD_GET, .path = "/occupe", .handler = on_busy},
    {.name = "endless", .method = METHOD_GET, .path = "/sans-fin", .handler = on_endless},
    {.name = "headers", .method = METHOD_GET, .path = "/entetes", .handler = on_headers},
    {.name = "private", .method = METHOD_GET, .path = "/prive", .handler = on_long},
    {.name = "slow", .method = METHOD_GET, .path = "/lent", .handler = on_slow},
};

/* "FOLDER/PART/style/NAME" */
static void write_style(const char *folder, const char *part, const char *name,
                        const char *bytes, size_t times)
{
    char path[200];
    FILE *file;

    snprintf(path, sizeof path, "%s/%s", folder, part);
    mkdir(path, 0700);
    snprintf(path, sizeof path, "%s/%s/style", folder, part);
    mkdir(path, 0700);
    snprintf(path, sizeof path, "%s/%s/style/%s", folder, part, name);
    file = fopen(path, "w");
    for (size_t i = 0; file && i < times; i++)
        fputs(bytes, file);
    if (file)
        fclose(file);
}

static void remove_styles(const char *folder)
{
    static const char *const paths[] = {"ours/style/x.css",
                                        "ours/style/y.css",
                                        "ours/style/z.txt",
                                        "ours/style",
                                        "ours",
                                        "own/style/y.css",
                                        "own/style",
                                        "own"};
    char path[200];

    for (size_t i = 0; i < sizeof paths / sizeof paths[0]; i++) {
        snprintf(path, sizeof path, "%s/%s", folder, paths[i]);
        remove(path);
    }
    rmdir(folder);
}

static bool open_styles(char *folder, struct static_files **files, struct err *err)
{
    char ours[100], own[100];

    if (!mkdtemp(folder))
        return false;
    snprintf(ours, sizeof ours, "%s/ours", folder);
    snprintf(own, sizeof own, "%s/own", folder);
    write_style(folder, "ours", "x.css", "a{}\n", STYLE_BYTES / 4);
    write_style(folder, "ours", "y.css", "ours", 1);
    write_style(folder, "ours", "z.txt", "no", 1);
    write_style(folder, "own", "y.css", "own", 1);
    return static_open(files, ours, own, err) == ERR_NONE;
}

void small_site_open(struct small_site *site, const char *address)
{
    struct server_options options = {.config = &site->config,
                                     .routes = routes,
                                     .route_count = sizeof routes / sizeof routes[0],
                                     .error_page = on_error,
                                     .now = fixed_now};
    struct config *config = &site->config;
    struct err err = {0};

    *site = (struct small_site){.arena = arena_new(1 << 24),
                                .folder = "/tmp/etabli-http-XXXXXX"};
    if (secret_start(&err) || config_defaults(site->arena, config, &err) ||
        !open_styles(site->folder, &site->files, &err)) {
        printf("Bail out! %s\n", err.text);
        exit(1);
    }
    config->listen_address = address;
    config->listen_port = 0;
    config->hosts = "a";
    config->base_url = "https://etabli.example";
    config->header_deadline_s = 1;
    config->body_deadline_s = 2;
    options.files = site->files;
    site->options = options;
    if (server_start(&site->server, &options, &err)) {
        printf("Bail out! %s\n", err.text);
        exit(1);
    }
    site->port = server_port(site->server);
}

void small_site_close(struct small_site *site)
{
    server_stop(site->server, 1000);
    static_close(site->files);
    remove_styles(site->folder);
    arena_free(site->arena);
}
