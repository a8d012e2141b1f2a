/* Home, people, skills, poles and structures. */
#include "web/page/alike.h"
#include "web/page/card.h"
#include "web/page/follow.h"
#include "web/page/head.h"
#include "web/page/jsonld.h"
#include "web/page/labels.h"
#include "web/page/page.h"
#include "web/page/routes.h"

#include "exchange/action/actor.h"
#include "exchange/action/card_see.h"
#include "exchange/action/session_room.h"
#include "store/needs.h"
#include "store/people.h"
#include "store/sessions.h"
#include "store/skills.h"
#include "store/structures.h"

#include <inttypes.h>
#include <string.h>

enum {
    HOME_SESSIONS = 3,
    HOME_NEEDS = 6,
    LIST_MOST = 20,
    ASIDE_MOST = 6,
    FAMILIES_MOST = 60
};

static int64_t shown_since(const struct page *page)
{
    return person_shown_since(page->ctx.now, (int)page->ctx.config->hidden_months);
}

/* Lists below a page: arrays of entries with their totals; the filter says of what. */
static void list_people(struct page *page, struct people_filter filter, const char *path)
{
    struct person *people;
    size_t count, number = page_number(page);
    int64_t total;

    if (page->code != ERR_NONE)
        return;
    filter.shown_since = shown_since(page);
    filter.viewer = card_viewer(&page->ctx);
    filter.most = LIST_MOST;
    filter.offset = (number - 1) * LIST_MOST;
    page->code = people_list(page->ctx.db, page->request->arena, &filter, &people, &count,
                             &total, &page->err);
    if (page->code != ERR_NONE)
        return;
    struct tree *entries = tree_set(page->root, "people", tree_array());
    for (size_t i = 0; i < count; i++)
        tree_add(entries, entry_person(page, &people[i]));
    page_pages(page, path, total, number, LIST_MOST);
    tree_set_bool(page->root, "_has_people", count > 0);
}

static void list_sessions(struct page *page, struct sessions_filter filter)
{
    struct session *sessions;
    size_t count;
    int64_t total;

    if (page->code != ERR_NONE)
        return;
    page->code = sessions_list(page->ctx.db, page->request->arena, page->ctx.now, &filter,
                               &sessions, &count, &total, &page->err);
    if (page->code != ERR_NONE)
        return;
    struct tree *entries = tree_set(page->root, "sessions", tree_array());
    for (size_t i = 0; i < count; i++)
        tree_add(entries, entry_session(page, &sessions[i]));
    tree_set_int(page->root, "session_total", total);
    tree_set_bool(page->root, "_has_sessions", count > 0);
}

static void list_needs(struct page *page, struct needs_filter filter)
{
    struct need *needs;
    size_t count;
    int64_t total;

    if (page->code != ERR_NONE)
        return;
    page->code = needs_list(page->ctx.db, page->request->arena, page->ctx.now, &filter,
                            &needs, &count, &total, &page->err);
    if (page->code != ERR_NONE)
        return;
    struct tree *entries = tree_set(page->root, "needs", tree_array());
    for (size_t i = 0; i < count; i++)
        tree_add(entries, entry_need(page, &needs[i]));
    tree_set_int(page->root, "need_total", total);
    tree_set_bool(page->root, "_has_needs", count > 0);
}

static void list_poles(struct page *page)
{
    struct tree *entries = tree_set(page->root, "poles", tree_array());

    for (size_t i = 0; i < page->names->pole_count; i++) {
        const struct pole *pole = &page->names->poles[i];
        struct tree *entry = tree_add(entries, tree_object());
        tree_set_text(entry, "name", pole->name);
        tree_set_text(entry, "kind", pole->kind);
        tree_set_text(entry, "kind_name",
                      label_pole_kind(page_catalogue(page), pole->kind));
        tree_set_text(entry, "about", pole->about);
        tree_set_url(entry, "url", page_url(page, "pole", pole->key));
    }
}

