/* What runs by itself: follow-ups, reminders, go/no-go decisions, seats held, retention. */
#ifndef EXCHANGE_ACTION_JOBS_H
#define EXCHANGE_ACTION_JOBS_H

#include "exchange/action/ctx.h"

/* What is due at ctx->now: reads with ctx->db, writes with ctx->writer, in jobs small enough to
 * leave the writer to others between them (a hundred rows or so). Idempotent. */
typedef err_code job_function(struct ctx *ctx, struct err *err);

#define JOB(name, every_s, function, sentence) job_function function;
#include "exchange/action/jobs.def"
#undef JOB

/* Runs every job that is due, in the order of the table. The first error is returned after all
 * had their turn. */
MUST_USE err_code jobs_run(struct ctx *ctx, struct err *err);

/* A thread that does so every few seconds until stopped. */
struct job_worker;
MUST_USE err_code job_worker_start(struct job_worker **out, const struct config *config,
                                   const char *address, struct writer *writer,
                                   int64_t (*now)(void *state), void *now_state,
                                   struct err *err);
void job_worker_stop(struct job_worker *worker); /* accepts NULL */

#endif
