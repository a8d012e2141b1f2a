/* Forgetting a person: her rows, her words, her account and browsers, the mails that wait for her
 * or name her, and the index through the change log. What others share stays, without her
 * (personal.def). Her number is kept, in the records and in the file DATA/erased.log beside them,
 * so that she is erased again when an older copy of the records is put back. */
#ifndef EXCHANGE_ACTION_ERASE_H
#define EXCHANGE_ACTION_ERASE_H

#include "exchange/action/personal.h"

/* Erases all that is of `identity`; `by` is for the audit ("account 12", "cli", "job"), which notes
 * numbers only. Nothing is done when the file cannot be written (ERR_IO). Sessions to come that she
 * alone gives are cancelled. */
MUST_USE err_code person_erase(struct ctx *ctx, const struct identity *identity,
                               const char *by, struct err *err);

/* When records are opened: those of erased.log who are there again are erased; *count (may be NULL)
 * is how many. Who is erased in the records and not in the file is added to it. */
MUST_USE err_code erase_again(struct ctx *ctx, size_t *count, struct err *err);
/* How many of erased.log are there again; changes nothing. */
MUST_USE err_code erase_count_back(struct db *db, struct arena *arena,
                                   const char *data_folder, size_t *count,
                                   struct err *err);

#endif