void page_home(void *hall, const struct request *request, struct response *response)
{
    struct page page;

    if (page_open(&page, hall, request, response)) {
        const char *tagline = page.ctx.config->site_tagline;
        tree_set_text(page.root, "tagline", *tagline ? tagline : NULL);
        list_poles(&page);
        list_sessions(&page, (struct sessions_filter){.most = HOME_SESSIONS});
        list_needs(&page, (struct needs_filter){.most = HOME_NEEDS});
    }
    page_close(&page, "home");
}

void page_people(void *hall, const struct request *request, struct response *response)
{
    struct page page;

    if (page_open(&page, hall, request, response))
        list_people(&page, (struct people_filter){0}, page_url(&page, "people", NULL));
    page_close(&page, "people");
}

void page_person(void *hall, const struct request *request, struct response *response)
{
    struct page page;
    struct person person;

    if (page_open(&page, hall, request, response)) {
        page.code =
            people_get(page.ctx.db, request->arena, page_id(&page), &person, &page.err);
        if (page.code == ERR_NONE && !card_is_shown(&page.ctx, &person))
            page.code = err_set(&page.err, ERR_NOT_FOUND, "this card is not shown");
    }
    if (page.code == ERR_NONE) {
        struct tree *entry = tree_set(page.root, "person", entry_card(&page, &person));
        if (policy_may(VERB_EDIT_CARD, actor_who_person(page.ctx.actor, &person)))
            tree_set_url(page.root, "_edit_url",
                         person.id == page.visitor.actor.person_id
                             ? card_edit_url(&page, NULL, 0)
                             : card_edit_url(&page, NULL, person.id));
        tree_set_url(page.root, "publish_url", page_url(&page, "need_new", NULL));
        tree_set_bool(page.root, "_is_own", person.id == page.visitor.actor.person_id);
        if (person.email && person.id != page.visitor.actor.person_id)
            tree_set_url(page.root, "_ask_url",
                         page_url(&page, "contact_ask", request->parts[0]));
        page_canonical(&page, tree_text(tree_get(entry, "url")));
        jsonld_person(&page, &person);
        list_sessions(
            &page, (struct sessions_filter){.person_id = person.id, .most = ASIDE_MOST});
        if (page.code == ERR_NONE)
            page.code = alike_people(&page, &person);
    }
    page_close(&page, "person");
}

static void add_skill(struct page *page, struct tree *array, const struct skill *skill)
{
    struct tree *entry = tree_add(array, tree_object());
    const char *name = skill_name(skill, page->request->lang);

    tree_set_int(entry, "id", skill->id);
    tree_set_text(entry, "title", name);
    tree_set_url(entry, "url", page_url(page, "skill", page_slug(page, skill->id, name)));
}

static void add_children(struct page *page, struct tree *entry, int64_t id)
{
    struct skill *children;
    size_t count;
    struct tree *narrower = tree_set(entry, "narrower", tree_array());

    page->code = skills_children(page->ctx.db, page->request->arena, id, &children,
                                 &count, &page->err);
    for (size_t i = 0; page->code == ERR_NONE && i < count; i++)
        add_skill(page, narrower, &children[i]);
    tree_set_bool(entry, "_has_narrower", page->code == ERR_NONE && count > 0);
}

void page_skills(void *hall, const struct request *request, struct response *response)
{
    struct page page;
    struct skill *families;
    size_t count;

    if (page_open(&page, hall, request, response)) {
        struct tree *entries = tree_set(page.root, "skills", tree_array());
        page.code = skills_families(page.ctx.db, request->arena, FAMILIES_MOST, &families,
                                    &count, &page.err);
        for (size_t i = 0; page.code == ERR_NONE && i < count; i++) {
            add_skill(&page, entries, &families[i]);
            add_children(&page, (struct tree *)(uintptr_t)tree_at(entries, i),
                         families[i].id);
        }
    }
    page_close(&page, "skills");
}

