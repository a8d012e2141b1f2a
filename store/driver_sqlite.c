/* SQLite behind the wall of store/driver.h: the only file that knows it. */
#include "store/driver.h"

#include "store/schema.h"

#include <assert.h>
#include <errno.h>
#include <limits.h>
#include <pthread.h>
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum {
    BUSY_WAIT_MS = 5000,
    CACHE_KIB = 16 * 1024,
    PARAMETERS_MOST = 48,
    PAGES_A_STEP = 256
};

struct stmt {
    struct db *db;
    sqlite3_stmt *handle;
    bool is_running;
    unsigned char at[PARAMETERS_MOST + 1]; /* where $N is bound: found once */
};

struct db {
    sqlite3 *handle;
    struct stmt statements[QUERY_COUNT]; /* prepared at first use */
};

const char *store_address(struct arena *arena, const char *data_folder)
{
    return arena_printf(arena, "%s/etabli.sqlite", data_folder);
}

/* What of the file, those the engine puts beside it and their folder cannot be written by
 * this user, and why; false when nothing of it. */
static bool find_unwritable(const char *address, struct err *err)
{
    static const char *const ends[] = {"", "-wal", "-shm"};
    const char *slash = strrchr(address, '/');
    char path[PATH_MAX];

    snprintf(path, sizeof path, "%.*s", slash ? (int)(slash - address) : 1,
             slash ? address : ".");
    if (access(*path ? path : "/", W_OK | X_OK) != 0 && errno != ENOENT) {
        err_set(err, ERR_STORE, "records: the folder %s cannot be written: %s", path,
                strerror(errno));
        return true;
    }
    for (size_t i = 0; i < sizeof ends / sizeof ends[0]; i++) {
        snprintf(path, sizeof path, "%s%s", address, ends[i]);
        if (access(path, W_OK) == 0 || errno == ENOENT)
            continue;
        err_set(err, ERR_STORE, "records: the file %s cannot be written: %s", path,
                strerror(errno));
        return true;
    }
    return false;
}

/* The engine's reason in the words of err_code. */
static err_code trouble(struct db *db, const char *what, struct err *err)
{
    int code = sqlite3_errcode(db->handle);
    const char *reason = sqlite3_errmsg(db->handle), *name;
    int system;

    switch (code & 0xff) {
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
        return err_set(err, ERR_BUSY, "records: %s: another program is writing", what);
    case SQLITE_CONSTRAINT:
        return err_set(err, ERR_CONFLICT, "records: %s: %s", what, reason);
    case SQLITE_NOMEM:
        return err_set(err, ERR_MEMORY, "records: %s: out of memory", what);
    case SQLITE_FULL:
        return err_set(err, ERR_STORE, "records: %s: the disk is full", what);
    case SQLITE_IOERR: /* with what the system says, where the engine kept it */
        system = sqlite3_system_errno(db->handle);
        return err_set(err, ERR_STORE, "records: %s: %s (%s)", what, reason,
                       system ? strerror(system)
                              : "is the disk full, or a file at its limit?");
    case SQLITE_NOTADB:
    case SQLITE_CORRUPT:
        return err_set(
            err, ERR_STORE,
            "records: the file is damaged or holds no records (%s); put a copy "
            "in its place: docs/records.md",
            reason);
    case SQLITE_READONLY:
    case SQLITE_CANTOPEN:
        name = sqlite3_db_filename(db->handle, "main");
        if (name && *name && find_unwritable(name, err))
            return ERR_STORE;
        return err_set(err, ERR_STORE, "records: %s: %s", what, reason);
    default:
        return err_set(err, ERR_STORE, "records: %s: %s", what, reason);
    }
}

err_code db_execute(struct db *db, const char *sql, struct err *err)
{
    if (sqlite3_exec(db->handle, sql, NULL, NULL, NULL) != SQLITE_OK)
        return trouble(db, sql, err);
    return ERR_NONE;
}

/* A page cache takes its pages one by one: it would take the first hundred kilobytes in
 * one piece, also for the table of a moment that RETURNING makes, and give them back at
 * once. */
static void set_up_engine(void)
{
    sqlite3_config(SQLITE_CONFIG_PAGECACHE, NULL, 0, 0);
    sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0);
}

