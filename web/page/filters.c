/* What a search is narrowed to. */
#include "web/page/filters.h"

#include "base/unicode.h"
#include "store/people.h"
#include "web/http/route.h"

#include <stdlib.h>
#include <string.h>

enum { FACET_SHOWN = 12, WEEK_DAYS = 7, DAY_PARTS = 3 };

static const struct {
    const char *name; /* in the address and in the index */
    const char *title;
    char first, last; /* of a one-digit value; '\0': any text */
} kinds[] = {
    {"pole", N_("Pole"), '\0', '\0'},       {"structure", N_("Structure"), '\0', '\0'},
    {"commune", N_("Commune"), '\0', '\0'}, {"niveau", N_("Level"), '1', '4'},
    {"jour", N_("Day"), '1', '7'},          {"moment", N_("Time of day"), '0', '2'},
    {"tri", N_("Order"), '1', '2'},         {"pres", N_("Nearest to"), '\0', '\0'}};
enum {
    KINDS = sizeof kinds / sizeof kinds[0],
    KINDS_COUNTED = 3,
    LEVEL = 3,
    ORDER = 6,
    NEAR = 7
};

static const char *const levels[] = {N_("notions at least"), N_("practises at least"),
                                     N_("masters at least"), N_("can train")};
static const char *const days[] = {"Monday", "Tuesday",  "Wednesday", "Thursday",
                                   "Friday", "Saturday", "Sunday"};
static const char *const moments[] = {N_("morning"), N_("afternoon"), N_("evening")};
static const char *const orders[] = {N_("who is free soonest first"),
                                     N_("nearest to me first")};

static bool is_chosen(const struct filters *filters, const char *name, const char *value)
{
    for (size_t i = 0; i < filters->count; i++)
        if (strcmp(filters->chosen[i].name, name) == 0 &&
            strcmp(filters->chosen[i].value, value) == 0)
            return true;
    return false;
}

static bool is_allowed(size_t kind, const char *value)
{
    if (!kinds[kind].last)
        return *value != '\0';
    return value[0] >= kinds[kind].first && value[0] <= kinds[kind].last && !value[1];
}

static bool is_single(size_t kind)
{
    return kind == LEVEL || kind == ORDER || kind == NEAR;
}

void filters_read(const struct request *request, struct filters *out)
{
    unsigned single = 0; /* kinds met of which one value is chosen: a bit each */

    out->count = 0;
    for (size_t kind = 0; kind < KINDS; kind++) {
        const char *value;
        for (size_t n = 0; (value = request_query_nth(request, kinds[kind].name, n)); n++)
            if (out->count < FILTERS_MOST && is_allowed(kind, value) &&
                !is_chosen(out, kinds[kind].name, value) &&
                !(is_single(kind) && single & 1u << kind)) {
                out->chosen[out->count++] =
                    (struct field){.name = kinds[kind].name, .value = value};
                single |= 1u << kind;
            }
    }
}

const char *filters_url(struct page *page, const char *text,
                        const struct filters *filters, size_t left_out)
{
    struct text out;
    const char *copy;

    text_init(&out, URL_BYTES_MOST);
    text_add(&out, page_url(page, "results", NULL));
    text_add(&out, "?q=");
    url_encode(&out, text);
    for (size_t i = 0; i < filters->count; i++) {
        if (i == left_out)
            continue;
        text_printf(&out, "&%s=", filters->chosen[i].name);
        url_encode(&out, filters->chosen[i].value);
    }
    copy = text_failed(&out) ? NULL : arena_strdup(page->request->arena, out.bytes);
    text_done(&out);
    return copy ? copy : page_url(page, "results", NULL);
}

static unsigned times_of(const struct filters *filters)
{
    unsigned wanted_days = 0, wanted_parts = 0, times = 0;

    for (size_t i = 0; i < filters->count; i++) {
        const struct field *one = &filters->chosen[i];
        if (strcmp(one->name, "jour") == 0)
            wanted_days |= 1u << (one->value[0] - '1');
        else if (strcmp(one->name, "moment") == 0)
            wanted_parts |= 1u << (one->value[0] - '0');
    }
    if (!wanted_days && !wanted_parts)
        return 0;
    for (unsigned day = 0; day < WEEK_DAYS; day++)
        for (unsigned part = 0; part < DAY_PARTS; part++)
            if ((!wanted_days || wanted_days & (1u << day)) &&
                (!wanted_parts || wanted_parts & (1u << part)))
                times |= 1u << (day * DAY_PARTS + part);
    return times;
}

