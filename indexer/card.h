/* The card that the index keeps of a document, behind its entry (entry.h): what a result
 * shows. Lines of a tag and a value, so that a page of results needs no SQL. */
#ifndef INDEXER_CARD_H
#define INDEXER_CARD_H

#include "base/text.h"
#include "indexer/entry.h"
#include "indexer/search.h"

struct card_skill {
    int64_t skill_id;
    enum skill_level level;
    bool is_shared;
    const char *label; /* as its owner wrote it */
};

struct card {
    enum kind kind;
    int64_t id;
    const char *title, *external_id, *headline, *body;
    const char *structure_name, *structure_key, *commune;
    const char **pole_keys, **pole_names;
    size_t pole_count;
    struct card_skill *skills;
    size_t skill_count;
    int64_t confirmed_at, created_at, starts_at, pause_until;
    int quota_month, seats, seats_taken, supports, state;
};

enum { CARD_BYTES_MOST = 64 * 1024 };

/* Adds the lines of a document to `out`; `lang` is that of a skill's name. */
MUST_USE err_code card_write(const struct document *document, const char *lang,
                             struct text *out, struct err *err);
/* Reads them back. What it points to lives in `arena`. */
MUST_USE err_code card_read(struct arena *arena, const char *bytes, size_t length,
                            struct card *out, struct err *err);
/* The card of an entry of the forward index. ERR_BUSY when it was changed meanwhile. */
MUST_USE err_code card_of(struct arena *arena, const struct entry *entry,
                          struct card *out, struct err *err);

#endif