void page_skill(void *hall, const struct request *request, struct response *response)
{
    struct page page;
    struct skill skill;

    if (page_open(&page, hall, request, response))
        page.code =
            skills_get(page.ctx.db, request->arena, page_id(&page), &skill, &page.err);
    if (page.code == ERR_NONE) {
        const char *name = skill_name(&skill, request->lang);
        struct tree *entry = tree_set(page.root, "skill", tree_object());
        struct tree *others = tree_set(entry, "other_names", tree_array());
        const char *slug = page_slug(&page, skill.id, name);
        tree_set_int(entry, "id", skill.id);
        tree_set_text(entry, "title", name);
        if (page_number(&page) == 1)
            page_canonical_named(
                &page, page_url(&page, "skill", slug),
                page_url(&page, "skill",
                         page_slug(&page, skill.id,
                                   skill_name(&skill, strcmp(request->lang, "en") == 0
                                                          ? "fr"
                                                          : "en"))));
        page_feeds(&page, page_url(&page, "skill_calendar", slug), NULL);
        tree_set_text(entry, "code", skill.code);
        tree_set_text(entry, "description", skill.description);
        for (size_t i = 0; i < skill.label_count; i++)
            if (skill.labels[i].kind == LABEL_ALTERNATIVE)
                tree_add_text(others, skill.labels[i].text);
        tree_set_bool(entry, "_has_others", tree_size(others) > 0);
        add_children(&page, entry, skill.id);
        list_people(&page, (struct people_filter){.skill_id = skill.id},
                    page_url(&page, "skill", page_slug(&page, skill.id, name)));
        list_sessions(&page,
                      (struct sessions_filter){.skill_id = skill.id, .most = ASIDE_MOST});
        list_needs(&page,
                   (struct needs_filter){.skill_id = skill.id, .most = ASIDE_MOST});
        tree_set_url(page.root, "publish_url",
                     page_query_url(&page, "need_new", "texte", name));
        tree_set_url(page.root, "propose_url",
                     page_query_url(&page, "session_new", "competence",
                                    arena_printf(request->arena, "%" PRId64, skill.id)));
        if (page.code == ERR_NONE)
            page.code = alike_skills(&page, &skill);
    }
    page_close(&page, "skill");
}

void page_poles(void *hall, const struct request *request, struct response *response)
{
    struct page page;

    if (page_open(&page, hall, request, response))
        list_poles(&page);
    page_close(&page, "poles");
}

static void set_facilitators(struct page *page, struct tree *entry,
                             const struct pole *pole)
{
    struct tree *people = tree_set(entry, "facilitators", tree_array());

    for (size_t i = 0; page->code == ERR_NONE && i < pole->facilitator_count; i++) {
        struct person person;
        page->code = people_get(page->ctx.db, page->request->arena,
                                pole->facilitator_ids[i], &person, &page->err);
        if (page->code == ERR_NONE && card_is_shown(&page->ctx, &person))
            tree_add(people, entry_person(page, &person));
    }
    tree_set_bool(entry, "_has_facilitators", tree_size(people) > 0);
}

void page_pole(void *hall, const struct request *request, struct response *response)
{
    struct page page;
    struct pole pole;
    int64_t id = 0;

    if (page_open(&page, hall, request, response))
        page.code = poles_find(page.ctx.db, request->parts[0], &id, &page.err);
    if (page.code == ERR_NONE)
        page.code = poles_get(page.ctx.db, request->arena, id, &pole, &page.err);
    if (page.code == ERR_NONE) {
        struct tree *entry = tree_set(page.root, "pole", tree_object());
        tree_set_text(entry, "name", pole.name);
        tree_set_text(entry, "kind", pole.kind);
        tree_set_text(entry, "kind_name",
                      label_pole_kind(page_catalogue(&page), pole.kind));
        tree_set_text(entry, "about", pole.about);
        page_feeds(&page, page_url(&page, "pole_calendar", pole.key),
                   page_url(&page, "pole_news", pole.key));
        follow_median(&page, entry, id);
        set_facilitators(&page, entry, &pole);
        list_people(&page, (struct people_filter){.pole_id = id},
                    page_url(&page, "pole", pole.key));
        list_sessions(&page, (struct sessions_filter){.pole_id = id, .most = ASIDE_MOST});
        list_needs(&page, (struct needs_filter){.pole_id = id, .most = ASIDE_MOST});
        tree_set_url(page.root, "_sessions_url",
                     page_query_url(&page, "sessions", "pole", pole.key));
        tree_set_url(page.root, "_needs_url",
                     page_query_url(&page, "needs", "pole", pole.key));
    }
    page_close(&page, "pole");
}

