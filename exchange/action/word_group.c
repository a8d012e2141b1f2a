/* What a facilitator does with a group of needs in free words. */
#include "exchange/action/word_group.h"

#include "base/unicode.h"
#include "exchange/action/actor.h"
#include "exchange/action/ids.h"
#include "store/change.h"
#include "store/needs.h"
#include "store/skills.h"

#include <inttypes.h>

/* One act on one group, in one transaction. */
struct act {
    struct ctx *ctx;
    int64_t id;
    const char *name; /* NULL: the program's */
    int64_t into, skill_id;
    const int64_t *need_ids; /* ascending */
    size_t count;
    struct word_group made;
};

/* The group as it is now, when it is hers. */
static err_code read_hers(struct db *db, struct ctx *ctx, int64_t id,
                          struct word_group *out, struct err *err)
{
    err_code code = word_groups_get(db, ctx->arena, id, out, err);

    return code == ERR_NONE ? actor_must(VERB_QUALIFY_NEED,
                                         actor_who(ctx->actor, 0, out->pole_id, 0), err)
                            : code;
}

static err_code note(struct db *db, const struct act *act, const struct word_group *group,
                     const char *verb, struct err *err)
{
    const struct ctx *ctx = act->ctx;
    const struct audit audit = {.actor = actor_word(ctx->arena, ctx->actor),
                                .verb = verb,
                                .detail =
                                    arena_printf(ctx->arena, "group %" PRId64, group->id),
                                .account_id = ctx->actor->account_id,
                                .pole_id = group->pole_id};
    err_code code = audit_of(db, &audit, ctx->now, err);

    return code == ERR_NONE ? change_note(db, THING_MAIL, 0, ctx->now, err) : code;
}

err_code word_group_read(struct ctx *ctx, int64_t id, struct word_group *out,
                         struct err *err)
{
    return read_hers(ctx->db, ctx, id, out, err);
}

static err_code write_called(struct db *db, void *argument, struct err *err)
{
    struct act *act = argument;
    struct word_group group;
    err_code code = read_hers(db, act->ctx, act->id, &group, err);

    if (code == ERR_NONE)
        code = word_groups_name(db, act->id, act->name ? act->name : group.name,
                                act->name ? act->ctx->now : 0, err);
    return code == ERR_NONE
               ? note(db, act, &group, act->name ? "name words" : "unname words", err)
               : code;
}

err_code word_group_call(struct ctx *ctx, int64_t id, const char *name, struct err *err)
{
    struct act act = {.ctx = ctx, .id = id};
    char *trimmed = name ? arena_trimmed(ctx->arena, name) : NULL;
    size_t length = trimmed ? unicode_length(trimmed) : 0;

    if (name && !trimmed)
        return err_set(err, ERR_MEMORY, "no room for a name");
    if (length == 1 || length > WORD_NAME_MOST)
        return err_set_field(err, ERR_INVALID, "nom",
                             N_("Give it a name of 2 to 120 characters."));
    act.name = length ? trimmed : NULL;
    return writer_do(ctx->writer, write_called, &act, err);
}

static err_code holds_none(struct db *db, struct ctx *ctx, int64_t id, bool *holds_none,
                           struct err *err)
{
    struct word_group *parts = NULL;
    size_t count = 0;
    err_code code = word_groups_parts(db, ctx->arena, id, &parts, &count, err);

    *holds_none = count == 0;
    return code;
}

static err_code write_merged(struct db *db, void *argument, struct err *err)
{
    struct act *act = argument;
    struct word_group group, into;
    bool may = false;
    err_code code = read_hers(db, act->ctx, act->id, &group, err);

    if (code == ERR_NONE)
        code = read_hers(db, act->ctx, act->into, &into, err);
    if (code == ERR_NONE)
        code = holds_none(db, act->ctx, act->id, &may, err);
    if (code == ERR_NONE && (!may || group.id == into.id || group.merged_into ||
                             into.merged_into || group.pole_id != into.pole_id))
        return err_set_field(err, ERR_CONFLICT, "avec",
                             N_("One of these groups is part of another one, or holds "
                                "others: take them apart first."));
    if (code == ERR_NONE)
        code = word_groups_merge(db, act->id, act->into, err);
    return code == ERR_NONE ? note(db, act, &group, "merge words", err) : code;
}

err_code word_group_merge(struct ctx *ctx, int64_t id, int64_t into, struct err *err)
{
    struct act act = {.ctx = ctx, .id = id, .into = into};

    return writer_do(ctx->writer, write_merged, &act, err);
}

