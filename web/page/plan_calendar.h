/* A plan as a week calendar: what the drawing of the page needs. */
#ifndef WEB_PAGE_PLAN_CALENDAR_H
#define WEB_PAGE_PLAN_CALENDAR_H

#include "exchange/action/plan_pole.h"
#include "web/view/catalogue.h"
#include "web/view/tree.h"

/* Sets `_calendar` of the tree: `height` in pixels, `days` (name, x), `weeks` (at: its
 * Monday, y, height), `parts` (name of a half-day) and `marks` (number of the session
 * from 1, x, width, y); x and widths are percents. Not when there is no session. */
void plan_calendar_set(struct tree *root, const struct pole_plan *plan, struct zone zone,
                       const struct catalogue *catalogue);

#endif
