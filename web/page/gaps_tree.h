/* The gaps as a result tree: what the page, its JSON and `etabli gaps --json` say. */
#ifndef WEB_PAGE_GAPS_TREE_H
#define WEB_PAGE_GAPS_TREE_H

#include "exchange/action/gap_report.h"
#include "web/view/catalogue.h"
#include "web/view/tree.h"

/* What a page adds to each row, under keys of its own. */
struct gaps_more {
    void (*add)(void *of, struct tree *entry, const struct gap_row *row);
    void *of;
};
/* Sets `columns`, `gaps`, `at_risk` and the figures. `now` tells ages in days; `more` may
 * be NULL. */
void gaps_tree_set(struct tree *root, const struct gap_report *report, int64_t now,
                   const struct gaps_more *more);
/* The same as CSV, its columns named in that language: a line for each skill. */
void gaps_tree_csv(struct text *out, struct arena *arena, const struct gap_report *report,
                   int64_t now, const struct catalogue *catalogue);

#endif
