/* A structure adds people to its records: one by hand, or many from a spreadsheet. They are drafts
 * that nobody else sees until they confirm (exchange/action/card_invite.h). */
#ifndef EXCHANGE_ACTION_PERSON_ADD_H
#define EXCHANGE_ACTION_PERSON_ADD_H

#include "exchange/action/ctx.h"
#include "exchange/action/import.h"
#include "exchange/model/structure.h"

struct person_form {
    const char *name, *email, *commune; /* as typed; email and commune may be NULL or "" */
};

/* ERR_INVALID on "name" or "email", ERR_CONFLICT on "email" when a card bears it already (whose is
 * not told), ERR_FORBIDDEN for who does not manage the structure. */
MUST_USE err_code person_add(struct ctx *ctx, int64_t structure_id,
                             const struct person_form *form, int64_t *person_id,
                             struct err *err);

/* Reads `text` as a spreadsheet of people of that structure only; dry, or applied when it has no
 * mistake. The report is begun, and may know the words of a language. ERR_INVALID, with mistakes
 * in the report, ERR_FORBIDDEN. */
MUST_USE err_code people_paste(struct ctx *ctx, const struct structure *structure,
                               const char *text, bool is_applied,
                               struct import_report *report, struct err *err);

#endif
