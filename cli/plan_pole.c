/* Sessions for the needs of a pole, told on the terminal. */
#include "cli/plan_pole.h"

#include "exchange/action/names.h"
#include "store/migrate.h"
#include "web/page/plan_tree.h"

#include <inttypes.h>
#include <stdio.h>

enum { OUT_BYTES_MOST = 16 << 20 };

static void print_session(const struct ctx *ctx, const struct pole_plan *plan,
                          const struct planned_session *session)
{
    char at[CALENDAR_TEXT_MAX];

    calendar_local(session->starts_at, ctx->config->zone, at);
    printf("%s  %s, %s\n", at, session->skill,
           session->trainer ? session->trainer : "a circle without trainer");
    printf("    %s%s%s, for %zu:", session->room ? session->room : "a place to be found",
           session->commune ? ", " : "", session->commune ? session->commune : "",
           session->need_count);
    for (size_t i = 0; i < session->need_count; i++) {
        const char *name = plan->needs[session->needs[i]].name;
        printf("%s %s", i ? "," : "", name ? name : "someone");
    }
    putchar('\n');
}

static void print_text(const struct ctx *ctx, const struct pole_plan *plan)
{
    static const enum unserved_reason reasons[] = {
        UNSERVED_NO_TEACHER, UNSERVED_NO_COMMON_TIME, UNSERVED_BELOW_THRESHOLD,
        UNSERVED_NO_ROOM,    UNSERVED_QUOTA,          UNSERVED_WORTH_LESS};

    for (size_t i = 0; i < plan->session_count; i++)
        print_session(ctx, plan, &plan->sessions[i]);
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

static err_code print_json(const struct pole_plan *plan, struct err *err)
{
    struct tree *root = tree_object();
    struct text out;
    err_code code;

    text_init(&out, OUT_BYTES_MOST);
    plan_tree_set(root, plan, NULL);
    code = tree_to_json(root, &out, err);
    if (code == ERR_NONE)
        puts(out.bytes);
    text_done(&out);
    tree_free(root);
    return code;
}

err_code plan_pole_print(struct command_context *context, const char *key,
                         struct plan_wish *wish, bool is_json, struct err *err)
{
    const char *address = store_address(context->arena, context->config->data_folder);
    struct ctx ctx = {.arena = arena_new(PLAN_MEMORY_MOST),
                      .config = context->config,
                      .now = context->now,
                      .lang = context->config->languages[0]};
    const struct pole *pole;
    struct pole_plan plan;
    struct names names;
    err_code code = ctx.arena ? db_open(&ctx.db, address, DB_READ, err)
                              : err_set(err, ERR_MEMORY, "no memory to plan");

    if (code == ERR_NONE)
        code = names_load(ctx.db, ctx.arena, &names, err);
    pole = code == ERR_NONE ? names_pole_key(&names, key) : NULL;
    if (pole)
        wish->pole_id = pole->id;
    else if (code == ERR_NONE)
        code = err_set(err, ERR_NOT_FOUND, "there is no pole \"%.60s\"", key);
    if (code == ERR_NONE)
        code = plan_pole(&ctx, wish, &plan, err);
    if (code == ERR_NONE && is_json)
        code = print_json(&plan, err);
    else if (code == ERR_NONE)
        print_text(&ctx, &plan);
    db_close(ctx.db);
    arena_free(ctx.arena);
    return code;
}