void page_structures(void *hall, const struct request *request, struct response *response)
{
    struct page page;

    if (page_open(&page, hall, request, response)) {
        struct tree *entries = tree_set(page.root, "structures", tree_array());
        for (size_t i = 0; i < page.names->structure_count; i++) {
            const struct structure *one = &page.names->structures[i];
            struct tree *entry = tree_add(entries, tree_object());
            tree_set_text(entry, "name", one->name);
            tree_set_text(entry, "kind", one->kind);
            tree_set_text(entry, "kind_name",
                          label_structure_kind(page_catalogue(&page), one->kind));
            tree_set_text(entry, "commune", one->commune);
            tree_set_text(entry, "about", one->about);
            tree_set_url(entry, "url", page_url(&page, "structure", one->key));
        }
    }
    page_close(&page, "structures");
}

/* Its rooms, for whoever looks for a place; what her managers may do. */
static void set_rooms(struct page *page, int64_t id, const char *key)
{
    struct tree *list = tree_set(page->root, "rooms", tree_array());
    struct room *rooms = NULL;
    size_t count = 0;

    page->code = rooms_to_choose(&page->ctx, id, &rooms, &count, &page->err);
    for (size_t i = 0; page->code == ERR_NONE && i < count; i++) {
        struct tree *room = tree_add(list, tree_object());
        tree_set_text(room, "name", rooms[i].name);
        tree_set_text(room, "commune", rooms[i].commune);
        tree_set_int(room, "capacity", rooms[i].capacity);
        tree_set_text(room, "equipment", rooms[i].equipment);
        tree_set_text(room, "access", rooms[i].access);
        tree_set_bool(room, "is_step_free", rooms[i].is_step_free);
    }
    tree_set_bool(page->root, "_has_rooms", count > 0);
    if (policy_may(VERB_MANAGE_ROOMS, actor_who(&page->visitor.actor, 0, 0, id))) {
        tree_set_url(page->root, "_rooms_url", page_url(page, "rooms", key));
        tree_set_url(page->root, "_desk_url", page_url(page, "structure_desk", key));
    }
}

void page_structure(void *hall, const struct request *request, struct response *response)
{
    struct page page;
    struct structure structure;
    int64_t id = 0;

    if (page_open(&page, hall, request, response))
        page.code = structures_find(page.ctx.db, request->parts[0], &id, &page.err);
    if (page.code == ERR_NONE)
        page.code =
            structures_get(page.ctx.db, request->arena, id, &structure, &page.err);
    if (page.code == ERR_NONE) {
        struct tree *entry = tree_set(page.root, "structure", tree_object());
        tree_set_text(entry, "name", structure.name);
        tree_set_text(entry, "kind", structure.kind);
        tree_set_text(entry, "kind_name",
                      label_structure_kind(page_catalogue(&page), structure.kind));
        tree_set_text(entry, "commune", structure.commune);
        tree_set_text(entry, "about", structure.about);
        tree_set_url(entry, "site_url", structure.url);
        list_people(&page, (struct people_filter){.structure_id = id},
                    page_url(&page, "structure", structure.key));
        list_sessions(&page,
                      (struct sessions_filter){.structure_id = id, .most = ASIDE_MOST});
        if (page.code == ERR_NONE)
            set_rooms(&page, id, structure.key);
    }
    page_close(&page, "structure");
}
