/* Who has which role: admins, managers of structures, facilitators of poles; giving and
 * taking. */
#include "web/page/form.h"
#include "web/page/labels.h"
#include "web/page/routes.h"

#include "exchange/action/role_grant.h"
#include "store/roles.h"

#include <inttypes.h>
#include <string.h>

enum { ROLES_MOST = 2000 };

static void add_revoke(struct page *page, struct tree *entry, int64_t role_id)
{
    const char *id = arena_printf(page->request->arena, "%" PRId64, role_id);

    tree_set_url(entry, "_revoke_url",
                 id ? page_url(page, "administration_revoke", id) : NULL);
}

static struct tree *role_entry(struct page *page, const struct role *role)
{
    struct tree *entry = tree_object();

    tree_set_int(entry, "id", role->id);
    tree_set_text(entry, "email", role->email);
    tree_set_int(entry, "granted_at", role->granted_at);
    tree_set_bool(entry, "has_come_in", role->has_come_in);
    tree_set_bool(entry, "is_me", role->account_id == page->visitor.account.id);
    add_revoke(page, entry, role->id);
    return entry;
}

/* Admins, then structures with their managers; structures without one are left to the
 * form. */
static err_code add_roles(struct page *page)
{
    const struct names *names = page->names;
    struct tree *admins = tree_set(page->root, "admins", tree_array()),
                *structures = tree_set(page->root, "structures", tree_array());
    struct role *roles = NULL;
    size_t count = 0;
    err_code code = roles_list(page->ctx.db, page->request->arena, 0, ROLES_MOST, &roles,
                               &count, &page->err);

    for (size_t i = 0; code == ERR_NONE && i < count; i++)
        if (roles[i].kind == ROLE_ADMIN)
            tree_add(admins, role_entry(page, &roles[i]));
    for (size_t s = 0; code == ERR_NONE && s < names->structure_count; s++) {
        const struct structure *structure = &names->structures[s];
        struct tree *entry = NULL, *managers = NULL;
        for (size_t i = 0; i < count; i++) {
            if (roles[i].kind != ROLE_MANAGER || roles[i].structure_id != structure->id)
                continue;
            if (!entry) {
                entry = tree_add(structures, tree_object());
                tree_set_text(entry, "name", structure->name);
                tree_set_url(entry, "url", page_url(page, "structure", structure->key));
                managers = tree_set(entry, "managers", tree_array());
            }
            tree_add(managers, role_entry(page, &roles[i]));
        }
    }
    tree_set_bool(page->root, "_has_managers", tree_size(structures) > 0);
    return code;
}

static struct tree *keeper_entry(struct page *page, const struct keeper *keeper)
{
    struct tree *entry = tree_object();

    tree_set_int(entry, "person_id", keeper->person_id);
    tree_set_text(entry, "name", keeper->name);
    tree_set_text(entry, "email", keeper->email);
    tree_set_bool(entry, "is_deputy", keeper->position > 0);
    tree_set_url(
        entry, "url",
        page_url(page, "person", page_slug(page, keeper->person_id, keeper->name)));
    return entry;
}

/* Whether the configuration file names who keeps that pole: a start brings them back. */
static bool is_in_file(const struct config *config, const char *key)
{
    for (size_t i = 0; i < config->pole_count; i++)
        if (strcmp(config->poles[i].key, key) == 0)
            return config->poles[i].facilitator_count > 0;
    return false;
}

static err_code add_poles(struct page *page)
{
    const struct names *names = page->names;
    struct tree *poles = tree_set(page->root, "poles", tree_array());
    struct keeper *keepers = NULL;
    size_t count = 0;
    err_code code = roles_keepers(page->ctx.db, page->request->arena, ROLES_MOST,
                                  &keepers, &count, &page->err);

    for (size_t p = 0; code == ERR_NONE && p < names->pole_count; p++) {
        const struct pole *pole = &names->poles[p];
        struct tree *entry = tree_add(poles, tree_object());
        struct tree *list = tree_set(entry, "facilitators", tree_array());
        tree_set_text(entry, "name", pole->name);
        tree_set_url(entry, "url", page_url(page, "pole", pole->key));
        tree_set_url(entry, "_revoke_url",
                     page_url(page, "administration_pole", pole->key));
        tree_set_bool(entry, "is_in_file", is_in_file(page->ctx.config, pole->key));
        for (size_t i = 0; i < count; i++)
            if (keepers[i].pole_id == pole->id)
                tree_add(list, keeper_entry(page, &keepers[i]));
        tree_set_bool(entry, "_has_facilitators", tree_size(list) > 0);
    }
    return code;
}

