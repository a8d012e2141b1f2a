/* Whole files in, whole files out. */
#include "base/file.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { READ_CHUNK = 64 * 1024, FOLDER_MODE = 0750, FILE_MODE = 0640 };

static err_code read_all(int file, const char *path, struct text *out, struct err *err)
{
    static const char *const too_long = "%s: longer than %zu bytes, the most accepted here";
    char chunk[READ_CHUNK];
    ssize_t got;

    while ((got = read(file, chunk, sizeof chunk)) != 0) {
        if (got < 0 && errno == EINTR)
            continue;
        if (got < 0)
            return err_set(err, ERR_IO, "%s: cannot be read: %s", path, strerror(errno));
        if (!text_add_bytes(out, chunk, (size_t)got))
            return err_set(err, ERR_LIMIT, too_long, path, out->limit);
    }
    return ERR_NONE;
}

err_code file_read(const char *path, struct text *out, struct err *err)
{
    int file = open(path, O_RDONLY | O_CLOEXEC);
    err_code code;

    if (file < 0)
        return err_set(err, errno == ENOENT ? ERR_NOT_FOUND : ERR_IO,
                       "%s: cannot be opened: %s", path, strerror(errno));
    code = read_all(file, path, out, err);
    close(file);
    return code;
}

static bool write_all(int file, const char *bytes, size_t length)
{
    ssize_t put;

    while (length) {
        put = write(file, bytes, length);
        if (put < 0 && errno == EINTR)
            continue;
        if (put < 0)
            return false;
        bytes += put;
        length -= (size_t)put;
    }
    return true;
}

err_code file_write(const char *path, const char *bytes, size_t length, struct err *err)
{
    char beside[PATH_MAX];
    bool done;
    int file;

    if (snprintf(beside, sizeof beside, "%s.new", path) >= (int)sizeof beside)
        return err_set(err, ERR_INVALID, "%s: the path is too long", path);
    file = open(beside, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, FILE_MODE);
    if (file < 0)
        return err_set(err, ERR_IO, "%s: cannot be made: %s", beside, strerror(errno));
    done = write_all(file, bytes, length) && fsync(file) == 0;
    done = close(file) == 0 && done;
    if (!done || rename(beside, path) != 0) {
        err_set(err, ERR_IO, "%s: cannot be written: %s", path, strerror(errno));
        unlink(beside);
        return ERR_IO;
    }
    return ERR_NONE;
}

err_code file_make_folder(const char *path, struct err *err)
{
    char part[PATH_MAX];
    size_t i, length = strlen(path);

    if (length == 0 || length >= sizeof part)
        return err_set(err, ERR_INVALID, "folder \"%s\": 1 to %d bytes are allowed", path,
                       PATH_MAX - 1);
    memcpy(part, path, length + 1);
    for (i = 1; i <= length; i++) {
        if (part[i] != '/' && part[i] != '\0')
            continue;
        part[i] = '\0';
        if (mkdir(part, FOLDER_MODE) != 0 && errno != EEXIST)
            return err_set(err, ERR_IO, "%s: cannot be made: %s", part, strerror(errno));
        part[i] = path[i];
    }
    return ERR_NONE;
}
