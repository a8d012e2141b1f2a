/* The one writer of a process: concurrent writes are grouped into one commit. */
#include "store/writer.h"

#include "base/clock.h"

#include <pthread.h>
#include <stdlib.h>

enum { GROUP_MOST = 256, QUEUE_MOST = 4096, GATHER_MOST_US = 500 };

struct pending {
    struct pending *next;
    write_job job;
    void *argument;
    struct err *err;
    err_code result;
    bool is_done;
    pthread_cond_t done;
};

struct writer {
    struct db *db;
    pthread_t thread;
    pthread_mutex_t lock;
    pthread_cond_t work;
    struct pending *first, *last;
    size_t waiting, expected; /* in the queue; so many that it is not waited for more */
    uint64_t groups;
    void (*told)(void *state); /* NULL: nobody is */
    void *told_state;
    bool is_closing;
};

/* Those who were in the last group mostly come again at once: without waiting for them a
 * moment, far shorter than a commit, the first to come back would be committed alone. */
static void gather(struct writer *writer)
{
    struct timespec end = clock_monotonic_in(GATHER_MOST_US);

    while (writer->waiting < writer->expected && !writer->is_closing &&
           pthread_cond_timedwait(&writer->work, &writer->lock, &end) == 0)
        ;
}

static struct pending *take_group(struct writer *writer)
{
    struct pending *group, *end;
    size_t count = 1;

    pthread_mutex_lock(&writer->lock);
    while (!writer->first && !writer->is_closing)
        pthread_cond_wait(&writer->work, &writer->lock);
    gather(writer);
    group = end = writer->first;
    if (group) {
        for (; end->next && count < GROUP_MOST; count++)
            end = end->next;
        writer->first = end->next;
        if (!writer->first)
            writer->last = NULL;
        end->next = NULL;
        writer->waiting -= count;
        writer->expected = count;
    }
    pthread_mutex_unlock(&writer->lock);
    return group;
}

static err_code last_change(struct db *db, int64_t *number, struct err *err)
{
    struct stmt *stmt;
    bool has_row;
    err_code code = db_query(db, QUERY_CHANGE_LAST, &stmt, err);

    if (code == ERR_NONE)
        code = stmt_next(stmt, &has_row, err);
    if (code != ERR_NONE)
        return code;
    *number = row_int(stmt, 0);
    stmt_end(stmt);
    return ERR_NONE;
}

/* Runs a job in a savepoint: kept whole or not at all. */
static err_code run_job(struct db *db, struct pending *pending)
{
    int64_t rows = db_total_changes(db), before = 0, after = 0;
    err_code code = last_change(db, &before, pending->err);

    if (code == ERR_NONE)
        code = db_execute(db, "SAVEPOINT job", pending->err);
    if (code != ERR_NONE)
        return code;
    code = pending->job(db, pending->argument, pending->err);
    if (code == ERR_NONE)
        code = last_change(db, &after, pending->err);
    if (code == ERR_NONE && db_total_changes(db) != rows && after == before)
        code = err_set(pending->err, ERR_STORE, "a write left no row in the change log");
    if (code != ERR_NONE && db_execute(db, "ROLLBACK TO job", NULL) != ERR_NONE)
        return code; /* a full disk undoes the whole group: run_group sees it */
    if (db_execute(db, "RELEASE job", code == ERR_NONE ? pending->err : NULL) !=
            ERR_NONE &&
        code == ERR_NONE)
        code = ERR_STORE;
    return code;
}

static void run_group(struct writer *writer, struct pending *group)
{
    struct err err = {0};
    err_code code = db_execute(writer->db, "BEGIN IMMEDIATE", &err);

    for (struct pending *each = group; each; each = each->next) {
        each->result = code == ERR_NONE ? run_job(writer->db, each) : code;
        if (code == ERR_NONE && !db_in_transaction(writer->db))
            code = err_set(&err, ERR_STORE, "records: the write was undone: %s",
                           each->err && each->err->text[0] ? each->err->text
                                                           : "the disk may be full");
    }
    if (code == ERR_NONE) {
        code = db_execute(writer->db, "COMMIT", &err);
        if (code != ERR_NONE && db_execute(writer->db, "ROLLBACK", NULL) != ERR_NONE &&
            code != ERR_BUSY)
            code = ERR_UNCERTAIN;
    }
    if (code == ERR_NONE)
        return;
    for (struct pending *each = group; each; each = each->next)
        if (each->result == ERR_NONE || each->result == code)
            each->result = err_set(each->err, code, "%s", err.text);
}

