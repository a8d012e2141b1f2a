/* Numbers of the pictures of the gaps: a heat map and a trend line, drawn by templates as
 * SVG. */
#ifndef WEB_PAGE_GAPS_PICTURE_H
#define WEB_PAGE_GAPS_PICTURE_H

#include "exchange/action/gap_report.h"
#include "exchange/model/gap_trend.h"
#include "web/view/tree.h"

/* `trend`: months, pressure, reach, fairness; `_…` for its line. */
void gaps_trend_set(struct tree *root, struct arena *arena,
                    const struct gap_trend *trend);
/* `_map`: a line for each of the first skills, a square for each of its cells that is
 * asked for or answered. */
void gaps_map_set(struct tree *root, struct arena *arena,
                  const struct gap_report *report);

#endif
