/* Completion as one types: skills, then people. */
#include "indexer/search.h"

#include "base/unicode.h"
#include "indexer/card.h"
#include "indexer/reader.h"

#include <string.h>

static bool is_new_completion(const struct completion *made, size_t count, int64_t id,
                              const char *kind)
{
    for (size_t i = 0; i < count; i++)
        if (made[i].id == id && strcmp(made[i].kind, kind) == 0)
            return false;
    return true;
}

err_code search_complete(struct search *search, struct arena *arena, const char *typed,
                         const char *lang, size_t most, struct completion **out,
                         size_t *count, struct err *err)
{
    static const struct {
        const char *prefix, *kind;
    } kinds[] = {{"YS", "skill"}, {"YP", "person"}};
    const char *folded = unicode_fold(arena, typed);
    struct completion *made = arena_array(arena, most, sizeof *made);
    size_t used = 0;

    (void)lang;
    if (!folded || !made)
        return err_set(err, ERR_MEMORY, "no room for completions");
    for (size_t i = 0; i < 2 && strlen(folded) >= 2; i++) {
        const char *prefix = arena_printf(arena, "%s%.60s", kinds[i].prefix, folded);
        uint32_t *found;
        size_t found_count;
        err_code code = prefix ? engine_starting(search->engine, arena, prefix, 50,
                                                 &found, &found_count, err)
                               : err_set(err, ERR_MEMORY, "no room for completions");
        if (code != ERR_NONE)
            return code;
        for (size_t j = 0; j < found_count && used < most; j++) {
            struct card card;
            const char *bytes;
            size_t length;
            code = engine_card(search->engine, arena, found[j], &bytes, &length, err);
            if (code == ERR_NONE)
                code = card_read(arena, bytes, length, &card, err);
            if (code != ERR_NONE)
                return code;
            if (is_new_completion(made, used, card.id, kinds[i].kind))
                made[used++] = (struct completion){
                    .kind = kinds[i].kind, .label = card.title, .id = card.id};
        }
    }
    *out = made;
    *count = used;
    return ERR_NONE;
}
