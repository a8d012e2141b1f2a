/* Static files, read once at start. */
#include "web/http/static.h"

#include "base/file.h"
#include "base/secret.h"
#include "base/gzip.h"

#include <dirent.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { FILES_MOST = 100, FILE_BYTES_MOST = 4 << 20 };

struct static_files {
    struct static_file files[FILES_MOST];
    size_t count;
};

static const char *type_of(const char *name)
{
    static const char *const types[][2] = {{".css", "text/css; charset=utf-8"},
                                           {".js", "text/javascript; charset=utf-8"},
                                           {".svg", "image/svg+xml"},
                                           {".png", "image/png"},
                                           {".ico", "image/x-icon"}};
    const char *dot = strrchr(name, '.');

    for (size_t i = 0; dot && i < sizeof types / sizeof types[0]; i++)
        if (strcmp(dot, types[i][0]) == 0)
            return types[i][1];
    return NULL;
}

static err_code add_file(struct static_files *files, const char *path, const char *name,
                         struct err *err)
{
    struct static_file *file = &files->files[files->count];
    char hash[SECRET_HASH_TEXT_MAX];
    err_code code;

    if (files->count >= FILES_MOST || strlen(name) >= sizeof file->name)
        return err_set(err, ERR_LIMIT, "%s: at most %d files with short names", path,
                       FILES_MOST);
    text_init(&file->bytes, FILE_BYTES_MOST);
    text_init(&file->gzip, FILE_BYTES_MOST);
    code = file_read(path, &file->bytes, err);
    if (code != ERR_NONE) {
        text_done(&file->bytes);
        text_done(&file->gzip);
        return code;
    }
    secret_hash(file->bytes.bytes, file->bytes.length, NULL, hash);
    snprintf(file->name, sizeof file->name, "%.63s", name);
    snprintf(file->url, sizeof file->url, "/statique/%.12s-%.63s", hash, name);
    file->type = type_of(name);
    if (gzip_suits(file->type))
        (void)gzip_make(file->bytes.bytes, file->bytes.length, GZIP_BEST, &file->gzip);
    files->count++;
    return ERR_NONE;
}

static err_code add_folder(struct static_files *files, const char *folder,
                           const char *override_folder, const char *part, struct err *err)
{
    char path[PATH_MAX];
    struct dirent *entry;
    DIR *open;
    err_code code = ERR_NONE;

    snprintf(path, sizeof path, "%s/%s", folder, part);
    open = opendir(path);
    while (open && code == ERR_NONE && (entry = readdir(open))) {
        if (entry->d_name[0] == '.' || !type_of(entry->d_name))
            continue;
        snprintf(path, sizeof path, "%s/%s/%s",
                 override_folder ? override_folder : folder, part, entry->d_name);
        if (override_folder && access(path, R_OK) != 0)
            snprintf(path, sizeof path, "%s/%s/%s", folder, part, entry->d_name);
        code = add_file(files, path, entry->d_name, err);
    }
    if (open)
        closedir(open);
    return code;
}

err_code static_open(struct static_files **out, const char *folder,
                     const char *override_folder, struct err *err)
{
    static const char *const parts[] = {"style", "script", "icons"};
    struct static_files *files = calloc(1, sizeof *files);
    err_code code = files ? ERR_NONE : err_set(err, ERR_MEMORY, "no memory to start");

    for (size_t i = 0; code == ERR_NONE && i < 3; i++)
        code = add_folder(files, folder, override_folder, parts[i], err);
    if (code != ERR_NONE) {
        static_close(files);
        return code;
    }
    *out = files;
    return ERR_NONE;
}

void static_close(struct static_files *files)
{
    for (size_t i = 0; files && i < files->count; i++) {
        text_done(&files->files[i].bytes);
        text_done(&files->files[i].gzip);
    }
    free(files);
}

const char *static_url(const struct static_files *files, const char *name)
{
    for (size_t i = 0; i < files->count; i++)
        if (strcmp(files->files[i].name, name) == 0)
            return files->files[i].url;
    return NULL;
}

const struct static_file *static_find(const struct static_files *files, const char *url)
{
    for (size_t i = 0; i < files->count; i++)
        if (strcmp(files->files[i].url, url) == 0)
            return &files->files[i];
    return NULL;
}
