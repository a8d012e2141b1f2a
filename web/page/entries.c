/* Entries that several pages show: people, sessions, needs, hits with their reasons. */
#include "web/page/labels.h"
#include "web/page/why.h"

#include "base/unicode.h"
#include "store/skills.h"

#include <math.h>
#include <string.h>

enum { TONES = 6, MONTH_DAYS = 30, YEAR_DAYS = 365 };

static void set_structure(struct page *page, struct tree *object, const char *key,
                          const char *name)
{
    struct tree *structure;

    if (!key) { /* said, so that a template does not find one further out */
        tree_set_text(object, "structure", NULL);
        return;
    }
    structure = tree_set(object, "structure", tree_object());
    tree_set_text(structure, "name", name);
    tree_set_url(structure, "url", page_url(page, "structure", key));
}

static void add_pole(struct page *page, struct tree *poles, const char *key,
                     const char *name)
{
    struct tree *pole = tree_add(poles, tree_object());

    tree_set_text(pole, "name", name);
    tree_set_url(pole, "url", page_url(page, "pole", key));
}

static void set_pole(struct page *page, struct tree *object, int64_t id)
{
    const struct pole *pole = names_pole(page->names, id);
    struct tree *poles = tree_set(object, "poles", tree_array());

    if (pole)
        add_pole(page, poles, pole->key, pole->name);
}

/* How long ago a human checked the card: one of today, days, months, years. */
static void set_age(struct page *page, struct tree *object, int64_t confirmed_at)
{
    struct tree *age = tree_set(object, "_age", tree_object());
    int64_t days = (page->ctx.now - confirmed_at) / DAY_S;

    if (days < 1)
        tree_set_bool(age, "today", true);
    else if (days <= MONTH_DAYS)
        tree_set_int(age, "days", days);
    else if (days < 2 * YEAR_DAYS)
        tree_set_int(age, "months", days * 12 / YEAR_DAYS);
    else
        tree_set_int(age, "years", days / YEAR_DAYS);
}

/* The first letters of the first and last word of a name, and one of six colours. */
static void set_face(struct page *page, struct tree *object, int64_t id, const char *name)
{
    const char *last = strrchr(name, ' ');
    int first_length = 0, last_length = 0;

    if (*name)
        (void)unicode_at(name, &first_length);
    if (last && last[1])
        (void)unicode_at(last + 1, &last_length);
    tree_set_text(object, "_initials",
                  arena_printf(page->request->arena, "%.*s%.*s", first_length, name,
                               last_length, last ? last + 1 : ""));
    tree_set_int(object, "_tone", id % TONES);
}

static void set_freshness(struct page *page, struct tree *object, int64_t confirmed_at,
                          int64_t created_at)
{
    const struct config *config = page->ctx.config;
    const struct person person = {.confirmed_at = confirmed_at, .created_at = created_at};

    if (confirmed_at) {
        tree_set_int(object, "confirmed_at", confirmed_at);
        set_age(page, object, confirmed_at);
    }
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
        tree_set_text(entry, "level_name",
                      label_level(page_catalogue(page), skill->level));
        tree_set_bool(entry, "is_shared", skill->is_shared);
        tree_set_url(
            entry, "url",
            skill->skill_id
                ? page_url(page, "skill", page_slug(page, skill->skill_id, skill->label))
                : NULL);
    }
}

struct tree *entry_person(struct page *page, const struct person *person)
{
    struct tree *entry = tree_object();
    const struct structure *structure =
        names_structure(page->names, person->structure_id);
    struct tree *poles = tree_set(entry, "poles", tree_array());

    tree_set_int(entry, "id", person->id);
    tree_set_text(entry, "name", person->name);
    tree_set_url(entry, "url",
                 page_url(page, "person", page_slug(page, person->id, person->name)));
    set_face(page, entry, person->id, person->name);
    tree_set_text(entry, "headline", person->headline);
    tree_set_text(entry, "commune", person->commune);
    set_structure(page, entry, structure ? structure->key : NULL,
                  structure ? structure->name : NULL);
    for (size_t i = 0; i < person->pole_count; i++) {
        const struct pole *pole = names_pole(page->names, person->pole_ids[i]);
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
    const struct structure *structure =
        names_structure(page->names, session->structure_id);
    struct tree *dates = tree_set(entry, "dates", tree_array());
    const struct session_date *fixed = session_fixed(session);
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
    tree_set_bool(entry, "_is_full", session->seats <= (int)taken);
    tree_set_bool(entry, "_is_open", session_is_open(session, page->ctx.now));
    tree_set_bool(entry, "_has_place", session->place || session->commune);
    tree_set_int(entry, "threshold", session->threshold);
    for (size_t i = 0; i < session->date_count; i++) {
        struct tree *date;
        if (fixed && fixed != &session->dates[i])
            continue;
        date = tree_add(dates, tree_object());
        tree_set_int(date, "starts_at", session->dates[i].starts_at);
        tree_set_int(date, "ends_at", session->dates[i].ends_at);
    }
    set_structure(page, entry, structure ? structure->key : NULL,
                  structure ? structure->name : NULL);
    set_pole(page, entry, session->pole_id);
    return entry;
}

struct tree *entry_need(struct page *page, const struct need *need)
{
    struct tree *entry = tree_object();

