/* What a search is narrowed to. */
#include "exchange/action/narrow.h"

#include "base/text.h"
#include "base/unicode.h"
#include "base/url.h"
#include "store/people.h"

#include <string.h>

enum { WEEK_DAYS = 7, DAY_PARTS = 3, NARROW_BYTES_MOST = 1 << 16 };

const struct narrow_rule narrow_rules[NARROW_KINDS] = {
    [NARROW_POLE] = {.name = "pole"},
    [NARROW_STRUCTURE] = {.name = "structure"},
    [NARROW_COMMUNE] = {.name = "commune"},
    [NARROW_LEVEL] = {.name = "niveau", .first = '1', .last = '4', .is_single = true},
    [NARROW_DAY] = {.name = "jour", .first = '1', .last = '7'},
    [NARROW_PART] = {.name = "moment", .first = '0', .last = '2'},
    [NARROW_ORDER] = {.name = "tri", .first = '1', .last = '2', .is_single = true},
    [NARROW_NEAR] = {.name = "pres", .is_single = true},
};

static bool is_allowed(const struct narrow_rule *rule, const char *value)
{
    if (!rule->last)
        return *value != '\0';
    return value[0] >= rule->first && value[0] <= rule->last && !value[1];
}

bool narrow_has(const struct narrowing *narrowing, enum narrow_kind kind,
                const char *value)
{
    for (size_t i = 0; i < narrowing->count; i++)
        if (narrowing->chosen[i].kind == kind &&
            strcmp(narrowing->chosen[i].value, value) == 0)
            return true;
    return false;
}

void narrow_add(struct narrowing *narrowing, enum narrow_kind kind, const char *value)
{
    const struct narrow_rule *rule = &narrow_rules[kind];
    bool is_second = rule->is_single && narrowing->count > 0 &&
                     narrowing->chosen[narrowing->count - 1].kind == kind;

    if (narrowing->count < NARROW_MOST && !is_second && is_allowed(rule, value) &&
        !narrow_has(narrowing, kind, value))
        narrowing->chosen[narrowing->count++] =
            (struct narrow_choice){.kind = kind, .value = value};
}

static unsigned times_of(const struct narrowing *narrowing)
{
    unsigned wanted_days = 0, wanted_parts = 0, times = 0;

    for (size_t i = 0; i < narrowing->count; i++) {
        const struct narrow_choice *one = &narrowing->chosen[i];
        if (one->kind == NARROW_DAY)
            wanted_days |= 1u << (one->value[0] - '1');
        else if (one->kind == NARROW_PART)
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
static err_code set_commune(struct ctx *ctx, int64_t person_id, struct query_request *out,
                            struct err *err)
{
    struct person person;
    err_code code = person_id ? people_get(ctx->db, ctx->arena, person_id, &person, err)
                              : ERR_NOT_FOUND;

    if (code == ERR_NONE)
        out->near_commune =
            person.commune ? unicode_fold(ctx->arena, person.commune) : NULL;
    return code == ERR_NOT_FOUND ? ERR_NONE : code;
}

err_code narrow_apply(struct ctx *ctx, const struct narrowing *narrowing,
                      int64_t person_id, struct query_request *out, struct err *err)
{
    const char **lists[NARROW_COUNTED];
    size_t counts[NARROW_COUNTED] = {0};

    for (size_t kind = 0; kind < NARROW_COUNTED; kind++) {
        lists[kind] = arena_array(ctx->arena, NARROW_MOST, sizeof(char *));
        if (!lists[kind])
            return err_set(err, ERR_MEMORY, "no room for the filters");
    }
    out->level_least = LEVEL_UNSAID;
    for (size_t i = 0; i < narrowing->count; i++) {
        const struct narrow_choice *one = &narrowing->chosen[i];
        if (one->kind < NARROW_COUNTED)
            lists[one->kind][counts[one->kind]++] = one->value;
        else if (one->kind == NARROW_LEVEL)
            out->level_least = (enum skill_level)(one->value[0] - '0');
        else if (one->kind == NARROW_ORDER)
            out->order = one->value[0] == '1' ? ORDER_SOON : ORDER_NEAR;
        else if (one->kind == NARROW_NEAR) {
            out->near_commune = unicode_fold(ctx->arena, one->value);
            out->order = out->order == ORDER_FIT ? ORDER_NEAR : out->order;
        }
    }
    out->poles = lists[NARROW_POLE];
    out->pole_count = counts[NARROW_POLE];
    out->structures = lists[NARROW_STRUCTURE];
    out->structure_count = counts[NARROW_STRUCTURE];
    out->communes = lists[NARROW_COMMUNE];
    out->commune_count = counts[NARROW_COMMUNE];
    out->day_parts = times_of(narrowing);
    return out->order == ORDER_NEAR && !out->near_commune
               ? set_commune(ctx, person_id, out, err)
               : ERR_NONE;
}

void narrow_aside(enum kind kind, struct query_request *out)
{
    out->kind = kind;
    out->level_least = LEVEL_UNSAID;
    out->day_parts = 0;
    if (kind == KIND_NEED)
        out->structure_count = 0; /* a need belongs to none */
}

const char *narrow_text(struct arena *arena, const struct narrowing *narrowing,
                        size_t left_out)
{
    struct text out;
    const char *copy;

    text_init(&out, NARROW_BYTES_MOST);
    text_add(&out, "");
    for (size_t i = 0; i < narrowing->count; i++) {
        if (i == left_out)
            continue;
        text_printf(&out, "&%s=", narrow_rules[narrowing->chosen[i].kind].name);
        url_encode(&out, narrowing->chosen[i].value);
    }
    copy = text_failed(&out) ? NULL : arena_strdup(arena, out.bytes);
    text_done(&out);
    return copy;
}

static enum narrow_kind kind_of(const char *name)
{
    size_t kind = 0;

    while (kind < NARROW_KINDS && strcmp(narrow_rules[kind].name, name) != 0)
        kind++;
    return (enum narrow_kind)kind;
}

void narrow_read(struct arena *arena, const char *text, struct narrowing *out)
{
    char *copy = arena_strdup(arena, text), *save = NULL;

    out->count = 0;
    for (char *one = copy ? strtok_r(copy, "&", &save) : NULL; one;
         one = strtok_r(NULL, "&", &save)) {
        char *equals = strchr(one, '='), *value;
        enum narrow_kind kind;
        if (!equals)
            continue;
        *equals = '\0';
        kind = kind_of(one);
        value = url_decode(arena, equals + 1, strlen(equals + 1), false);
        if (kind < NARROW_KINDS && value)
            narrow_add(out, kind, value);
    }
}
