/* What is noted about cards beside the cards themselves: consents, invitations, when
 * someone was asked. Writing functions run inside a writer's job. */
#ifndef STORE_CARDS_H
#define STORE_CARDS_H

#include "store/driver.h"

/* Nobody is asked about a card that is younger here, however old the date that came with
 * it: an import must not write to all its people the same day. */
enum { CARDS_SETTLED_S = 90 * 24 * 3600 };

struct consent {
    int64_t person_id;
    const char *kind; /* "card", "indexable" */
    bool is_given;
    const char *text_version; /* of the sentence she read */
    const char *actor;        /* "herself", or who noted it for her */
};

MUST_USE err_code consents_add(struct db *db, const struct consent *consent, int64_t now,
                               struct err *err);

/* Her invitation leaves. *was_due is false when she is no draft, was invited or declined.
 */
MUST_USE err_code cards_invited(struct db *db, int64_t person_id, int64_t now,
                                bool *was_due, struct err *err);
/* She is asked about her card by mail. */
MUST_USE err_code cards_asked(struct db *db, int64_t person_id, int64_t now,
                              struct err *err);

/* When she was last asked; 0: never. */
MUST_USE err_code cards_asked_at(struct db *db, int64_t person_id, int64_t *at,
                                 struct err *err);

/* Drafts invited from `from` (excluded) to `to` and asked only that once, at most `most`.
 */
MUST_USE err_code cards_to_remind(struct db *db, struct arena *arena, int64_t from,
                                  int64_t to, size_t most, int64_t **ids, size_t *count,
                                  struct err *err);
/* Published cards with an address that reached one of three ages since they were
 * confirmed (else made), were not asked about since, and have been here for
 * CARDS_SETTLED_S; at most `most`. */
MUST_USE err_code cards_to_confirm(struct db *db, struct arena *arena,
                                   const int64_t ages_s[3], int64_t now, size_t most,
                                   int64_t **ids, size_t *count, struct err *err);
/* The links to card `from` lead to card `to`. */
MUST_USE err_code cards_links_move(struct db *db, int64_t from, int64_t to,
                                   struct err *err);
/* Of her card, 0 when none. */
MUST_USE err_code cards_structure(struct db *db, int64_t person_id, int64_t *structure_id,
                                  struct err *err);

#endif
