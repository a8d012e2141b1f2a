/* Which language a need is written in. Stop words tell that of a sentence; "plumbing" has
 * none, and is English because people say it there and not here. */
#ifndef INDEXER_LANGUAGE_H
#define INDEXER_LANGUAGE_H

#include "base/arena.h"
#include "base/err.h"
#include "indexer/model.h"
#include "indexer/vocabulary.h"

/* *out is "fr" or "en": by its stop words; else the one in which more of its words are
 * known, to `vocabulary` or to what is said of situations in that language in `model`
 * (NULL: no word is); else `otherwise`. */
MUST_USE err_code language_of_need(struct arena *arena, const char *text,
                                   const struct vocabulary *vocabulary,
                                   const struct model *model, const char *otherwise,
                                   const char **out, struct err *err);

#endif
