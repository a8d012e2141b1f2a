/* A contact: the resource person answers it, both write to each other. By a link or in
 * /moi. */
#include "exchange/action/act_for.h"
#include "exchange/action/actor.h"
#include "exchange/action/link.h"
#include "store/needs.h"
#include "store/people.h"
#include "web/page/follow.h"
#include "web/page/routes.h"

#include <inttypes.h>
#include <string.h>

struct look {
    struct introduction made;
    struct person asker, resource;
    struct need need; /* id 0: none */
    int64_t person_id;
    bool is_asker;
    const char *url;
};

static const char *state_sentence(enum introduction_state state, const char *reason)
{
    switch (state) {
    case INTRODUCTION_ASKED:
        return N_("asked, no answer yet");
    case INTRODUCTION_ACCEPTED:
        return N_("yes");
    case INTRODUCTION_DECLINED:
        break;
    case INTRODUCTION_SILENT:
        return N_("has not answered");
    case INTRODUCTION_WITHDRAWN:
        return N_("not needed any more");
    case INTRODUCTION_MET:
        return N_("done");
    }
    return reason && strcmp(reason, "not_now") == 0 ? N_("not now")
                                                    : N_("cannot this time");
}

void contact_entry(struct page *page, struct tree *entry,
                   const struct introduction *introduction, bool is_asker)
{
    int64_t other_id = is_asker ? introduction->resource_id : introduction->asker_id;
    bool is_named = introduction->state == INTRODUCTION_ACCEPTED ||
                    introduction->state == INTRODUCTION_MET || introduction->wave == 0;
    struct person other;
    int64_t noted_at = 0;

    if (introduction->answered_at && page->code == ERR_NONE)
        page->code = act_noted(&page->ctx, ACT_ANSWER, "contact", introduction->id,
                               introduction->resource_id, &noted_at, &page->err);
    tree_set_bool(entry, "is_noted", noted_at != 0);
    tree_set_int(entry, "asked_at", introduction->created_at);
    tree_set_text(entry, "state", introduction_state_word(introduction->state));
    tree_set_text(entry, "state_text",
                  tr(page_catalogue(page),
                     state_sentence(introduction->state, introduction->reason)));
    tree_set_bool(entry, "_may_answer", introduction_may_answer(introduction->state));
    tree_set_text(entry, "answer", introduction->answer);
    tree_set_text(entry, "name", NULL);
    if (is_named && people_get(page->ctx.db, page->request->arena, other_id, &other,
                               NULL) == ERR_NONE)
        tree_set_text(entry, "name", other.name);
}

static bool read_people(struct page *page, struct look *look)
{
    struct arena *arena = page->request->arena;

    page->code =
        people_get(page->ctx.db, arena, look->made.asker_id, &look->asker, &page->err);
    if (page->code == ERR_NONE)
        page->code = people_get(page->ctx.db, arena, look->made.resource_id,
                                &look->resource, &page->err);
    if (page->code == ERR_NONE && look->made.need_id)
        page->code =
            needs_get(page->ctx.db, arena, look->made.need_id, &look->need, &page->err);
    return page->code == ERR_NONE;
}

static bool find_id(struct page *page, struct look *look, int64_t id)
{
    page->code = introductions_get(page->ctx.db, page->request->arena, id, &look->made,
                                   &page->err);
    if (page->code != ERR_NONE)
        return false;
    look->is_asker = look->person_id == look->made.asker_id;
    if (!look->person_id ||
        (!look->is_asker && look->person_id != look->made.resource_id)) {
        page->code = err_set(&page->err, ERR_FORBIDDEN, "this contact is not hers");
        return false;
    }
    return read_people(page, look);
}

static bool find(struct page *page, struct look *look)
{
    const char *part = page->request->parts[0];
    struct link link;

    *look = (struct look){.person_id = page->visitor.actor.person_id};
    if (strncmp(page->request->path, "/moi/", 5) == 0) {
        look->url = page_url(page, "my_contact", part);
        return find_id(page, look, page_id(page));
    }
    look->url = page_url(page, "contact", part);
    page->code = link_read(page->ctx.db, page->request->arena, part, LINK_INTRODUCTION,
                           page->ctx.now, &link, &page->err);
    if (page->code != ERR_NONE)
        return false;
    look->person_id = link.person_id;
    return find_id(page, look, link.subject_id);
}

static void keep_typed(struct page *page)
{
    const struct request *request = page->request;
    const char *words = request_form(request, "mots");
    const char *suggested = request_form(request, "qui");

    tree_set_text(page->root, "_typed", words ? words : "");
    tree_set_text(page->root, "_suggested", suggested ? suggested : "");
}

