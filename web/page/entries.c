/* Entries that several pages show: people, sessions, needs, hits with their reasons. */
#include "web/page/page.h"

static const char *word(struct page *page, const char *sentence)
{
    return tr(hall_catalogue(page->hall, page->request->lang), sentence);
}

static const char *level_name(struct page *page, enum skill_level level)
{
    static const char *const names[] = {"", N_("notions"), N_("practises"), N_("masters"),
                                        N_("can train")};

    return level ? word(page, names[level]) : NULL;
}

static void set_structure(struct page *page, struct tree *object, const char *key,
                          const char *name)
{
    struct tree *structure;

    if (!key)
        return;
    structure = tree_set(object, "structure", tree_object());
    tree_set_text(structure, "name", name);
    tree_set_url(structure, "url", page_url(page, "structure", key));
}

static void add_pole(struct page *page, struct tree *poles, const char *key, const char *name)
{
    struct tree *pole = tree_add(poles, tree_object());

    tree_set_text(pole, "name", name);
    tree_set_url(pole, "url", page_url(page, "pole", key));
}

static void set_pole(struct page *page, struct tree *object, int64_t id)
{
    const struct pole *pole = names_pole(&page->names, id);

    if (pole)
        add_pole(page, tree_set(object, "poles", tree_array()), pole->key, pole->name);
}

static void set_freshness(struct page *page, struct tree *object, int64_t confirmed_at,
                          int64_t created_at)
{
    const struct config *config = page->ctx.config;
    const struct person person = {.confirmed_at = confirmed_at, .created_at = created_at};

    if (confirmed_at)
        tree_set_int(object, "confirmed_at", confirmed_at);
    tree_set_bool(object, "is_stale",
                  person_freshness(&person, page->ctx.now, (int)config->to_confirm_months,
                                   (int)config->sinks_months,
                                   (int)config->hidden_months) != FRESH);
}

void entry_skills(struct page *page, struct tree *object, const struct person *person)
{
    struct tree *skills = tree_set(object, "skills", tree_array());

    for (size_t i = 0; i < person->skill_count; i++) {
        const struct person_skill *skill = &person->skills[i];
        struct tree *entry = tree_add(skills, tree_object());
        tree_set_text(entry, "label", skill->label);
        tree_set_int(entry, "level", skill->level);
        tree_set_text(entry, "level_name", level_name(page, skill->level));
        tree_set_bool(entry, "is_shared", skill->is_shared);
        if (skill->skill_id)
            tree_set_url(entry, "url",
                         page_url(page, "skill",
                                  page_slug(page, skill->skill_id, skill->label)));
    }
}

struct tree *entry_person(struct page *page, const struct person *person)
{
    struct tree *entry = tree_object();
    const struct structure *structure = names_structure(&page->names, person->structure_id);
    struct tree *poles = tree_set(entry, "poles", tree_array());

    tree_set_int(entry, "id", person->id);
    tree_set_text(entry, "name", person->name);
    tree_set_url(entry, "url",
                 page_url(page, "person", page_slug(page, person->id, person->name)));
    tree_set_text(entry, "headline", person->headline);
    tree_set_text(entry, "commune", person->commune);
    if (structure)
        set_structure(page, entry, structure->key, structure->name);
    for (size_t i = 0; i < person->pole_count; i++) {
        const struct pole *pole = names_pole(&page->names, person->pole_ids[i]);
        if (pole)
            add_pole(page, poles, pole->key, pole->name);
    }
    set_freshness(page, entry, person->confirmed_at, person->created_at);
    entry_skills(page, entry, person);
    return entry;
}

struct tree *entry_session(struct page *page, const struct session *session)
{
    struct tree *entry = tree_object();
    const struct structure *structure = names_structure(&page->names, session->structure_id);
    struct tree *dates = tree_set(entry, "dates", tree_array());
    size_t taken = session_seats_taken(session);

    tree_set_int(entry, "id", session->id);
    tree_set_text(entry, "title", session->title);
    tree_set_url(entry, "url",
                 page_url(page, "session", page_slug(page, session->id, session->title)));
    tree_set_text(entry, "about", session->about);
    tree_set_text(entry, "place", session->place);
    tree_set_text(entry, "commune", session->commune);
    tree_set_text(entry, "state", session_state_word(session->state));
    tree_set_bool(entry, "_is_proposed", session->state == SESSION_PROPOSED);
    tree_set_int(entry, "seats", session->seats);
    tree_set_int(entry, "seats_free",
                 session->seats > (int)taken ? session->seats - (int)taken : 0);
    tree_set_int(entry, "threshold", session->threshold);
    for (size_t i = 0; i < session->date_count; i++) {
        struct tree *date = tree_add(dates, tree_object());
        tree_set_int(date, "starts_at", session->dates[i].starts_at);
        tree_set_int(date, "ends_at", session->dates[i].ends_at);
    }
    if (structure)
        set_structure(page, entry, structure->key, structure->name);
    set_pole(page, entry, session->pole_id);
    return entry;
}

