/* Everything held about one person: who she is in the records, and what there is of her. */
#ifndef EXCHANGE_ACTION_PERSONAL_H
#define EXCHANGE_ACTION_PERSONAL_H

#include "exchange/action/ctx.h"
#include "store/personal.h"

enum { IDENTITY_MOST = 20 };

/* One person in the records: the cards, the account and the address that are hers. */
struct identity {
    int64_t person_ids[IDENTITY_MOST]; /* often one; several cards may bear one address */
    size_t person_count;
    int64_t account_id; /* 0: never came in */
    const char *emails[2]; /* lower case; of her account, then of her card when it is another */
    size_t email_count;
    const char *names[IDENTITY_MOST]; /* of the cards */
};

enum personal_of { PERSONAL_OF_PERSON, PERSONAL_OF_ACCOUNT, PERSONAL_OF_EMAIL };
enum personal_erasure {
    PERSONAL_DELETE, /* the rows go */
    PERSONAL_UNLINK, /* they stay, without her */
    PERSONAL_RULE,   /* needs: by whether others share them */
    PERSONAL_KEEP    /* they hold her number only */
};

struct personal_row {
    const char *key; /* "NEED_MAIL" */
    const char *table, *column;
    enum personal_of of;
    enum personal_erasure erasure;
    const char *title; /* N_() */
    enum query tell, erase; /* erase: QUERY_COUNT when no statement does it */
};
extern const struct personal_row personal_rows[];
extern const size_t personal_row_count;

/* All that bears the address `email` (lower case): the account, its card, every card with it. */
MUST_USE err_code identity_of_email(struct db *db, struct arena *arena, const char *email,
                                    struct identity *out, struct err *err);
/* One card, with its account; its address only when no other card or account bears it.
 * ERR_NOT_FOUND when there is no such person. */
MUST_USE err_code identity_of_person(struct db *db, struct arena *arena, int64_t id,
                                     struct identity *out, struct err *err);

/* What is held in one place; the lines live in the arena. */
struct personal_section {
    const struct personal_row *row;
    const struct personal_line *lines;
    size_t line_count;
};
/* Every place that holds something, in the order people read: card first. */
MUST_USE err_code personal_export(struct db *db, struct arena *arena,
                                  const struct identity *identity,
                                  struct personal_section **out, size_t *count,
                                  struct err *err);

/* The keys of a row for that identity; returns how many, at most IDENTITY_MOST. */
size_t personal_keys(const struct personal_row *row, const struct identity *identity,
                     struct personal_key keys[IDENTITY_MOST]);

#endif
