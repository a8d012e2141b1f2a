/* From a row of the records to what the index is told about it. */
#ifndef EXCHANGE_ACTION_INDEX_DOCUMENT_H
#define EXCHANGE_ACTION_INDEX_DOCUMENT_H

#include "exchange/action/names.h"
#include "indexer/search.h"

/* Fills *out; what it points to lives in `arena`, in `names` and in the given row. Thesaurus
 * entries come from `names` when loaded, else from `db`. */
MUST_USE err_code document_person(struct db *db, struct arena *arena,
                                  const struct names *names, const struct person *person,
                                  struct document *out, struct err *err);
void document_skill(const struct skill *skill, struct document *out);
MUST_USE err_code document_need(struct db *db, struct arena *arena,
                                const struct names *names, const struct need *need,
                                struct document *out, struct err *err);
MUST_USE err_code document_session(struct db *db, struct arena *arena,
                                   const struct names *names,
                                   const struct session *session, struct document *out,
                                   struct err *err);

#endif
