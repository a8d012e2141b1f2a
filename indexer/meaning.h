/* What she typed, understood: the words that carry meaning, misspelt ones mended. */
#ifndef INDEXER_MEANING_H
#define INDEXER_MEANING_H

#include "indexer/analysis.h"
#include "indexer/engine.h"
#include "indexer/model.h"
#include "indexer/search.h"
#include "indexer/vocabulary.h"

enum { WORDS_MOST = 32 }; /* a bit each in what matched */

struct meaning_word {
    struct token token;
    const char *typed;        /* folded, before it was mended */
    const char *shown;        /* as typed, or as mended */
    uint32_t word, stem;      /* entry_word of its family, entry_stem */
    double rarity;            /* inverse document frequency of its family, × weight */
    double weight;            /* what it counts: 1, less for a word that says little */
    bool is_mended, is_known; /* is_known: stands in some document */
    const struct tokens
        *meant; /* of an idiom: the first is this word, the others stand for it; NULL */
    const char *before; /* family of the word it follows, stop words apart; NULL */
};

/* Another word for one of the query's. */
struct meaning_related {
    const char *family; /* borrowed from the model */
    uint32_t word;      /* entry_word of it */
    uint8_t of;         /* which of the query's words */
    double strength;    /* how far it stands for that word, 0 to 1 */
    double covers;      /* the same where it is asked who is far, at most `strength` */
    double weight;      /* the same, less when it is rarer: what it counts in BM25 */
};

enum { RELATED_MOST = 96 };

/* A word of the skills that the whole need calls for (situation.h). */
struct meaning_called {
    const char *family; /* borrowed from the model */
    uint32_t word;      /* entry_word of it */
    uint8_t of;         /* which of the query's words says so most */
    double strength;    /* 0 to 1, of the strongest */
    double rarity;
};

enum { CALLED_MOST = 32, MEANING_BITS = 1024 };

struct meaning {
    struct meaning_word words[WORDS_MOST];
    size_t count;
    struct meaning_related related[RELATED_MOST];
    size_t related_count;
    struct meaning_called called[CALLED_MOST];
    size_t called_count;
    double called_all; /* the length of all that is called for, even words nobody has */
    double likeness;   /* of the situation that is most like the need; 0: none */
    uint64_t bits[MEANING_BITS / 64]; /* one for each of these words: meaning_may_have */
    const char *correction; /* the whole text with its mended words; NULL when none was */
    const char **dropped;   /* the commonest words beyond the limit, as typed */
    size_t dropped_count;
    bool is_cut; /* some of the text was left out */
};

void meaning_note(struct meaning *meaning); /* once its words are complete */

/* Whether a word may be one of these: most words of a document need not be compared. */
static inline bool meaning_may_have(const struct meaning *meaning, uint32_t word)
{
    return meaning->bits[word % MEANING_BITS / 64] >> word % 64 & 1;
}

/* Some of the words of a meaning: the i-th is number i, the i-th related one number
 * WORDS_MOST + i. */
struct meaning_set {
    uint64_t bits[(WORDS_MOST + RELATED_MOST) / 64];
};
static inline bool meaning_has(const struct meaning_set *set, size_t number)
{
    return set->bits[number / 64] >> number % 64 & 1;
}
/* Adds all that are the word: an entry_word. */
void meaning_find(const struct meaning *meaning, uint32_t word, struct meaning_set *out);

struct meaning_request {
    const char *text, *lang;
    size_t bytes_most, words_most; /* what is looked at of the text: its rarest words */
    char letter;                   /* of the kind */
    bool is_left;                  /* nothing is mended */
    bool is_plain;                 /* carrier phrases stay, all words count the same */
    const struct model *model;     /* its synonyms are no mistakes; NULL: none */
};

/* Everything in *out lives in `arena`. ERR_INVALID when the text is not UTF-8. */
MUST_USE err_code meaning_read(struct arena *arena, const struct meaning_request *request,
                               struct engine *engine, struct vocabulary *vocabulary,
                               struct meaning *out, struct err *err);

#endif
