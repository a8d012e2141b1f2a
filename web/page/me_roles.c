/* What she answers for, on her own page: the ways to its desks. */
#include "web/page/me_roles.h"

#include "web/page/routes.h"

static void add_place(struct tree *places, const char *name, const char *url)
{
    struct tree *place = url ? tree_add(places, tree_object()) : NULL;

    if (!place)
        return;
    tree_set_text(place, "name", name);
    tree_set_url(place, "url", url);
}

void me_roles(struct page *page)
{
    const struct actor *actor = page->ctx.actor;
    struct tree *places = tree_set(page->root, "_desks", tree_array());

    if (actor->is_admin)
        add_place(places, tr(page_catalogue(page), N_("Administration")),
                  page_url(page, "administration", NULL));
    for (size_t i = 0; i < actor->structure_count; i++) {
        const struct structure *structure =
            names_structure(page->names, actor->structure_ids[i]);
        if (structure)
            add_place(places, structure->name,
                      page_url(page, "structure_desk", structure->key));
    }
    for (size_t i = 0; i < actor->pole_count; i++) {
        const struct pole *pole = names_pole(page->names, actor->pole_ids[i]);
        if (pole)
            add_place(places, pole->name, page_url(page, "desk", pole->key));
    }
    tree_set_bool(page->root, "_has_desks", tree_size(places) > 0);
}
