/* The documents of an index as it was made, laid out for being added up: which have each
 * term and what it counts there, and what filters and facets need of each. No search can
 * make anything of a whole directory quickly by looking up each document where it lies.
 *
 *   GENERATION/lists   head, lists, terms, columns, values, sets (struct lists_head)
 *
 * It is written once, when the index is made, and mapped by readers. Who was put or
 * removed since (the term XD, engine_removed) is passed over here and looked for in
 * Xapian; the index is made anew often enough that these are few. */
#ifndef INDEXER_LISTS_H
#define INDEXER_LISTS_H

#include "base/mapped.h"
#include "indexer/engine.h"
#include "indexer/forward.h"
#include "indexer/search.h"

#define LISTS_FILE "lists"
/* Changes with the layout. */
#define LISTS_MAGIC "etblst04"

/* What is added up for a window fits the nearest cache of a processor. */
enum { LISTS_WINDOW = 1 << 14, LISTS_PART_MOST = 255 };

enum lists_value { VALUE_POLE, VALUE_STRUCTURE, VALUE_COMMUNE, VALUE_COUNT };

/* What filters and facets need of a document, in columns by docid: `since` (seconds since
 * 1970: of a person confirmed, or else created; of others 1; 0: nothing), `day_parts` as
 * in struct query_request, and `what`, packed so that counting touches little memory: the
 * numbers of the set of poles, of the structure and of the commune (from 1; 0: none), the
 * highest level of her skills, and whether members alone see her. */
enum {
    LISTS_NUMBER_BITS = 20,
    LISTS_STRUCTURE_AT = 20,
    LISTS_COMMUNE_AT = 40,
    LISTS_LEVEL_AT = 60,
    LISTS_LEVEL_MOST = 7,
    LISTS_MEMBERS_AT = 63
};

/* One of the numbers in `what`. */
static inline size_t lists_number(uint64_t what, enum lists_value which)
{
    static const unsigned places[VALUE_COUNT] = {0, LISTS_STRUCTURE_AT, LISTS_COMMUNE_AT};

    return what >> places[which] & ((1u << LISTS_NUMBER_BITS) - 1);
}

struct lists_place {
    uint64_t place; /* of a key item in the forward index */
    uint64_t key;   /* map_key of the key (folded, of a commune) */
};

struct lists_set {
    uint32_t from, count; /* of the numbers of poles */
};

struct lists_term {
    uint64_t key;           /* map_key of the term; they stand in its order */
    uint64_t at;            /* of its list, from the start of the file */
    uint32_t length, count; /* of the list, in bytes; of the documents in it */
};

struct lists_section {
    uint64_t at, count; /* of items; where 0, that of none, stands too */
};

struct lists_head {
    char magic[8];
    struct lists_section terms, since, day_parts, what, values[VALUE_COUNT], sets, poles;
};

/* A list: for each window of 16,384 documents in which some have the term, a head and
 * then so many places within the window, then as many parts (0 to LISTS_PART_MOST of
 * what the term can count at most); all padded to 2 bytes. */
struct lists_block {
    uint16_t window, count_less_1, most; /* of the parts */
};

/* Writes the file of the index in `folder`, just made: as `engine` and `forward` read it.
 */
MUST_USE err_code lists_write(const char *folder, struct engine *engine,
                              const struct forward *forward, struct err *err);

/* ---- reading ---- */
struct lists {
    struct mapped file;
    const unsigned char *bytes; /* of the file */
    size_t length;
    const struct lists_term *terms;
    const uint32_t *since, *day_parts;
    const uint64_t *what;
    const struct lists_place *values[VALUE_COUNT];
    const struct lists_set *sets;
    const uint32_t *poles; /* of the sets */
    size_t term_count, document_count, value_counts[VALUE_COUNT], set_count, pole_count;
};

/* ERR_NOT_FOUND when there is none (an index that was not made, but opened empty),
 * ERR_STORE when it is damaged. */
MUST_USE err_code lists_open(struct lists **out, const char *folder, struct err *err);
void lists_close(struct lists *lists); /* accepts NULL */
/* NULL when no document has the term. */
const struct lists_term *lists_find(const struct lists *lists, const char *term);

struct lists_window {
    uint32_t window, count;
    unsigned most; /* of the parts */
    const uint16_t *places;
    const uint8_t *parts;
};
/* The window at *at (first: that of the term), which moves behind it; false after the
 * last. */
bool lists_next(const struct lists *lists, const struct lists_term *term, uint64_t *at,
                struct lists_window *out);

#endif