static err_code set_up(struct db *db, enum db_mode mode, struct err *err)
{
    char cache[64];
    err_code code;

    sqlite3_busy_timeout(db->handle, BUSY_WAIT_MS);
    sqlite3_extended_result_codes(db->handle, 1);
    sqlite3_db_config(db->handle, SQLITE_DBCONFIG_DEFENSIVE, 1, NULL);
    sqlite3_db_config(db->handle, SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, NULL);
    sqlite3_snprintf(sizeof cache, cache, "PRAGMA cache_size = -%d", CACHE_KIB);
    code = db_execute(db, cache, err);
    if (code == ERR_NONE && mode == DB_READ)
        return db_execute(db, "PRAGMA query_only = ON", err);
    if (code == ERR_NONE)
        code = db_execute(db, "PRAGMA journal_mode = WAL", err);
    if (code == ERR_NONE)
        code = db_execute(db, "PRAGMA synchronous = FULL", err);
    if (code == ERR_NONE) /* what a large import wrote beside the file is given back */
        code = db_execute(db, "PRAGMA journal_size_limit = 33554432", err);
    if (code == ERR_NONE) /* who is erased leaves no bytes in the file */
        code = db_execute(db, "PRAGMA secure_delete = ON", err);
    if (code == ERR_NONE)
        code = db_execute(db, "PRAGMA foreign_keys = ON", err);
    return code;
}

err_code db_open_any(struct db **out, const char *address, enum db_mode mode,
                     struct err *err)
{
    static pthread_once_t once = PTHREAD_ONCE_INIT;
    struct db *db = calloc(1, sizeof *db);
    int flags = SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX;
    err_code code;

    pthread_once(&once, set_up_engine);
    if (!db)
        return err_set(err, ERR_MEMORY, "no memory for the records");
    if (mode == DB_WRITE)
        flags |= SQLITE_OPEN_CREATE;
    if (sqlite3_open_v2(address, &db->handle, flags, NULL) != SQLITE_OK) {
        if (find_unwritable(address, err))
            code = ERR_STORE;
        else
            code = err_set(err, ERR_STORE, "records %s: %s", address,
                           db->handle ? sqlite3_errmsg(db->handle) : "out of memory");
        db_close(db);
        return code;
    }
    code = set_up(db, mode, err);
    if (code != ERR_NONE) {
        err_context(err, "%s", address);
        db_close(db);
        return code;
    }
    *out = db;
    return ERR_NONE;
}

err_code db_schema_number(struct db *db, int *number, struct err *err)
{
    sqlite3_stmt *handle;

    if (sqlite3_prepare_v2(db->handle, "PRAGMA user_version", -1, &handle, NULL) !=
        SQLITE_OK)
        return trouble(db, "schema number", err);
    *number = sqlite3_step(handle) == SQLITE_ROW ? sqlite3_column_int(handle, 0) : 0;
    sqlite3_finalize(handle);
    return ERR_NONE;
}

err_code db_set_schema_number(struct db *db, int number, struct err *err)
{
    char sql[48];

    sqlite3_snprintf(sizeof sql, sql, "PRAGMA user_version = %d", number);
    return db_execute(db, sql, err);
}

err_code db_open(struct db **out, const char *address, enum db_mode mode, struct err *err)
{
    struct db *db;
    int number = 0;
    err_code code = db_open_any(&db, address, mode, err);

    if (code != ERR_NONE)
        return code;
    code = db_schema_number(db, &number, err);
    if (code == ERR_NONE && number != schema_latest)
        code = err_set(
            err, ERR_STORE, "records %s have schema %d, this program knows %d: %s",
            address, number, schema_latest,
            number > schema_latest ? "use a newer program" : "run `etabli migrate`");
    if (code != ERR_NONE) {
        db_close(db);
        return code;
    }
    *out = db;
    return ERR_NONE;
}

void db_close(struct db *db)
{
    if (!db)
        return;
    for (int i = 0; i < QUERY_COUNT; i++)
        sqlite3_finalize(db->statements[i].handle);
    sqlite3_close_v2(db->handle);
    free(db);
}

int64_t db_total_changes(struct db *db)
{
    return sqlite3_total_changes64(db->handle);
}

