/* The rooms of a structure, for its managers. */
#include "exchange/action/room_edit.h"
#include "exchange/action/session_room.h"
#include "web/page/form.h"
#include "web/page/routes.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

enum { DAYS = 7 };

/* The structure of the address; page->code when there is none or she does not manage it.
 */
static const struct structure *structure_of(struct page *page)
{
    const char *key = page->request->parts[0];

    for (size_t i = 0; i < page->names->structure_count; i++)
        if (strcmp(page->names->structures[i].key, key) == 0) {
            const struct structure *structure = &page->names->structures[i];
            page->code = actor_must(VERB_MANAGE_ROOMS,
                                    actor_who(&page->visitor.actor, 0, 0, structure->id),
                                    &page->err);
            return page->code == ERR_NONE ? structure : NULL;
        }
    page->code = err_set(&page->err, ERR_NOT_FOUND, "there is no such structure");
    return NULL;
}

static const char *hours(struct page *page, int minutes)
{
    return arena_printf(page->request->arena, minutes % 60 ? "%dh%02d" : "%dh",
                        minutes / 60, minutes % 60);
}

static void set_form(struct page *page, const struct room_form *form, int64_t id)
{
    static const char *const days[] = {"Monday", "Tuesday",  "Wednesday", "Thursday",
                                       "Friday", "Saturday", "Sunday"};
    const char *values[][2] = {
        {"name", form->name},           {"commune", form->commune},
        {"address", form->address},     {"capacity", form->capacity},
        {"equipment", form->equipment}, {"access", form->access}};
    struct tree *entry = tree_set(page->root, "form", tree_object()), *list;

    for (size_t i = 0; i < sizeof values / sizeof values[0]; i++)
        tree_set_text(entry, values[i][0], values[i][1] ? values[i][1] : "");
    tree_set_bool(entry, "is_step_free", form->is_step_free);
    tree_set_text(entry, "id", arena_printf(page->request->arena, "%" PRId64, id));
    tree_set_bool(entry, "_is_old", id != 0);
    list = tree_set(entry, "_days", tree_array());
    for (int day = 0; day < DAYS; day++) {
        struct tree *one = tree_add(list, tree_object());
        tree_set_text(one, "n", arena_printf(page->request->arena, "%d", day + 1));
        tree_set_text(one, "day", tr(page_catalogue(page), days[day]));
        tree_set_text(one, "from", form->from[day] ? form->from[day] : "");
        tree_set_text(one, "to", form->to[day] ? form->to[day] : "");
    }
}

static void fill_form(struct page *page, const struct room *room)
{
    struct room_form form = {.name = room->name,
                             .commune = room->commune,
                             .address = room->address,
                             .capacity =
                                 arena_printf(page->request->arena, "%d", room->capacity),
                             .equipment = room->equipment,
                             .access = room->access,
                             .is_step_free = room->is_step_free};

    for (size_t i = 0; i < room->window_count; i++) {
        int day = room->windows[i].weekday - 1;
        form.from[day] = hours(page, room->windows[i].start_min);
        form.to[day] = hours(page, room->windows[i].end_min);
    }
    set_form(page, &form, room->id);
}

static void set_list(struct page *page, const struct structure *structure)
{
    struct tree *list = tree_set(page->root, "rooms", tree_array()), *entry;
    const char *url = page_url(page, "rooms", structure->key);
    struct room *rooms = NULL;
    size_t count = 0;

    tree_set_text(page->root, "structure_name", structure->name);
    tree_set_url(page->root, "_rooms_url", url);
    tree_set_url(page->root, "structure_url",
                 page_url(page, "structure", structure->key));
    page->code = rooms_to_choose(&page->ctx, structure->id, &rooms, &count, &page->err);
    for (size_t i = 0; page->code == ERR_NONE && i < count; i++) {
        entry = tree_add(list, tree_object());
        tree_set_text(entry, "name", rooms[i].name);
        tree_set_text(entry, "commune", rooms[i].commune);
        tree_set_int(entry, "capacity", rooms[i].capacity);
        tree_set_text(entry, "equipment", rooms[i].equipment);
        tree_set_text(entry, "access", rooms[i].access);
        tree_set_bool(entry, "is_step_free", rooms[i].is_step_free);
        tree_set_url(entry, "edit_url",
                     arena_printf(page->request->arena, "%s?salle=%" PRId64 "#salle", url,
                                  rooms[i].id));
    }
    tree_set_bool(page->root, "_has_rooms", count > 0);
}

void page_rooms(void *hall, const struct request *request, struct response *response)
{
    const struct structure *structure;
    const char *chosen = request_query(request, "salle");
    struct room_form empty = {.name = NULL};
    struct room room;
    struct page page;

    if (page_open(&page, hall, request, response) &&
        (structure = structure_of(&page)) != NULL) {
        set_list(&page, structure);
        if (page.code == ERR_NONE && chosen) {
            page.code = room_read(&page.ctx, structure->id, strtoll(chosen, NULL, 10),
                                  &room, &page.err);
            if (page.code == ERR_NONE)
                fill_form(&page, &room);
        } else if (page.code == ERR_NONE) {
            set_form(&page, &empty, 0);
        }
    }
    page_close(&page, "rooms");
}

static void read_form(const struct request *request, struct room_form *form)
{
    *form =
        (struct room_form){.name = request_form(request, "nom"),
                           .commune = request_form(request, "commune"),
                           .address = request_form(request, "adresse"),
                           .capacity = request_form(request, "capacite"),
                           .equipment = request_form(request, "materiel"),
                           .access = request_form(request, "acces"),
                           .is_step_free = request_form(request, "plain_pied") != NULL};
    for (int day = 0; day < DAYS; day++) {
        form->from[day] =
            request_form(request, arena_printf(request->arena, "de%d", day + 1));
        form->to[day] =
            request_form(request, arena_printf(request->arena, "a%d", day + 1));
    }
}

void page_rooms_save(void *hall, const struct request *request, struct response *response)
{
    const struct structure *structure;
    int64_t id = form_int(request, "salle", 0, INT64_MAX, 0);
    struct room_form form;
    struct page page;

    if (page_open(&page, hall, request, response) &&
        (structure = structure_of(&page)) != NULL) {
        read_form(request, &form);
        page.code = request_form(request, "retirer")
                        ? room_remove(&page.ctx, structure->id, id, &page.err)
                        : room_edit(&page.ctx, structure->id, id, &form, &page.err);
        if (page.code == ERR_NONE) {
            form_done(&page, page_url(&page, "rooms", structure->key));
        } else if (form_failed(&page)) {
            set_form(&page, &form, id);
            set_list(&page, structure);
        }
    }
    page_close(&page, "rooms");
}
