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

struct meaning {
    struct meaning_word words[WORDS_MOST];
    size_t count;
    struct meaning_related related[RELATED_MOST];
    size_t related_count;
    uint64_t bits; /* meaning_bit of all these words */
    const char *correction; /* the whole text with its mended words; NULL when none was */
    const char **dropped;   /* the commonest words beyond the limit, as typed */
    size_t dropped_count;
    bool is_cut; /* some of the text was left out */
};

/* Most words of a label have none of a query's bits: they need not be compared. */
static inline uint64_t meaning_bit(uint32_t word)
{
    return UINT64_C(1) << (word & 63);
}
void meaning_note(struct meaning *meaning); /* once its words are complete */

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