/* What the two wrote to each other; old messages have lost their words. */
static void add_thread(struct page *page, const struct look *look)
{
    struct tree *thread = tree_set(page->root, "thread", tree_array());
    struct relay *relays = NULL;
    size_t count = 0;

    if (page->code == ERR_NONE)
        page->code =
            introduction_thread(&page->ctx, look->made.id, &relays, &count, &page->err);
    for (size_t i = 0; page->code == ERR_NONE && i < count; i++) {
        bool is_asker = relays[i].from_id == look->made.asker_id;
        struct tree *entry = tree_add(thread, tree_object());
        tree_set_bool(entry, "is_mine", is_asker == look->is_asker);
        tree_set_text(entry, "from", is_asker ? look->asker.name : look->resource.name);
        tree_set_text(entry, "words", relays[i].words);
        tree_set_int(entry, "at", relays[i].created_at);
    }
    tree_set_bool(page->root, "_has_thread", count > 0);
}

static void show(struct page *page, const struct look *look)
{
    const struct introduction *made = &look->made;
    const struct person *other = look->is_asker ? &look->resource : &look->asker;
    struct tree *entry = tree_set(page->root, "contact", tree_object());
    bool is_named = made->wave == 0 || made->state == INTRODUCTION_ACCEPTED;
    bool is_open = made->state == INTRODUCTION_ACCEPTED;

    contact_entry(page, entry, made, look->is_asker);
    tree_set_text(entry, "words", made->words);
    tree_set_text(entry, "suggested", made->suggested);
    tree_set_text(entry, "need", look->need.id ? look->need.text : NULL);
    if (look->need.id && !look->need.is_private) {
        tree_set_text(entry, "commune", look->need.commune);
        tree_set_text(entry, "could_pass_on", look->need.could_pass_on);
        tree_set_int(entry, "people", look->need.people);
    }
    tree_set_text(entry, "other", is_named ? other->name : NULL);
    tree_set_bool(entry, "_is_wave", made->wave > 0);
    if (introduction_shows_contacts(made)) {
        tree_set_text(entry, "_email", other->email);
        tree_set_url(entry, "_email_url",
                     arena_printf(page->request->arena, "mailto:%s",
                                  other->email ? other->email : ""));
    }
    tree_set_bool(page->root, "_is_asker", look->is_asker);
    tree_set_bool(page->root, "_may_answer",
                  !look->is_asker && introduction_may_answer(made->state));
    tree_set_bool(page->root, "_may_withdraw",
                  look->is_asker && introduction_may_answer(made->state) &&
                      page->visitor.actor.person_id == look->person_id);
    tree_set_bool(page->root, "_may_write", is_open);
    tree_set_bool(page->root, "_shows",
                  look->is_asker ? made->asker_shows : made->resource_shows);
    tree_set_bool(page->root, "_is_done", request_query(page->request, "fait") != NULL);
    tree_set_int(entry, "until", made->expires_at);
    tree_set_url(page->root, "_action_url", look->url);
    keep_typed(page);
    add_thread(page, look);
}

/* A link that is no good is said in words, as everywhere. */
static const char *template_of(struct page *page)
{
    return !tree_get(page->root, "contact") && form_failed(page) ? "confirm" : "contact";
}

void page_contact(void *hall, const struct request *request, struct response *response)
{
    struct page page;
    struct look look;

    if (page_open(&page, hall, request, response) && find(&page, &look))
        show(&page, &look);
    page_close(&page, template_of(&page));
}

static void answer(struct page *page, const struct look *look, const char *act)
{
    const struct request *request = page->request;
    struct introduction_answer answer = {.words = request_form(request, "mots"),
                                         .suggested = request_form(request, "qui"),
                                         .shows =
                                             request_form(request, "montrer") != NULL};

    answer.is_yes = strcmp(act, "oui") == 0;
    if (!answer.is_yes && !decline_parse(act, &answer.reason))
        page->code = err_set(&page->err, ERR_INVALID, "no such answer");
    else
        page->code = introduction_answer(&page->ctx, look->made.id, &answer, &page->err);
}

void page_contact_do(void *hall, const struct request *request, struct response *response)
{
    struct page page;
    struct look look;

    if (page_open(&page, hall, request, response) && find(&page, &look)) {
        const char *act = request_form(request, "geste");
        act = act ? act : "";
        if (strcmp(act, "ecrire") == 0)
            page.code = introduction_write(
                &page.ctx, look.made.id, look.person_id, request_form(request, "mots"),
                request_form(request, "montrer") != NULL, &page.err);
        else if (look.is_asker && strcmp(act, "renoncer") == 0)
            page.code = introduction_withdraw(&page.ctx, look.made.id, &page.err);
        else if (look.is_asker)
            page.code = err_set(&page.err, ERR_FORBIDDEN, "only who was asked answers");
        else
            answer(&page, &look, act);
        if (page.code == ERR_NONE)
            form_done(&page, arena_printf(request->arena, "%s?fait=1", look.url));
        else if (form_failed(&page))
            show(&page, &look);
    }
    page_close(&page, template_of(&page));
}
