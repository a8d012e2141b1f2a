/* A group of needs in free words: its page, and what its facilitator does with it. */
#include "exchange/action/word_group.h"

#include "exchange/action/ids.h"
#include "store/skills.h"
#include "web/page/desk.h"
#include "web/page/routes.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

static const char *group_url(struct page *page, int64_t id)
{
    return page_url(page, "word_group",
                    arena_printf(page->request->arena, "%" PRId64, id));
}

/* The needs with how many people ask in all. */
static err_code set_needs(struct page *page, const struct word_group *group)
{
    struct tree *list = tree_set(page->root, "needs", tree_array());
    struct word_need *needs = NULL;
    size_t count = 0;
    int64_t people = 0;
    err_code code = word_needs_of(page->ctx.db, page->request->arena, group->id,
                                  page->ctx.now, &needs, &count, &page->err);

    for (size_t i = 0; code == ERR_NONE && i < count; i++) {
        struct tree *entry = tree_add(list, tree_object());
        const char *id = arena_printf(page->request->arena, "%" PRId64, needs[i].id);
        people += needs[i].people;
        tree_set_int(entry, "id", needs[i].id);
        tree_set_text(entry, "title", needs[i].text);
        tree_set_int(entry, "people", needs[i].people);
        tree_set_bool(entry, "is_given", needs[i].skill_id != 0);
        tree_set_text(entry, "_id", id);
        tree_set_url(entry, "url", page_url(page, "need", id));
    }
    tree_set_int(page->root, "people", people);
    tree_set_bool(page->root, "_may_split", count > 1);
    tree_set_bool(page->root, "_has_needs", count > 0);
    return code;
}

static void add_groups(struct page *page, const char *name,
                       const struct word_group *groups, size_t count)
{
    struct tree *list = tree_set(page->root, name, tree_array());

    for (size_t i = 0; i < count; i++) {
        struct tree *entry = tree_add(list, tree_object());
        tree_set_int(entry, "id", groups[i].id);
        tree_set_text(entry, "name", groups[i].name);
        tree_set_text(entry, "_id",
                      arena_printf(page->request->arena, "%" PRId64, groups[i].id));
        tree_set_url(entry, "url", group_url(page, groups[i].id));
    }
}

/* What it holds, and what it may be merged with. */
static err_code set_others(struct page *page, const struct word_group *group)
{
    struct arena *arena = page->request->arena;
    struct word_group *parts = NULL, *others = NULL;
    size_t part_count = 0, other_count = 0;
    err_code code = word_groups_parts(page->ctx.db, arena, group->id, &parts, &part_count,
                                      &page->err);

    if (code == ERR_NONE && !part_count && !group->merged_into)
        code = word_groups_of(page->ctx.db, arena, group->pole_id, page->ctx.now,
                              group->id, &others, &other_count, &page->err);
    add_groups(page, "parts", parts, part_count);
    add_groups(page, "_others", others, other_count);
    tree_set_bool(page->root, "_has_parts", part_count > 0);
    tree_set_bool(page->root, "_has_others", other_count > 0);
    return code;
}

/* The skill its needs were given, or those of about its meaning. */
static err_code set_skill(struct page *page, struct tree *entry,
                          const struct word_group *group)
{
    struct tree *list = tree_set(page->root, "guesses", tree_array());
    struct arena *arena = page->request->arena;
    int64_t *ids = NULL;
    size_t count = 0;
    err_code code =
        word_groups_near(page->ctx.db, arena, group->id, &ids, &count, &page->err);

    for (size_t i = 0; code == ERR_NONE && i < count; i++) {
        struct tree *guess = tree_add(list, tree_object());
        struct skill skill;
        code = skills_get(page->ctx.db, arena, ids[i], &skill, &page->err);
        if (code != ERR_NONE)
            break;
        tree_set_int(guess, "id", skill.id);
        tree_set_text(guess, "name", skill_name(&skill, page->request->lang));
        tree_set_text(guess, "_id", arena_printf(arena, "%" PRId64, skill.id));
    }
    tree_set_bool(page->root, "_has_guesses", count > 0);
    tree_set_bool(entry, "has_skill", group->skill_id != 0);
    entry_skill_link(page, entry, group->skill_id);
    return code;
}

