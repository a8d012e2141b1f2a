/* A bar on a terminal for long work; silent elsewhere. */
#ifndef BASE_PROGRESS_H
#define BASE_PROGRESS_H

#include <stdbool.h>
#include <stdint.h>

struct progress {
    const char *label; /* borrowed, what is going on */
    uint64_t total;    /* 0 when unknown */
    int64_t drawn_ms;  /* when last drawn */
    bool is_terminal, was_drawn;
};

/* Draws on standard error, at most ten times a second, only when that is a terminal. */
void progress_start(struct progress *progress, const char *label, uint64_t total);
void progress_show(struct progress *progress, uint64_t done);
void progress_end(struct progress *progress); /* clears the line */

#endif