bool db_in_transaction(struct db *db)
{
    return sqlite3_get_autocommit(db->handle) == 0;
}

/* SQLite numbers $N by first appearance, so parameters are found by name. */
static void find_parameters(struct stmt *stmt)
{
    int count = sqlite3_bind_parameter_count(stmt->handle);

    for (int i = 1; i <= count; i++) {
        const char *name = sqlite3_bind_parameter_name(stmt->handle, i);
        long number = name ? strtol(name + 1, NULL, 10) : 0;
        assert(number >= 1 && number <= PARAMETERS_MOST);
        stmt->at[number] = (unsigned char)i;
    }
}

static int parameter(const struct stmt *stmt, int number)
{
    assert(number >= 1 && number <= PARAMETERS_MOST && stmt->at[number]);
    return stmt->at[number];
}

err_code db_query(struct db *db, enum query query, struct stmt **out, struct err *err)
{
    struct stmt *stmt = &db->statements[query];

    if (!stmt->handle) {
        if (sqlite3_prepare_v3(db->handle, query_texts[query], -1,
                               SQLITE_PREPARE_PERSISTENT, &stmt->handle,
                               NULL) != SQLITE_OK)
            return trouble(db, query_names[query], err);
        find_parameters(stmt);
    }
    stmt->db = db;
    stmt_end(stmt);
    *out = stmt;
    return ERR_NONE;
}

void stmt_int(struct stmt *stmt, int number, int64_t value)
{
    sqlite3_bind_int64(stmt->handle, parameter(stmt, number), value);
}

void stmt_id(struct stmt *stmt, int number, int64_t id)
{
    if (id)
        stmt_int(stmt, number, id);
    else
        sqlite3_bind_null(stmt->handle, parameter(stmt, number));
}

void stmt_text(struct stmt *stmt, int number, const char *string)
{
    if (string)
        sqlite3_bind_text(stmt->handle, parameter(stmt, number), string, -1,
                          SQLITE_TRANSIENT);
    else
        sqlite3_bind_null(stmt->handle, parameter(stmt, number));
}

void stmt_end(struct stmt *stmt)
{
    if (stmt->is_running)
        sqlite3_reset(stmt->handle);
    stmt->is_running = false;
    sqlite3_clear_bindings(stmt->handle);
}

err_code stmt_next(struct stmt *stmt, bool *has_row, struct err *err)
{
    int code;
    err_code result;

    stmt->is_running = true;
    code = sqlite3_step(stmt->handle);
    if (code == SQLITE_ROW) {
        *has_row = true;
        return ERR_NONE;
    }
    result = code == SQLITE_DONE
                 ? ERR_NONE
                 : trouble(stmt->db, query_names[(stmt - stmt->db->statements)], err);
    stmt_end(stmt);
    if (result == ERR_NONE)
        *has_row = false;
    return result;
}

err_code stmt_run(struct stmt *stmt, int64_t *changed, struct err *err)
{
    bool has_row = false;
    err_code code = stmt_next(stmt, &has_row, err);

    if (code != ERR_NONE)
        return code;
    if (has_row)
        stmt_end(stmt);
    if (changed)
        *changed = sqlite3_changes64(stmt->db->handle);
    return ERR_NONE;
}

int64_t row_int(struct stmt *stmt, int column)
{
    return sqlite3_column_int64(stmt->handle, column);
}

const char *row_text(struct stmt *stmt, int column, struct arena *arena)
{
    const char *text = (const char *)sqlite3_column_text(stmt->handle, column);

    if (!text)
        return NULL;
    return arena_strndup(arena, text, (size_t)sqlite3_column_bytes(stmt->handle, column));
}

int row_columns(struct stmt *stmt)
{
    return sqlite3_column_count(stmt->handle);
}

const char *row_name(struct stmt *stmt, int column)
{
    return sqlite3_column_name(stmt->handle, column);
}

bool row_is_number(struct stmt *stmt, int column)
{
    return sqlite3_column_type(stmt->handle, column) == SQLITE_INTEGER;
}

err_code db_read_begin(struct db *db, struct err *err)
{
    return db_execute(db, "BEGIN", err);
}

