/* Sessions seen so far, each once: what the search and the bound came upon. Belongs to
 * one process. */
#ifndef EXCHANGE_PLAN_POOL_H
#define EXCHANGE_PLAN_POOL_H

#include "exchange/plan/rows.h"

struct pool;

MUST_USE err_code pool_new(struct pool **out, const struct rows *rows, struct err *err);
void pool_free(struct pool *pool); /* accepts NULL */

/* Keeps a copy, its needs in ascending order; its value is worked out. The index of it;
 * -1 when it was there already, or when memory is out (pool_failed). */
long pool_add(struct pool *pool, const struct column *column);
bool pool_failed(const struct pool *pool);
size_t pool_count(const struct pool *pool);
const struct column *pool_column(const struct pool *pool,
                                 size_t i); /* valid until pool_free */

#endif
