/* What the files of learning share. */
#ifndef INDEXER_LEARN_LEARNER_H
#define INDEXER_LEARN_LEARNER_H

#include "base/arena.h"
#include "base/map.h"
#include "base/text.h"
#include "indexer/learn/learn.h"
#include "indexer/model.h"

/* Terms: entry_word of families; 0 ends a term, one more 0 a line. */
struct learn_words {
    uint32_t *items; /* by malloc */
    size_t count, capacity;
};

struct learner {
    struct progress *progress;
    bool has_concepts;
    struct arena *task; /* for one text at a time */
    struct map ids;     /* by model_word_key: 1 + the word's number */
    uint64_t *keys;     /* of the words, by number */
    uint32_t *seen;     /* how often each stands in lines */
    int64_t *only;      /* whose words each stands in: one person; LEARN_SEVERAL */
    int64_t who;        /* whose words come now; 0: anybody's */
    size_t word_count, word_capacity;
    uint32_t *tokens; /* the words of all lines, one after another */
    size_t token_count, token_capacity;
    size_t *ends; /* where each line ends in `tokens` */
    size_t line_count, line_capacity;
    struct model_synonym *synonyms;
    size_t synonym_count, synonym_capacity;
    struct model_concept *concepts;
    size_t concept_count, concept_capacity;
    struct learn_words terms; /* of near meaning */
    bool has_enough;          /* words for vectors, before the first of these terms */
    /* told in French, in English; a line each: all names as one term, then each need */
    struct learn_words situations[2];
    struct map term_texts; /* by entry_word: where the family stands in `texts` */
    struct model_kin *kin; /* made by learn_finish_kin */
    size_t kin_count;
    /* made by learn_finish_situations: model.h */
    struct model_kin *calls;
    struct model_said *said;
    struct model_situation *situation_rows;
    struct model_name *names;
    size_t call_count, said_count, situation_count, french_count, name_count;
    struct map spelled_at; /* by map_key of a word: 1 + its number */
    struct spelled *spelled;
    size_t spelled_count, spelled_capacity;
    struct text texts;
};

/* Of more than one person, or of none: the site's own words. */
#define LEARN_SEVERAL INT64_MIN

/* Makes room for one more item in an array from malloc; NULL when there is none. */
void *learn_grow(void *items, size_t count, size_t *capacity, size_t size);
/* Adds a text to the model; UINT32_MAX when there is no room. */
uint32_t learn_text(struct learner *learner, const char *bytes, size_t length);

/* Adds the words of a text in `lang` (NULL: the one its words tell), those that say
 * little only on request. */
MUST_USE err_code learn_families(struct learner *learner, struct learn_words *words,
                                 const char *text, const char *lang, bool has_weak,
                                 struct err *err);
/* Ends a term or a line. */
MUST_USE err_code learn_end(struct learn_words *words, struct err *err);

/* Tells which synonyms name each other, and sorts them. */
MUST_USE err_code learn_finish_synonyms(struct learner *learner, struct err *err);

/* Counts which words stand for each other in the terms of near meaning. */
MUST_USE err_code learn_finish_kin(struct learner *learner, struct err *err);

/* Keeps the `most` strongest of each word, in the order in which they are looked up. */
void learn_keep_strongest(struct model_kin *items, size_t *count, size_t most);

/* Counts what situations call for. */
MUST_USE err_code learn_finish_situations(struct learner *learner, struct err *err);

/* A sparse square matrix, row after row. */
struct pairs {
    size_t size;
    size_t *from; /* size + 1 of them: where each row starts */
    uint32_t *columns;
    float *values;
    size_t count, capacity;
};
/* The words that get a vector, most frequent first: *words (malloc) holds their numbers.
 */
MUST_USE err_code learn_choose(const struct learner *learner, uint32_t **words,
                               size_t *count, struct err *err);
/* How much more often than by chance two chosen words share a line (positive pointwise
 * mutual information, the chance of the second smoothed); pairs_done when done. */
MUST_USE err_code pairs_count(const struct learner *learner, const uint32_t *words,
                              size_t count, struct pairs *out, struct err *err);
void pairs_done(struct pairs *pairs);

/* MODEL_DIMENSIONS numbers for each row, unit length, in *out (malloc). */
MUST_USE err_code vectors_make(const struct pairs *pairs, struct progress *progress,
                               float **out, struct err *err);
/* The direction that the rows (unit length) share most. */
MUST_USE err_code vectors_first(const float *rows, size_t count,
                                float first[MODEL_DIMENSIONS], struct err *err);

#endif
