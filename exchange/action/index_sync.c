/* Keeps the index equal to the records. */
#include "exchange/action/index_sync.h"

#include "base/log.h"
#include "exchange/action/index_fill.h"
#include "store/change.h"

#include <stdlib.h>

enum {
    SYNC_ARENA_MAX = 1 << 30,
    CHANGES_A_COMMIT = 5000, /* one index commit for this many changes */
    REBUILD_ABOVE = 200000,  /* more changes than this: rebuilding is quicker */
    LIFE_S = 22 * 3600,      /* cards age and sessions pass without any change; who is
                                erased leaves her bytes until the next making */
    READERS_LEAVE_S = 60     /* after it nobody still opens the index before */
};

const char *index_folder(struct arena *arena, const char *data_folder)
{
    return arena_printf(arena, "%s/index", data_folder);
}

static int by_thing(const void *a, const void *b)
{
    const struct change *x = a, *y = b;

    if (x->thing != y->thing)
        return x->thing < y->thing ? -1 : 1;
    if (x->id != y->id)
        return x->id < y->id ? -1 : 1;
    return 0;
}

/* A structure or pole as it was first made, which no document names yet: those of an
 * import. */
static bool is_new(const struct names *names, const struct change *change)
{
    const struct structure *structure;
    const struct pole *pole;

    if (change->thing == THING_STRUCTURE) {
        structure = names_structure(names, change->id);
        return structure && structure->version == 1;
    }
    pole = names_pole(names, change->id);
    return pole && pole->version == 1 && pole->skill_count == 0;
}

/* Accounts and mails are in no document. */
static bool is_indexed(enum thing thing)
{
    return thing != THING_ACCOUNT && thing != THING_MAIL;
}

static bool needs_rebuild(const struct names *names, const struct change *changes,
                          size_t count)
{
    for (size_t i = 0; i < count; i++)
        if ((changes[i].id == 0 && is_indexed(changes[i].thing)) ||
            ((changes[i].thing == THING_POLE || changes[i].thing == THING_STRUCTURE) &&
             !is_new(names, &changes[i])))
            return true;
    return false;
}

/* Applies changes, each thing once, whatever the order: the records are read as they are.
 */
static err_code apply(struct index_fill *fill, struct change *changes, size_t count,
                      struct progress *progress, uint64_t done, struct err *err)
{
    err_code code = ERR_NONE;

    qsort(changes, count, sizeof *changes, by_thing);
    for (size_t i = 0; code == ERR_NONE && i < count; i++) {
        if (i == 0 || by_thing(&changes[i - 1], &changes[i]) != 0)
            code = index_fill_one(fill, changes[i].thing, changes[i].id, err);
        if (progress)
            progress_show(progress, done + i);
    }
    return code;
}

enum outcome { UP_TO_DATE, MUST_REBUILD };

/* Follows the log from `number` to its end, a commit every CHANGES_A_COMMIT changes. */
static err_code follow(struct index_fill *fill, int64_t number, struct progress *progress,
                       enum outcome *outcome, struct err *err)
{
    const int64_t first = number;
    struct change *changes;
    size_t count;
    int64_t last;
    err_code code = change_last(fill->db, &last, err);

    *outcome = UP_TO_DATE;
    if (code != ERR_NONE || last == number)
        return code;
    if (last < number || last - number > REBUILD_ABOVE) {
        *outcome =
            MUST_REBUILD; /* other records than those it was made from, or too far */
        return ERR_NONE;
    }
    if (progress)
        progress_start(progress, "index", (uint64_t)(last - number));
    for (;;) {
        code = change_after(fill->db, fill->arena, number, CHANGES_A_COMMIT, &changes,
                            &count, err);
        if (code != ERR_NONE || count == 0)
            return code;
        if (needs_rebuild(&fill->names, changes, count)) {
            *outcome = MUST_REBUILD;
            return ERR_NONE;
        }
        last = changes[count - 1].number; /* apply() sorts them by thing */
        code = apply(fill, changes, count, progress, (uint64_t)(number - first), err);
        number = last;
        if (code == ERR_NONE)
            code = search_commit(fill->writer, number, err);
        if (code != ERR_NONE)
            return code;
    }
}

