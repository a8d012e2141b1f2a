/* etabli plan --pole: planning for a pole from the records. */
#ifndef CLI_PLAN_POLE_H
#define CLI_PLAN_POLE_H

#include "cli/command.h"

#include "exchange/action/plan_pole.h"

struct plan_use {
    bool is_json;
    bool is_applied; /* each session becomes a proposal */
    const char *as;  /* in whose name: an address; NULL: of who keeps the pole */
};

/* Plans for the pole `key` and prints the plan, with what became of each session.
 * ERR_NOT_FOUND when there is no such pole, or nobody to act; ERR_CONFLICT when a session
 * could not be proposed: why is on standard error, the others are. */
MUST_USE err_code plan_pole_run(struct command_context *context, const char *key,
                                struct plan_wish *wish, const struct plan_use *use,
                                struct err *err);

#endif
