/* The folder of the index: generations, of which one is current, and a lock for writers.
 */
#include "indexer/folder.h"

#include "base/file.h"
#include "indexer/model.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <unistd.h>

enum { LOCK_MODE = 0640 };

err_code folder_lock(const char *folder, int *lock, struct err *err)
{
    char path[PATH_MAX];
    err_code code = file_make_folder(folder, err);

    if (code != ERR_NONE)
        return code;
    snprintf(path, sizeof path, "%s/lock", folder);
    *lock = open(path, O_RDWR | O_CREAT | O_CLOEXEC, LOCK_MODE);
    if (*lock < 0)
        return err_set(err, ERR_IO, "%s: %s", path, strerror(errno));
    if (flock(*lock, LOCK_EX | LOCK_NB) == 0)
        return ERR_NONE;
    close(*lock);
    return err_set(err, ERR_BUSY, "index: another program is writing it");
}

int folder_current(const char *folder)
{
    char path[PATH_MAX], target[64];
    ssize_t length;

    snprintf(path, sizeof path, "%s/current", folder);
    length = readlink(path, target, sizeof target - 1);
    if (length <= 4)
        return 0;
    target[length] = '\0';
    return strncmp(target, "gen-", 4) == 0 ? (int)strtol(target + 4, NULL, 10) : 0;
}

void folder_path(const char *folder, int generation, char out[PATH_MAX])
{
    snprintf(out, PATH_MAX, "%s/gen-%d", folder, generation);
}

void folder_model(const char *folder, char out[PATH_MAX])
{
    snprintf(out, PATH_MAX, "%s/../%s", folder, MODEL_FILE);
}

static void remove_generation(const char *folder, const char *name)
{
    char path[PATH_MAX], file[PATH_MAX + NAME_MAX + 2];
    struct dirent *entry;
    DIR *open;

    snprintf(path, sizeof path, "%s/%s", folder, name);
    open = opendir(path);
    if (!open)
        return;
    while ((entry = readdir(open)))
        if (entry->d_name[0] != '.') {
            snprintf(file, sizeof file, "%s/%s", path, entry->d_name);
            unlink(file);
        }
    closedir(open);
    rmdir(path);
}

static void remove_old(const char *folder, int current, int before)
{
    struct dirent *entry;
    DIR *open = opendir(folder);

    while (open && (entry = readdir(open))) {
        int generation =
            (int)strtol(entry->d_name + (strlen(entry->d_name) > 4 ? 4 : 0), NULL, 10);
        if (strncmp(entry->d_name, "gen-", 4) == 0 && generation != current &&
            generation != before)
            remove_generation(folder, entry->d_name);
    }
    if (open)
        closedir(open);
}

err_code folder_make_current(const char *folder, int generation, struct err *err)
{
    char link[PATH_MAX], beside[PATH_MAX], target[64];
    int before = folder_current(folder);

    snprintf(link, sizeof link, "%s/current", folder);
    snprintf(beside, sizeof beside, "%s/current.new", folder);
    snprintf(target, sizeof target, "gen-%d", generation);
    unlink(beside);
    if (symlink(target, beside) != 0 || rename(beside, link) != 0)
        return err_set(err, ERR_IO, "%s: %s", link, strerror(errno));
    remove_old(folder, generation, before);
    return ERR_NONE;
}

void folder_keep_only(const char *folder, int generation)
{
    remove_old(folder, generation, generation);
}
