/* The sessions of a plan become proposals. */
#include "cli/plan_apply.h"

#include "exchange/action/actor.h"
#include "exchange/action/desk.h"
#include "exchange/action/plan_propose.h"
#include "store/roles.h"

#include <stdio.h>

enum { KEEPERS_MOST = 2000 };

/* The first account of those who keep the pole, the facilitator before her deputies. */
static err_code find_keeper(struct ctx *ctx, const struct pole *pole,
                            struct account *account, struct err *err)
{
    struct keeper *keepers = NULL;
    size_t count = 0;
    err_code code =
        roles_keepers(ctx->db, ctx->arena, KEEPERS_MOST, &keepers, &count, err);

    for (size_t i = 0; code == ERR_NONE && !account->id && i < count; i++)
        if (keepers[i].pole_id == pole->id && keepers[i].email)
            code = accounts_find(ctx->db, ctx->arena, keepers[i].email, account, err);
    if (code == ERR_NONE && !account->id)
        code = err_set(err, ERR_NOT_FOUND,
                       "nobody who keeps this pole has come in yet: give --as ADDRESS");
    return code;
}

static err_code find_actor(struct ctx *ctx, const struct pole *pole, const char *as,
                           struct actor *actor, struct err *err)
{
    struct account account = {.id = 0};
    err_code code = as ? accounts_find(ctx->db, ctx->arena, as, &account, err)
                       : find_keeper(ctx, pole, &account, err);

    if (code == ERR_NONE && !account.id)
        code = err_set(err, ERR_NOT_FOUND, "--as \"%.80s\": nobody comes in with it", as);
    if (code == ERR_NONE)
        code = actor_read(ctx, &account, actor, err);
    if (code != ERR_NONE)
        return code;
    ctx->actor = actor;
    return desk_may(ctx, pole->id, err);
}

static void tell_failed(const struct planned_session *session,
                        const struct session_mistakes *mistakes, const struct err *err)
{
    fprintf(stderr, "etabli: %s: not proposed:", session->skill);
    for (size_t i = 0; i < mistakes->count; i++)
        fprintf(stderr, " %s", mistakes->items[i].text);
    fprintf(stderr, "%s%s\n", mistakes->count ? "" : " ",
            mistakes->count ? "" : err->text);
}

err_code plan_apply(struct ctx *ctx, const struct pole *pole, const char *as,
                    const struct pole_plan *plan, int64_t **ids, size_t *failed,
                    struct err *err)
{
    struct session_mistakes *mistakes = arena_alloc(ctx->arena, sizeof *mistakes);
    struct actor *actor = arena_alloc(ctx->arena, sizeof *actor);
    err_code code = find_actor(ctx, pole, as, actor, err);

    *failed = 0;
    *ids = arena_array(ctx->arena, plan->session_count + 1, sizeof **ids);
    if (code == ERR_NONE && (!*ids || !mistakes))
        code = err_set(err, ERR_MEMORY, "no room for proposals");
    for (size_t i = 0; code == ERR_NONE && i < plan->session_count; i++) {
        struct err trouble = {0};
        if (plan_propose(ctx, plan, &plan->sessions[i], NULL, mistakes, &(*ids)[i],
                         &trouble) == ERR_NONE)
            continue;
        (*ids)[i] = 0;
        (*failed)++;
        tell_failed(&plan->sessions[i], mistakes, &trouble);
    }
    return code == ERR_NONE && plan->session_count > *failed
               ? plan_propose_note(ctx, pole->id, plan->session_count - *failed, err)
               : code;
}
