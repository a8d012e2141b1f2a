/* etabli serve: the web server, the writer and the index worker of one site. */
#include "cli/command.h"

#include "base/clock.h"
#include "base/file.h"
#include "base/log.h"
#include "exchange/action/config_apply.h"
#include "exchange/action/erase.h"
#include "exchange/action/index_sync.h"
#include "exchange/action/jobs.h"
#include "exchange/action/learn.h"
#include "exchange/action/mail.h"
#include "exchange/action/miss_box.h"
#include "exchange/action/role_grant.h"
#include "indexer/model.h"
#include "store/migrate.h"
#include "web/mail/post.h"
#include "web/page/hall.h"
#include "web/page/routes.h"

#include <argp.h>
#include <semaphore.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { STOP_GRACE_MS = 10000, OPTION_PORT = 'p', OPTION_CLOCK = 1 };

struct serve_options {
    int port;               /* -1: that of the configuration */
    const char *clock_file; /* NULL: the system's time as it is */
};

/* Everything that runs, in the order it was started. */
struct site {
    struct arena *arena; /* lives as long as the site */
    const char *clock_file;
    struct config config;
    const char *address;
    struct writer *writer;
    struct miss_box *misses;
    struct index_worker *worker;
    struct job_worker *jobs[JOB_LANES];
    struct hall *hall;
    struct templates *mails;
    struct post *post;
    struct server *server;
};

static error_t parse_option(int key, char *argument, struct argp_state *state)
{
    struct serve_options *options = state->input;
    char *end;
    long port;

    switch (key) {
    case OPTION_PORT:
        port = strtol(argument, &end, 10);
        if (*end || end == argument || port < 0 || port > 65535)
            argp_error(state, "--port \"%s\": 0 to 65535 is allowed", argument);
        options->port = (int)port;
        return 0;
    case OPTION_CLOCK:
        options->clock_file = argument;
        return 0;
    case ARGP_KEY_ARG:
        argp_error(state, "\"%s\": serve takes no arguments", argument);
        return 0;
    default:
        return ARGP_ERR_UNKNOWN;
    }
}

/* The time of the site: the system's, moved by what the clock file says, when there is
 * one. */
static int64_t system_now(void *state)
{
    const struct site *site = state;
    char bytes[32] = "";
    FILE *file = site->clock_file ? fopen(site->clock_file, "re") : NULL;

    if (file) {
        if (!fgets(bytes, sizeof bytes, file))
            bytes[0] = '\0';
        fclose(file);
    }
    return clock_now() + strtoll(bytes, NULL, 10);
}

static enum log_level level_of(const char *word)
{
    static const char *const words[] = {"error", "warning", "info", "debug"};

    for (int i = 0; i < 4; i++)
        if (strcmp(words[i], word) == 0)
            return (enum log_level)i;
    return LOG_INFO;
}

/* Who was erased and came back with an older copy of the records goes again. */
static err_code erase_back(struct site *site, int64_t now, struct err *err)
{
    struct ctx ctx = {.arena = site->arena,
                      .writer = site->writer,
                      .config = &site->config,
                      .now = now,
                      .lang = site->config.languages[0]};
    err_code code = db_open(&ctx.db, site->address, DB_READ, err);

    if (code == ERR_NONE)
        code = erase_again(&ctx, NULL, err);
    db_close(ctx.db);
    return code;
}

static bool is_learnt(const char *path)
{
    struct model *model = NULL;
    struct err err = {0};

    if (access(path, F_OK) != 0)
        return false;
    if (model_open(&model, path, &err) == ERR_NONE) {
        model_close(model);
        return true;
    }
    log_line(LOG_WARNING, "learn", "made anew", err.text, NULL);
    return false;
}

/* A site that never learnt, or whose learnt file is damaged, learns from what it has: her
 * words are to find people from the first day. Search works without, so nothing stops
 * here. */
