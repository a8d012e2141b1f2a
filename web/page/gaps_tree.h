/* The gaps as a result tree: what the page, its JSON and `etabli gaps --json` say. */
#ifndef WEB_PAGE_GAPS_TREE_H
#define WEB_PAGE_GAPS_TREE_H

#include "exchange/action/gap_report.h"
#include "web/view/catalogue.h"
#include "exchange/action/names.h"
#include "web/view/tree.h"

/* What a page adds to each row, under keys of its own. */
struct gaps_more {
    void (*add)(void *of, struct tree *entry, const struct gap_row *row);
    void *of;
};
/* Gives the columns their names; `others` (may be NULL) is that of the last one. */
void gaps_name_columns(struct gap_report *report, const struct names *names,
                       const char *others);
/* Sets `columns`, `gaps`, `at_risk` and the figures. `now` tells ages in days; `more` may
 * be NULL. */
void gaps_tree_set(struct tree *root, const struct gap_report *report, int64_t now,
                   const struct gaps_more *more);
/* What a cause is called, in English. */
const char *gaps_cause_name(enum gap_cause cause);
/* The same as CSV, its columns and causes named in that language (NULL: causes by their
 * words, for programs): a line for each skill. */
void gaps_tree_csv(struct text *out, struct arena *arena, const struct gap_report *report,
                   int64_t now, const struct catalogue *catalogue);

#endif
