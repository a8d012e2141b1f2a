/* A sheet: imported, exported, and the export imports again unchanged. Its last byte says
 * of what: s structures, p poles, k skills, n needs, e sessions, anything else people. */
#include "base/file.h"
#include "exchange/action/export.h"
#include "exchange/action/import.h"
#include "store/migrate.h"
#include "tests/fuzz/fuzz.h"

#include <unistd.h>

enum { NOW = 1800000000 };

struct kind {
    char letter;
    enum import_kind import;
    enum export_kind export;
};

static const struct kind kinds[] = {
    {'s', IMPORT_STRUCTURES, EXPORT_STRUCTURES}, {'p', IMPORT_POLES, EXPORT_POLES},
    {'k', IMPORT_SKILLS_CSV, EXPORT_SKILLS},     {'n', IMPORT_NEEDS, EXPORT_NEEDS},
    {'e', IMPORT_SESSIONS, EXPORT_SESSIONS},     {'\0', IMPORT_PEOPLE, EXPORT_PEOPLE},
};

/* What the sheets may name. */
static const char people[] = "id,name,structure,pole,skills\n"
                             "P1,Amal,cordee,bois,tourner (3)\nP2,Zoé,cordee,,\n";
static const char skills[] =
    "code,label,alt_labels\nb1,tourner,tour|tournage\nb2,scier,\n";

static char folder[] = "/tmp/etabli-fuzz-XXXXXX";
static struct db *db;
static const char *address;
static struct config config;
static struct arena *config_arena;
static struct text fresh; /* the file of records without rows */

static void forget(void)
{
    static const char *const endings[] = {"", "-wal", "-shm"};
    char path[120];

    for (size_t i = 0; i < sizeof endings / sizeof endings[0]; i++) {
        snprintf(path, sizeof path, "%s%s", address, endings[i]);
        unlink(path);
    }
}

static void clean(void)
{
    forget();
    rmdir(folder);
    text_done(&fresh);
    arena_free(config_arena);
}

static err_code import(const struct kind *kind, const char *path, bool is_applied,
                       struct import_report *report, struct err *err)
{
    struct import_options options = {.kind = kind->import,
                                     .path = path,
                                     .is_create = true,
                                     .config = &config,
                                     .now = NOW};

    import_report_init(report);
    return import_run(db, &options, is_applied, report, err);
}

static void add(enum import_kind kind, const char *sheet)
{
    struct kind only = {.import = kind};
    struct import_report report;
    struct err err = {0};

    must(import(&only, input_file((const uint8_t *)sheet, strlen(sheet)), true, &report,
                &err) == ERR_NONE,
         err.text);
    import_report_done(&report);
}

static void begin(void)
{
    struct err err = {0};

    must(mkdtemp(folder) != NULL, "there is a folder");
    config_arena = arena_new(8 << 20);
    address = store_address(config_arena, folder);
    must(config_defaults(config_arena, &config, &err) == ERR_NONE &&
             migrate(address, NOW, NULL, NULL, &err) == ERR_NONE,
         err.text);
    must(db_open(&db, address, DB_WRITE, &err) == ERR_NONE, err.text);
    add(IMPORT_SKILLS_CSV, skills);
    add(IMPORT_PEOPLE, people);
    db_close(db); /* the last to close: all is in the file */
    text_init(&fresh, 8 << 20);
    must(file_read(address, &fresh, &err) == ERR_NONE, err.text);
    atexit(clean);
}

static void open_fresh(void)
{
    struct err err = {0};
    FILE *file;

    forget();
    file = fopen(address, "w");
    must(file && fwrite(fresh.bytes, 1, fresh.length, file) == fresh.length,
         "records are written");
    fclose(file);
    must(db_open(&db, address, DB_WRITE, &err) == ERR_NONE, err.text);
}

static void export_and_read_again(const struct kind *kind,
                                  const struct import_report *first)
{
    struct export_options options = {.kind = kind->export, .zone = config.zone};
    struct import_report again;
    struct err err = {0};
    char *sheet = NULL;
    size_t length = 0;
    FILE *out = open_memstream(&sheet, &length);
    int64_t rows = 0;
    err_code code;

    must(export_run(db, &options, out, &rows, &err) == ERR_NONE, err.text);
    fclose(out);
    must(rows >= first->added, "what came in goes out");
    code = import(kind, input_file((const uint8_t *)sheet, length), false, &again, &err);
    if (code != ERR_NONE || again.added || again.changed)
        fprintf(stderr, "%s\n%s%s", sheet, again.lines.bytes, again.notes.bytes);
    must(code == ERR_NONE, "an export has no mistakes");
    must(again.added == 0 && again.changed == 0, "an export imports again unchanged");
    import_report_done(&again);
    free(sheet);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length)
{
    const struct kind *kind = kinds;
    struct import_report report;
    struct err err = {0};
    err_code code;

    while (kind->letter && (!length || kind->letter != (char)bytes[length - 1]))
        kind++;
    length -= kind->letter ? 1 : 0;
    if (!address)
        begin();
    open_fresh();
    must(db_execute(db, "BEGIN IMMEDIATE", &err) == ERR_NONE, err.text);
    code = import(kind, input_file(bytes, length), true, &report, &err);
    must(code == ERR_NONE || err.text[0] != '\0', "a refusal says why");
    err = (struct err){0};
    must(db_execute(db, code == ERR_NONE ? "COMMIT" : "ROLLBACK", &err) == ERR_NONE,
         err.text);
    /* an id from outside like "#3" is a known weak side: see export.h */
    if (code == ERR_NONE && !memchr(bytes, '#', length))
        export_and_read_again(kind, &report);
    import_report_done(&report);
    db_close(db);
    return 0;
}
