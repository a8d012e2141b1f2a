/* How long a search takes inside the program, beside SQLite FTS5's and Xapian's plain
 * BM25 on the same words of the same people, turn by turn in one run:
 *
 *   make tests/bench/search && tests/bench/search DATA_FOLDER QUERIES [FOLDER]
 *
 * QUERIES: lines "id TAB text". Prints medians and 99th percentiles in milliseconds, by
 * the clock and of processor (what counts on a busy machine), and ratios of processor to
 * FTS5. In FOLDER stay cards.tsv and queries.txt, for tests/bench/Lucene.java. Not part
 * of the tests. */
#include "base/clock.h"
#include "base/file.h"
#include "indexer/search.h"
#include "tests/bench/plain.h"

#include <ctype.h>
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

enum {
    QUERIES_MOST = 5000,
    FILE_BYTES_MOST = 16 << 20,
    ARENA_MAX = 256 << 20,
    LIMIT = 10
};

enum way { PLAIN, XAPIAN, XAPIAN_FACETS, BARE, WHOLE, COMPLETE, WAYS };

static const char *const WAY_NAMES[WAYS] = {
    "FTS5, best ten ids", "Xapian, best ten ids",       "Xapian, facets by MatchSpy",
    "Établi, best ten",   "Établi, facets and reasons", "Établi, completion"};

struct bench {
    struct config config;
    struct arena *arena; /* of one query */
    struct search *search;
    sqlite3 *plain;
    struct plain *xapian;
    FILE *queries;        /* NULL: not kept */
    int64_t *times[WAYS]; /* microseconds by the clock */
    int64_t *works[WAYS]; /* of processor */
    size_t count, found[WAYS];
};

static void give_up(const char *text)
{
    fprintf(stderr, "search: %s\n", text);
    exit(1);
}

static void do_sql(sqlite3 *base, const char *statement)
{
    if (sqlite3_exec(base, statement, NULL, NULL, NULL) != SQLITE_OK)
        give_up(sqlite3_errmsg(base));
}

/* The words of each card: in a table of FTS5 in memory, in plain Xapian, in a file. */
static void open_plain(struct bench *bench, const char *data_folder, const char *folder)
{
    static const char cards[] = "SELECT p.id, replace(replace(coalesce(p.name, '') || ' "
                                "' || coalesce(p.headline, '')"
                                " || ' ' || coalesce(p.about, '') || ' ' || "
                                "coalesce((SELECT group_concat(s.label, ' ')"
                                " FROM site.person_skill s WHERE s.person_id = p.id), "
                                "''), char(10), ' '), char(9), ' '),"
                                " p.commune, p.structure_id FROM site.person p";
    char path[4300];
    sqlite3_stmt *read, *put;
    FILE *file;

    snprintf(path, sizeof path, "ATTACH '%s/etabli.sqlite' AS site", data_folder);
    if (sqlite3_open(":memory:", &bench->plain) != SQLITE_OK)
        give_up("no memory for FTS5");
    do_sql(bench->plain, path);
    do_sql(bench->plain, "CREATE VIRTUAL TABLE card USING fts5(words, content='',"
                         " tokenize='unicode61 remove_diacritics 2'); BEGIN");
    snprintf(path, sizeof path, "%s/cards.tsv", folder);
    file = fopen(path, "w");
    snprintf(path, sizeof path, "%s/queries.txt", folder);
    bench->queries = fopen(path, "w");
    if (!file || !bench->queries ||
        sqlite3_prepare_v2(bench->plain, cards, -1, &read, NULL) != SQLITE_OK ||
        sqlite3_prepare_v2(bench->plain, "INSERT INTO card (rowid, words) VALUES (?, ?)",
                           -1, &put, NULL) != SQLITE_OK)
        give_up(sqlite3_errmsg(bench->plain));
    bench->xapian = plain_new(folder);
    while (sqlite3_step(read) == SQLITE_ROW) {
        const char *words = (const char *)sqlite3_column_text(read, 1);
        sqlite3_bind_int64(put, 1, sqlite3_column_int64(read, 0));
        sqlite3_bind_text(put, 2, words, -1, SQLITE_TRANSIENT);
        sqlite3_step(put);
        sqlite3_reset(put);
        plain_add(bench->xapian, sqlite3_column_int64(read, 0), words,
                  (const char *)sqlite3_column_text(read, 2),
                  (const char *)sqlite3_column_text(read, 3));
        fprintf(file, "%s\t%s\n", sqlite3_column_text(read, 0), words);
    }
    sqlite3_finalize(read);
    sqlite3_finalize(put);
    do_sql(bench->plain, "COMMIT");
    plain_ready(bench->xapian);
    fclose(file);
}

/* The words of a text, any of them. */
static void match_any(const char *text, char *out, size_t size)
{
    size_t used = 0;

    out[0] = '\0';
    while (*text && used + 80 < size) {
        size_t length = 0;
        while (*text && !isalnum((unsigned char)*text) && (unsigned char)*text < 0x80)
            text++;
        while (text[length] && (isalnum((unsigned char)text[length]) ||
                                (unsigned char)text[length] >= 0x80))
            length++;
        if (length && length < 60)
            used += (size_t)snprintf(out + used, size - used, "%s\"%.*s\"",
                                     used ? " OR " : "", (int)length, text);
        text += length;
    }
}

