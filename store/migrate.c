/* Brings a database to the schema this program knows. */
#include "store/migrate.h"

#include "store/schema.h"

#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { RECORDS_MODE = 0640, PATH_BYTES_MOST = 4096 };

/* Made here rather than by the engine, so that nobody else can ever read it. */
static void make_file(const char *address)
{
    int file = open(address, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, RECORDS_MODE);

    if (file >= 0)
        close(file);
}

static err_code step(struct db *db, int number, struct err *err)
{
    err_code code = db_execute(db, "BEGIN IMMEDIATE", err);
    int now_at = 0;

    if (code != ERR_NONE)
        return code;
    code = db_schema_number(db, &now_at, err); /* another program may have done it */
    if (code == ERR_NONE && now_at < number) {
        code = db_execute(db, schema_texts[number - 1], err);
        if (code == ERR_NONE)
            code = db_set_schema_number(db, number, err);
    }
    if (code == ERR_NONE)
        code = db_execute(db, "COMMIT", err);
    if (code != ERR_NONE && db_execute(db, "ROLLBACK", NULL) != ERR_NONE)
        err_context(err, "schema step %d could not be undone", number);
    return code;
}

/* Records that are gone while what was made from them is there are not begun anew. */
static err_code check_lost(const char *address, struct err *err)
{
    static const char made[] = "index";
    const char *slash = strrchr(address, '/');
    struct stat file;
    char path[PATH_BYTES_MOST];

    if ((stat(address, &file) == 0 && file.st_size > 0) || !slash)
        return ERR_NONE;
    snprintf(path, sizeof path, "%.*s/%s", (int)(slash - address), address, made);
    if (access(path, F_OK) != 0)
        return ERR_NONE;
    return err_set(
        err, ERR_NOT_FOUND,
        "records %s: gone or empty, but %s was made from some: put a copy back "
        "(etabli backup makes them), or remove %s to begin anew",
        address, path, path);
}

err_code migrate(const char *address, int64_t now, int *from, int *to, struct err *err)
{
    struct db *db;
    int number = 0, before;
    err_code code;

    (void)now;
    code = check_lost(address, err);
    if (code != ERR_NONE)
        return code;
    make_file(address);
    code = db_open_any(&db, address, DB_WRITE, err);
    if (code != ERR_NONE)
        return code;
    code = db_schema_number(db, &number, err);
    before = number;
    if (code == ERR_NONE && number > schema_latest)
        code = err_set(err, ERR_STORE,
                       "records %s have schema %d, this program knows %d: use a newer "
                       "program",
                       address, number, schema_latest);
    while (code == ERR_NONE && number < schema_latest) {
        code = step(db, number + 1, err);
        number += code == ERR_NONE;
    }
    db_close(db);
    if (code != ERR_NONE)
        return code;
    if (from)
        *from = before;
    if (to)
        *to = number;
    return ERR_NONE;
}
