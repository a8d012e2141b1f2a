/* Files to learn from. */
#ifndef EXCHANGE_ACTION_LEARN_FILES_H
#define EXCHANGE_ACTION_LEARN_FILES_H

#include "base/arena.h"
#include "indexer/learn/learn.h"

/* Each refuses a file that is not what it says, naming it. */
MUST_USE err_code learn_rome(struct learner *learner, const char *folder,
                             struct err *err);
MUST_USE err_code learn_esco(struct learner *learner, const char *path, struct err *err);
MUST_USE err_code learn_list(struct learner *learner, const char *path, struct err *err);
/* Every file FOLDER/….txt, in order of name: a line for each meaning, its terms with |
 * between;
 * "#" begins a remark. Nothing when there is no such folder. */
MUST_USE err_code learn_lexicon(struct learner *learner, const char *folder,
                                struct err *err);
/* As that: a line names of a skill, =, and needs that it answers, each with | between. The
 * needs of FOLDER/….en.txt are English. */
MUST_USE err_code learn_situations(struct learner *learner, const char *folder,
                                   struct err *err);

#endif
