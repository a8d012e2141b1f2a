/* What all pages share. */
#include "web/page/hall.h"

#include "base/clock.h"
#include "exchange/action/index_sync.h"
#include "web/http/static.h"

#include <pthread.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum {
    HALL_ARENA_MAX = 1 << 20,
    LEND_WAIT_S = 1,
    VERSION_S = 60,
    VERSION_FRESH_US = 20000 /* what other programs write is seen so much later */
};

struct reader {
    struct db *db;
    struct search *search;
    struct names_kept names;
    bool is_lent;
};

struct hall {
    struct hall_options options;
    struct arena *arena;
    const char *index_folder;
    struct templates *templates;
    struct catalogue *catalogues[LANGUAGE_COUNT];
    struct static_files *files;
    struct reader *readers;
    size_t reader_count;
    struct page_version version; /* as it was read last */
    uint64_t version_groups;     /* of the writer, before that */
    int64_t version_at_us;
    pthread_mutex_t lock;
    pthread_cond_t given_back;
};

static const char *const languages[LANGUAGE_COUNT] = {"fr", "en"};

static const char *static_address(void *state, const char *name)
{
    return static_url(state, name);
}

static err_code open_content(struct hall *hall, struct err *err)
{
    const char *own = hall->options.content_folder;
    const char *site = hall->options.config->content_folder;
    const char *folder = arena_printf(hall->arena, "%s/i18n", own);
    err_code code = ERR_NONE;

    if (!*site)
        site = NULL;
    for (int i = 0; code == ERR_NONE && i < LANGUAGE_COUNT; i++)
        code = catalogue_open(&hall->catalogues[i], folder, languages[i], err);
    if (code == ERR_NONE)
        code = static_open(&hall->files, own, site, err);
    if (code == ERR_NONE) {
        struct template_options options = {
            .folder = arena_printf(hall->arena, "%s/templates", own),
            .override_folder =
                site ? arena_printf(hall->arena, "%s/templates", site) : NULL,
            .asset_url = static_address,
            .asset_state = hall->files,
            .zone = hall->options.config->zone,
        };
        code = templates_open(&hall->templates, &options, err);
    }
    return code;
}

err_code hall_open(struct hall **out, const struct hall_options *options, struct err *err)
{
    struct hall *hall = calloc(1, sizeof *hall);
    err_code code;

    if (!hall)
        return err_set(err, ERR_MEMORY, "no memory to start");
    hall->options = *options;
    pthread_mutex_init(&hall->lock, NULL);
    pthread_cond_init(&hall->given_back, NULL);
    hall->reader_count = (size_t)options->config->listen_threads + 1;
    hall->readers = calloc(hall->reader_count, sizeof *hall->readers);
    hall->arena = arena_new(HALL_ARENA_MAX);
    if (!hall->readers || !hall->arena) {
        hall_close(hall);
        return err_set(err, ERR_MEMORY, "no memory to start");
    }
    hall->index_folder = index_folder(hall->arena, options->config->data_folder);
    code = open_content(hall, err);
    if (code != ERR_NONE) {
        hall_close(hall);
        return code;
    }
    *out = hall;
    return ERR_NONE;
}

void hall_close(struct hall *hall)
{
    if (!hall)
        return;
    for (size_t i = 0; hall->readers && i < hall->reader_count; i++) {
        search_close(hall->readers[i].search);
        names_drop(&hall->readers[i].names);
        db_close(hall->readers[i].db);
    }
    free(hall->readers);
    templates_close(hall->templates);
    static_close(hall->files);
    for (int i = 0; i < LANGUAGE_COUNT; i++)
        catalogue_close(hall->catalogues[i]);
    arena_free(hall->arena);
    pthread_cond_destroy(&hall->given_back);
    pthread_mutex_destroy(&hall->lock);
    free(hall);
}

int64_t hall_now(void *hall)
{
    const struct hall *self = hall;

    return self->options.now(self->options.now_state);
}

const struct config *hall_config(const struct hall *hall)
{
    return hall->options.config;
}

const struct templates *hall_templates(const struct hall *hall)
{
    return hall->templates;
}

const struct catalogue *hall_catalogue(const struct hall *hall, const char *lang)
{
    return hall->catalogues[strcmp(lang, "en") == 0 ? 1 : 0];
}