static err_code catch_up_with(struct index_fill *fill, struct progress *progress,
                              enum outcome *outcome, struct err *err)
{
    int64_t number, made_at;
    err_code code = search_applied(fill->writer, &number, err);

    if (code == ERR_NONE)
        code = search_made_at(fill->writer, &made_at, err);
    if (code == ERR_NONE && fill->now - made_at >= LIFE_S) {
        *outcome = MUST_REBUILD;
        return ERR_NONE;
    }
    if (code == ERR_NONE && fill->now - made_at >= READERS_LEAVE_S)
        search_drop_older(fill->writer);
    if (code == ERR_NONE)
        code = names_load(fill->db, fill->arena, &fill->names, err);
    return code == ERR_NONE ? follow(fill, number, progress, outcome, err) : code;
}

static err_code fill_new(struct index_fill *fill, struct progress *progress,
                         struct err *err)
{
    int64_t last;
    err_code code = db_read_begin(fill->db, err); /* all rows as they are at one moment */

    if (code != ERR_NONE)
        return code;
    code = change_last(fill->db, &last, err);
    if (code == ERR_NONE)
        code = names_load(fill->db, fill->arena, &fill->names, err);
    if (code == ERR_NONE)
        code = index_fill_all(fill, progress, err);
    db_read_end(fill->db);
    return code == ERR_NONE ? search_commit(fill->writer, last, err) : code;
}

static err_code rebuild(const struct config *config, struct db *db, int64_t now,
                        struct progress *progress, int64_t *applied, struct err *err)
{
    struct arena *arena = arena_new(SYNC_ARENA_MAX);
    struct index_fill fill = {.db = db, .config = config, .arena = arena, .now = now};
    err_code code;

    if (!arena)
        return err_set(err, ERR_MEMORY, "no memory for indexing");
    code = search_rebuild_open(&fill.writer, index_folder(arena, config->data_folder),
                               now, err);
    if (code == ERR_NONE) {
        code = fill_new(&fill, progress, err);
        search_writer_close(fill.writer);
    }
    *applied = fill.put_count;
    arena_free(arena);
    return code;
}

err_code index_rebuild(const struct config *config, struct db *db, int64_t now,
                       struct progress *progress, struct err *err)
{
    int64_t applied;

    return rebuild(config, db, now, progress, &applied, err);
}

err_code index_catch_up(const struct config *config, struct db *db, int64_t now,
                        struct progress *progress, int64_t *applied, struct err *err)
{
    struct arena *arena = arena_new(SYNC_ARENA_MAX);
    struct index_fill fill = {.db = db, .config = config, .arena = arena, .now = now};
    enum outcome outcome = UP_TO_DATE;
    struct err opening = {0};
    const char *folder;
    err_code code;

    if (!arena)
        return err_set(err, ERR_MEMORY, "no memory for indexing");
    folder = index_folder(arena, config->data_folder);
    code = search_writer_open(&fill.writer, folder, &opening);
    if (code == ERR_NONE) {
        code = catch_up_with(&fill, progress, &outcome, &opening);
        search_writer_close(fill.writer);
    } else if (code == ERR_STORE) {
        log_line(LOG_WARNING, "index", "made anew", opening.text, NULL);
        outcome = MUST_REBUILD; /* damaged: the records are the truth */
        code = ERR_NONE;
    }
    if (code == ERR_NONE && outcome == MUST_REBUILD)
        code = rebuild(config, db, now, progress, &fill.put_count, &opening);
    if (applied)
        *applied = fill.put_count;
    arena_free(arena);
    return code == ERR_NONE ? ERR_NONE : err_set(err, code, "%s", opening.text);
}
