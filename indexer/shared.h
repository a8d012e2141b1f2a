/* What many documents share in the forward index: labels of the thesaurus, and the keys
 * of structures, poles and communes. Each is written once for a writer's session and
 * remembered under a limit; written twice, it only takes more room. */
#ifndef INDEXER_SHARED_H
#define INDEXER_SHARED_H

#include "exchange/model/skill.h"
#include "indexer/analysis.h"
#include "indexer/forward.h"
#include "indexer/model.h"

#define SHARED_SEPARATOR '\x1f' /* between a key and its name */

struct shared_skill {
    uint64_t place;       /* of the block of its labels */
    struct tokens tokens; /* of all of them */
};

struct shared;
/* `forward` and `model` (NULL: nothing was learnt) outlive it. NULL when out of memory. */
struct shared *shared_new(struct forward_writer *forward, const struct model *model);
void shared_free(struct shared *shared); /* accepts NULL */
/* *out is valid until the next call. */
MUST_USE err_code shared_know_skill(struct shared *shared, const struct skill *skill,
                                    const struct shared_skill **out, struct err *err);
/* Forgets every skill: one of them has changed. */
void shared_forget(struct shared *shared);
/* Where "KEY SEPARATOR NAME" stands. */
MUST_USE err_code shared_key(struct shared *shared, const char *key, const char *name,
                             uint64_t *place, struct err *err);

#endif
