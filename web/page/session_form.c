/* The form of a session: as it is typed, and as it is shown. */
#include "web/page/session_form.h"

#include "exchange/action/session_room.h"
#include "store/needs.h"
#include "web/page/session.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

void session_form_typed(const struct request *request, struct session_form *form)
{
    struct arena *arena = request->arena;
    const char *id;

    *form = (struct session_form){.name = request_form(request, "nom"),
                                  .title = request_form(request, "titre"),
                                  .about = request_form(request, "description"),
                                  .skill = request_form(request, "competence"),
                                  .level = request_form(request, "niveau"),
                                  .pole = request_form(request, "pole"),
                                  .format = request_form(request, "format"),
                                  .trainers = request_form(request, "avec"),
                                  .is_for_others = request_form(request, "autre") != NULL,
                                  .where = request_form(request, "ou"),
                                  .room = request_form(request, "salle"),
                                  .place = request_form(request, "lieu"),
                                  .commune = request_form(request, "commune"),
                                  .access = request_form(request, "acces"),
                                  .online_url = request_form(request, "lien"),
                                  .seats = request_form(request, "places"),
                                  .threshold = request_form(request, "seuil"),
                                  .stamp = request_form(request, "vu")};
    for (int i = 0; i < PROPOSE_DATES; i++)
        form->dates[i] = (struct when_typed){
            .day = request_form(request, arena_printf(arena, "jour%d", i + 1)),
            .month = request_form(request, arena_printf(arena, "mois%d", i + 1)),
            .year = request_form(request, arena_printf(arena, "annee%d", i + 1)),
            .from = request_form(request, arena_printf(arena, "de%d", i + 1)),
            .to = request_form(request, arena_printf(arena, "a%d", i + 1))};
    form->decide = (struct when_typed){.day = request_form(request, "jour0"),
                                       .month = request_form(request, "mois0"),
                                       .year = request_form(request, "annee0")};
    while (form->need_count < PROPOSE_NEEDS_MOST &&
           (id = request_form_nth(request, "besoin", form->need_count)) != NULL)
        form->need_ids[form->need_count++] =
            id[strspn(id, "0123456789")] ? 0 : strtoll(id, NULL, 10);
    while (form->without_count < PROPOSE_TRAINERS_MOST &&
           (id = request_form_nth(request, "sans", form->without_count)) != NULL)
        form->without[form->without_count++] = strtoll(id, NULL, 10);
}

static void set_text(struct tree *object, const char *key, const char *value)
{
    tree_set_text(object, key, value ? value : "");
}

static void set_day(struct page *page, struct tree *entry, const struct when_typed *typed,
                    const char *field, int number)
{
    const char *key = arena_printf(page->request->arena, "_wrong_%s", field);

    tree_set_text(entry, "id", field);
    tree_set_text(entry, "n", arena_printf(page->request->arena, "%d", number));
    set_text(entry, "day", typed->day);
    set_text(entry, "month", typed->month);
    set_text(entry, "year", typed->year);
    set_text(entry, "from", typed->from);
    set_text(entry, "to", typed->to);
    tree_set_text(entry, "wrong", tree_text(tree_get(page->root, key)));
}

static void add_choice(struct tree *list, const char *value, const char *label,
                       const char *chosen)
{
    struct tree *choice = tree_add(list, tree_object());

    tree_set_text(choice, "value", value);
    tree_set_text(choice, "label", label);
    tree_set_bool(choice, "is_chosen", chosen && strcmp(chosen, value) == 0);
}

static void set_choices(struct page *page, struct tree *entry,
                        const struct session_form *form)
{
    static const char *const levels[] = {N_("a first idea"), N_("to do it with help"),
                                         N_("to do it alone"), N_("to master it")};
    const struct catalogue *catalogue = page_catalogue(page);
    struct tree *list = tree_set(entry, "_formats", tree_array());
    const char *format = form->format && *form->format ? form->format : "atelier";

    add_choice(list, "atelier", tr(catalogue, N_("a workshop: one does it together")),
               format);
    add_choice(list, "visite", tr(catalogue, N_("a visit of a place of work")), format);
    add_choice(list, "appel", tr(catalogue, N_("a call, all together")), format);
    add_choice(list, "cercle",
               tr(catalogue, N_("a circle: people learn from each other, nobody trains")),
               format);
    list = tree_set(entry, "_levels", tree_array());
    add_choice(list, "", tr(catalogue, N_("no matter")), form->level ? form->level : "");
    for (int i = 0; i < 4; i++)
        add_choice(list, arena_printf(page->request->arena, "%d", i + 1),
                   tr(catalogue, levels[i]), form->level);
    list = tree_set(entry, "_poles", tree_array());
    for (size_t i = 0; i < page->names->pole_count; i++)
        add_choice(list, page->names->poles[i].key, page->names->poles[i].name,
                   form->pole);
}

