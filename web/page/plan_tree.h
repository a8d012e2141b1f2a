/* A plan as a result tree: what the page, its JSON and `etabli plan --pole --json` say.
 */
#ifndef WEB_PAGE_PLAN_TREE_H
#define WEB_PAGE_PLAN_TREE_H

#include "exchange/action/plan_pole.h"
#include "web/view/tree.h"

/* What a page adds to each session, under keys of its own. */
struct plan_more {
    void (*add)(void *of, struct tree *entry, const struct planned_session *session);
    void *of;
};
/* Sets `sessions`, `unserved` (grouped by skill and reason) and the figures; `more` may
 * be NULL. Names of who asks are given: not for public pages. */
void plan_tree_set(struct tree *root, const struct pole_plan *plan,
                   const struct plan_more *more);

#endif