static void learn_first(const struct site *site, int64_t now)
{
    const struct learn_sources sources = {.has_records = true,
                                          .content = command_content()};
    const char *path =
        arena_printf(site->arena, "%s/%s", site->config.data_folder, MODEL_FILE);
    struct learnt learnt = {0};
    struct err err = {0};

    if (!path || is_learnt(path))
        return;
    if (learn_run(&site->config, site->address, &sources, now, NULL, &learnt, &err) ==
        ERR_NONE)
        log_line(LOG_INFO, "learn", "learnt", path, NULL);
    else
        log_line(LOG_WARNING, "learn", "error", err.text, NULL);
}

static err_code start_records(struct site *site, int64_t now, struct err *err)
{
    err_code code = file_make_folder(site->config.data_folder, err);

    if (code == ERR_NONE)
        code = migrate(site->address, now, NULL, NULL, err);
    if (code == ERR_NONE)
        learn_first(site, now);
    if (code == ERR_NONE)
        code = writer_open(&site->writer, site->address, err);
    site->misses = miss_box_new();
    if (code == ERR_NONE && !site->misses)
        code = err_set(err, ERR_MEMORY, "no memory to start");
    if (code == ERR_NONE)
        code = erase_back(site, now, err);
    if (code == ERR_NONE)
        code = config_apply(&site->config, site->writer, now, err);
    return code;
}

static const struct catalogue *catalogue_of(void *state, const char *lang)
{
    return hall_catalogue(state, lang);
}

/* The hall is open: it has the catalogues. Mails have templates of their own, which a
 * site may replace like the others. */
static err_code start_mail(struct site *site, struct err *err)
{
    const char *own = arena_printf(site->arena, "%s/mails", command_content());
    const char *replaced =
        arena_printf(site->arena, "%s/mails", site->config.content_folder);
    struct template_options template_options = {
        .folder = own,
        .override_folder = *site->config.content_folder ? replaced : NULL,
        .zone = site->config.zone};
    struct post_options options = {.config = &site->config,
                                   .address = site->address,
                                   .writer = site->writer,
                                   .catalogue = catalogue_of,
                                   .catalogue_state = site->hall,
                                   .now = system_now,
                                   .now_state = site};
    err_code code;

    if (!own || !replaced)
        return err_set(err, ERR_MEMORY, "no memory to start");
    code = templates_open(&site->mails, &template_options, err);
    options.templates = site->mails;
    return code == ERR_NONE ? post_start(&site->post, &options, err) : code;
}

/* Addresses in mails are those of the configuration; when it says nothing, they follow
 * the port that is listened on. */
static void follow_port(void *state, int port)
{
    static const char plain[] = "http://127.0.0.1:8080";
    struct site *site = state;
    const char *url = strcmp(site->config.base_url, plain) == 0
                          ? arena_printf(site->arena, "http://127.0.0.1:%d", port)
                          : NULL;

    site->config.base_url = url ? url : site->config.base_url;
}

static err_code start_web(struct site *site, struct err *err)
{
    struct hall_options hall_options = {
        .config = &site->config,
        .address = site->address,
        .content_folder = command_content(),
        .writer = site->writer,
        .misses = site->misses,
        .now = system_now,
        .now_state = site,
    };
    struct server_options server_options = {
        .config = &site->config,
        .routes = routes,
        .route_count = route_count,
        .error_page = page_error,
        .now = hall_now,
        .version = hall_version,
        .listening = follow_port,
        .listening_state = site,
    };
    err_code code = hall_open(&site->hall, &hall_options, err);

    if (code != ERR_NONE)
        return code;
    server_options.hall = site->hall;
    server_options.files = hall_static(site->hall);
    code = server_start(&site->server, &server_options, err);
    return code == ERR_NONE ? start_mail(site, err) : code;
}

static void stop(struct site *site)
{
    server_stop(site->server, STOP_GRACE_MS);
    post_stop(site->post);
    templates_close(site->mails);
    hall_close(site->hall);
    for (int lane = 0; lane < JOB_LANES; lane++)
        job_worker_stop(site->jobs[lane]);
    if (site->writer)
        writer_watch(site->writer, NULL, NULL);
    index_worker_stop(site->worker);
    writer_close(site->writer);
    miss_box_free(site->misses);
}