    tree_set_int(entry, "id", need->id);
    tree_set_text(entry, "title", need->text);
    tree_set_url(entry, "url",
                 page_url(page, "need", page_slug(page, need->id, need->text)));
    tree_set_text(entry, "commune", need->commune);
    tree_set_text(entry, "state", need_state_word(need->state));
    tree_set_int(entry, "supports", (int64_t)need->support_count);
    tree_set_int(entry, "people", need->people);
    tree_set_int(entry, "created_at", need->created_at);
    set_pole(page, entry, need->pole_id);
    return entry;
}

static void set_marked(struct tree *object, const char *key,
                       const struct marked_text *text)
{
    struct tree *pieces = tree_set(object, key, tree_array());

    for (size_t i = 0; i < text->count; i++) {
        struct tree *piece = tree_add(pieces, tree_object());
        tree_set_text(piece, "text", text->pieces[i].text);
        tree_set_bool(piece, "is_match", text->pieces[i].is_match);
    }
}

static void set_hit_skills(struct page *page, struct tree *entry, const struct hit *hit,
                           const bool *is_told)
{
    struct tree *skills = tree_set(entry, "skills", tree_array());
    bool has_more = false;

    for (size_t i = 0; i < hit->skill_count; i++) {
        const struct hit_skill *skill = &hit->skills[i];
        struct tree *one = tree_add(skills, tree_object());
        tree_set_text(one, "label", skill->label);
        set_marked(one, "marked", &skill->marked);
        tree_set_int(one, "level", skill->level);
        tree_set_text(one, "level_name", label_level(page_catalogue(page), skill->level));
        tree_set_bool(one, "is_shared", skill->is_shared);
        tree_set_bool(one, "is_match", skill->is_match);
        tree_set_text(one, "through", skill->through);
        tree_set_bool(one, "_is_told", is_told && is_told[i]);
        has_more = has_more || !is_told || !is_told[i];
    }
    tree_set_bool(entry, "_has_more_skills", has_more);
}

static void set_words(struct tree *entry, const struct hit *hit)
{
    struct tree *words = tree_set(entry, "words", tree_array());

    for (size_t i = 0; i < hit->word_count; i++)
        tree_add_text(words, hit->words[i]);
}

static struct tree *entry_hit(struct page *page, struct tree *array,
                              const struct hit *hit)
{
    static const char *const route_names[] = {"person", "skill", "need", "session"};
    struct tree *entry = tree_add(array, tree_object());
    struct tree *poles = tree_set(entry, "poles", tree_array());
    bool *is_told = arena_array(page->request->arena, hit->skill_count, sizeof *is_told);

    if (!is_told) {
        page->code = err_set(&page->err, ERR_MEMORY, "no room for a result");
        return entry;
    }
    tree_set_int(entry, "id", hit->id);
    tree_set_text(entry, "external_id", hit->external_id);
    tree_set_text(entry, hit->kind == KIND_PERSON ? "name" : "title", hit->title);
    tree_set_url(
        entry, "url",
        page_url(page, route_names[hit->kind], page_slug(page, hit->id, hit->title)));
    tree_set_bool(entry, "is_far", hit->is_far);
    why_tell(page, entry, hit, is_told);
    set_words(entry, hit);
    set_marked(entry, "marked_title", &hit->marked_title);
    tree_set_text(entry, "headline", hit->headline);
    set_marked(entry, "marked_headline", &hit->marked_headline);
    set_marked(entry, "snippet", &hit->snippet);
    tree_set_bool(entry, "_has_snippet", hit->snippet.count > 0);
    tree_set_text(entry, "commune", hit->commune);
    if (hit->km >= 1)
        tree_set_int(entry, "km", (int64_t)ceil(hit->km));
    set_structure(page, entry, hit->structure_key, hit->structure_name);
    for (size_t i = 0; i < hit->pole_count; i++)
        add_pole(page, poles, hit->pole_keys[i], hit->pole_names[i]);
    set_hit_skills(page, entry, hit, is_told);
    if (hit->kind == KIND_PERSON) {
        set_face(page, entry, hit->id, hit->title);
        set_freshness(page, entry, hit->confirmed_at, hit->created_at);
    }
    if (hit->starts_at)
        tree_set_int(entry, "starts_at", hit->starts_at);
    if (hit->kind == KIND_NEED)
        tree_set_int(entry, "people", hit->supports + 1);
    if (hit->kind == KIND_SESSION) {
        tree_set_int(entry, "seats_free",
                     hit->seats > hit->seats_taken ? hit->seats - hit->seats_taken : 0);
        tree_set_bool(entry, "_is_full", hit->seats <= hit->seats_taken);
    }
    return entry;
}

err_code entry_hits(struct page *page, const struct query_request *wanted,
                    const char *array, struct query_answer *answer)
{
    struct tree *entries = tree_set(page->root, array, tree_array());
    struct query_request asked = *wanted;
    bool was_far = false;
    err_code code;

    asked.is_member = page->visitor.signed_in != 0;
    code =
        search_query(page->ctx.search, page->request->arena, &asked, answer, &page->err);
    for (size_t i = 0; code == ERR_NONE && i < answer->count; i++) {
        struct tree *entry = entry_hit(page, entries, &answer->hits[i]);
        bool is_first_far = answer->hits[i].is_far && !was_far;
        tree_set_bool(entry, "_is_first_far", is_first_far);
        tree_set_bool(entry, "_is_nobody_near",
                      is_first_far && i == 0 && !wanted->offset);
        was_far = was_far || is_first_far;
    }
    return code;
}

void entry_skill_link(struct page *page, struct tree *object, int64_t id)
{
    struct skill skill;
    struct tree *entry;
    const char *name;
    err_code code = id && page->code == ERR_NONE
                        ? skills_get(page->ctx.db, page->request->arena, id, &skill, NULL)
                        : ERR_NOT_FOUND;

    tree_set_text(object, "skill", NULL);
    if (code != ERR_NONE)
        return;
    name = skill_name(&skill, page->request->lang);
    entry = tree_set(object, "skill", tree_object());
    tree_set_text(entry, "name", name);
    tree_set_url(entry, "url", page_url(page, "skill", page_slug(page, id, name)));
}
