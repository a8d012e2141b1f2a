/* Needs in free words that ask for about the same thing, as groups of a pole. They stand
 * in the gaps like a skill, supplied by those who know the skills of about their meaning.
 *
 * A job groups them and names each group by its commonest words; a facilitator of the
 * pole confirms the name, merges, takes apart, splits, says which skill it is, and undoes
 * each of these. Each deed is noted in the audit with its pole. Needs that are private,
 * or part of another one, are in no group. */
#ifndef EXCHANGE_ACTION_WORD_GROUP_H
#define EXCHANGE_ACTION_WORD_GROUP_H

#include "exchange/action/ctx.h"
#include "store/word_groups.h"

enum { WORD_NAME_LEAST = 2, WORD_NAME_MOST = 120, WORD_SPLIT_MOST = 200 };

/* All of these: ERR_NOT_FOUND, ERR_FORBIDDEN unless she keeps the pole of the group. */
MUST_USE err_code word_group_read(struct ctx *ctx, int64_t id, struct word_group *out,
                                  struct err *err);
/* `name` NULL or empty: the program names it again. ERR_INVALID on "nom". */
MUST_USE err_code word_group_call(struct ctx *ctx, int64_t id, const char *name,
                                  struct err *err);
/* Both stay what they are, and can be taken apart. ERR_CONFLICT on "avec" when one is
 * part of another, holds others, or is of another pole. */
MUST_USE err_code word_group_merge(struct ctx *ctx, int64_t id, int64_t into,
                                   struct err *err);
MUST_USE err_code word_group_apart(struct ctx *ctx, int64_t id, struct err *err);
/* These needs of the group make one of their own, called by their words: *made.
 * ERR_INVALID on "besoin" when there is none, or all. */
MUST_USE err_code word_group_split(struct ctx *ctx, int64_t id, const int64_t *need_ids,
                                   size_t count, int64_t *made, struct err *err);
/* Its needs name this skill from now on (0: those that do by this deed name none again).
 */
MUST_USE err_code word_group_is_skill(struct ctx *ctx, int64_t id, int64_t skill_id,
                                      struct err *err);

/* What needs that ask for about the same are called: the commonest words, as one of them
 * has them. In ctx->arena; ERR_MEMORY only. */
MUST_USE err_code word_group_words(struct ctx *ctx, const struct word_need *needs,
                                   size_t count, const char **out, struct err *err);

#endif
