/* What ranking needs of a document: an item of the forward index.
 *
 * Words are the hashes of families (entry_word), so that matching compares numbers; the
 * hashes of stems (entry_stem) beside them tell whether it is the same word.
 * Labels of the thesaurus stand in blocks of their own, shared by all who have the skill;
 * keys of structures, poles and communes are items too, and their place in the heap
 * stands for them. Reading trusts nothing: a damaged item reads as far as it makes sense.
 */
#ifndef INDEXER_ENTRY_H
#define INDEXER_ENTRY_H

#include "base/text.h"
#include "indexer/analysis.h"
#include "indexer/model.h"

#include <stdint.h>

/* The fixed part, as it is written. */
struct entry_head {
    uint8_t kind;        /* enum kind */
    uint8_t state;       /* of a need or session */
    uint8_t level;       /* the highest of a person's skills */
    uint8_t visibility;  /* enum visibility of a person */
    int32_t quota_month; /* -1: the site's default */
    int64_t id;          /* 0: wiped */
    int64_t confirmed_at, created_at, pause_until, starts_at;
    uint64_t structure, commune; /* places of key items; 0: none */
    uint32_t pole_count, skill_count;
    uint32_t word_count;  /* of all its words, wherever they stand */
    uint32_t vector_mark; /* of the model its vector is from; 0: it has none */
    uint32_t day_parts;   /* of a person: as in struct query_request; 0: unsaid */
    uint32_t stem_count;  /* of all its words */
    uint32_t card_length; /* of what a result shows, at its end: card.h */
    uint32_t reserved;
};

struct entry_skill {
    uint64_t through; /* place of a block of labels; 0: none */
    uint8_t level, is_shared;
    uint8_t reserved[2];
    uint32_t skill_id; /* of the thesaurus; 0: none */
};

struct entry_label {
    const unsigned char *words, *stems; /* entry_label_word(), entry_label_stem() */
    size_t word_count;
    const char *text; /* not ended by a NUL */
    size_t text_length;
};

struct entry {
    struct entry_head head;
    const unsigned char *poles, *skills, *words, *stems, *labels, *end;
    const int8_t *vector; /* MODEL_DIMENSIONS of them; NULL: none */
    const char *card;     /* head.card_length bytes */
};

enum { ENTRY_WORDS_MOST = 64, ENTRY_TEXT_MOST = 300 }; /* of one label */

uint32_t entry_word(const char *family);
/* Of a stem, by which words of one family are told apart: table and tableur. */
uint32_t entry_stem(const char *stem);

/* ---- writing ---- */
void entry_add_head(struct text *out, const struct entry_head *head);
void entry_add_pole(struct text *out, uint64_t place);
void entry_add_skill(struct text *out, const struct entry_skill *skill);
/* `words` is sorted in place; doubles go. Returns how many were added. */
uint32_t entry_add_words(struct text *out, uint32_t *words, size_t count);
/* The words of a label (without stop words) and a text to keep with them ("" for none).
 */
void entry_add_label(struct text *out, const struct tokens *tokens, const char *text);

/* ---- reading ---- */
/* False when it is wiped or damaged. */
bool entry_read(const void *item, size_t length, struct entry *out);
uint64_t entry_pole(const struct entry *entry, size_t i);
struct entry_skill entry_skill(const struct entry *entry, size_t i);
/* Whether it is still what was read: a writer wipes what is replaced or erased. */
bool entry_is_there(const struct entry *entry);
/* One of its `head.word_count` words, in ascending order. */
uint32_t entry_word_at(const struct entry *entry, size_t i);
/* Whether a word of that stem stands anywhere in the document. */
bool entry_has_stem(const struct entry *entry, uint32_t stem);
/* Walks labels from `*at` (entry->labels: the title, then each skill's own; or a whole
 * block item) to `end`; false after the last. */
bool entry_next_label(const unsigned char **at, const unsigned char *end,
                      struct entry_label *out);
uint32_t entry_label_word(const struct entry_label *label, size_t i);
uint32_t entry_label_stem(const struct entry_label *label, size_t i);

#endif