struct tree *entry_need(struct page *page, const struct need *need)
{
    struct tree *entry = tree_object();

    tree_set_int(entry, "id", need->id);
    tree_set_text(entry, "title", need->text);
    tree_set_url(entry, "url", page_url(page, "need", page_slug(page, need->id, need->text)));
    tree_set_text(entry, "commune", need->commune);
    tree_set_text(entry, "state", need_state_word(need->state));
    tree_set_int(entry, "supports", (int64_t)need->support_count);
    tree_set_int(entry, "people", (int64_t)need->support_count + 1);
    tree_set_int(entry, "created_at", need->created_at);
    set_pole(page, entry, need->pole_id);
    return entry;
}

static void set_marked(struct tree *object, const char *key, const struct marked_text *text)
{
    struct tree *pieces = tree_set(object, key, tree_array());

    for (size_t i = 0; i < text->count; i++) {
        struct tree *piece = tree_add(pieces, tree_object());
        tree_set_text(piece, "text", text->pieces[i].text);
        tree_set_bool(piece, "is_match", text->pieces[i].is_match);
    }
}

static void set_hit_skills(struct page *page, struct tree *entry, const struct hit *hit)
{
    struct tree *skills = tree_set(entry, "skills", tree_array());

    for (size_t i = 0; i < hit->skill_count; i++) {
        const struct hit_skill *skill = &hit->skills[i];
        struct tree *one = tree_add(skills, tree_object());
        tree_set_text(one, "label", skill->label);
        set_marked(one, "marked", &skill->marked);
        tree_set_int(one, "level", skill->level);
        tree_set_text(one, "level_name", level_name(page, skill->level));
        tree_set_bool(one, "is_shared", skill->is_shared);
        tree_set_bool(one, "is_match", skill->is_match);
        tree_set_text(one, "through", skill->through);
    }
}

static void set_why(struct tree *entry, const struct hit *hit)
{
    struct tree *why = tree_set(entry, "why", tree_array());

    for (size_t i = 0; i < hit->word_count; i++)
        tree_add_text(why, hit->words[i]);
    for (size_t i = 0; i < hit->skill_count; i++)
        if (hit->skills[i].is_match)
            tree_add_text(why, hit->skills[i].through ? hit->skills[i].through
                                                      : hit->skills[i].label);
}

void entry_hit(struct page *page, struct tree *array, const struct hit *hit)
{
    static const char *const route_names[] = {"person", "skill", "need", "session"};
    struct tree *entry = tree_add(array, tree_object());
    struct tree *poles = tree_set(entry, "poles", tree_array());

    tree_set_int(entry, "id", hit->id);
    tree_set_text(entry, "external_id", hit->external_id);
    tree_set_text(entry, hit->kind == KIND_PERSON ? "name" : "title", hit->title);
    tree_set_url(entry, "url",
                 page_url(page, route_names[hit->kind], page_slug(page, hit->id, hit->title)));
    set_why(entry, hit);
    set_marked(entry, "marked_title", &hit->marked_title);
    tree_set_text(entry, "headline", hit->headline);
    set_marked(entry, "marked_headline", &hit->marked_headline);
    set_marked(entry, "snippet", &hit->snippet);
    tree_set_bool(entry, "_has_snippet", hit->snippet.count > 0);
    tree_set_text(entry, "commune", hit->commune);
    set_structure(page, entry, hit->structure_key, hit->structure_name);
    for (size_t i = 0; i < hit->pole_count; i++)
        add_pole(page, poles, hit->pole_keys[i], hit->pole_names[i]);
    set_hit_skills(page, entry, hit);
    if (hit->kind == KIND_PERSON)
        set_freshness(page, entry, hit->confirmed_at, hit->created_at);
    if (hit->starts_at)
        tree_set_int(entry, "starts_at", hit->starts_at);
    if (hit->kind == KIND_NEED)
        tree_set_int(entry, "people", hit->supports + 1);
    if (hit->kind == KIND_SESSION)
        tree_set_int(entry, "seats_free",
                     hit->seats > hit->seats_taken ? hit->seats - hit->seats_taken : 0);
}
