/* Acting for someone without e-mail: a facilitator states a need, supports, answers for
 * her. Each act is noted in the audit with the person, the pole and the account, and
 * shown on the record. */
#ifndef EXCHANGE_ACTION_ACT_FOR_H
#define EXCHANGE_ACTION_ACT_FOR_H

#include "exchange/action/ctx.h"

/* Verbs of the audit, by which records show that they were noted for someone. */
#define ACT_STATE_NEED "state need for"
#define ACT_SUPPORT_NEED "support need for"
#define ACT_REGISTER "register for"
#define ACT_CHOOSE_DATES "choose dates for"
#define ACT_LEAVE "leave for"
#define ACT_ANSWER "answer contact for"

enum { ACT_NAME_MOST = 200 };

/* Who is meant. */
struct act_person {
    const char *name;     /* as typed, not empty */
    const char *email;    /* NULL or "" when she has none */
    int64_t structure_id; /* 0: unsaid */
    int64_t pole_id;
};

/* Her card: the one with that address, else the only one of that name in the structure,
 * or in the pole when no structure is said; *id 0 when there is none. ERR_CONFLICT
 * (message_id set) when several could be meant. */
MUST_USE err_code act_find(struct db *db, struct arena *arena,
                           const struct act_person *person, int64_t *id, struct err *err);
/* Inside a writer's job: act_find, else a new hidden person of the pole who agreed aloud.
 */
MUST_USE err_code act_person(struct db *db, const struct ctx *ctx,
                             const struct act_person *person, int64_t *id,
                             struct err *err);
/* Inside a writer's job: notes that `verb` was done for her. */
MUST_USE err_code act_note(struct db *db, const struct ctx *ctx, const char *verb,
                           const char *what, int64_t record_id, int64_t pole_id,
                           int64_t person_id, struct err *err);
/* When `verb` was last done for her on that record (act_note); 0: she did it herself. */
MUST_USE err_code act_noted(struct ctx *ctx, const char *verb, const char *what,
                            int64_t record_id, int64_t person_id, int64_t *at,
                            struct err *err);
/* Those who support a need and for whom that was noted, in ascending order. */
MUST_USE err_code act_supports_noted(struct ctx *ctx, int64_t need_id, int64_t **ids,
                                     size_t *count, struct err *err);

/* ERR_INVALID on "nom" or "texte"; ERR_FORBIDDEN unless the pole is hers. The same words
 * again while that need of hers is open: the need there is. */
MUST_USE err_code act_state_need(struct ctx *ctx, struct act_person *person,
                                 const char *text, int64_t *need_id, struct err *err);
/* Whether who acts may do so for her, and her name can be one (it loses the blanks
 * around). ERR_INVALID on "nom"; ERR_NOT_FOUND for a structure that is none. */
MUST_USE err_code act_may(struct ctx *ctx, struct act_person *person, struct err *err);
/* A seat for her, or a place on the waitlist; every date offered suits her. ERR_CONFLICT
 * on "seance" when it is over or she has one; ERR_FORBIDDEN when it is of another pole.
 */
MUST_USE err_code act_register(struct ctx *ctx, struct act_person *person,
                               int64_t session_id, struct err *err);
/* « Moi aussi » for her; ERR_CONFLICT on "besoin" when it is closed or hers already;
 * ERR_INVALID on "mots" past SUPPORT_WORDS_MOST characters. */
MUST_USE err_code act_support_need(struct ctx *ctx, struct act_person *person,
                                   int64_t need_id, const char *words, struct err *err);

/* Her answer to a contact, as she said it aloud: yes, or not now. The contact is of the
 * pole: of its need, or without one of a resource person of the pole. ERR_NOT_FOUND,
 * ERR_FORBIDDEN otherwise; ERR_CONFLICT when it was answered already. */
MUST_USE err_code act_answer(struct ctx *ctx, int64_t pole_id, int64_t introduction_id,
                             bool is_yes, struct err *err);

#endif
