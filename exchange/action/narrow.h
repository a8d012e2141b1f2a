/* What a search is narrowed to, whoever asks for it: an address, a form, a saved search.
 *
 * Kinds: pole, structure, commune (keys and names, several each, any of them fits), niveau
 * (at least 1 to 4), jour (1 to 7) and moment (0 morning, 1 afternoon, 2 evening), tri (1
 * who is free soonest first, 2 nearest to her own commune first), pres (nearest to that
 * commune first). */
#ifndef EXCHANGE_ACTION_NARROW_H
#define EXCHANGE_ACTION_NARROW_H

#include "exchange/action/ctx.h"

enum { NARROW_MOST = 40 };

enum narrow_kind {
    NARROW_POLE,
    NARROW_STRUCTURE,
    NARROW_COMMUNE,
    NARROW_LEVEL,
    NARROW_DAY,
    NARROW_PART,
    NARROW_ORDER,
    NARROW_NEAR,
    NARROW_KINDS,
    NARROW_COUNTED = NARROW_LEVEL /* those before it are counted among the answers */
};

struct narrow_rule {
    const char *name;  /* "pole": in addresses, in forms, in the index */
    char first, last;  /* of a one-digit value; '\0': any text */
    bool is_single;    /* one value at most */
};
extern const struct narrow_rule narrow_rules[NARROW_KINDS];

struct narrow_choice {
    enum narrow_kind kind;
    const char *value;
};
struct narrowing {
    struct narrow_choice chosen[NARROW_MOST]; /* by kind, each once */
    size_t count;
};

/* Adds a choice, of a kind not before that of the last. What is not allowed, there already,
 * a second value of a single kind or too many is left out in silence: old addresses live.
 * The value is not copied. */
void narrow_add(struct narrowing *narrowing, enum narrow_kind kind, const char *value);
bool narrow_has(const struct narrowing *narrowing, enum narrow_kind kind,
                const char *value);

/* Puts them into a query; its lists live in the arena of ctx. Nearest to her own commune:
 * that on the card of `person_id`; 0 and no card: nothing. */
MUST_USE err_code narrow_apply(struct ctx *ctx, const struct narrowing *narrowing,
                               int64_t person_id, struct query_request *out,
                               struct err *err);
/* The same for sessions and needs beside people: the places alone. */
void narrow_aside(enum kind kind, struct query_request *out);

/* "&pole=batiment&niveau=3", to stand in an address behind "?q=…" and in a saved search;
 * without the choice numbered `left_out` (count or more: all). NULL: no room. */
const char *narrow_text(struct arena *arena, const struct narrowing *narrowing,
                        size_t left_out);
/* Reads what narrow_text gave; whatever else stands there is left out. */
void narrow_read(struct arena *arena, const char *text, struct narrowing *out);

#endif
