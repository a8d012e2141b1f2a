/* More labels for a skill: those of the learnt concept it is. */
#ifndef INDEXER_WIDEN_H
#define INDEXER_WIDEN_H

#include "base/arena.h"
#include "exchange/model/skill.h"
#include "indexer/model.h"

/* The skill with the other labels of the concept whose preferred label is its own, in *wide; the
 * skill itself when there is none or nothing was learnt (model NULL). NULL when the arena is
 * full. */
const struct skill *widen_skill(const struct model *model, struct arena *arena,
                                const struct skill *skill, struct skill *wide);

#endif
