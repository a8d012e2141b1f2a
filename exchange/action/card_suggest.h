/* Skills recognised in what someone wrote of herself: suggestions for her card, taken
 * with one click. */
#ifndef EXCHANGE_ACTION_CARD_SUGGEST_H
#define EXCHANGE_ACTION_CARD_SUGGEST_H

#include "exchange/action/ctx.h"
#include "exchange/model/person.h"

enum { CARD_SUGGESTIONS_MOST = 5 };

struct card_suggestion {
    int64_t skill_id;  /* of the thesaurus */
    const char *label; /* its name */
    double confidence; /* how much of one of its labels a sentence of hers says, by
                          rarity: 0 to 1 */
};

/* From her headline and presentation, surest first, without what her card names already;
 * in ctx->arena. None while there is no index. */
MUST_USE err_code card_suggest(struct ctx *ctx, const struct person *person,
                               struct card_suggestion *out, size_t *count,
                               struct err *err);
/* Puts a thesaurus entry on the own card of who acts, its level unsaid; nothing happens
 * when it is there. ERR_NOT_FOUND for an entry there is not, ERR_LIMIT on field
 * "competence" for a full card, the rest as card_save. */
MUST_USE err_code card_suggest_take(struct ctx *ctx, int64_t skill_id, struct err *err);

#endif
