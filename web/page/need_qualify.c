/* What a facilitator does with a need: its page and its buttons. */
#include "exchange/action/need_qualify.h"

#include "exchange/action/act_for.h"
#include "exchange/action/ids.h"
#include "exchange/action/desk.h"
#include "web/page/desk.h"
#include "web/page/routes.h"
#include "web/page/visitor.h"

#include "store/needs.h"
#include "store/skills.h"

#include <inttypes.h>
#include <string.h>

enum { MERGED_SHOWN = 50, ALIKE_SHOWN = 5 };

static const char *by_id(struct page *page, const char *route, int64_t id)
{
    return page_url(page, route, arena_printf(page->request->arena, "%" PRId64, id));
}

/* Back to where she came from, else to the desk of the need's pole, else to the need. */
static void go_back(struct page *page, int64_t id)
{
    const char *after = visitor_after(page->request);
    const struct actor *actor = page->ctx.actor;
    const struct pole *pole =
        actor->pole_count ? names_pole(page->names, actor->pole_ids[0]) : NULL;

    if (!after)
        after = pole ? desk_url(page, pole->key, "?fait=1") : by_id(page, "need", id);
    form_done(page, after);
}

static err_code read_need(struct page *page, struct need *need)
{
    err_code code =
        needs_get(page->ctx.db, page->request->arena, page_id(page), need, &page->err);

    return code == ERR_NONE
               ? actor_must_need(VERB_QUALIFY_NEED, page->ctx.actor, need, &page->err)
               : code;
}

static void set_pole_choices(struct page *page, const char *chosen)
{
    struct tree *list = tree_set(page->root, "_poles", tree_array());

    for (size_t i = 0; i < page->names->pole_count; i++) {
        const struct pole *pole = &page->names->poles[i];
        struct tree *entry = tree_add(list, tree_object());
        tree_set_text(entry, "key", pole->key);
        tree_set_text(entry, "name", pole->name);
        tree_set_bool(entry, "is_chosen", chosen && strcmp(chosen, pole->key) == 0);
    }
}

static struct tree *add_guess(struct page *page, struct tree *list, int64_t id,
                              const char *name, bool is_chosen)
{
    struct tree *entry = tree_add(list, tree_object());

    tree_set_int(entry, "id", id);
    tree_set_text(entry, "name", name);
    tree_set_bool(entry, "is_chosen", is_chosen);
    tree_set_text(entry, "_id", arena_printf(page->request->arena, "%" PRId64, id));
    return entry;
}

/* The skill it has, then those its words (or those typed) seem to mean; none of these is
 * chosen for her. */
static err_code set_guesses(struct page *page, const struct need *need, const char *words,
                            int64_t chosen)
{
    struct tree *list = tree_set(page->root, "guesses", tree_array());
    struct skill_guess guesses[SUGGESTIONS_MOST];
    struct skill skill;
    size_t count = 0;
    err_code code = need_guess_skills(&page->ctx, words && *words ? words : need->text,
                                      guesses, &count, &page->err);

    if (code == ERR_NONE && need->skill_id) {
        code = skills_get(page->ctx.db, page->request->arena, need->skill_id, &skill,
                          &page->err);
        if (code == ERR_NONE)
            tree_set_bool(add_guess(page, list, skill.id,
                                    skill_name(&skill, page->request->lang),
                                    chosen == skill.id),
                          "_is_now", true);
    }
    for (size_t i = 0; code == ERR_NONE && i < count; i++)
        if (guesses[i].id != need->skill_id)
            (void)add_guess(page, list, guesses[i].id, guesses[i].name,
                            chosen == guesses[i].id);
    tree_set_bool(page->root, "_has_guesses", count > 0);
    return code;
}