static void tell(struct writer *writer, struct pending *group)
{
    struct pending *next;

    pthread_mutex_lock(&writer->lock);
    writer->groups++;
    for (; group; group = next) {
        next = group->next; /* its owner may free it as soon as it is done */
        group->is_done = true;
        pthread_cond_signal(&group->done);
    }
    if (writer->told)
        writer->told(writer->told_state);
    pthread_mutex_unlock(&writer->lock);
}

static void *run(void *argument)
{
    struct writer *writer = argument;
    struct pending *group;

    while ((group = take_group(writer))) {
        run_group(writer, group);
        tell(writer, group);
    }
    return NULL;
}

err_code writer_open(struct writer **out, const char *address, struct err *err)
{
    struct writer *writer = calloc(1, sizeof *writer);
    pthread_condattr_t steady;
    err_code code;

    if (!writer)
        return err_set(err, ERR_MEMORY, "no memory for the writer");
    code = db_open(&writer->db, address, DB_WRITE, err);
    if (code != ERR_NONE) {
        free(writer);
        return code;
    }
    pthread_mutex_init(&writer->lock, NULL);
    pthread_condattr_init(&steady);
    pthread_condattr_setclock(&steady, CLOCK_MONOTONIC);
    pthread_cond_init(&writer->work, &steady);
    pthread_condattr_destroy(&steady);
    if (pthread_create(&writer->thread, NULL, run, writer) != 0) {
        db_close(writer->db);
        free(writer);
        return err_set(err, ERR_BUSY, "the writer cannot start: too many threads");
    }
    *out = writer;
    return ERR_NONE;
}

void writer_close(struct writer *writer)
{
    if (!writer)
        return;
    pthread_mutex_lock(&writer->lock);
    writer->is_closing = true;
    pthread_cond_signal(&writer->work);
    pthread_mutex_unlock(&writer->lock);
    pthread_join(writer->thread, NULL);
    pthread_cond_destroy(&writer->work);
    pthread_mutex_destroy(&writer->lock);
    db_close(writer->db);
    free(writer);
}

err_code writer_do(struct writer *writer, write_job job, void *argument, struct err *err)
{
    struct pending pending = {.job = job, .argument = argument, .err = err};
    err_code code = ERR_NONE;

    pthread_mutex_lock(&writer->lock);
    if (writer->is_closing) {
        code = err_set(err, ERR_BUSY, "the program is stopping: try again shortly");
    } else if (writer->waiting >= QUEUE_MOST) {
        code = err_set(err, ERR_BUSY, "%d writes are waiting already: try again",
                       QUEUE_MOST);
    } else {
        pthread_cond_init(&pending.done, NULL);
        if (writer->last)
            writer->last->next = &pending;
        else
            writer->first = &pending;
        writer->last = &pending;
        writer->waiting++;
        if (writer->waiting == 1 || writer->waiting == writer->expected)
            pthread_cond_signal(&writer->work);
        while (!pending.is_done)
            pthread_cond_wait(&pending.done, &writer->lock);
        pthread_cond_destroy(&pending.done);
        code = pending.result;
    }
    pthread_mutex_unlock(&writer->lock);
    return code;
}

void writer_watch(struct writer *writer, void (*told)(void *state), void *state)
{
    pthread_mutex_lock(&writer->lock);
    writer->told = told;
    writer->told_state = state;
    pthread_mutex_unlock(&writer->lock);
}

uint64_t writer_groups(struct writer *writer)
{
    uint64_t groups;

    pthread_mutex_lock(&writer->lock);
    groups = writer->groups;
    pthread_mutex_unlock(&writer->lock);
    return groups;
}
