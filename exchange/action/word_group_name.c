/* The name of a group: its commonest words. */
#include "exchange/action/word_group.h"

#include "exchange/action/word_bag.h"

#include <string.h>

enum { LOOKED_AT_MOST = 40, SPAN_BYTES_MOST = 60, NAME_WORDS_MOST = 5 };

struct naming {
    struct word_bag bags[LOOKED_AT_MOST];
    size_t count;
};

static size_t holders(const struct naming *naming, const char *family)
{
    size_t count = 0;

    for (size_t i = 0; i < naming->count; i++)
        count += word_bag_has(&naming->bags[i], family);
    return count;
}

/* More than a half have it; with two needs: both. */
static bool is_common(const struct naming *naming, const char *family)
{
    return 2 * holders(naming, family) > naming->count;
}

/* The one with the most common words, of those the shortest, of those the oldest: it says
 * best what all want. */
static size_t central(const struct naming *naming)
{
    size_t best = 0, best_common = 0;

    for (size_t i = 0; i < naming->count; i++) {
        const struct word_bag *bag = &naming->bags[i];
        size_t common = 0;
        for (size_t j = 0; j < bag->count; j++)
            common += is_common(naming, bag->families[j]);
        if (i == 0 || common > best_common ||
            (common == best_common && bag->count < naming->bags[best].count)) {
            best = i;
            best_common = common;
        }
    }
    return best;
}

/* From the first common word to the last one when that is short, else these words alone.
 * When none is common, all are. */
static const char *words_of(struct arena *arena, const struct naming *naming,
                            const struct word_bag *bag, const char *text)
{
    uint32_t first = 0, last = 0;
    size_t common = 0, used = 0;
    char *name;

    for (size_t i = 0; i < bag->count; i++)
        common += is_common(naming, bag->families[i]);
    name = arena_strdup(arena, text);
    for (size_t i = 0; name && i < bag->count; i++) {
        size_t length = bag->to[i] - bag->from[i];
        if (common && !is_common(naming, bag->families[i]))
            continue;
        if (!used)
            first = bag->from[i];
        else if (used + 1 + length > WORD_NAME_MOST)
            break;
        else
            name[used++] = ' ';
        memcpy(name + used, text + bag->from[i], length);
        used += length;
        last = bag->to[i];
        if (--common == 0 || i + 1 == NAME_WORDS_MOST)
            break;
    }
    if (!name || !used)
        return name;
    name[used] = 0;
    return last - first <= SPAN_BYTES_MOST
               ? arena_strndup(arena, text + first, last - first)
               : name;
}

err_code word_group_words(struct ctx *ctx, const struct word_need *needs, size_t count,
                          const char **out, struct err *err)
{
    struct naming *naming = arena_alloc(ctx->arena, sizeof *naming);
    err_code code = naming ? ERR_NONE : err_set(err, ERR_MEMORY, "no room for a name");
    size_t which;

    for (size_t i = 0; code == ERR_NONE && i < count && i < LOOKED_AT_MOST; i++)
        code = word_bag_fill(ctx, needs[i].text, &naming->bags[naming->count++], err);
    if (code != ERR_NONE)
        return code;
    which = central(naming);
    *out = count ? words_of(ctx->arena, naming, &naming->bags[which], needs[which].text)
                 : "";
    return *out ? ERR_NONE : err_set(err, ERR_MEMORY, "no room for a name");
}
