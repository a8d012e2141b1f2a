/* What a search is narrowed to. */
#include "web/page/filters.h"

#include "web/http/route.h"

#include <string.h>

enum { FACET_SHOWN = 12 };

static const char *const titles[NARROW_KINDS] = {
    N_("Pole"), N_("Structure"),   N_("Commune"), N_("Level"),
    N_("Day"),  N_("Time of day"), N_("Order"),   N_("Nearest to")};
static const char *const levels[] = {N_("notions at least"), N_("practises at least"),
                                     N_("masters at least"), N_("can train")};
static const char *const days[] = {"Monday", "Tuesday",  "Wednesday", "Thursday",
                                   "Friday", "Saturday", "Sunday"};
static const char *const moments[] = {N_("morning"), N_("afternoon"), N_("evening")};
static const char *const orders[] = {N_("who is free soonest first"),
                                     N_("nearest to me first")};

void filters_read(const struct request *request, request_value *value_of,
                  struct narrowing *out)
{
    out->count = 0;
    for (size_t kind = 0; kind < NARROW_KINDS; kind++) {
        const char *value;
        for (size_t n = 0; (value = value_of(request, narrow_rules[kind].name, n)); n++)
            narrow_add(out, (enum narrow_kind)kind, value);
    }
}

const char *filters_url(struct page *page, const char *text,
                        const struct narrowing *filters, size_t left_out)
{
    const char *all = page_query_url(page, "results", "q", text);
    const char *places = narrow_text(page->request->arena, filters, left_out);
    const char *url =
        places ? arena_printf(page->request->arena, "%s%s", all, places) : NULL;

    return url && strlen(url) < URL_BYTES_MOST ? url : all;
}

/* What a reader calls it; the key itself when nobody knows a name. */
static const char *label_of(struct page *page, enum narrow_kind kind, const char *value)
{
    const struct catalogue *catalogue = page_catalogue(page);
    const struct names *names = page->names;
    const struct pole *pole = kind == NARROW_POLE ? names_pole_key(names, value) : NULL;

    if (pole)
        return pole->name;
    for (size_t i = 0; kind == NARROW_STRUCTURE && i < names->structure_count; i++)
        if (strcmp(names->structures[i].key, value) == 0)
            return names->structures[i].name;
    if (kind == NARROW_LEVEL)
        return tr(catalogue, levels[value[0] - '1']);
    if (kind == NARROW_DAY)
        return tr(catalogue, days[value[0] - '1']);
    if (kind == NARROW_PART)
        return tr(catalogue, moments[value[0] - '0']);
    if (kind == NARROW_ORDER)
        return tr(catalogue, orders[value[0] - '1']);
    if (kind == NARROW_NEAR)
        return arena_printf(page->request->arena, "%s %s",
                            tr(catalogue, N_("nearest to:")), value);
    return value;
}

static struct tree *add_choice(struct page *page, struct tree *list,
                               const struct narrow_choice *one)
{
    struct tree *entry = tree_add(list, tree_object());

    tree_set_text(entry, "name", narrow_rules[one->kind].name);
    tree_set_text(entry, "key", one->value);
    tree_set_text(entry, "label", label_of(page, one->kind, one->value));
    return entry;
}

void filters_list(struct page *page, const struct narrowing *filters, struct tree *list)
{
    for (size_t i = 0; i < filters->count; i++)
        (void)add_choice(page, list, &filters->chosen[i]);
}

static struct tree *add_value(struct page *page, struct tree *values,
                              enum narrow_kind kind, const char *key, bool is_on)
{
    struct tree *value = tree_add(values, tree_object());

    tree_set_text(value, "key", key);
    tree_set_text(value, "label", label_of(page, kind, key));
    tree_set_bool(value, "is_chosen", is_on);
    return value;
}

static bool is_among(const struct facet *facet, size_t shown, const char *key)
{
    for (size_t i = 0; facet && i < facet->count && i < shown; i++)
        if (strcmp(facet->values[i].key, key) == 0)
            return true;
    return false;
}

static struct tree *add_facet(struct page *page, struct tree *facets, enum narrow_kind kind)
{
    struct tree *entry = tree_add(facets, tree_object());

    tree_set_text(entry, "name", narrow_rules[kind].name);
    tree_set_text(entry, "title", tr(page_catalogue(page), titles[kind]));
    return entry;
}

