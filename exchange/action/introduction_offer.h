/* A resource person answers a need nobody asked her about: it stood in her digest. */
#ifndef EXCHANGE_ACTION_INTRODUCTION_OFFER_H
#define EXCHANGE_ACTION_INTRODUCTION_OFFER_H

#include "exchange/action/introduction.h"

struct introduction_offer {
    int64_t need_id, resource_id;
    const struct introduction_answer *answer;
    const struct config *config;
    int64_t now;
};

/* Inside a writer's job: as if she had been asked with the last wave, and had answered
 * so; when she was asked and has not answered, that one is answered. ERR_CONFLICT on
 * field "answer" when the need is closed or hers, when nobody could be told, or when she
 * has answered already. */
MUST_USE err_code introduction_offer(struct db *db, struct arena *arena,
                                     const struct introduction_offer *offer, int64_t *id,
                                     struct err *err);

#endif
