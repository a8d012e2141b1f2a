/* DATA/erased.log. */
#include "exchange/action/erase_log.h"

#include "base/file.h"

#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { LOG_BYTES_MOST = 64 << 20, LOG_MODE = 0640, LINE_MOST = 80 };

static bool read_line(const char *line, struct erased_entry *out)
{
    char *end;

    if (strncmp(line, "person ", 7) == 0)
        out->is_account = false;
    else if (strncmp(line, "account ", 8) == 0)
        out->is_account = true;
    else
        return false;
    out->id = strtoll(strchr(line, ' '), &end, 10);
    if (*end != ' ' || out->id <= 0)
        return false;
    out->at = strtoll(end, &end, 10);
    return *end == '\n' && out->at > 0;
}

err_code erase_log_read(struct arena *arena, const char *data_folder,
                        struct erased_entry **out, size_t *count, struct err *err)
{
    const char *path = arena_printf(arena, "%s/erased.log", data_folder);
    struct erased_entry *entries = NULL, entry;
    struct text bytes;
    struct err missing = {0};
    size_t used = 0, capacity = 0;
    err_code code;

    text_init(&bytes, LOG_BYTES_MOST);
    code = path ? file_read(path, &bytes, &missing) : ERR_MEMORY;
    for (const char *line = bytes.bytes; code == ERR_NONE && line && *line;
         line = strchr(line, '\n') ? strchr(line, '\n') + 1 : NULL) {
        if (!read_line(line, &entry))
            continue;
        entries = arena_grow(arena, entries, used, &capacity, sizeof *entries);
        if (!entries)
            code = ERR_MEMORY;
        else
            entries[used++] = entry;
    }
    text_done(&bytes);
    if (code != ERR_NONE && code != ERR_NOT_FOUND)
        return err_set(err, code, "%s",
                       *missing.text ? missing.text : "no room for erased.log");
    *out = entries;
    *count = used;
    return ERR_NONE;
}

static bool add_lines(int file, const struct erased_entry *entries, size_t count)
{
    char line[LINE_MOST];

    for (size_t i = 0; i < count; i++) {
        int length = snprintf(line, sizeof line, "%s %" PRId64 " %" PRId64 "\n",
                              entries[i].is_account ? "account" : "person", entries[i].id,
                              entries[i].at);
        if (write(file, line, (size_t)length) != length)
            return false;
    }
    return fsync(file) == 0;
}

err_code erase_log_add(const char *data_folder, const struct erased_entry *entries,
                       size_t count, struct err *err)
{
    char path[PATH_MAX];
    int file, folder;
    bool done;

    if (count == 0)
        return ERR_NONE;
    if (snprintf(path, sizeof path, "%s/erased.log", data_folder) >= (int)sizeof path)
        return err_set(err, ERR_INVALID, "%s: the path is too long", data_folder);
    file = open(path, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, LOG_MODE);
    if (file < 0)
        return err_set(err, ERR_IO, "%s: %s", path, strerror(errno));
    done = add_lines(file, entries, count);
    done = close(file) == 0 && done;
    folder = open(data_folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    done = folder >= 0 && fsync(folder) == 0 && done;
    if (folder >= 0)
        close(folder);
    return done
               ? ERR_NONE
               : err_set(err, ERR_IO, "%s: cannot be written: %s", path, strerror(errno));
}
