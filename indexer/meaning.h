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

enum {
    CALLED_MOST = 32,
    MEANING_CALLED = WORDS_MOST + RELATED_MOST, /* the number of the first called word */
    MEANING_NUMBERS = MEANING_CALLED + CALLED_MOST,
    MEANING_NONE = 255,
    MEANING_CHAINS = 1024
};

struct meaning {
    struct meaning_word words[WORDS_MOST];
    size_t count;
    struct meaning_related related[RELATED_MOST];
    size_t related_count;
    struct meaning_called called[CALLED_MOST];
    size_t called_count;
    double called_all; /* the length of all that is called for, even words nobody has */
    double sure;       /* how sure it is that she tells such a situation, 0 to 1 */
    double missed;     /* how sure it is that she needs what nobody has, 0 to 1 */
    /* all these words by their number: the i-th is number i, the i-th related one
     * WORDS_MOST + i, the i-th called one behind those; chains by hash */
    uint32_t numbered[MEANING_NUMBERS];
    uint8_t first[MEANING_CHAINS], next[MEANING_NUMBERS]; /* MEANING_NONE ends one */
    const char *correction; /* the whole text with its mended words; NULL when none was */
    const char **dropped;   /* the commonest words beyond the limit, as typed */
    size_t dropped_count;
    bool is_cut;     /* some of the text was left out */
    bool is_english; /* what she writes, as far as her words tell */
    bool is_told;    /* somebody tells of herself or of others: no label talks so */
    bool tells_more; /* so does what is left without what carries the need */
};

void meaning_note(struct meaning *meaning); /* once its words are complete */

/* The first number of a chain that has the word (an entry_word) if any has it; most words
 * of a document have none. The numbers of a chain may be of other words
 * too; called ones come last. */
static inline unsigned meaning_first(const struct meaning *meaning, uint32_t word)
{
    return meaning->first[word % MEANING_CHAINS];
}

struct meaning_request {
    const char *text, *lang;
    size_t bytes_most, words_most; /* what is looked at of the text: its rarest words */
    char letter;                   /* of the kind */
    bool is_left;                  /* nothing is mended */
    bool is_plain;                 /* carrier phrases stay, all words count the same */
    const struct model *model;     /* its synonyms are no mistakes, its words may be
                                      meant; NULL: none */
};

/* Everything in *out lives in `arena`. ERR_INVALID when the text is not UTF-8. */
MUST_USE err_code meaning_read(struct arena *arena, const struct meaning_request *request,
                               struct engine *engine, struct vocabulary *vocabulary,
                               struct meaning *out, struct err *err);

#endif
