/* The card that the index keeps of a document: what a result shows, and the stems by which a
 * match is explained. Lines of a tag and a value, so that a page of results needs no SQL. */
#ifndef INDEXER_CARD_H
#define INDEXER_CARD_H

#include "base/text.h"
#include "indexer/search.h"

struct card_label {
    const char *text;
    const char *stems; /* separated by blanks */
};

struct card_skill {
    int64_t skill_id;
    enum skill_level level;
    bool is_shared;
    struct card_label own;       /* as its owner wrote it */
    struct card_label *through;  /* labels of the thesaurus */
    size_t through_count;
};

struct card {
    enum kind kind;
    int64_t id;
    const char *external_id, *headline, *body, *structure_name, *structure_key, *commune;
    struct card_label title;
    const char **pole_keys, **pole_names;
    size_t pole_count;
    struct card_skill *skills;
    size_t skill_count;
    int64_t confirmed_at, created_at, starts_at, pause_until;
    int quota_month, seats, seats_taken, supports, state;
};

enum { CARD_BYTES_MOST = 64 * 1024, CARD_LABELS_MOST = 40 };

/* Adds the lines of a document to `out`. */
MUST_USE err_code card_write(struct arena *arena, const struct document *document,
                             const char *lang, struct text *out, struct err *err);
/* Reads them back. What it points to lives in `arena`. */
MUST_USE err_code card_read(struct arena *arena, const char *bytes, size_t length,
                            struct card *out, struct err *err);

/* Which of the query's stems (at most 32) stand in `stems`: a bit each; *words (may be NULL) is
 * how many words there are. */
uint32_t card_match(const char *stems, const char *const *query, size_t query_count,
                    int *words);

#endif
