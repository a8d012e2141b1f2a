/* What the fuzz targets share. Each target is one file with LLVMFuzzerTestOneInput:
 * script/fuzz builds it with clang's libFuzzer, `make check` links it with replay.c and
 * runs it over corpus/TARGET. A target breaks off when a property it states does not
 * hold. */
#ifndef TESTS_FUZZ_FUZZ_H
#define TESTS_FUZZ_FUZZ_H

#include "base/arena.h"

#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length);

/* Ends the run, with the sentence that was to hold. */
static inline void must(bool holds, const char *sentence)
{
    if (holds)
        return;
    fprintf(stderr, "does not hold: %s\n", sentence);
    abort();
}

/* The input as text: NUL-terminated, up to its first NUL. */
static inline char *input_text(struct arena *arena, const uint8_t *bytes, size_t length)
{
    return arena_strndup(arena, (const char *)bytes,
                         strnlen((const char *)bytes, length));
}

/* A file of those bytes that has no name; its path is good until the next call. */
const char *input_file(const uint8_t *bytes, size_t length);

#endif