/* One kind with the values found, most frequent first, and those chosen that are not
 * among them. */
static void show_counted(struct page *page, struct tree *facets, enum narrow_kind kind,
                         const struct facet *facet, const struct narrowing *filters)
{
    struct tree *entry, *values;
    size_t chosen = 0;

    for (size_t i = 0; i < filters->count; i++)
        chosen += filters->chosen[i].kind == kind;
    if ((!facet || facet->count < 2) && !chosen)
        return;
    entry = add_facet(page, facets, kind);
    values = tree_set(entry, "values", tree_array());
    for (size_t i = 0; facet && i < facet->count && i < FACET_SHOWN; i++)
        tree_set_int(add_value(page, values, kind, facet->values[i].key,
                               narrow_has(filters, kind, facet->values[i].key)),
                     "count", facet->values[i].count);
    for (size_t i = 0; i < filters->count; i++)
        if (filters->chosen[i].kind == kind &&
            !is_among(facet, FACET_SHOWN, filters->chosen[i].value))
            add_value(page, values, kind, filters->chosen[i].value, true);
}

/* The communes of the territory, to choose one of. */
static void show_communes(struct page *page, struct tree *facets,
                          const struct narrowing *filters)
{
    const struct config *config = page->ctx.config;
    struct tree *entry, *values;

    if (!config->commune_count)
        return;
    entry = add_facet(page, facets, NARROW_NEAR);
    tree_set_bool(entry, "_is_list", true);
    values = tree_set(entry, "values", tree_array());
    for (size_t i = 0; i < config->commune_count; i++) {
        const char *name = config->communes[i].name;
        struct tree *value = tree_add(values, tree_object());
        tree_set_text(value, "key", name);
        tree_set_text(value, "label", name);
        tree_set_bool(value, "is_chosen", narrow_has(filters, NARROW_NEAR, name));
    }
}

/* Level, day and time of day: the same choices whatever was found. */
static void show_fixed(struct page *page, struct tree *facets, enum narrow_kind kind,
                       const struct narrowing *filters)
{
    const struct narrow_rule *rule = &narrow_rules[kind];
    struct tree *entry = add_facet(page, facets, kind);
    struct tree *values = tree_set(entry, "values", tree_array());

    tree_set_bool(entry, "_is_single", rule->is_single);
    for (char value = rule->first; value <= rule->last; value++) {
        const char key[] = {value, '\0'};
        if (kind == NARROW_ORDER && value == '2' && !page->visitor.actor.person_id)
            continue; /* she has no commune here */
        add_value(page, values, kind, key, narrow_has(filters, kind, key));
    }
}

const struct facet *filters_facet(const struct query_answer *answer,
                                  enum narrow_kind kind)
{
    for (size_t i = 0; i < answer->facet_count; i++)
        if (strcmp(answer->facets[i].name, narrow_rules[kind].name) == 0)
            return &answer->facets[i];
    return NULL;
}

void filters_show(struct page *page, const char *text, const struct narrowing *filters,
                  const struct query_answer *answer,
                  const struct facet *const counted[NARROW_COUNTED])
{
    struct tree *chosen = tree_set(page->root, "filters", tree_array());
    struct tree *facets = tree_set(page->root, "facets", tree_array());
    const struct narrowing none = {.count = 0};

    for (size_t i = 0; i < filters->count; i++)
        tree_set_url(add_choice(page, chosen, &filters->chosen[i]), "without_url",
                     filters_url(page, text, filters, i));
    if (filters->count)
        tree_set_url(page->root, "clear_url", filters_url(page, text, &none, 0));
    for (size_t i = 0; i < NARROW_KINDS; i++) {
        enum narrow_kind kind = (enum narrow_kind)i;
        if (kind < NARROW_COUNTED)
            show_counted(page, facets, kind,
                         counted[kind] ? counted[kind] : filters_facet(answer, kind),
                         filters);
        else if (kind == NARROW_NEAR)
            show_communes(page, facets, filters);
        else
            show_fixed(page, facets, kind, filters);
    }
    tree_set_bool(page->root, "_has_filters", filters->count > 0);
    tree_set_bool(page->root, "_has_facets", filters->count > 0 || answer->total > 1);
}