static err_code set_alike(struct page *page, const struct need *need)
{
    struct tree *list = tree_set(page->root, "alike", tree_array());
    struct need_words *found = NULL;
    size_t count = 0;
    err_code code = need->merged_into ? ERR_NONE
                                      : needs_like(&page->ctx, need, ALIKE_SHOWN, &found,
                                                   &count, &page->err);

    for (size_t i = 0; code == ERR_NONE && i < count; i++) {
        struct tree *entry = tree_add(list, tree_object());
        tree_set_int(entry, "id", found[i].id);
        tree_set_text(entry, "title", found[i].text);
        tree_set_int(entry, "people", found[i].people);
        tree_set_url(entry, "url", by_id(page, "need", found[i].id));
    }
    tree_set_bool(page->root, "_has_alike", count > 0);
    return code;
}

static err_code set_merged(struct page *page, const struct need *need)
{
    struct tree *list = tree_set(page->root, "merged", tree_array());
    struct need *found = NULL;
    size_t count = 0;
    err_code code = needs_merged(page->ctx.db, page->request->arena, need->id,
                                 MERGED_SHOWN, &found, &count, &page->err);

    for (size_t i = 0; code == ERR_NONE && i < count; i++) {
        struct tree *entry = tree_add(list, entry_need(page, &found[i]));
        tree_set_url(entry, "split_url", by_id(page, "need_split", found[i].id));
    }
    tree_set_bool(page->root, "_has_merged", count > 0);
    return code;
}

static void set_reasons(struct page *page)
{
    struct tree *list = tree_set(page->root, "_reasons", tree_array());

    for (size_t i = 0; need_reasons[i].word; i++) {
        struct tree *entry = tree_add(list, tree_object());
        tree_set_text(entry, "word", need_reasons[i].word);
        tree_set_text(entry, "label", tr(page_catalogue(page), need_reasons[i].sentence));
    }
}

/* The whole page; what was typed is kept. */
static err_code show(struct page *page, const struct need *need, const char *pole,
                     const char *words, int64_t chosen)
{
    static const char *const actions[][2] = {{"qualify_url", "need_qualify"},
                                             {"merge_url", "need_merge"},
                                             {"split_url", "need_split"},
                                             {"private_url", "need_private"},
                                             {"give_up_url", "need_give_up"}};
    const struct pole *its = names_pole(page->names, need->pole_id);
    const struct actor *actor = page->ctx.actor;
    const struct pole *hers =
        actor->pole_count ? names_pole(page->names, actor->pole_ids[0]) : NULL;
    struct tree *entry = tree_set(page->root, "need", entry_need(page, need));
    err_code code;

    page->response->is_personal = true;
    tree_set_bool(entry, "is_private", need->is_private);
    tree_set_bool(entry, "_is_open", need_is_open(need->state));
    tree_set_bool(entry, "_is_merged", need->merged_into != 0);
    tree_set_bool(entry, "_is_qualified", need->qualified_at != 0);
    tree_set_text(entry, "could_pass_on", need->could_pass_on);
    for (size_t i = 0; i < sizeof actions / sizeof actions[0]; i++)
        tree_set_url(page->root, arena_printf(page->request->arena, "_%s", actions[i][0]),
                     by_id(page, actions[i][1], need->id));
    if (need->merged_into)
        tree_set_url(entry, "_head_url", by_id(page, "need", need->merged_into));
    if (hers)
        tree_set_url(page->root, "_home_url", desk_url(page, hers->key, ""));
    tree_set_text(page->root, "_after", visitor_after(page->request));
    tree_set_text(page->root, "_words", words);
    set_pole_choices(page, pole ? pole : its ? its->key : NULL);
    set_reasons(page);
    code = set_guesses(page, need, words, chosen ? chosen : need->skill_id);
    if (code == ERR_NONE)
        code = set_alike(page, need);
    return code == ERR_NONE ? set_merged(page, need) : code;
}

void page_need_qualify(void *hall, const struct request *request,
                       struct response *response)
{
    struct page page;
    struct need need;

    if (page_open(&page, hall, request, response)) {
        page.code = read_need(&page, &need);
        if (page.code == ERR_NONE)
            page.code = show(&page, &need, NULL, NULL, 0);
    }
    page_close(&page, "need_qualify");
}

