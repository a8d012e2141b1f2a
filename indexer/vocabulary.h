/* The words of one kind of document: how rare each family is, and which word was meant.
 *
 * Read from the index when first needed and kept until it changed: on a large index,
 * where reading takes long, rarity and corrections may lag behind a twentieth of it.
 * A correction always leads to a word that stands in some document now, so that what was
 * erased is never proposed. Belongs to one thread. */
#ifndef INDEXER_VOCABULARY_H
#define INDEXER_VOCABULARY_H

#include "indexer/engine.h"
#include "indexer/spelling.h"

struct vocabulary;
/* `engine` is only used by the calls. `letter` is that of the kind. */
MUST_USE err_code vocabulary_new(struct vocabulary **out, struct engine *engine,
                                 char letter, struct err *err);
void vocabulary_free(struct vocabulary *vocabulary); /* accepts NULL */
/* Whether so many changes since make no difference: some of a large index's, none of a
 * small one's, in which a word that came matters. */
bool vocabulary_may_lag(int64_t documents, int64_t changes);
/* *is: it need not be read anew for what the engine holds now. */
MUST_USE err_code vocabulary_is_current(const struct vocabulary *vocabulary,
                                        struct engine *engine, bool *is, struct err *err);

/* From now on rarity is told over the documents of both: of few sessions "poser" is as rare as
 * "placo". `other` (borrowed; NULL: none) must live as long as rarity is asked for. */
void vocabulary_lean(struct vocabulary *vocabulary, const struct vocabulary *other);
/* Inverse document frequency of a family (entry_word), ≥ 0. */
double vocabulary_rarity(const struct vocabulary *vocabulary, uint32_t word);
/* Whether some document had it when the vocabulary was read. */
bool vocabulary_has(const struct vocabulary *vocabulary, uint32_t word);
/* The known word that an unknown one most likely stands for, in the arena; NULL when none
 * is near enough. */
MUST_USE err_code vocabulary_correct(struct vocabulary *vocabulary, struct engine *engine,
                                     struct arena *arena, const struct mistyped *word,
                                     const char **out, struct err *err);

#endif
