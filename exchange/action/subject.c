/* Skills and groups of needs in free words under one number. */
#include "exchange/action/subject.h"

#include "store/skills.h"
#include "store/word_groups.h"

int64_t subject_group(int64_t id)
{
    return id < 0 ? -id : 0;
}

static err_code read_group(struct ctx *ctx, int64_t id, struct subject *out,
                           struct err *err)
{
    struct word_group group;
    err_code code = word_groups_get(ctx->db, ctx->arena, id, &group, err);

    if (code == ERR_NONE)
        *out = (struct subject){group.name, group.id, group.pole_id};
    return code;
}

err_code subject_read(struct ctx *ctx, int64_t id, struct subject *out, struct err *err)
{
    struct skill skill;
    err_code code;

    if (subject_group(id))
        return read_group(ctx, subject_group(id), out, err);
    code = skills_get(ctx->db, ctx->arena, id, &skill, err);
    if (code == ERR_NONE)
        *out = (struct subject){
            skill_name(&skill, ctx->lang ? ctx->lang : ctx->config->languages[0]), 0, 0};
    return code;
}

err_code subject_name(struct ctx *ctx, int64_t id, const char **name, struct err *err)
{
    struct subject subject;
    err_code code = subject_read(ctx, id, &subject, err);

    if (code == ERR_NONE)
        *name = subject.name;
    return code;
}