/* Shows the page again with what went wrong. */
static void show_again(struct page *page, const char *pole, const char *words,
                       int64_t chosen)
{
    struct need need;

    if (!form_failed(page))
        return;
    page->code = read_need(page, &need);
    if (page->code == ERR_NONE)
        page->code = show(page, &need, pole, words, chosen);
}

/* Which skill it is, or that it is none: saying nothing is neither, nor is what is no
 * number. */
static bool says_skill(const char *choice, const struct qualifying *form, struct err *err)
{
    bool is_unsaid = !choice || !*choice;

    if (form->skill_id || (is_unsaid && form->words && *form->words) ||
        (!is_unsaid && strcmp(choice, "aucun") == 0))
        return true;
    (void)err_set_field(
        err, ERR_INVALID, "savoir",
        N_("Choose the skill, name it, or say that the thesaurus has none."));
    return false;
}

void page_need_qualify_post(void *hall, const struct request *request,
                            struct response *response)
{
    struct page page;

    if (page_open(&page, hall, request, response)) {
        const char *choice = request_form(request, "savoir_faire");
        const struct qualifying form = {
            .pole = request_form(request, "pole"),
            .skill_id = form_int(request, "savoir_faire", 1, INT64_MAX, 0),
            .words = choice && strcmp(choice, "aucun") == 0
                         ? NULL
                         : request_form(request, "mots"),
            .is_private = form_int(request, "prive", 0, 1, 0) == 1};
        int64_t id = page_id(&page);
        page.code = says_skill(choice, &form, &page.err)
                        ? need_qualify(&page.ctx, id, &form, &page.err)
                        : ERR_INVALID;
        if (page.code == ERR_NONE)
            go_back(&page, id);
        else
            show_again(&page, form.pole, form.words, form.skill_id);
    }
    page_close(&page, "need_qualify");
}

void page_need_merge(void *hall, const struct request *request, struct response *response)
{
    struct page page;

    if (page_open(&page, hall, request, response)) {
        int64_t id = page_id(&page);
        page.code = need_merge(&page.ctx, id, form_int(request, "avec", 1, INT64_MAX, 0),
                               NULL, &page.err);
        if (page.code == ERR_NONE)
            go_back(&page, id);
        else
            show_again(&page, NULL, NULL, 0);
    }
    page_close(&page, "need_qualify");
}

void page_need_split(void *hall, const struct request *request, struct response *response)
{
    struct page page;

    if (page_open(&page, hall, request, response)) {
        int64_t id = page_id(&page);
        page.code = need_split(&page.ctx, id, &page.err);
        if (page.code == ERR_NONE)
            go_back(&page, id);
        else
            show_again(&page, NULL, NULL, 0);
    }
    page_close(&page, "need_qualify");
}

void page_need_private(void *hall, const struct request *request,
                       struct response *response)
{
    struct page page;

    if (page_open(&page, hall, request, response)) {
        int64_t id = page_id(&page);
        page.code = need_set_private(&page.ctx, id,
                                     form_int(request, "prive", 0, 1, 1) == 1, &page.err);
        if (page.code == ERR_NONE)
            go_back(&page, id);
        else
            show_again(&page, NULL, NULL, 0);
    }
    page_close(&page, "need_qualify");
}

void page_need_give_up(void *hall, const struct request *request,
                       struct response *response)
{
    struct page page;

    if (page_open(&page, hall, request, response)) {
        int64_t id = page_id(&page);
        page.code = need_give_up(&page.ctx, id, request_form(request, "raison"),
                                 request_form(request, "message"), &page.err);
        if (page.code == ERR_NONE) {
            go_back(&page, id);
        } else {
            tree_set_text(page.root, "_message", request_form(request, "message"));
            show_again(&page, NULL, NULL, 0);
        }
    }
    page_close(&page, "need_qualify");
}

