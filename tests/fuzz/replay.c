/* Runs a fuzz target over the files named, or over its corpus in the source. Speaks TAP.
 */
#include "base/file.h"
#include "base/text.h"
#include "tests/fuzz/fuzz.h"

#include <dirent.h>
#include <limits.h>

enum { INPUT_BYTES_MOST = 1 << 20 };

static int number;

static void replay(const char *path)
{
    struct text bytes;
    struct err err = {0};
    const char *name = strrchr(path, '/');

    text_init(&bytes, INPUT_BYTES_MOST);
    if (file_read(path, &bytes, &err) != ERR_NONE) {
        printf("Bail out! %s\n", err.text);
        exit(1);
    }
    fflush(stdout);
    /* a copy of its own, so that reading past its end is seen */
    uint8_t *copy = malloc(bytes.length ? bytes.length : 1);
    memcpy(copy, bytes.bytes, bytes.length);
    LLVMFuzzerTestOneInput(copy, bytes.length);
    free(copy);
    printf("ok %d - %s\n", ++number, name ? name + 1 : path);
    text_done(&bytes);
}

int main(int argc, char **argv)
{
    const char *source = getenv("ETABLI_SOURCE"), *name = strrchr(argv[0], '/');
    char folder[PATH_MAX - 300], path[PATH_MAX];
    struct dirent **entries;
    int count;

    for (int i = 1; i < argc; i++)
        replay(argv[i]);
    if (argc > 1)
        return 0;
    if (!source) {
        printf("Bail out! ETABLI_SOURCE names no folder\n");
        return 1;
    }
    snprintf(folder, sizeof folder, "%s/tests/fuzz/corpus/%s", source,
             name ? name + 1 : argv[0]);
    count = scandir(folder, &entries, NULL, alphasort);
    for (int i = 0; i < count; i++) {
        snprintf(path, sizeof path, "%s/%.255s", folder, entries[i]->d_name);
        if (entries[i]->d_name[0] != '.')
            replay(path);
        free(entries[i]);
    }
    if (count > 0)
        free(entries);
    printf("1..%d\n", number);
    return number == 0;
}
