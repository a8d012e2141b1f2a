/* What a need calls for when it tells a situation and names no skill: "mon collègue s'est
 * effondré" calls for first aid. */
#ifndef INDEXER_SITUATION_H
#define INDEXER_SITUATION_H

#include "indexer/meaning.h"

struct situations;

/* Reads the needs of one thread, by what `model` (borrowed) learnt of situations; what it
 * heard of the last is kept, for who asks the same of another kind. NULL without memory.
 */
struct situations *situations_new(const struct model *model);
void situations_free(struct situations *known); /* accepts NULL */

/* Fills `meaning->called`, strongest first. */
MUST_USE err_code situation_read(struct situations *known, struct arena *arena,
                                 const struct vocabulary *vocabulary,
                                 struct meaning *meaning, struct err *err);

#endif
