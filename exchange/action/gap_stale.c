/* What must be counted anew. */
#include "exchange/action/gap_stale.h"

#include "base/map.h"
#include "exchange/action/gap_count.h"
#include "exchange/action/gap_total.h"
#include "exchange/action/ids.h"
#include "exchange/action/names.h"
#include "store/gaps.h"

#include <inttypes.h>
#include <stdio.h>

int64_t gap_rules_number(const struct config *config)
{
    enum { COUNTING = 4, WORDS_MAX = 200 }; /* COUNTING: raised when counting changes */
    char words[WORDS_MAX];
    int length = snprintf(words, sizeof words, "%d %" PRId64 " %" PRId64 " %s %s",
                          COUNTING, config->sinks_months, config->contacts_month,
                          config->time_zone, config->languages[0]);
    int64_t number = (int64_t)(map_key(words, (size_t)length) >> 1);

    return number ? number : 1;
}

err_code gap_stale_skills(struct ctx *ctx, struct arena *arena,
                          const struct gap_stale *stale, int64_t **out, size_t *count,
                          struct err *err)
{
    struct gap_kin *touched = NULL;
    size_t touched_count = 0, used = 0;
    int64_t *ids;
    err_code code = gaps_touched(ctx->db, arena, stale->skill_ids, stale->skill_count,
                                 &touched, &touched_count, err);

    if (code != ERR_NONE)
        return code;
    ids =
        arena_array(arena, stale->skill_count + touched_count + stale->expired_count + 1,
                    sizeof *ids);
    if (!ids)
        return err_set(err, ERR_MEMORY, "no room for skills");
    for (size_t i = 0; i < stale->skill_count; i++)
        ids[used++] = stale->skill_ids[i];
    for (size_t i = 0; i < touched_count; i++)
        ids[used++] = touched[i].other_id;
    for (size_t i = 0; i < stale->expired_count; i++)
        ids[used++] = stale->expired_ids[i];
    return gap_first_of_name(ctx, arena, ids, ids_unique(ids, used), out, count, err);
}

static err_code all_poles(struct ctx *ctx, struct arena *arena, int64_t **ids,
                          size_t *count, struct err *err)
{
    struct names names;
    err_code code = names_load(ctx->db, arena, &names, err);

    if (code != ERR_NONE)
        return code;
    *ids = arena_array(arena, names.pole_count + 1, sizeof **ids);
    if (!*ids)
        return err_set(err, ERR_MEMORY, "no room for poles");
    for (*count = 0; *count < names.pole_count; ++*count)
        (*ids)[*count] = names.poles[*count].id;
    return ERR_NONE;
}

err_code gap_stale_totals(struct ctx *ctx, struct arena *arena,
                          const struct gap_stale *stale, struct gap_total **out,
                          size_t *count, struct err *err)
{
    int64_t *ids = stale->pole_ids;
    size_t id_count = stale->pole_count;
    err_code code = stale->all ? all_poles(ctx, arena, &ids, &id_count, err) : ERR_NONE;

    *count = 0;
    if (code != ERR_NONE || (!stale->all && id_count == 0))
        return code;
    *out = arena_array(arena, id_count + 1, sizeof **out);
    if (!*out)
        return err_set(err, ERR_MEMORY, "no room for totals");
    for (size_t i = 0; code == ERR_NONE && i < id_count; i++)
        if (ids[i])
            code = gap_total_count(ctx, ids[i], &(*out)[(*count)++], err);
    if (code == ERR_NONE)
        code = gap_total_count(ctx, 0, &(*out)[(*count)++], err);
    return code;
}