static err_code show(struct page *page, int64_t id, const char *name)
{
    struct tree *entry = tree_set(page->root, "group", tree_object());
    const struct pole *pole;
    struct word_group group;
    err_code code = word_group_read(&page->ctx, id, &group, &page->err);

    page->response->is_personal = true;
    if (code != ERR_NONE)
        return code;
    pole = names_pole(page->names, group.pole_id);
    tree_set_int(entry, "id", group.id);
    tree_set_text(entry, "name", group.name);
    tree_set_bool(entry, "is_named", group.named_at != 0);
    tree_set_text(entry, "_typed", name ? name : group.name);
    tree_set_url(entry, "_head_url",
                 group.merged_into ? group_url(page, group.merged_into) : NULL);
    tree_set_url(page->root, "_here_url", group_url(page, group.id));
    if (pole) {
        tree_set_text(entry, "pole", pole->name);
        tree_set_url(page->root, "_gaps_url", desk_url(page, pole->key, "/manques"));
    }
    code = set_skill(page, entry, &group);
    if (code == ERR_NONE)
        code = set_needs(page, &group);
    return code == ERR_NONE ? set_others(page, &group) : code;
}

void page_word_group(void *hall, const struct request *request, struct response *response)
{
    struct page page;

    if (page_open(&page, hall, request, response))
        page.code = show(&page, page_id(&page), NULL);
    page_close(&page, "word_group");
}

/* The needs that were ticked become a group of their own. */
static err_code split(struct page *page, int64_t id, int64_t *made)
{
    const struct request *request = page->request;
    int64_t ids[WORD_SPLIT_MOST];
    size_t count = 0;
    const char *typed;

    while (count < WORD_SPLIT_MOST &&
           (typed = request_form_nth(request, "besoin", count)) != NULL)
        ids[count++] = strtoll(typed, NULL, 10);
    return word_group_split(&page->ctx, id, ids, ids_unique(ids, count), made,
                            &page->err);
}

/* `shown`: the group to show afterwards. */
static err_code act(struct page *page, int64_t id, int64_t *shown)
{
    const struct request *request = page->request;
    const char *deed = request_form(request, "geste");
    const char *name = request_form(request, "nom");

    *shown = id;
    if (!deed)
        deed = "";
    if (strcmp(deed, "nommer") == 0)
        return word_group_call(&page->ctx, id, name ? name : "", &page->err);
    if (strcmp(deed, "renommer") == 0)
        return word_group_call(&page->ctx, id, NULL, &page->err);
    if (strcmp(deed, "regrouper") == 0) {
        *shown = form_int(request, "avec", 1, INT64_MAX, 0);
        return word_group_merge(&page->ctx, id, *shown, &page->err);
    }
    if (strcmp(deed, "detacher") == 0)
        return word_group_apart(&page->ctx, id, &page->err);
    if (strcmp(deed, "separer") == 0)
        return split(page, id, shown);
    if (strcmp(deed, "savoir") == 0)
        return word_group_is_skill(&page->ctx, id,
                                   form_int(request, "savoir_faire", 0, INT64_MAX, 0),
                                   &page->err);
    return err_set(&page->err, ERR_INVALID, "geste: \"%.40s\" is none", deed);
}

void page_word_group_do(void *hall, const struct request *request,
                        struct response *response)
{
    struct page page;

    if (page_open(&page, hall, request, response)) {
        int64_t id = page_id(&page), shown;
        page.code = act(&page, id, &shown);
        if (page.code == ERR_NONE)
            form_done(&page, group_url(&page, shown));
        else if (form_failed(&page))
            page.code = show(&page, id, request_form(request, "nom"));
    }
    page_close(&page, "word_group");
}
