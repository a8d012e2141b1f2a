/* A file mapped whole. */
#include "base/mapped.h"

#include "base/random.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

static uint64_t identity_of(const struct stat *stat)
{
    uint64_t identity = random_mix((uint64_t)stat->st_dev, (uint64_t)stat->st_ino);

    identity = random_mix(identity, (uint64_t)stat->st_size);
    identity = random_mix(identity, (uint64_t)stat->st_mtim.tv_sec);
    return random_mix(identity, (uint64_t)stat->st_mtim.tv_nsec);
}

err_code mapped_open(struct mapped *out, const char *path, struct err *err)
{
    int file = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK); /* no pipe is waited for */
    struct stat stat;
    void *bytes;

    *out = (struct mapped){0};
    if (file < 0)
        return err_set(err, errno == ENOENT ? ERR_NOT_FOUND : ERR_IO, "%s: %s", path,
                       strerror(errno));
    if (fstat(file, &stat) != 0 || !S_ISREG(stat.st_mode) || stat.st_size <= 0) {
        close(file);
        return err_set(err, ERR_STORE, "%s: empty, or no plain file", path);
    }
    bytes = mmap(NULL, (size_t)stat.st_size, PROT_READ, MAP_SHARED, file, 0);
    close(file);
    if (bytes == MAP_FAILED)
        return err_set(err, ERR_IO, "%s: %s", path, strerror(errno));
    *out = (struct mapped){bytes, (size_t)stat.st_size, identity_of(&stat)};
    return ERR_NONE;
}

void mapped_close(struct mapped *mapped)
{
    if (mapped->bytes)
        munmap((void *)mapped->bytes, mapped->length);
    *mapped = (struct mapped){0};
}