static void announce(const struct site *site)
{
    const char *listen = site->config.listen_address;
    bool is_ipv6 = strchr(listen, ':') != NULL;

    printf("%s: http://%s%s%s:%d\n", site->config.site_name, is_ipv6 ? "[" : "", listen,
           is_ipv6 ? "]" : "", server_port(site->server));
    fflush(stdout);
    log_line(LOG_INFO, "start", "address", site->address, "content", command_content(),
             NULL);
}

/* While nobody administers the site: a link that makes its first admin, on standard
 * output only. */
static err_code offer_first(struct site *site, struct err *err)
{
    char token[SECRET_TOKEN_TEXT_MAX];
    const char *url;
    bool is_made = false;
    err_code code =
        role_first_link(site->writer, false, system_now(site), token, &is_made, err);

    if (code != ERR_NONE || !is_made)
        return code;
    url = site_url(site->arena, &site->config, site->config.languages[0],
                   "/premiere-administration/%s", token);
    if (!url)
        return err_set(err, ERR_MEMORY, "no memory for an address");
    printf("nobody administers this site yet: open this address within 24 hours\n%s\n",
           url);
    fflush(stdout);
    log_line(LOG_INFO, "first admin", "offered", "on standard output", NULL);
    return ERR_NONE;
}

static err_code start_jobs(struct site *site, struct err *err)
{
    struct job_options options = {.config = &site->config,
                                  .address = site->address,
                                  .writer = site->writer,
                                  .misses = site->misses,
                                  .now = system_now,
                                  .now_state = site};
    err_code code = ERR_NONE;

    for (int lane = 0; code == ERR_NONE && lane < JOB_LANES; lane++)
        code = job_worker_start(&site->jobs[lane], (enum job_lane)lane, &options, err);
    return code;
}

/* Told to stop by a signal, whichever thread it reaches: libraries may have made some
 * before main that do not know of it. */
static sem_t told_to_stop;
static volatile sig_atomic_t stop_signal;

static void on_stop(int number)
{
    stop_signal = number;
    sem_post(&told_to_stop);
}

static void listen_to_signals(void)
{
    struct sigaction action = {.sa_handler = on_stop, .sa_flags = SA_RESTART};

    sem_init(&told_to_stop, 0, 0);
    sigemptyset(&action.sa_mask);
    sigaction(SIGTERM, &action, NULL);
    sigaction(SIGINT, &action, NULL);
}

int command_serve(struct command_context *context, int argc, char **argv)
{
    static const struct argp_option accepted[] = {
        {"port", OPTION_PORT, "N", 0, "Port to listen on; 0 takes a free one", 0},
        {"clock-file", OPTION_CLOCK, "FILE", OPTION_HIDDEN,
         "For trials: a file with seconds to add to the time, read again and again", 0},
        {0}};
    static const struct argp argp = {
        .options = accepted,
        .parser = parse_option,
        .doc = "Serves the site until it is told to stop (SIGTERM or Ctrl-C)."};
    struct serve_options options = {.port = -1};
    struct site site = {.arena = context->arena, .config = *context->config};
    struct err err = {0};
    err_code code;

    if (argp_parse(&argp, argc, argv, 0, NULL, &options) != 0)
        return EXIT_USAGE;
    if (options.port >= 0)
        site.config.listen_port = options.port;
    site.clock_file = options.clock_file;
    log_start(level_of(site.config.log_level));
    listen_to_signals();
    site.address = store_address(context->arena, site.config.data_folder);
    code = start_records(&site, context->now, &err);
    if (code == ERR_NONE)
        code = index_worker_start(&site.worker, &site.config, site.address, system_now,
                                  &site, &err);
    if (code == ERR_NONE) {
        writer_watch(site.writer, index_worker_wake, site.worker);
        code = start_web(&site, &err);
    }
    if (code == ERR_NONE)
        code = start_jobs(&site, &err);
    if (code == ERR_NONE) {
        announce(&site);
        code = offer_first(&site, &err);
    }
    if (code == ERR_NONE) {
        while (!stop_signal)
            sem_wait(&told_to_stop);
        log_line(LOG_INFO, "stop", "signal", strsignal(stop_signal), NULL);
    }
    stop(&site);
    return code == ERR_NONE ? EXIT_OK : command_trouble(&err);
}
