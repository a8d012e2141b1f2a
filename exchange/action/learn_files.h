/* Files to learn from. */
#ifndef EXCHANGE_ACTION_LEARN_FILES_H
#define EXCHANGE_ACTION_LEARN_FILES_H

#include "base/arena.h"
#include "indexer/learn/learn.h"

/* Each refuses a file that is not what it says, naming it. */
MUST_USE err_code learn_rome(struct learner *learner, const char *folder, struct err *err);
MUST_USE err_code learn_esco(struct learner *learner, const char *path, struct err *err);
MUST_USE err_code learn_list(struct learner *learner, const char *path, struct err *err);

#endif
