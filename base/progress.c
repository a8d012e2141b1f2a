/* A bar on a terminal for long work. */
#include "base/progress.h"

#include "base/clock.h"

#include <inttypes.h>
#include <stdio.h>
#include <unistd.h>

enum { REDRAW_MS = 100, BAR_WIDTH = 30 };

void progress_start(struct progress *progress, const char *label, uint64_t total)
{
    *progress = (struct progress){
        .label = label, .total = total, .is_terminal = isatty(STDERR_FILENO) == 1};
}

void progress_show(struct progress *progress, uint64_t done)
{
    int64_t now_ms;
    int filled;

    if (!progress->is_terminal)
        return;
    now_ms = clock_monotonic_ms();
    if (progress->was_drawn && now_ms - progress->drawn_ms < REDRAW_MS)
        return;
    progress->drawn_ms = now_ms;
    progress->was_drawn = true;
    if (!progress->total) {
        fprintf(stderr, "\r%s %" PRIu64 " ", progress->label, done);
        return;
    }
    if (done > progress->total)
        done = progress->total;
    filled = (int)(done * BAR_WIDTH / progress->total);
    fprintf(stderr, "\r%s [%.*s%*s] %3d %%", progress->label, filled,
            "##############################", BAR_WIDTH - filled, "",
            (int)(done * 100 / progress->total));
}

void progress_end(struct progress *progress)
{
    if (progress->was_drawn)
        fputs("\r\033[K", stderr);
    progress->was_drawn = false;
}