/* Distances are from the commune that is named, else from that on the card of who asks.
 */
static err_code set_commune(struct page *page, struct query_request *out)
{
    int64_t id = page->visitor.actor.person_id;
    struct person person;
    err_code code =
        id ? people_get(page->ctx.db, page->request->arena, id, &person, &page->err)
           : ERR_NOT_FOUND;

    if (code == ERR_NONE)
        out->near_commune =
            person.commune ? unicode_fold(page->request->arena, person.commune) : NULL;
    return code == ERR_NOT_FOUND ? ERR_NONE : code;
}

err_code filters_apply(struct page *page, const struct filters *filters,
                       struct query_request *out)
{
    const char **lists[KINDS_COUNTED];
    size_t counts[KINDS_COUNTED] = {0};

    for (size_t kind = 0; kind < KINDS_COUNTED; kind++) {
        lists[kind] = arena_array(page->request->arena, FILTERS_MOST, sizeof(char *));
        if (!lists[kind])
            return err_set(&page->err, ERR_MEMORY, "no room for the filters");
        for (size_t i = 0; i < filters->count; i++)
            if (strcmp(filters->chosen[i].name, kinds[kind].name) == 0)
                lists[kind][counts[kind]++] = filters->chosen[i].value;
    }
    out->poles = lists[0];
    out->pole_count = counts[0];
    out->structures = lists[1];
    out->structure_count = counts[1];
    out->communes = lists[2];
    out->commune_count = counts[2];
    out->level_least = LEVEL_UNSAID;
    for (size_t i = 0; i < filters->count; i++) {
        const struct field *one = &filters->chosen[i];
        if (strcmp(one->name, "niveau") == 0)
            out->level_least = (enum skill_level)(one->value[0] - '0');
        if (strcmp(one->name, "tri") == 0)
            out->order = one->value[0] == '1' ? ORDER_SOON : ORDER_NEAR;
        if (strcmp(one->name, "pres") == 0) {
            out->near_commune = unicode_fold(page->request->arena, one->value);
            out->order = out->order == ORDER_FIT ? ORDER_NEAR : out->order;
        }
    }
    out->day_parts = times_of(filters);
    return out->order == ORDER_NEAR && !out->near_commune ? set_commune(page, out)
                                                          : ERR_NONE;
}

/* What a reader calls it; the key itself when nobody knows a name. */
static const char *label_of(struct page *page, const char *name, const char *value)
{
    const struct catalogue *catalogue = page_catalogue(page);
    const struct names *names = page->names;
    const struct pole *pole =
        strcmp(name, "pole") == 0 ? names_pole_key(names, value) : NULL;

    if (pole)
        return pole->name;
    for (size_t i = 0; strcmp(name, "structure") == 0 && i < names->structure_count; i++)
        if (strcmp(names->structures[i].key, value) == 0)
            return names->structures[i].name;
    if (strcmp(name, "niveau") == 0)
        return tr(catalogue, levels[value[0] - '1']);
    if (strcmp(name, "jour") == 0)
        return tr(catalogue, days[value[0] - '1']);
    if (strcmp(name, "moment") == 0)
        return tr(catalogue, moments[value[0] - '0']);
    if (strcmp(name, "tri") == 0)
        return tr(catalogue, orders[value[0] - '1']);
    if (strcmp(name, "pres") == 0)
        return arena_printf(page->request->arena, "%s %s",
                            tr(catalogue, N_("nearest to:")), value);
    return value;
}

