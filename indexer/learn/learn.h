/* Learning what words mean from lines of text: words that stand in the same lines are
 * near.
 *
 *   lines      words of each line, as numbers           learn/lines.c
 *   pairs      how much more often than by chance two words share a line   learn/pairs.c
 *   vectors    200 numbers a word, so that near words point the same way learn/vectors.c
 *   situations what needs call for, told as people tell them   learn/situations.c
 *   kin        which words stand for each other in terms of near meaning   learn/kin.c
 *   synonyms   of a thesaurus in MyThes' form            learn/synonyms.c
 *   model      all of it as one file (model.h)           learn/write.c
 *
 * A learner belongs to one thread and may start a second one while it works. */
#ifndef INDEXER_LEARN_LEARN_H
#define INDEXER_LEARN_LEARN_H

#include "base/err.h"
#include "base/progress.h"

#include <stddef.h>
#include <stdint.h>

struct learner;
/* NULL when out of memory. `progress` may be NULL. Without concepts, their labels are
 * lines and nothing more. */
struct learner *learner_new(struct progress *progress, bool has_concepts);
void learner_free(struct learner *learner); /* accepts NULL */

/* What follows is `who`'s own words (any number but 0 that tells people apart), 0:
 * anybody's. A word that stands in the words of one person only is not learnt, so that
 * nothing of it is left in the model when she is erased. */
void learner_of(struct learner *learner, int64_t who);
/* The words of a text stand in the line that is open; learner_end closes it. */
MUST_USE err_code learner_words(struct learner *learner, const char *text,
                                const char *lang, struct err *err);
MUST_USE err_code learner_end(struct learner *learner, struct err *err);
/* Labels that mean the same, the preferred one first: also a line of their own. */
MUST_USE err_code learner_concept(struct learner *learner, const char *const *labels,
                                  size_t count, struct err *err);
/* Terms of near meaning, each a few words: which of them stand for each other is counted
 * over all lines. Also a line of its own where there were enough words for vectors
 * before: they are made of what the site has, not of this alone. */
MUST_USE err_code learner_near(struct learner *learner, const char *const *terms,
                               size_t count, struct err *err);
/* Names of a skill and needs that it answers, as people tell them: what is said in a need
 * tells which words of skills are called for. Names that say nothing are passed over. */
struct learn_situation {
    const char *lang; /* of the needs, "fr" or "en" */
    const char *const *names, *const *needs;
    size_t name_count, need_count;
};
MUST_USE err_code learner_situation(struct learner *learner,
                                    const struct learn_situation *situation,
                                    struct err *err);
/* Single words of a thesaurus in MyThes' form (th_….dat). ERR_NOT_FOUND when it is not
 * there. */
MUST_USE err_code learner_synonyms(struct learner *learner, const char *path,
                                   struct err *err);
/* The listed everyday words (everyday.def). */
MUST_USE err_code learner_everyday(struct learner *learner, struct err *err);
/* Two words of one meaning, both ways. */
MUST_USE err_code learner_alike(struct learner *learner, const char *word,
                                const char *other, struct err *err);

struct learnt {
    size_t lines, words, pairs, synonyms, concepts, kin, situations;
    size_t skills, english; /* thesaurus entries; those of them with an English label */
};
/* Learns from all that was given and writes the model beside, then over, `path`. With
 * fewer than LEARN_WORDS_LEAST words there are no vectors, only the rest. */
enum { LEARN_WORDS_LEAST = 3000 };
MUST_USE err_code learner_write(struct learner *learner, const char *path,
                                struct learnt *out, struct err *err);

#endif
