/* etabli plan --pole: sessions for the needs of a pole, from the records. */
#ifndef CLI_PLAN_POLE_H
#define CLI_PLAN_POLE_H

#include "cli/command.h"
#include "exchange/action/plan_pole.h"

/* `key`: of the pole. Prints the plan; nothing is written. */
MUST_USE err_code plan_pole_print(struct command_context *context, const char *key,
                                  struct plan_wish *wish, bool is_json, struct err *err);

#endif
