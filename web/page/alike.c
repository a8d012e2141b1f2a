/* What is like a card or a skill. */
#include "web/page/alike.h"

#include "base/text.h"

enum {
    SKILLS_READ = 4,
    LOOKED_AT = 8,
    PEOPLE_SHOWN = 3,
    SKILLS_SHOWN = 6,
    WORDS_BYTES = 1000
};

static err_code find(struct page *page, enum kind kind, const char *text,
                     struct query_answer *out)
{
    const struct query_request wanted = {.kind = kind,
                                         .text = text,
                                         .lang = page->request->lang,
                                         .limit = LOOKED_AT,
                                         .now = page->ctx.now,
                                         .is_member = page->visitor.signed_in != 0};

    *out = (struct query_answer){.count = 0};
    return page->ctx.search ? search_query(page->ctx.search, page->request->arena,
                                           &wanted, out, &page->err)
                            : ERR_NONE;
}

/* The skills she passes on, in her order. */
static const char *words_of(struct page *page, const struct person *person)
{
    struct text words;
    size_t used = 0;
    const char *copy;

    text_init(&words, WORDS_BYTES);
    for (size_t i = 0; i < person->skill_count && used < SKILLS_READ; i++)
        if (person->skills[i].is_shared) {
            text_printf(&words, "%s%s", used ? ", " : "", person->skills[i].label);
            used++;
        }
    copy = text_failed(&words) ? "" : arena_strdup(page->request->arena, words.bytes);
    text_done(&words);
    return copy ? copy : "";
}

static void add_person(struct page *page, struct tree *entries, const struct hit *hit)
{
    struct tree *entry = tree_add(entries, tree_object());
    struct tree *common = tree_set(entry, "common", tree_array());

    tree_set_int(entry, "id", hit->id);
    tree_set_text(entry, "name", hit->title);
    tree_set_text(entry, "headline", hit->headline);
    tree_set_url(entry, "url",
                 page_url(page, "person", page_slug(page, hit->id, hit->title)));
    for (size_t i = 0; i < hit->skill_count && hit->skills[i].is_match; i++)
        tree_add_text(common, hit->skills[i].label);
}

err_code alike_people(struct page *page, const struct person *person)
{
    struct tree *entries = tree_set(page->root, "alike", tree_array());
    const char *words = words_of(page, person);
    struct query_answer answer;
    err_code code = *words ? find(page, KIND_PERSON, words, &answer) : ERR_NONE;

    for (size_t i = 0; code == ERR_NONE && *words && i < answer.count &&
                       tree_size(entries) < PEOPLE_SHOWN;
         i++) {
        const struct hit *hit = &answer.hits[i];
        if (hit->id != person->id && hit->skill_count && hit->skills[0].is_match)
            add_person(page, entries, hit);
    }
    tree_set_bool(page->root, "_has_alike", tree_size(entries) > 0);
    return code;
}

err_code alike_skills(struct page *page, const struct skill *skill)
{
    struct tree *entries = tree_set(page->root, "near", tree_array());
    struct query_answer answer;
    err_code code =
        find(page, KIND_SKILL, skill_name(skill, page->request->lang), &answer);

    for (size_t i = 0;
         code == ERR_NONE && i < answer.count && tree_size(entries) < SKILLS_SHOWN; i++) {
        const struct hit *hit = &answer.hits[i];
        struct tree *entry;
        if (hit->id == skill->id)
            continue;
        entry = tree_add(entries, tree_object());
        tree_set_int(entry, "id", hit->id);
        tree_set_text(entry, "title", hit->title);
        tree_set_url(entry, "url",
                     page_url(page, "skill", page_slug(page, hit->id, hit->title)));
    }
    tree_set_bool(page->root, "_has_near", tree_size(entries) > 0);
    return code;
}
