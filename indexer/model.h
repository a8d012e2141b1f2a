/* What was learnt from texts (etabli learn): vectors of words, synonyms, concepts.
 *
 * One mapped file beside the index, read-only, the same for every thread that maps it:
 *
 *   head       magic with its version, checksum of all that follows it, counts
 *   words      keys of stems, sorted, 8 bytes each (map_key): no word can be read from it
 *   weights    how much each of them tells: a / (a + its frequency), float
 *   vectors    MODEL_DIMENSIONS signed bytes each, × MODEL_SCALE
 *   first      the direction that all texts share, float: it is taken out of each text
 *   synonyms   struct model_synonym, sorted by key
 *   concepts   struct model_concept, sorted by key
 *   kin        struct model_kin, sorted by from and to
 *   calls      struct model_kin, sorted by from and to: what words of needs call for
 *   said       struct model_said, sorted by word and situation
 *   situations struct model_situation
 *   names      struct model_name: words of the skills that answer them
 *   spelled    struct spelled: words that a mistyped one may stand for
 *   texts      what these name, each ended by a NUL
 *
 * Search works without it. A file that is cut, changed or of another version is refused
 * whole. */
#ifndef INDEXER_MODEL_H
#define INDEXER_MODEL_H

#include "base/err.h"
#include "indexer/analysis.h"
#include "indexer/spelling.h"

#include <stdint.h>

enum { MODEL_DIMENSIONS = 200, MODEL_SCALE = 300 };
#define MODEL_FILE "learnt" /* in the data folder */
#define MODEL_LISTED 2.0f
#define MODEL_SPELLED "fr" /* the language of the words that are kept as they are spelt  \
                            */
#define MODEL_MAGIC "etblrn05"

/* The head, as it is written; each part starts at a multiple of 8 after the one before.
 */
struct model_head {
    char magic[8];
    uint64_t checksum; /* model_checksum of all that follows this field */
    uint64_t length;   /* of the whole file, a multiple of 8 */
    uint32_t dimensions, word_count, synonym_count, concept_count, kin_count, call_count,
        said_count, situation_count, name_count, spelled_count;
    uint32_t french_count, unused; /* of the situations: they come first, then English */
    uint64_t text_length;
};
struct model_synonym {
    uint64_t key;  /* of the stem of the word it stands for */
    uint32_t text; /* "FAMILY NUL WORD" of the other */
    float
        strength; /* 0.5; 1 when each names the other; MODEL_LISTED when listed by hand */
};
struct model_concept {
    uint64_t key;          /* model_label_key of one of its labels */
    uint32_t text;         /* its labels, a newline between; the preferred one first */
    uint32_t is_preferred; /* the key is that of its preferred label */
};
/* How far one word stands for another, by terms of near meaning. */
struct model_kin {
    uint32_t from, to; /* entry_word of their families */
    uint32_t text;     /* the family of `to` */
    float strength;    /* 0 to 1, the same both ways */
};

/* A word that people say of a situation. */
struct model_said {
    uint32_t word; /* model_said_key of its family */
    uint32_t situation;
    float weight; /* of BM25, its rarity included */
};
/* The names of what answers a situation: `count` from the place `from` on. */
struct model_situation {
    uint32_t from, count;
};
struct model_name {
    uint32_t word; /* entry_word of its family */
    uint32_t text; /* the family */
};

/* Over whole words of 8 bytes. */
uint64_t model_checksum(const void *bytes, size_t length);
uint64_t model_word_key(const struct token *token);
/* Of the families of a label; 0 when it has none. */
uint64_t model_label_key(const struct tokens *tokens);

struct model;
/* ERR_NOT_FOUND when there is none; ERR_STORE, saying why, when it is damaged or of
 * another version. */
MUST_USE err_code model_open(struct model **out, const char *path, struct err *err);
void model_close(struct model *model); /* accepts NULL */
/* Tells one model from another; never 0. */
uint32_t model_mark(const struct model *model);
size_t model_word_count(const struct model *model);

/* The vector of a text: a weighted sum of those of its words. */
struct model_sum {
    float values[MODEL_DIMENSIONS];
    size_t known; /* words that have a vector */
};
void model_add(const struct model *model, struct model_sum *sum,
               const struct tokens *tokens, float times);
/* False when no word is known: `out` is then all 0. */
bool model_vector(const struct model *model, struct model_sum *sum,
                  int8_t out[MODEL_DIMENSIONS]);
/* -1 to 1. */
double model_cosine(const int8_t *a, const int8_t *b);

/* 1 + the number of a word that has a vector; 0: it has none. */
uint32_t model_word(const struct model *model, const struct token *token);
/* Its vector; NULL for 0. */
const int8_t *model_word_vector(const struct model *model, uint32_t number);

/* The synonyms of a word: *count of them from the returned one on. */
const struct model_synonym *model_synonyms(const struct model *model, uint64_t key,
                                           size_t *count);
/* The concept that has a label of that key; NULL when none. One whose preferred label it
 * is goes before others. */
const struct model_concept *model_concept(const struct model *model, uint64_t key);
/* Those of a word (entry_word of its family), by their `to`: *count of them. */
const struct model_kin *model_kin(const struct model *model, uint32_t word,
                                  size_t *count);
/* The key of a word (entry_word of its family) of a need: English ones stand apart, since
 * pain, four and car are French too. Never 0. */
uint32_t model_said_key(uint32_t word, bool is_english);
/* What a word of a need (its key) calls for (strength: how likely), by their `to`. */
const struct model_kin *model_calls(const struct model *model, uint32_t word,
                                    size_t *count);
/* The situations that a word (its key) is said of. */
const struct model_said *model_said(const struct model *model, uint32_t word,
                                    size_t *count);
/* Whether a word (entry_word of its family) is said of any, in that language. */
bool model_is_said(const struct model *model, uint32_t word, bool is_english);
/* Those that are told in one language: *count of them from the number that comes back. */
size_t model_situations(const struct model *model, bool is_english, size_t *count);
/* The names of one; NULL when the number makes no sense. */
const struct model_name *model_names(const struct model *model, uint32_t situation,
                                     size_t *count);
/* How rare a word is that is said of `with` of `all` situations of its language. */
double model_said_rarity(size_t all, size_t with);
/* The words of what was learnt by heart, not of cards or needs: each is in a dictionary.
 */
struct spelling model_spelling(const struct model *model);
/* Ended by a NUL; "" when the place makes no sense. */
const char *model_text(const struct model *model, uint32_t text);

#endif
