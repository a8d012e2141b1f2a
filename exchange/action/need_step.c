/* The dated steps of a need's life. */
#include "exchange/action/need_step.h"

#include <string.h>

bool need_is_kept(const struct config *config, const struct need *need)
{
    return need->expires_at - need->created_at > config->need_life_days * DAY_S;
}

int64_t need_step_at(const struct config *config, const struct need *need, int step)
{
    const int64_t days[] = {config->follow_up_1_day, config->follow_up_2_day,
                            config->follow_up_3_day, config->closing_day};

    if (step == 4 && need_is_kept(config, need))
        return need->expires_at;
    return need->created_at + days[step - 1] * DAY_S;
}

struct need_step need_next_step(const struct config *config, const struct need *need,
                                int64_t now)
{
    /* what was answered is not closed before its time */
    int last = need->answered_at ? 3 : 4;

    if (!need_is_open(need->state) || need->expires_at <= now)
        return (struct need_step){NEED_STEP_NONE, 0};
    for (int step = 1; step <= last; step++)
        if (need_step_at(config, need, step) > now &&
            need_step_at(config, need, step) < need->expires_at)
            return (struct need_step){(enum need_step_kind)step,
                                      need_step_at(config, need, step)};
    return (struct need_step){NEED_STEP_END, need->expires_at};
}

bool need_may_keep(const struct config *config, const struct need *need)
{
    bool is_unanswered = need->state == NEED_GIVEN_UP && need->reason &&
                         (strcmp(need->reason, NEED_UNANSWERED) == 0 ||
                          strcmp(need->reason, NEED_EXPIRED) == 0);

    bool is_part = need->state == NEED_MET && need->merged_into;

    return !need_is_kept(config, need) &&
           (need_is_open(need->state) || is_unanswered || is_part);
}
