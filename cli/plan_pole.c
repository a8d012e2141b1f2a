/* Sessions for the needs of a pole, told on the terminal. */
#include "cli/plan_pole.h"

#include "cli/plan_apply.h"
#include "store/migrate.h"
#include "web/page/plan_tree.h"

#include <inttypes.h>
#include <stdio.h>

enum { OUT_BYTES_MOST = 16 << 20 };

/* A plan, and what its sessions became; `ids` is NULL when nothing was proposed. */
struct telling {
    const struct ctx *ctx;
    const struct pole_plan *plan;
    const int64_t *ids;
};

static void print_session(const struct telling *telling, size_t at)
{
    const struct ctx *ctx = telling->ctx;
    const struct pole_plan *plan = telling->plan;
    const struct planned_session *session = &plan->sessions[at];
    char when[CALENDAR_TEXT_MAX];

    calendar_local(session->starts_at, ctx->config->zone, when);
    printf("%s  %s, %s%s%s\n", when, session->skill,
           session->trainer ? session->trainer : "a circle without trainer",
           session->second ? " with " : "", session->second ? session->second : "");
    printf("    %s%s%s, for %zu:", session->room ? session->room : "a place to be found",
           session->commune ? ", " : "", session->commune ? session->commune : "",
           session->need_count);
    for (size_t i = 0; i < session->need_count; i++) {
        const char *name = plan->needs[session->needs[i]].name;
        printf("%s %s", i ? "," : "", name ? name : "someone");
    }
    putchar('\n');
    if (telling->ids && telling->ids[at])
        printf("    proposed: session %" PRId64 "\n", telling->ids[at]);
    else if (telling->ids)
        puts("    not proposed");
}

static void print_text(const struct telling *telling)
{
    const struct pole_plan *plan = telling->plan;
    static const enum unserved_reason reasons[] = {
        UNSERVED_NO_TEACHER, UNSERVED_NO_COMMON_TIME, UNSERVED_BELOW_THRESHOLD,
        UNSERVED_NO_ROOM,    UNSERVED_QUOTA,          UNSERVED_WORTH_LESS};

    for (size_t i = 0; i < plan->session_count; i++)
        print_session(telling, i);
    printf("%zu of %zu served", plan->served, plan->need_count);
    for (size_t i = 0; i < sizeof reasons / sizeof reasons[0]; i++) {
        size_t count = 0;
        for (size_t j = 0; j < plan->need_count; j++)
            count += plan->needs[j].reason == reasons[i];
        if (count)
            printf("; %zu %s", count, unserved_word(reasons[i]));
    }
    printf("; worth %.3f, at most %.3f\n", plan->value, plan->bound);
    if (plan->unqualified)
        printf("%" PRId64 " needs have no skill yet: they are not planned for\n",
               plan->unqualified);
}

static void add_proposed(void *of, struct tree *entry,
                         const struct planned_session *session)
{
    const struct telling *telling = of;

    if (telling->ids)
        tree_set_int(entry, "session_id",
                     telling->ids[session - telling->plan->sessions]);
}

static err_code print_json(struct telling *telling, struct err *err)
{
    const struct plan_more more = {.add = add_proposed, .of = telling};
    struct tree *root = tree_object();
    struct text out;
    err_code code;

    text_init(&out, OUT_BYTES_MOST);
    plan_tree_set(root, telling->plan, &more);
    code = tree_to_json(root, &out, err);
    if (code == ERR_NONE)
        puts(out.bytes);
    text_done(&out);
    tree_free(root);
    return code;
}

/* The writer is opened once the plan is there: planning starts a process of its own. */
static err_code apply(struct ctx *ctx, const struct pole *pole,
                      const struct plan_use *use, const char *address,
                      const struct pole_plan *plan, int64_t **ids, size_t *failed,
                      struct err *err)
{
    err_code code = writer_open(&ctx->writer, address, err);

    if (code == ERR_NONE)
        code = plan_apply(ctx, pole, use->as, plan, ids, failed, err);
    writer_close(ctx->writer);
    return code;
}

static err_code find_pole(const struct ctx *ctx, const char *key, struct names *names,
                          const struct pole **out, struct err *err)
{
    err_code code = names_load(ctx->db, ctx->arena, names, err);

    if (code == ERR_NONE)
        *out = names_pole_key(names, key);
    return code != ERR_NONE || *out
               ? code
               : err_set(err, ERR_NOT_FOUND, "there is no pole \"%.60s\"", key);
}

err_code plan_pole_run(struct command_context *context, const char *key,
                       struct plan_wish *wish, const struct plan_use *use,
                       struct err *err)
{
    const char *address = store_address(context->arena, context->config->data_folder);
    struct ctx ctx = {.arena = arena_new(PLAN_MEMORY_MOST),
                      .config = context->config,
                      .now = context->now,
                      .lang = context->config->languages[0]};
    const struct pole *pole = NULL;
    struct pole_plan plan;
    struct telling telling = {.ctx = &ctx, .plan = &plan};
    struct names names;
    int64_t *ids = NULL;
    size_t failed = 0;
    err_code code = ctx.arena ? db_open(&ctx.db, address, DB_READ, err)
                              : err_set(err, ERR_MEMORY, "no memory to plan");

    if (code == ERR_NONE)
        code = find_pole(&ctx, key, &names, &pole, err);
    if (code == ERR_NONE) {
        wish->pole_id = pole->id;
        code = plan_pole(&ctx, wish, &plan, err);
    }
    if (code == ERR_NONE && use->is_applied)
        code = apply(&ctx, pole, use, address, &plan, &ids, &failed, err);
    telling.ids = ids;
    if (code == ERR_NONE && use->is_json)
        code = print_json(&telling, err);
    else if (code == ERR_NONE)
        print_text(&telling);
    if (code == ERR_NONE && failed)
        code = err_set(err, ERR_CONFLICT, "%zu of %zu sessions could not be proposed",
                       failed, plan.session_count);
    db_close(ctx.db);
    arena_free(ctx.arena);
    return code;
}