static void set_rooms(struct page *page, struct tree *entry,
                      const struct session_form *form)
{
    struct tree *list = tree_set(entry, "_rooms", tree_array());
    struct room *rooms = NULL;
    size_t count = 0;

    page->code = rooms_to_choose(&page->ctx, 0, &rooms, &count, &page->err);
    for (size_t i = 0; page->code == ERR_NONE && i < count; i++) {
        const struct structure *structure =
            names_structure(page->names, rooms[i].structure_id);
        struct tree *room = tree_add(list, tree_object());
        const char *id = arena_printf(page->request->arena, "%" PRId64, rooms[i].id);
        tree_set_text(room, "value", id);
        tree_set_text(room, "name", rooms[i].name);
        tree_set_text(room, "structure", structure ? structure->name : NULL);
        tree_set_text(room, "commune", rooms[i].commune);
        tree_set_int(room, "capacity", rooms[i].capacity);
        tree_set_text(room, "equipment", rooms[i].equipment);
        tree_set_text(room, "access", rooms[i].access);
        tree_set_bool(room, "is_step_free", rooms[i].is_step_free);
        tree_set_bool(room, "is_chosen", form->room && strcmp(form->room, id) == 0);
    }
    tree_set_bool(entry, "_has_rooms", count > 0);
}

/* The needs it answers, each with how many people share it. */
static void set_needs(struct page *page, struct tree *entry,
                      const struct session_form *form)
{
    struct tree *list = tree_set(entry, "_needs", tree_array());

    for (size_t i = 0; page->code == ERR_NONE && i < form->need_count; i++) {
        struct need need;
        struct err missing = {0};
        err_code code = needs_get(page->ctx.db, page->request->arena, form->need_ids[i],
                                  &need, &missing);
        struct tree *one;
        if (code != ERR_NONE || need.is_private)
            continue;
        one = tree_add(list, tree_object());
        tree_set_text(one, "value",
                      arena_printf(page->request->arena, "%" PRId64, need.id));
        tree_set_text(one, "title", need.text);
        tree_set_int(one, "people", (int64_t)need.support_count + 1);
    }
    tree_set_bool(entry, "_has_needs", tree_size(list) > 0);
}

void session_form_show(struct page *page, const struct session_form *form,
                       size_t date_count, const char *action_url)
{
    static const char *const fields[] = {"date1", "date2", "date3"};
    struct tree *entry = tree_set(page->root, "form", tree_object()), *list;
    const char *where = form->where && *form->where ? form->where : "ailleurs";

    set_text(entry, "name", form->name);
    set_text(entry, "title", form->title);
    set_text(entry, "about", form->about);
    set_text(entry, "skill", form->skill);
    set_text(entry, "trainers", form->trainers);
    tree_set_bool(entry, "is_for_others", form->is_for_others);
    tree_set_bool(page->root, "_may_name_others",
                  page->ctx.actor->is_admin || page->ctx.actor->pole_count > 0);
    set_text(entry, "place", form->place);
    set_text(entry, "commune", form->commune);
    set_text(entry, "access", form->access);
    set_text(entry, "online", form->online_url);
    set_text(entry, "seats", form->seats);
    set_text(entry, "threshold", form->threshold);
    list = tree_set(entry, "_dates", tree_array());
    for (int i = 0; i < (int)date_count; i++)
        set_day(page, tree_add(list, tree_object()), &form->dates[i], fields[i], i + 1);
    set_day(page, tree_set(entry, "_decide", tree_object()), &form->decide, "decide", 0);
    set_choices(page, entry, form);
    set_needs(page, entry, form);
    if (page->code == ERR_NONE)
        set_rooms(page, entry, form);
    tree_set_bool(entry, "_is_room", strcmp(where, "salle") == 0);
    tree_set_bool(entry, "_is_online", strcmp(where, "en-ligne") == 0);
    tree_set_bool(entry, "_is_elsewhere", strcmp(where, "ailleurs") == 0);
    tree_set_bool(page->root, "_asks_name", !page->visitor.actor.person_id);
    tree_set_int(page->root, "_usual_threshold", page->ctx.config->session_threshold);
    tree_set_int(page->root, "_usual_days", page->ctx.config->decide_before_days);
    tree_set_url(entry, "_action_url", action_url);
}

static void set_booked(struct page *page, const struct session_mistakes *mistakes)
{
    struct session other;
    struct tree *booked;

    if (!mistakes->booked_id || !session_read(page, mistakes->booked_id, &other))
        return;
    booked = tree_set(page->root, "_booked", tree_object());
    tree_set_text(booked, "title", other.title);
    tree_set_url(booked, "url", session_url(page, &other));
    tree_set_int(booked, "starts_at", mistakes->booked_at);
}

void session_form_wrong(struct page *page, const struct session_mistakes *mistakes)
{
    page->response->status = page->code == ERR_CONFLICT ? 409 : 422;
    page->code = ERR_NONE;
    page->err = (struct err){0};
    for (size_t i = 0; i < mistakes->count; i++)
        form_mistake(page, mistakes->items[i].field, mistakes->items[i].message_id);
    set_booked(page, mistakes);
}