static void add_option(struct tree *options, const char *value, const char *label,
                       const char *chosen)
{
    struct tree *option = tree_add(options, tree_object());

    tree_set_text(option, "value", value);
    tree_set_text(option, "label", label);
    tree_set_bool(option, "is_chosen", chosen && strcmp(value, chosen) == 0);
}

static void set_form(struct page *page)
{
    static const char *const kinds[GRANT_COUNT][2] = {
        {"manager", N_("manager of a structure")},
        {"facilitator", N_("facilitator of a pole")},
        {"deputy", N_("deputy facilitator of a pole")},
        {"admin", N_("admin of the site")}};
    const struct request *request = page->request;
    const char *email = request_form(request, "email"),
               *name = request_form(request, "nom");
    struct tree *form = tree_set(page->root, "_form", tree_object());
    struct tree *options = tree_set(form, "kinds", tree_array());

    tree_set_url(form, "action_url", page_url(page, "administration_grant", NULL));
    tree_set_text(form, "email", email ? email : "");
    tree_set_text(form, "name", name ? name : "");
    for (size_t i = 0; i < GRANT_COUNT; i++)
        add_option(options, kinds[i][0], tr(page_catalogue(page), kinds[i][1]),
                   request_form(request, "role"));
    options = tree_set(form, "structures", tree_array());
    for (size_t i = 0; i < page->names->structure_count; i++)
        add_option(options, page->names->structures[i].key,
                   page->names->structures[i].name, request_form(request, "structure"));
    options = tree_set(form, "poles", tree_array());
    for (size_t i = 0; i < page->names->pole_count; i++)
        add_option(options, page->names->poles[i].key, page->names->poles[i].name,
                   request_form(request, "pole"));
}

/* What was just done, said at the top of the page it led back to. */
static void set_done(struct page *page)
{
    const char *done = request_query(page->request, "fait");

    tree_set_bool(page->root, "_is_granted", done && strcmp(done, "donne") == 0);
    tree_set_bool(page->root, "_is_revoked", done && strcmp(done, "retire") == 0);
}

static void show(struct page *page)
{
    tree_set_url(page->root, "_journal_url", page_url(page, "journal", NULL));
    set_done(page);
    set_form(page);
    page->code = add_roles(page);
    if (page->code == ERR_NONE)
        page->code = add_poles(page);
}

/* Back to the list, or the list with what was wrong. */
static void answer(struct page *page, const char *done)
{
    if (page->code == ERR_NONE)
        form_done(page, page_query_url(page, "administration", "fait", done));
    else if (form_failed(page))
        show(page);
}

void page_administration(void *hall, const struct request *request,
                         struct response *response)
{
    struct page page;

    if (page_open(&page, hall, request, response))
        show(&page);
    page_close(&page, "administration");
}

void page_administration_grant(void *hall, const struct request *request,
                               struct response *response)
{
    struct page page;
    const char *kind = request_form(request, "role");
    struct role_wanted wanted = {.email = request_form(request, "email"),
                                 .name = request_form(request, "nom"),
                                 .structure_key = request_form(request, "structure"),
                                 .pole_key = request_form(request, "pole")};

    if (page_open(&page, hall, request, response)) {
        if (granted_parse(kind ? kind : "", &wanted.kind))
            page.code = role_grant(&page.ctx, &wanted, &page.err);
        else
            page.code = err_set_field(&page.err, ERR_INVALID, "kind",
                                      N_("Choose which role she or he gets."));
        answer(&page, "donne");
    }
    page_close(&page, "administration");
}

void page_administration_revoke(void *hall, const struct request *request,
                                struct response *response)
{
    struct page page;

    if (page_open(&page, hall, request, response)) {
        page.code = role_revoke(&page.ctx, page_id(&page), &page.err);
        answer(&page, "retire");
    }
    page_close(&page, "administration");
}

void page_administration_pole(void *hall, const struct request *request,
                              struct response *response)
{
    struct page page;

    if (page_open(&page, hall, request, response)) {
        const struct pole *pole = names_pole_key(page.names, request->parts[0]);
        page.code =
            role_revoke_pole(&page.ctx, pole ? pole->id : 0,
                             form_int(request, "personne", 1, INT64_MAX, 0), &page.err);
        answer(&page, "retire");
    }
    page_close(&page, "administration");
}
