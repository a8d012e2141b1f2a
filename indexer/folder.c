/* The folder of the index: generations, of which one is current, and a lock for writers.
 */
#include "indexer/folder.h"

#include "base/file.h"
#include "indexer/model.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <ftw.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

enum { LOCK_MODE = 0640, FILES_MOST = 8, GENERATIONS_MOST = 1000000000 };

err_code folder_lock(const char *folder, int *lock, struct err *err)
{
    char path[PATH_MAX];
    err_code code = file_make_folder(folder, err);

    if (code != ERR_NONE)
        return code;
    snprintf(path, sizeof path, "%s/lock", folder);
    *lock = open(path, O_RDWR | O_CREAT | O_CLOEXEC, LOCK_MODE);
    if (*lock < 0) /* what is of another kind there is to be made anew, as the index is */
        return err_set(err, errno == EISDIR || errno == ENOTDIR ? ERR_STORE : ERR_IO,
                       "%s: %s", path, strerror(errno));
    if (flock(*lock, LOCK_EX | LOCK_NB) == 0)
        return ERR_NONE;
    close(*lock);
    return err_set(err, ERR_BUSY, "index: another program is writing it");
}

static int generation_of(const char *name)
{
    char *end = NULL;
    long number = strncmp(name, "gen-", 4) == 0 ? strtol(name + 4, &end, 10) : 0;

    return number > 0 && !*end && number < GENERATIONS_MOST ? (int)number : 0;
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
    return generation_of(target);
}

void folder_path(const char *folder, int generation, char out[PATH_MAX])
{
    snprintf(out, PATH_MAX, "%s/gen-%d", folder, generation);
}

void folder_model(const char *folder, char out[PATH_MAX])
{
    snprintf(out, PATH_MAX, "%s/../%s", folder, MODEL_FILE);
}

static int remove_one(const char *path, const struct stat *stat, int kind,
                      struct FTW *walk)
{
    (void)stat;
    (void)kind;
    (void)walk;
    (void)remove(path); /* what stays is told by who needs the place */
    return 0;
}

/* Whatever stands there, with all that is in it; a link itself, not what it leads to. */
static void remove_all(const char *path)
{
    (void)nftw(path, remove_one, FILES_MOST, FTW_DEPTH | FTW_PHYS);
}

static bool is_kind(const char *path, mode_t kind)
{
    struct stat found;

    return lstat(path, &found) == 0 && (found.st_mode & S_IFMT) == kind;
}

bool folder_is_blocked(const char *folder)
{
    char path[PATH_MAX];
    struct stat found;

    snprintf(path, sizeof path, "%s/current", folder);
    return folder_current(folder) == 0 && lstat(path, &found) == 0;
}

void folder_make_way(const char *folder)
{
    char path[PATH_MAX];

    if (is_kind(folder, S_IFREG))
        unlink(folder);
    snprintf(path, sizeof path, "%s/lock", folder);
    if (is_kind(path, S_IFDIR))
        remove_all(path);
}

static void remove_old(const char *folder, int current, int before)
{
    char path[PATH_MAX + NAME_MAX + 2];
    struct dirent *entry;
    DIR *open = opendir(folder);

    while (open && (entry = readdir(open))) {
        int generation = generation_of(entry->d_name);
        if (strncmp(entry->d_name, "gen-", 4) != 0 ||
            (generation && (generation == current || generation == before)))
            continue;
        snprintf(path, sizeof path, "%s/%s", folder, entry->d_name);
        remove_all(path);
    }
    if (open)
        closedir(open);
}

int folder_next(const char *folder)
{
    int current = folder_current(folder), last = current;
    struct dirent *entry;
    DIR *open;

    if (current)
        return current + 1;
    open = opendir(folder);
    while (open && (entry = readdir(open))) {
        int generation = generation_of(entry->d_name);
        last = generation > last ? generation : last;
    }
    if (open)
        closedir(open);
    remove_old(folder, 0, 0);
    return last + 1;
}

err_code folder_make_current(const char *folder, int generation, struct err *err)
{
    char link[PATH_MAX], beside[PATH_MAX], target[64];
    int before = folder_current(folder);

    snprintf(link, sizeof link, "%s/current", folder);
    snprintf(beside, sizeof beside, "%s/current.new", folder);
    snprintf(target, sizeof target, "gen-%d", generation);
    remove_all(beside);
    if (is_kind(link, S_IFDIR))
        remove_all(link);
    if (symlink(target, beside) != 0 || rename(beside, link) != 0)
        return err_set(err, ERR_IO, "%s: %s", link, strerror(errno));
    remove_old(folder, generation, before);
    return ERR_NONE;
}

void folder_keep_only(const char *folder, int generation)
{
    remove_old(folder, generation, generation);
}
