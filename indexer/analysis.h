/* From what people write to the terms that stand for it.
 *
 * French and English text is folded, split, freed of elisions and inclusive endings, and
 * turned into exact words, stems and families, each knowing which bytes of the source it
 * came from, so that a match can be marked. Pure: no I/O, no index. */
#ifndef INDEXER_ANALYSIS_H
#define INDEXER_ANALYSIS_H

#include "base/arena.h"

#include <stdint.h>

struct token {
    const char *exact;  /* folded form: "menuisier" */
    const char *stem;   /* stemmed form: "menuisi" */
    const char *family; /* root it shares with its family: "menuis" (indexer/family.h) */
    uint32_t from, to;  /* bytes of the source it came from */
    bool is_stop;       /* a word that carries no meaning (never indexed) */
    bool is_weak;       /* a word that says little: "mois", "vraiment", a bare number */
    bool is_aside;      /* told beside what is asked (focus.h) */
    bool is_joined; /* stands beside its parts: "portefenetre" after "porte" and "fenetre"
                     */
};

struct tokens {
    struct token *items;
    size_t count;
};

/* Analyses a field of a document. `lang` "fr" or "en". */
MUST_USE err_code analysis_text(struct arena *arena, const char *string, const char *lang,
                                struct tokens *out, struct err *err);
/* Analyses a need or a search: as above, what only carries it is dropped (carrier.h),
 * and what is told beside it is marked (focus.h).
 */
MUST_USE err_code analysis_query(struct arena *arena, const char *string,
                                 const char *lang, struct tokens *out, struct err *err);

/* The language a text seems to be in, by its stop words: "fr" or "en"; `otherwise` (may
 * be NULL) when they do not tell. */
const char *analysis_language(struct arena *arena, const char *string,
                              const char *otherwise);

#endif
