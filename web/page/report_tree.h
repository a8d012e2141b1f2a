/* The report of the site as a result tree and as CSV: what the pages, their JSON and
 * `etabli gaps --report` say. */
#ifndef WEB_PAGE_REPORT_TREE_H
#define WEB_PAGE_REPORT_TREE_H

#include "exchange/action/names.h"
#include "exchange/action/report.h"
#include "web/view/catalogue.h"
#include "web/view/tree.h"

/* Sets `year`, `month`, `months`, `poles`, `structures` and `total`. */
void report_tree_set(struct tree *root, struct ctx *ctx, const struct report *report,
                     const struct names *names, const struct catalogue *catalogue);
/* A line for each row of them; its columns named in that language. */
void report_tree_csv(struct text *out, struct ctx *ctx, const struct report *report,
                     const struct names *names, const struct catalogue *catalogue);

#endif
