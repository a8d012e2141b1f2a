/* What runs by itself: follow-ups, reminders, go/no-go decisions, seats held, retention.
 */
#ifndef EXCHANGE_ACTION_JOBS_H
#define EXCHANGE_ACTION_JOBS_H

#include "exchange/action/ctx.h"

/* What is due at ctx->now: reads with ctx->db, writes with ctx->writer, in jobs small
 * enough to leave the writer to others between them (a hundred rows or so). Idempotent.
 */
typedef err_code job_function(struct ctx *ctx, struct err *err);

#define JOB(name, lane, every_s, function, sentence) job_function function;
#include "exchange/action/jobs.def"
#undef JOB

enum job_lane { JOB_SHORT, JOB_LONG, JOB_LANES };

struct job_options {
    const struct config *config;
    const char *address;     /* of the records */
    struct writer *writer;   /* borrowed, like all here */
    struct miss_box *misses; /* NULL: searches in vain are not noted */
    int64_t (*now)(void *state);
    void *now_state;
};

/* A thread that does so every few seconds until stopped. */
struct job_worker;
MUST_USE err_code job_worker_start(struct job_worker **out, enum job_lane lane,
                                   const struct job_options *options, struct err *err);
void job_worker_stop(struct job_worker *worker); /* accepts NULL */

#endif