void page_need_wave(void *hall, const struct request *request, struct response *response)
{
    struct page page;

    if (page_open(&page, hall, request, response)) {
        const struct actor *actor = page.ctx.actor;
        int64_t id = page_id(&page);
        int asked = 0;
        page.code = desk_wave(&page.ctx, id, &asked, &page.err);
        if (page.code == ERR_NONE) {
            const struct pole *pole =
                actor->pole_count ? names_pole(page.names, actor->pole_ids[0]) : NULL;
            const char *after = visitor_after(request);
            if (!after && pole)
                after =
                    arena_printf(request->arena, "%s?vague=%d",
                                 desk_url(&page, pole->key, ""), asked < 9 ? asked : 9);
            form_done(&page, after ? after : by_id(&page, "need", id));
        } else {
            show_again(&page, NULL, NULL, 0);
        }
    }
    page_close(&page, "need_qualify");
}

static void add_words(struct tree *words, const char *text, bool is_noted)
{
    struct tree *entry = tree_add(words, tree_object());

    tree_set_text(entry, "text", text);
    tree_set_bool(entry, "is_noted", is_noted);
}

/* What those who share it wrote, and those merged into it; which a facilitator noted. */
static void set_words(struct page *page, struct tree *entry, const struct need *need)
{
    struct tree *words = tree_set(entry, "words_of_others", tree_array());
    struct need *merged = NULL;
    int64_t *noted = NULL;
    size_t count = 0, noted_count = 0;

    if (page->code == ERR_NONE && need->support_count)
        page->code =
            act_supports_noted(&page->ctx, need->id, &noted, &noted_count, &page->err);
    for (size_t i = 0; page->code == ERR_NONE && i < need->support_count; i++)
        if (need->supports[i].words)
            add_words(words, need->supports[i].words,
                      ids_place(noted, noted_count, need->supports[i].person_id) !=
                          IDS_NONE);
    if (need->merged_people && page->code == ERR_NONE)
        page->code = needs_merged(page->ctx.db, page->request->arena, need->id,
                                  MERGED_SHOWN, &merged, &count, &page->err);
    for (size_t i = 0; page->code == ERR_NONE && i < count; i++)
        if (!merged[i].is_private)
            add_words(words, merged[i].text, false);
    tree_set_bool(entry, "_has_words", tree_size(words) > 0);
    tree_set_int(entry, "noted_supports", (int64_t)noted_count);
    tree_set_bool(entry, "_has_noted", noted_count > 0);
}

bool desk_need_part(struct page *page, struct tree *entry, const struct need *need)
{
    const struct pole *pole = names_pole(page->names, need->pole_id);
    unsigned who = actor_who_need(page->ctx.actor, need);
    int64_t noted_at = 0;

    page->code = actor_must_need(VERB_READ, page->ctx.actor, need, &page->err);
    if (page->code != ERR_NONE)
        return false;
    tree_set_bool(entry, "is_private", need->is_private);
    tree_set_url(entry, "_merged_into_url",
                 need->merged_into ? by_id(page, "need", need->merged_into) : NULL);
    tree_set_url(entry, "_qualify_url",
                 policy_may(VERB_QUALIFY_NEED, who)
                     ? by_id(page, "need_qualify", need->id)
                     : NULL);
    if (pole && need_is_open(need->state) &&
        policy_may(VERB_ACT_FOR, actor_who(page->ctx.actor, 0, pole->id, 0)))
        tree_set_url(entry, "_act_url",
                     desk_url(page, pole->key,
                              arena_printf(page->request->arena, "/pour?besoin=%" PRId64,
                                           need->id)));
    if (need->person_id)
        page->code = act_noted(&page->ctx, ACT_STATE_NEED, "need", need->id,
                               need->person_id, &noted_at, &page->err);
    tree_set_bool(entry, "is_noted_for_her", noted_at != 0);
    tree_set_int(entry, "_noted_at", noted_at);
    set_words(page, entry, need);
    return page->code == ERR_NONE;
}