static struct tree *add_value(struct page *page, struct tree *values, const char *name,
                              const char *key, bool is_on)
{
    struct tree *value = tree_add(values, tree_object());

    tree_set_text(value, "key", key);
    tree_set_text(value, "label", label_of(page, name, key));
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

static struct tree *add_facet(struct page *page, struct tree *facets, size_t kind)
{
    struct tree *entry = tree_add(facets, tree_object());

    tree_set_text(entry, "name", kinds[kind].name);
    tree_set_text(entry, "title", tr(page_catalogue(page), kinds[kind].title));
    return entry;
}

/* One kind with the values found, most frequent first, and those chosen that are not
 * among them. */
static void show_counted(struct page *page, struct tree *facets, size_t kind,
                         const struct facet *facet, const struct filters *filters)
{
    const char *name = kinds[kind].name;
    struct tree *entry, *values;
    size_t chosen = 0;

    for (size_t i = 0; i < filters->count; i++)
        chosen += strcmp(filters->chosen[i].name, name) == 0;
    if ((!facet || facet->count < 2) && !chosen)
        return;
    entry = add_facet(page, facets, kind);
    values = tree_set(entry, "values", tree_array());
    for (size_t i = 0; facet && i < facet->count && i < FACET_SHOWN; i++)
        tree_set_int(add_value(page, values, name, facet->values[i].key,
                               is_chosen(filters, name, facet->values[i].key)),
                     "count", facet->values[i].count);
    for (size_t i = 0; i < filters->count; i++)
        if (strcmp(filters->chosen[i].name, name) == 0 &&
            !is_among(facet, FACET_SHOWN, filters->chosen[i].value))
            add_value(page, values, name, filters->chosen[i].value, true);
}

/* The communes of the territory, to choose one of. */
static void show_communes(struct page *page, struct tree *facets,
                          const struct filters *filters)
{
    const struct config *config = page->ctx.config;
    struct tree *entry, *values;

    if (!config->commune_count)
        return;
    entry = add_facet(page, facets, NEAR);
    tree_set_bool(entry, "_is_list", true);
    values = tree_set(entry, "values", tree_array());
    for (size_t i = 0; i < config->commune_count; i++) {
        const char *name = config->communes[i].name;
        struct tree *value = tree_add(values, tree_object());
        tree_set_text(value, "key", name);
        tree_set_text(value, "label", name);
        tree_set_bool(value, "is_chosen", is_chosen(filters, kinds[NEAR].name, name));
    }
}

/* Level, day and time of day: the same choices whatever was found. */
static void show_fixed(struct page *page, struct tree *facets, size_t kind,
                       const struct filters *filters)
{
    struct tree *entry = add_facet(page, facets, kind);
    struct tree *values = tree_set(entry, "values", tree_array());

    tree_set_bool(entry, "_is_single", is_single(kind));
    for (char value = kinds[kind].first; value <= kinds[kind].last; value++) {
        const char key[] = {value, '\0'};
        if (kind == ORDER && value == '2' && !page->visitor.actor.person_id)
            continue; /* she has no commune here */
        add_value(page, values, kinds[kind].name, key,
                  is_chosen(filters, kinds[kind].name, key));
    }
}

void filters_show(struct page *page, const char *text, const struct filters *filters,
                  const struct query_answer *answer)
{
    struct tree *chosen = tree_set(page->root, "filters", tree_array());
    struct tree *facets = tree_set(page->root, "facets", tree_array());
    const struct filters none = {.count = 0};

    for (size_t i = 0; i < filters->count; i++) {
        const struct field *one = &filters->chosen[i];
        struct tree *entry = tree_add(chosen, tree_object());
        tree_set_text(entry, "name", one->name);
        tree_set_text(entry, "key", one->value);
        tree_set_text(entry, "label", label_of(page, one->name, one->value));
        tree_set_url(entry, "without_url", filters_url(page, text, filters, i));
    }
    if (filters->count)
        tree_set_url(page->root, "clear_url", filters_url(page, text, &none, 0));
    for (size_t kind = 0; kind < KINDS; kind++) {
        const struct facet *found = NULL;
        for (size_t i = 0; i < answer->facet_count; i++)
            if (strcmp(answer->facets[i].name, kinds[kind].name) == 0)
                found = &answer->facets[i];
        if (kind < KINDS_COUNTED)
            show_counted(page, facets, kind, found, filters);
        else if (kind == NEAR)
            show_communes(page, facets, filters);
        else
            show_fixed(page, facets, kind, filters);
    }
    tree_set_bool(page->root, "_has_filters", filters->count > 0);
    tree_set_bool(page->root, "_has_facets", filters->count > 0 || answer->total > 1);
}
