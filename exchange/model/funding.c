/* What promises come to. */
#include "exchange/model/funding.h"

struct funding_sum funding_sum_of(const struct funding *funding,
                                  const struct funding_pledge *pledges, size_t count)
{
    struct funding_sum sum = {.pledged = 0};
    int64_t heads;

    for (size_t i = 0; i < count; i++) {
        sum.pledged += pledges[i].amount;
        sum.people += pledges[i].comes;
    }
    sum.left = funding->cost > sum.pledged ? funding->cost - sum.pledged : 0;
    heads = sum.people > funding->least ? sum.people : funding->least;
    sum.a_head = (sum.left + heads - 1) / heads;
    sum.is_reached = sum.people >= funding->least && sum.left == 0;
    return sum;
}

int64_t funder_pays(const struct config_funder *funder, int64_t a_head, int64_t hours)
{
    int64_t most = a_head;

    if (!funder->person_most && !hours)
        return -1;
    if (funder->person_most && funder->person_most < most)
        most = funder->person_most;
    if (funder->hour_most && hours && funder->hour_most * hours < most)
        most = funder->hour_most * hours;
    return most;
}

const char *funding_state_word(enum funding_state state)
{
    return state == FUNDING_REACHED ? "reached" : state == FUNDING_FELL ? "fell" : "open";
}
