/* What a need calls for when it tells a situation and names no skill: "mon collègue s'est
 * effondré" calls for first aid. */
#ifndef INDEXER_SITUATION_H
#define INDEXER_SITUATION_H

#include "indexer/meaning.h"

/* Fills `meaning->called`, strongest first, by what was learnt of situations. */
MUST_USE err_code situation_read(struct arena *arena, const struct model *model,
                                 const struct vocabulary *vocabulary,
                                 struct meaning *meaning, struct err *err);

#endif
