/* How much grouping writes is worth, and how long many people take to write and to read.
 * Prints ratios; `make tests/bench/store && tests/bench/store [FOLDER]`. With a number
 * after FOLDER only "WRITES_PER_SECOND P99_MS" of 16 threads that write so many each:
 * durable small transactions, for tests/bench/store_run. */
#include "base/clock.h"
#include "store/change.h"
#include "store/migrate.h"
#include "store/people.h"
#include "store/writer.h"

#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

enum {
    THREADS = 16,
    EACH = 50,
    PEOPLE = 32629,
    SKILLS = 8,
    NOW = 1800000000,
    STEP = 500
};

static err_code save_one(struct db *db, void *argument, struct err *err)
{
    return people_save(db, argument, NOW, err);
}

static void *save_each(void *argument)
{
    for (int i = 0; i < EACH; i++) {
        struct person person = {.name = "Une personne", .quota_month = -1};
        struct err err = {0};
        if (writer_do(argument, save_one, &person, &err) != ERR_NONE)
            return argument;
    }
    return NULL;
}

/* One of the threads that write and note how long each write took. */
struct hand {
    struct writer *writer;
    int64_t *took_us;
    int count, failed;
};

static void *save_noted(void *argument)
{
    struct hand *hand = argument;

    for (int i = 0; i < hand->count; i++) {
        struct person person = {.name = "Une personne", .quota_month = -1};
        int64_t start = clock_monotonic_us();
        hand->failed += writer_do(hand->writer, save_one, &person, NULL) != ERR_NONE;
        hand->took_us[i] = clock_monotonic_us() - start;
    }
    return NULL;
}

static int by_length(const void *a, const void *b)
{
    int64_t one = *(const int64_t *)a, other = *(const int64_t *)b;

    return (one > other) - (one < other);
}

static int measure_durable(const char *address, int each, struct err *err)
{
    struct hand hands[THREADS];
    pthread_t threads[THREADS];
    struct writer *writer;
    size_t count = (size_t)each * THREADS;
    int64_t *took_us = calloc(count, sizeof *took_us), start;
    int failed = 0;

    if (!took_us || migrate(address, NOW, NULL, NULL, err) != ERR_NONE ||
        writer_open(&writer, address, err) != ERR_NONE) {
        free(took_us);
        return 1;
    }
    start = clock_monotonic_us();
    for (int i = 0; i < THREADS; i++) {
        hands[i] = (struct hand){writer, took_us + (size_t)i * (size_t)each, each, 0};
        pthread_create(&threads[i], NULL, save_noted, &hands[i]);
    }
    for (int i = 0; i < THREADS; i++) {
        pthread_join(threads[i], NULL);
        failed += hands[i].failed;
    }
    start = clock_monotonic_us() - start;
    qsort(took_us, count, sizeof *took_us, by_length);
    printf("%.0f %.2f\n", (double)count * 1e6 / (double)start,
           (double)took_us[count * 99 / 100] / 1000);
    writer_close(writer);
    free(took_us);
    return failed > 0;
}

static err_code save_many(struct db *db, void *argument, struct err *err)
{
    struct person_skill skills[SKILLS] = {{0}};
    err_code code = ERR_NONE;

    (void)argument;
    for (int i = 0; i < SKILLS; i++)
        skills[i].label = "Poser des plaques de plâtre";
    for (int i = 0; code == ERR_NONE && i < PEOPLE; i++) {
        struct person person = {.name = "Une personne",
                                .quota_month = -1,
                                .skills = skills,
                                .skill_count = SKILLS};
        code = people_save(db, &person, NOW, err);
    }
    return code;
}

static err_code read_all(const char *address, int64_t *read, struct err *err)
{
    struct arena *arena = arena_new(64 << 20);
    struct person *people;
    struct db *db = NULL;
    size_t count = 0;
    int64_t last = 0;
    err_code code = db_open(&db, address, DB_READ, err);

    *read = 0;
    while (code == ERR_NONE) {
        arena_reset(arena);
        code = people_next(db, arena, last, STEP, &people, &count, err);
        if (code != ERR_NONE || count == 0)
            break;
        last = people[count - 1].id;
        *read += (int64_t)count;
    }
    db_close(db);
    arena_free(arena);
    return code;
}

static int measure(const char *address, struct err *err)
{
    pthread_t threads[THREADS];
    struct writer *writer;
    int64_t start, alone_us, together_us, read;

    if (migrate(address, NOW, NULL, NULL, err) != ERR_NONE ||
        writer_open(&writer, address, err) != ERR_NONE)
        return 1;
    start = clock_monotonic_us();
    for (int i = 0; i < THREADS; i++)
        save_each(writer);
    alone_us = clock_monotonic_us() - start;
    start = clock_monotonic_us();
    for (int i = 0; i < THREADS; i++)
        pthread_create(&threads[i], NULL, save_each, writer);
    for (int i = 0; i < THREADS; i++)
        pthread_join(threads[i], NULL);
    together_us = clock_monotonic_us() - start;
    printf("a commit a write / %d threads grouped: %.1f\n", THREADS,
           (double)alone_us / (double)together_us);
    start = clock_monotonic_us();
    if (writer_do(writer, save_many, NULL, err) != ERR_NONE)
        return 1;
    printf("%d people with %d skills written: %.2f s\n", PEOPLE, SKILLS,
           (double)(clock_monotonic_us() - start) / 1e6);
    start = clock_monotonic_us();
    if (read_all(address, &read, err) != ERR_NONE)
        return 1;
    printf("%d people with their skills read: %.2f s\n", (int)read,
           (double)(clock_monotonic_us() - start) / 1e6);
    writer_close(writer);
    return 0;
}

int main(int argc, char **argv)
{
    char folder[200], address[240];
    struct err err = {0};
    int result;

    snprintf(folder, sizeof folder, "%s/etabli-bench-XXXXXX", argc > 1 ? argv[1] : ".");
    if (!mkdtemp(folder))
        return 1;
    snprintf(address, sizeof address, "%s/etabli.sqlite", folder);
    result = argc > 2 ? measure_durable(address, (int)strtol(argv[2], NULL, 10), &err)
                      : measure(address, &err);
    if (result)
        fprintf(stderr, "%s\n", err.text);
    unlink(address);
    rmdir(folder);
    return result;
}
