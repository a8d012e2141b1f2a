/* A file in memory, for what reads files only. */
#include "tests/fuzz/fuzz.h"

#include <sys/mman.h>
#include <unistd.h>

const char *input_file(const uint8_t *bytes, size_t length)
{
    static char path[40];
    static int file = -1;
    size_t done = 0;

    if (file < 0)
        file = memfd_create("input", MFD_CLOEXEC);
    must(file >= 0 && ftruncate(file, 0) == 0, "there is memory for a file");
    while (done < length) {
        ssize_t wrote = pwrite(file, bytes + done, length - done, (off_t)done);
        must(wrote > 0, "there is memory for a file");
        done += (size_t)wrote;
    }
    snprintf(path, sizeof path, "/proc/self/fd/%d", file);
    return path;
}
