/* What runs by itself. */
#include "exchange/action/jobs.h"

#include "base/clock.h"
#include "base/log.h"
#include "base/worker.h"
#include "exchange/action/index_sync.h"
#include "store/accounts.h"
#include "store/change.h"
#include "store/links.h"
#include "store/outbox.h"
#include "store/rows.h"

#include <stdlib.h>

enum {
    LOOK_EVERY_MS = 500, /* a look costs one small query a job */
    AFTER_TROUBLE_MS = 10000,
    RESTS = 9, /* a job rests so many times as long as it took: a tenth of a processor */
    TURN_ARENA_MAX = 64 << 20,
    FOLDER_ARENA_MAX = 1 << 14,
    LINKS_KEPT_S = 30 * 24 * 3600
};

static const struct {
    const char *name;
    enum job_lane lane;
    int64_t every_s;
    job_function *run;
} jobs[] = {
#define JOB(name, lane, every_s, function, sentence)                                     \
    {name, JOB_##lane, every_s, function},
#include "exchange/action/jobs.def"
#undef JOB
};
enum { JOBS = sizeof jobs / sizeof jobs[0] };

struct noting {
    const char *name;
    int64_t now;
};

static err_code write_ran(struct db *db, void *argument, struct err *err)
{
    const struct noting *noting = argument;
    struct stmt *stmt;
    err_code code = db_query(db, QUERY_JOB_RAN, &stmt, err);

    if (code != ERR_NONE)
        return code;
    stmt_text(stmt, 1, noting->name);
    stmt_int(stmt, 2, noting->now);
    code = stmt_run(stmt, NULL, err);
    return code == ERR_NONE ? change_note(db, THING_MAIL, 0, noting->now, err) : code;
}

static err_code run_one(struct ctx *ctx, size_t i, struct err *err)
{
    struct noting noting = {jobs[i].name, ctx->now};
    int64_t last = 0;
    err_code code = ERR_NONE;

    if (jobs[i].every_s) {
        code = rows_number_by_text(ctx->db, QUERY_JOB_LAST, jobs[i].name, &last, err);
        if (code != ERR_NONE || (ctx->now >= last && ctx->now - last < jobs[i].every_s))
            return code;
    }
    code = jobs[i].run(ctx, err);
    return code == ERR_NONE && jobs[i].every_s
               ? writer_do(ctx->writer, write_ran, &noting, err)
               : code;
}

/* Runs every job of a lane that is due and has rested, in the order of the table. The
 * first error is returned after all had their turn. */
static err_code run_lane(struct ctx *ctx, enum job_lane lane,
                         int64_t rests_until_ms[JOBS], struct err *err)
{
    err_code first = ERR_NONE;

    for (size_t i = 0; i < JOBS; i++) {
        struct err trouble = {0};
        int64_t start_ms = clock_monotonic_ms();
        err_code code = ERR_NONE;
        if (jobs[i].lane != lane || start_ms < rests_until_ms[i])
            continue;
        code = run_one(ctx, i, &trouble);
        if (lane == JOB_SHORT)
            rests_until_ms[i] =
                start_ms + (1 + RESTS) * (clock_monotonic_ms() - start_ms);
        if (code == ERR_NONE)
            continue;
        log_line(LOG_ERROR, "job", "name", jobs[i].name, "error", trouble.text, NULL);
        if (first == ERR_NONE)
            first = err_set(err, code, "%s: %s", jobs[i].name, trouble.text);
    }
    return first;
}

/* However quiet the site: nobody has to come in or be written to for it. */
static err_code write_links_forgotten(struct db *db, void *argument, struct err *err)
{
    const int64_t *now = argument;
    err_code code = links_forget(db, *now - LINKS_KEPT_S, err);

    if (code == ERR_NONE)
        code = accounts_tidy(db, *now, err);
    if (code == ERR_NONE)
        code = outbox_forget(db, *now, err);
    return code == ERR_NONE ? change_note(db, THING_MAIL, 0, *now, err) : code;
}

err_code job_links(struct ctx *ctx, struct err *err)
{
    return writer_do(ctx->writer, write_links_forgotten, &ctx->now, err);
}

struct job_worker {
    enum job_lane lane;
    struct job_options options;
    struct db *db;
    struct arena *arena; /* of the folder's name */
    const char *index_folder;
    struct search *search;        /* NULL while the index is being mended */
    int64_t rests_until_ms[JOBS]; /* of the monotonic clock */
    struct worker *thread;
};

/* The index may be away for a moment: what asks people waits for it. */
static void open_search(struct job_worker *worker)
{
    if (worker->search && search_refresh(worker->search, NULL) == ERR_NONE)
        return;
    search_close(worker->search);
    worker->search = NULL;
    if (search_open(&worker->search, worker->index_folder, worker->options.config,
                    NULL) != ERR_NONE)
        worker->search = NULL;
}

static int turn(void *state)
{
    struct job_worker *worker = state;
    const struct job_options *options = &worker->options;
    struct arena *arena = arena_new(TURN_ARENA_MAX);
    open_search(worker);
    struct ctx ctx = {.arena = arena,
                      .db = worker->db,
                      .writer = options->writer,
                      .search = worker->search,
                      .misses = options->misses,
                      .config = options->config,
                      .now = options->now(options->now_state),
                      .lang = options->config->languages[0]};
    struct err err = {0};
    err_code code =
        arena ? run_lane(&ctx, worker->lane, worker->rests_until_ms, &err) : ERR_MEMORY;

    arena_free(arena);
    return code == ERR_NONE ? LOOK_EVERY_MS : AFTER_TROUBLE_MS;
}

err_code job_worker_start(struct job_worker **out, enum job_lane lane,
                          const struct job_options *options, struct err *err)
{
    struct job_worker *worker = calloc(1, sizeof *worker);
    err_code code;

    if (!worker)
        return err_set(err, ERR_MEMORY, "no memory for what runs by itself");
    worker->lane = lane;
    worker->options = *options;
    worker->arena = arena_new(FOLDER_ARENA_MAX);
    worker->index_folder =
        worker->arena ? index_folder(worker->arena, options->config->data_folder) : NULL;
    code = worker->index_folder ? db_open(&worker->db, options->address, DB_READ, err)
                                : err_set(err, ERR_MEMORY, "no room for a folder's name");
    if (code == ERR_NONE)
        code = worker_start(&worker->thread, turn, worker, err);
    if (code != ERR_NONE) {
        db_close(worker->db);
        arena_free(worker->arena);
        free(worker);
        return code;
    }
    *out = worker;
    return ERR_NONE;
}

void job_worker_stop(struct job_worker *worker)
{
    if (!worker)
        return;
    worker_stop(worker->thread);
    search_close(worker->search);
    db_close(worker->db);
    arena_free(worker->arena);
    free(worker);
}