const struct static_files *hall_static(const struct hall *hall)
{
    return hall->files;
}

const char *hall_content(const struct hall *hall, struct arena *arena, const char *file)
{
    const char *site = hall->options.config->content_folder;
    const char *path = *site ? arena_printf(arena, "%s/%s", site, file) : NULL;

    if (path && access(path, R_OK) == 0)
        return path;
    return arena_printf(arena, "%s/%s", hall->options.content_folder, file);
}

static struct reader *free_reader(struct hall *hall)
{
    for (size_t i = 0; i < hall->reader_count; i++)
        if (!hall->readers[i].is_lent)
            return &hall->readers[i];
    return NULL;
}

static struct reader *lend(struct hall *hall)
{
    struct reader *reader;
    struct timespec until;

    clock_gettime(CLOCK_REALTIME, &until);
    until.tv_sec += LEND_WAIT_S;
    pthread_mutex_lock(&hall->lock);
    while (!(reader = free_reader(hall)))
        if (pthread_cond_timedwait(&hall->given_back, &hall->lock, &until) != 0)
            break;
    if (reader)
        reader->is_lent = true;
    pthread_mutex_unlock(&hall->lock);
    return reader;
}

/* The index may be away for a moment (being rebuilt, mended): pages then do without. */
static void open_search(struct hall *hall, struct reader *reader)
{
    if (reader->search && search_refresh(reader->search, NULL) == ERR_NONE)
        return;
    search_close(reader->search);
    reader->search = NULL;
    if (search_open(&reader->search, hall->index_folder, hall->options.config, NULL) !=
        ERR_NONE)
        reader->search = NULL;
}

const struct names *reader_names(const struct reader *reader)
{
    return &reader->names.names;
}

err_code hall_enter(struct hall *hall, struct ctx *ctx, struct reader **reader,
                    struct err *err)
{
    struct reader *lent = lend(hall);
    err_code code = ERR_NONE;

    if (!lent)
        return err_set(err, ERR_BUSY, "every reader is busy");
    if (!lent->db)
        code = db_open(&lent->db, hall->options.address, DB_READ, err);
    if (code == ERR_NONE)
        code = names_refresh(lent->db, &lent->names, err);
    if (code != ERR_NONE) {
        hall_leave(hall, lent);
        return code;
    }
    open_search(hall, lent);
    ctx->db = lent->db;
    ctx->search = lent->search;
    ctx->writer = hall->options.writer;
    ctx->misses = hall->options.misses;
    ctx->config = hall->options.config;
    *reader = lent;
    return ERR_NONE;
}

void hall_leave(struct hall *hall, struct reader *reader)
{
    pthread_mutex_lock(&hall->lock);
    reader->is_lent = false;
    pthread_cond_signal(&hall->given_back);
    pthread_mutex_unlock(&hall->lock);
}

static bool read_version(struct hall *hall, struct page_version *out)
{
    struct reader *reader;
    struct ctx ctx = {0};
    bool is_known;

    if (hall_enter(hall, &ctx, &reader, NULL) != ERR_NONE)
        return false;
    out->parts[0] = reader->names.change;
    is_known =
        ctx.search && search_reader_applied(ctx.search, &out->parts[1], NULL) == ERR_NONE;
    hall_leave(hall, reader);
    return is_known;
}

bool hall_version(void *hall, struct page_version *out)
{
    struct hall *self = hall;
    int64_t at_us = clock_monotonic_us();
    uint64_t groups = writer_groups(self->options.writer); /* before what it may change */
    bool is_known;

    pthread_mutex_lock(&self->lock);
    is_known = self->version_at_us && self->version_groups == groups &&
               at_us - self->version_at_us < VERSION_FRESH_US;
    *out = self->version;
    pthread_mutex_unlock(&self->lock);
    if (!is_known) {
        if (!read_version(self, out))
            return false;
        pthread_mutex_lock(&self->lock);
        self->version = *out;
        self->version_groups = groups;
        self->version_at_us = at_us;
        pthread_mutex_unlock(&self->lock);
    }
    out->parts[2] = hall_now(self) / VERSION_S;
    return true;
}
