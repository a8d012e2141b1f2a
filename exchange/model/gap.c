/* What makes a gap. */
#include "exchange/model/gap.h"

#include <stdlib.h>

enum know_state gap_know_state(const struct gap_knower *knower,
                               const struct gap_rules *rules)
{
    int quota = knower->quota_month < 0 ? rules->quota : knower->quota_month;

    if (!knower->is_published || !knower->has_address || !knower->confirmed_at ||
        knower->confirmed_at <= rules->confirmed_since)
        return KNOWS_UNCONFIRMED;
    if (knower->pause_until > rules->now)
        return KNOWS_PAUSING;
    if (knower->used >= quota)
        return KNOWS_AT_QUOTA;
    return knower->was_silent ? KNOWS_SILENT : KNOWS_LIVE;
}

int64_t gap_know_until(const struct gap_knower *knower, const struct gap_rules *rules)
{
    enum { LOOK_AGAIN_S = 24 * 3600 }; /* silence ends a year after, to the day */
    int64_t until = INT64_MAX;

    if (knower->confirmed_at > rules->confirmed_since)
        until = knower->confirmed_at + (rules->now - rules->confirmed_since);
    if (knower->pause_until > rules->now && knower->pause_until < until)
        until = knower->pause_until;
    if (knower->used && rules->month_end < until)
        until = rules->month_end;
    if (knower->was_silent && rules->now + LOOK_AGAIN_S < until)
        until = rules->now + LOOK_AGAIN_S;
    return until;
}

const char *gap_cause_word(enum gap_cause cause)
{
    static const char *const words[GAP_CAUSES] = {[GAP_NONE] = "none",
                                                  [GAP_NOBODY] = "nobody",
                                                  [GAP_UNCONFIRMED] = "unconfirmed",
                                                  [GAP_PAUSING] = "pausing",
                                                  [GAP_QUOTA] = "quota",
                                                  [GAP_SILENT] = "silent",
                                                  [GAP_ELSEWHERE] = "elsewhere",
                                                  [GAP_NO_TIME] = "no_time",
                                                  [GAP_CROWD] = "crowd",
                                                  [GAP_PLANNED] = "planned",
                                                  [GAP_PROPOSED] = "proposed"};

    return (unsigned)cause < GAP_CAUSES ? words[cause] : "none";
}

int64_t gap_known(const struct gap_tally *tally)
{
    int64_t known = 0;

    for (int i = 0; i < KNOW_STATES; i++)
        known += tally->knowing[i];
    return known;
}

/* What most of those who are not live are. */
static enum gap_cause phantom(const struct gap_tally *tally)
{
    static const enum gap_cause causes[KNOW_STATES] = {
        GAP_NOBODY, GAP_UNCONFIRMED, GAP_PAUSING, GAP_QUOTA, GAP_SILENT};
    enum gap_cause cause = GAP_NOBODY;
    int64_t most = 0;

    for (int i = KNOWS_LIVE + 1; i < KNOW_STATES; i++)
        if (tally->knowing[i] > most) {
            most = tally->knowing[i];
            cause = causes[i];
        }
    return cause;
}

enum gap_cause gap_cause_of(const struct gap_tally *tally, int64_t crowd)
{
    int64_t live = tally->knowing[KNOWS_LIVE];

    if (tally->asking == 0)
        return GAP_NONE;
    if (tally->waiting == 0)
        return GAP_PLANNED;
    if (tally->proposed == tally->waiting)
        return GAP_PROPOSED;
    if (live == 0)
        return phantom(tally);
    if (tally->live_here == 0)
        return GAP_ELSEWHERE;
    if (!tally->has_common_time)
        return GAP_NO_TIME;
    return tally->waiting >= crowd * live ? GAP_CROWD : GAP_NONE;
}

int gap_heat(enum gap_cause cause)
{
    static const int heats[GAP_CAUSES] = {
        [GAP_NONE] = 0,  [GAP_NOBODY] = 3,  [GAP_UNCONFIRMED] = 3, [GAP_PAUSING] = 3,
        [GAP_QUOTA] = 3, [GAP_SILENT] = 3,  [GAP_ELSEWHERE] = 2,   [GAP_NO_TIME] = 2,
        [GAP_CROWD] = 1, [GAP_PLANNED] = 0, [GAP_PROPOSED] = 1};

    return (unsigned)cause < GAP_CAUSES ? heats[cause] : 0;
}

static int by_row_and_human(const void *a, const void *b)
{
    const struct gap_entry *x = a, *y = b;

    if (x->row != y->row)
        return x->row < y->row ? -1 : 1;
    if (x->who != y->who)
        return x->who < y->who ? -1 : 1;
    return (x->person_id > y->person_id) - (x->person_id < y->person_id);
}

size_t gap_merge(struct gap_entry *entries, size_t count)
{
    size_t used = 0;

    qsort(entries, count, sizeof *entries, by_row_and_human);
    for (size_t i = 0; i < count; i++) {
        struct gap_entry *last = used ? &entries[used - 1] : NULL;
        if (!last || last->row != entries[i].row || last->who != entries[i].who) {
            entries[used++] = entries[i];
            continue;
        }
        last->is_here = last->is_here || entries[i].is_here;
        last->parts =
            last->parts && entries[i].parts ? last->parts | entries[i].parts : 0;
        if (entries[i].state < last->state)
            last->state = entries[i].state;
        if (entries[i].until_at < last->until_at)
            last->until_at = entries[i].until_at;
    }
    return used;
}