void db_read_end(struct db *db)
{
    if (db_execute(db, "COMMIT", NULL) != ERR_NONE)
        return; /* a read snapshot has nothing to lose */
}

/* Adds a line for each row of a PRAGMA that gives `words` with up to three texts. */
static err_code tell_rows(struct db *db, const char *sql, const char *good,
                          const char *words, struct text *lines, int64_t *troubles,
                          struct err *err)
{
    sqlite3_stmt *handle;
    int code;

    if (sqlite3_prepare_v2(db->handle, sql, -1, &handle, NULL) != SQLITE_OK)
        return trouble(db, sql, err);
    while ((code = sqlite3_step(handle)) == SQLITE_ROW) {
        const char *first = (const char *)sqlite3_column_text(handle, 0);
        if (good && first && strcmp(first, good) == 0)
            continue;
        ++*troubles;
        text_printf(lines, "%s %s", words, first ? first : "");
        for (int i = 1; i < sqlite3_column_count(handle) && i < 3; i++) {
            const char *more = (const char *)sqlite3_column_text(handle, i);
            text_printf(lines, " %s", more ? more : "");
        }
        text_add_char(lines, '\n');
    }
    if (code != SQLITE_DONE && (code & 0xff) != SQLITE_CORRUPT &&
        (code & 0xff) != SQLITE_NOTADB) {
        err_code result = trouble(db, sql, err);
        sqlite3_finalize(handle);
        return result;
    }
    if (code != SQLITE_DONE) {
        ++*troubles;
        text_printf(lines, "%s %s\n", words, sqlite3_errmsg(db->handle));
    }
    sqlite3_finalize(handle);
    return ERR_NONE;
}

err_code db_integrity(struct db *db, struct text *lines, int64_t *troubles,
                      struct err *err)
{
    err_code code = tell_rows(db, "PRAGMA integrity_check(20)", "ok",
                              "the file is damaged:", lines, troubles, err);

    if (code == ERR_NONE && *troubles == 0)
        code = tell_rows(db, "PRAGMA foreign_key_check", NULL,
                         "a row names one that is not there (table, row, table):", lines,
                         troubles, err);
    return code;
}

/* All pages, a step at a time. The read snapshot keeps the source as it is. */
static int copy_pages(sqlite3_backup *backup, struct progress *progress)
{
    int code, waited_ms = 0;

    for (;;) {
        code = sqlite3_backup_step(backup, PAGES_A_STEP);
        if (progress && code == SQLITE_OK) {
            progress->total = (uint64_t)sqlite3_backup_pagecount(backup);
            progress_show(progress,
                          progress->total - (uint64_t)sqlite3_backup_remaining(backup));
        }
        if ((code & 0xff) == SQLITE_BUSY && waited_ms < BUSY_WAIT_MS)
            waited_ms += sqlite3_sleep(10);
        else if (code != SQLITE_OK)
            return code;
    }
}

static err_code copy_to(struct db *db, struct db *copy, struct progress *progress,
                        struct err *err)
{
    sqlite3_backup *backup =
        sqlite3_backup_init(copy->handle, "main", db->handle, "main");
    bool is_done;

    if (!backup)
        return trouble(copy, "copy", err);
    is_done = copy_pages(backup, progress) == SQLITE_DONE;
    if (sqlite3_backup_finish(backup) != SQLITE_OK || !is_done)
        return trouble(copy, "copy", err);
    return db_execute(copy, "PRAGMA journal_mode = DELETE", err); /* one file, no -wal */
}

err_code db_copy(struct db *db, const char *path, struct progress *progress,
                 struct err *err)
{
    struct db copy = {0};
    err_code code;

    if (sqlite3_open_v2(path, &copy.handle,
                        SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_NOMUTEX,
                        NULL) != SQLITE_OK)
        code = copy.handle ? trouble(&copy, path, err)
                           : err_set(err, ERR_MEMORY, "no memory for a copy");
    else if ((code = db_read_begin(db, err)) == ERR_NONE) {
        code =
            db_execute(db, "SELECT 1 FROM sqlite_schema", err); /* the snapshot begins */
        if (code == ERR_NONE)
            code = copy_to(db, &copy, progress, err);
        db_read_end(db);
    }
    sqlite3_close_v2(copy.handle);
    return code;
}