static err_code write_apart(struct db *db, void *argument, struct err *err)
{
    struct act *act = argument;
    struct word_group group;
    err_code code = read_hers(db, act->ctx, act->id, &group, err);

    if (code == ERR_NONE)
        code = word_groups_merge(db, act->id, 0, err);
    return code == ERR_NONE ? note(db, act, &group, "part words", err) : code;
}

err_code word_group_apart(struct ctx *ctx, int64_t id, struct err *err)
{
    struct act act = {.ctx = ctx, .id = id};

    return writer_do(ctx->writer, write_apart, &act, err);
}

/* Those of the needs that were chosen, in front. */
static size_t keep_chosen(struct word_need *needs, size_t count, const struct act *act)
{
    size_t used = 0;

    for (size_t i = 0; i < count; i++)
        if (ids_place(act->need_ids, act->count, needs[i].id) != IDS_NONE)
            needs[used++] = needs[i];
    return used;
}

static err_code write_split(struct db *db, void *argument, struct err *err)
{
    struct act *act = argument;
    struct ctx *ctx = act->ctx;
    struct word_group group;
    struct word_need *needs = NULL;
    size_t count = 0, chosen = 0;
    err_code code = read_hers(db, ctx, act->id, &group, err);

    if (code == ERR_NONE)
        code = word_needs_of(db, ctx->arena, act->id, ctx->now, &needs, &count, err);
    if (code == ERR_NONE)
        chosen = keep_chosen(needs, count, act);
    if (code == ERR_NONE && (!chosen || chosen == count))
        return err_set_field(err, ERR_INVALID, "besoin",
                             N_("Tick the needs that ask for something else: some, not "
                                "all."));
    act->made = (struct word_group){.pole_id = group.pole_id};
    if (code == ERR_NONE)
        code = word_group_words(ctx, needs, chosen, &act->made.name, err);
    if (code == ERR_NONE)
        code = word_groups_add(db, &act->made, ctx->now, err);
    for (size_t i = 0; code == ERR_NONE && i < chosen; i++)
        code = word_groups_put(db, needs[i].id, act->made.id, err);
    return code == ERR_NONE ? note(db, act, &group, "split words", err) : code;
}

err_code word_group_split(struct ctx *ctx, int64_t id, const int64_t *need_ids,
                          size_t count, int64_t *made, struct err *err)
{
    struct act act = {.ctx = ctx, .id = id, .need_ids = need_ids, .count = count};
    err_code code = writer_do(ctx->writer, write_split, &act, err);

    *made = act.made.id;
    return code;
}

/* The need names the skill (0: none), unless it names another one than the group's. */
static err_code write_need(struct db *db, const struct act *act, int64_t id,
                           int64_t groups_skill, struct err *err)
{
    struct need need;
    err_code code = needs_get(db, act->ctx->arena, id, &need, err);

    if (code != ERR_NONE || need.skill_id == act->skill_id ||
        (need.skill_id && need.skill_id != groups_skill))
        return code;
    need.skill_id = act->skill_id;
    if (act->skill_id && need.state == NEED_STATED)
        need.state = NEED_QUALIFIED;
    if (act->skill_id)
        need.qualified_at = act->ctx->now;
    return needs_save(db, &need, act->ctx->now, err);
}

static err_code write_skill(struct db *db, void *argument, struct err *err)
{
    struct act *act = argument;
    struct ctx *ctx = act->ctx;
    struct word_group group;
    struct word_need *needs = NULL;
    size_t count = 0;
    err_code code = read_hers(db, ctx, act->id, &group, err);

    if (code == ERR_NONE)
        code = word_needs_of(db, ctx->arena, act->id, ctx->now, &needs, &count, err);
    for (size_t i = 0; code == ERR_NONE && i < count; i++)
        code = write_need(db, act, needs[i].id, group.skill_id, err);
    if (code == ERR_NONE)
        code = word_groups_be_skill(db, act->id, act->skill_id, err);
    return code == ERR_NONE
               ? note(db, act, &group,
                      act->skill_id ? "words are skill" : "words are free", err)
               : code;
}

err_code word_group_is_skill(struct ctx *ctx, int64_t id, int64_t skill_id,
                             struct err *err)
{
    struct act act = {.ctx = ctx, .id = id, .skill_id = skill_id};
    struct skill skill;
    err_code code =
        skill_id ? skills_get(ctx->db, ctx->arena, skill_id, &skill, err) : ERR_NONE;

    return code == ERR_NONE ? writer_do(ctx->writer, write_skill, &act, err) : code;
}