static size_t ask_plain(struct bench *bench, const char *text)
{
    static const char statement[] =
        "SELECT rowid FROM card WHERE card MATCH ? ORDER BY bm25(card) LIMIT 10";
    char match[8192];
    sqlite3_stmt *asked;
    size_t count = 0;

    match_any(text, match, sizeof match);
    if (sqlite3_prepare_v2(bench->plain, statement, -1, &asked, NULL) != SQLITE_OK)
        give_up(sqlite3_errmsg(bench->plain));
    sqlite3_bind_text(asked, 1, match, -1, SQLITE_TRANSIENT);
    while (*match && sqlite3_step(asked) == SQLITE_ROW)
        count++;
    sqlite3_finalize(asked);
    return count;
}

static size_t ask(struct bench *bench, enum way way, const char *text)
{
    struct query_request request = {.text = text,
                                    .lang = "fr",
                                    .limit = LIMIT,
                                    .now = clock_now(),
                                    .wants_all = way == BARE,
                                    .wants_facets = way == WHOLE};
    struct completion *completions;
    struct query_answer answer;
    struct err err = {0};
    size_t count;
    err_code code;

    arena_reset(bench->arena);
    if (way == PLAIN)
        return ask_plain(bench, text);
    if (way == XAPIAN || way == XAPIAN_FACETS)
        return plain_ask(bench->xapian, text, way == XAPIAN_FACETS);
    if (way == COMPLETE) {
        code = search_complete(bench->search, bench->arena, text, request.now, true, 8,
                               &completions, &count, &err);
    } else {
        code = search_query(bench->search, bench->arena, &request, &answer, &err);
        count = answer.count;
    }
    if (code != ERR_NONE)
        give_up(err.text);
    return count;
}

static int64_t work_us(void)
{
    struct timespec used;

    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &used);
    return (int64_t)used.tv_sec * 1000000 + used.tv_nsec / 1000;
}

static void measure(struct bench *bench, const char *text)
{
    for (int way = 0; way < WAYS; way++) {
        int64_t start = clock_monotonic_us(), used = work_us();
        bench->found[way] += ask(bench, (enum way)way, text);
        bench->works[way][bench->count] = work_us() - used;
        bench->times[way][bench->count] = clock_monotonic_us() - start;
    }
    fprintf(bench->queries, "%s\n", text);
    bench->count++;
}

static int by_number(const void *a, const void *b)
{
    int64_t x = *(const int64_t *)a, y = *(const int64_t *)b;

    return x < y ? -1 : x > y;
}

static double at(const struct bench *bench, int64_t *times, size_t percent)
{
    qsort(times, bench->count, sizeof *times, by_number);
    return (double)times[bench->count * percent / 100] / 1000;
}

static void print(struct bench *bench)
{
    double base = at(bench, bench->works[PLAIN], 50);

    printf("%zu queries\n%-28s%10s%10s%10s%10s%10s%10s\n", bench->count, "", "median",
           "p99", "cpu", "cpu p99", "found", "ratio");
    for (int way = 0; way < WAYS; way++) {
        double work = at(bench, bench->works[way], 50);
        printf("%-28s%10.2f%10.2f%10.2f%10.2f%10.1f%10.3f\n", WAY_NAMES[way],
               at(bench, bench->times[way], 50), at(bench, bench->times[way], 99), work,
               at(bench, bench->works[way], 99),
               (double)bench->found[way] / (double)bench->count,
               base > 0 ? work / base : 0);
    }
}

int main(int argc, char **argv)
{
    static struct bench bench;
    struct arena *kept = arena_new(ARENA_MAX);
    struct err err = {0};
    struct text file;
    char folder[4200], kept_in[] = "/tmp/etabli-bench-XXXXXX", *line, *next;

    if (argc != 3 && argc != 4)
        give_up("usage: search DATA_FOLDER QUERIES [FOLDER]");
    if (argc == 3 && !mkdtemp(kept_in))
        give_up("no room in /tmp");
    snprintf(folder, sizeof folder, "%s/index", argv[1]);
    bench.arena = arena_new(ARENA_MAX);
    text_init(&file, FILE_BYTES_MOST);
    if (!kept || !bench.arena || config_defaults(kept, &bench.config, &err) != ERR_NONE ||
        search_open(&bench.search, folder, &bench.config, &err) != ERR_NONE ||
        file_read(argv[2], &file, &err) != ERR_NONE)
        give_up(err.text);
    open_plain(&bench, argv[1], argc == 4 ? argv[3] : kept_in);
    for (int way = 0; way < WAYS; way++) {
        bench.times[way] = arena_array(kept, QUERIES_MOST, sizeof(int64_t));
        bench.works[way] = arena_array(kept, QUERIES_MOST, sizeof(int64_t));
    }
    for (int way = 0; way < WAYS; way++) /* what is opened once is not a search's */
        (void)ask(&bench, (enum way)way, "plâtre");
    for (line = file.bytes; *line && bench.count < QUERIES_MOST; line = next) {
        char *text = strchr(line, '\t');
        next = line + strcspn(line, "\n");
        if (*next)
            *next++ = '\0';
        if (text && text < next && strncmp(line, "qid", 3) != 0) {
            text++;
            text[strcspn(text, "\t\r")] = '\0';
            measure(&bench, text);
        }
    }
    if (bench.count)
        print(&bench);
    text_done(&file);
    fclose(bench.queries);
    plain_free(bench.xapian);
    sqlite3_close(bench.plain);
    if (argc == 3) {
        snprintf(folder, sizeof folder, "rm -r '%s'", kept_in);
        if (system(folder) != 0)
            give_up("what was kept in /tmp stays there");
    }
    search_close(bench.search);
    arena_free(bench.arena);
    arena_free(kept);
    return 0;
}
