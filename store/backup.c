/* A copy of the records in one file. */
#include "store/backup.h"

#include "store/change.h"
#include "store/people.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { BACKUP_MODE = 0640, TROUBLES_BYTES_MOST = 4096 };

static err_code refuse(const char *path, const char *what, struct err *err)
{
    return err_set(err, ERR_IO, "%s: %s: %s", path, what, strerror(errno));
}

static err_code check_place(const char *address, const char *path, struct err *err)
{
    struct stat records, there;

    if (lstat(path, &there) != 0)
        return errno == ENOENT ? ERR_NONE : refuse(path, "cannot be looked at", err);
    if (!S_ISREG(there.st_mode))
        return err_set(err, ERR_INVALID, "%s: is there and no plain file", path);
    if (stat(address, &records) == 0 && records.st_dev == there.st_dev &&
        records.st_ino == there.st_ino)
        return err_set(err, ERR_INVALID, "%s: these are the records themselves", path);
    return ERR_NONE;
}

/* Made here rather than by the engine, so that nobody else can ever read it. */
static err_code make_file(const char *path, struct err *err)
{
    int file;

    if (unlink(path) != 0 && errno != ENOENT)
        return refuse(path, "cannot be replaced", err);
    file = open(path, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, BACKUP_MODE);
    if (file < 0)
        return refuse(path, "cannot be made", err);
    close(file);
    return ERR_NONE;
}

static err_code copy(const char *address, const char *path, struct progress *progress,
                     struct err *err)
{
    struct db *db;
    err_code code = db_open_any(&db, address, DB_READ, err);

    if (code != ERR_NONE)
        return code;
    if (progress)
        progress_start(progress, "backup", 0);
    code = db_copy(db, path, progress, err);
    if (progress)
        progress_end(progress);
    db_close(db);
    return code;
}

/* Reads the copy again as a program would that restores it. */
static err_code verify(const char *path, struct backup *out, struct err *err)
{
    struct text lines;
    struct stat about;
    struct db *db;
    int64_t troubles = 0;
    err_code code = db_open_any(&db, path, DB_READ, err);

    if (code != ERR_NONE)
        return code;
    text_init(&lines, TROUBLES_BYTES_MOST);
    code = db_integrity(db, &lines, &troubles, err);
    if (code == ERR_NONE && troubles)
        code = err_set(err, ERR_STORE, "the copy is not whole: %.300s", lines.bytes);
    if (code == ERR_NONE)
        code = people_count(db, &out->people, err);
    if (code == ERR_NONE)
        code = change_last(db, &out->changes, err);
    if (code == ERR_NONE && stat(path, &about) != 0)
        code = refuse(path, "cannot be looked at", err);
    if (code == ERR_NONE)
        out->bytes = about.st_size;
    text_done(&lines);
    db_close(db);
    return code;
}

static bool make_durable(const char *path, int flags)
{
    int file = open(path, flags | O_CLOEXEC);
    bool is_done = file >= 0 && fsync(file) == 0;

    if (file >= 0)
        close(file);
    return is_done;
}

/* Gives the copy its name, on the disk before this returns. */
static err_code put_in_place(const char *beside, const char *path, struct err *err)
{
    char folder[PATH_MAX];
    const char *slash = strrchr(path, '/');

    if (!slash)
        snprintf(folder, sizeof folder, ".");
    else
        snprintf(folder, sizeof folder, "%.*s", slash == path ? 1 : (int)(slash - path),
                 path);
    if (!make_durable(beside, O_RDWR) || rename(beside, path) != 0)
        return refuse(path, "cannot be written", err);
    if (!make_durable(folder, O_RDONLY | O_DIRECTORY))
        return refuse(folder, "cannot be made durable", err);
    return ERR_NONE;
}

err_code records_backup(const char *address, const char *path, struct progress *progress,
                        struct backup *out, struct err *err)
{
    char beside[PATH_MAX], journal[PATH_MAX];
    struct backup made = {0};
    err_code code = check_place(address, path, err);

    if (code != ERR_NONE)
        return code;
    if (snprintf(beside, sizeof beside, "%s.new", path) >= (int)sizeof beside ||
        snprintf(journal, sizeof journal, "%s-journal", beside) >= (int)sizeof journal)
        return err_set(err, ERR_INVALID, "%s: the path is too long", path);
    code = make_file(beside, err);
    if (code != ERR_NONE)
        return code;
    code = copy(address, beside, progress, err);
    if (code == ERR_NONE)
        code = verify(beside, &made, err);
    if (code == ERR_NONE)
        code = put_in_place(beside, path, err);
    if (code == ERR_NONE) {
        *out = made;
    } else {
        unlink(beside);
        unlink(journal);
        err_context(err, "backup %s", path);
    }
    return code;
}
