/* Completion as one types: skills, then people. */
#include "indexer/search.h"

#include "base/unicode.h"
#include "indexer/card.h"
#include "indexer/rank.h"
#include "indexer/reader.h"

#include <string.h>

enum { TYPED_LEAST = 2, PREFIX_BYTES_MOST = 60, DOCUMENTS_MOST = 50, PEOPLE_KEPT = 3 };

struct completing {
    struct search *search;
    struct arena *arena;
    int64_t now;
    bool is_member;
    struct completion *made;
    size_t count;
    struct err *err;
};

static err_code no_room(struct completing *completing)
{
    return err_set(completing->err, ERR_MEMORY, "no room for completions");
}

/* False when it must not be shown. */
static bool read_shown(const struct completing *completing, uint32_t docid,
                       struct entry *out)
{
    const struct forward *forward = completing->search->forward;
    size_t length = 0;
    const void *item = forward_item(forward, forward_place(forward, docid), &length);

    return item && entry_read(item, length, out) &&
           rank_is_shown(&out->head, completing->search->config, completing->now,
                         completing->is_member);
}

static bool is_new(const struct completing *completing, const char *kind, int64_t id)
{
    for (size_t i = 0; i < completing->count; i++)
        if (completing->made[i].id == id && strcmp(completing->made[i].kind, kind) == 0)
            return false;
    return true;
}

/* Whether some word of what is shown starts like the text; other labels may have led
 * here. */
static bool says(struct completing *completing, const char *title, const char *folded)
{
    const char *at = unicode_fold(completing->arena, title);
    size_t length = strlen(folded);

    while (at && *at) {
        if (strncmp(at, folded, length) == 0)
            return true;
        at += strcspn(at, " '-");
        at += strspn(at, " '-");
    }
    return false;
}

/* Adds a document when its name says (or does not say, as `wanted` tells) what was typed.
 */
static err_code add_document(struct completing *completing, const char *kind,
                             const char *folded, bool wanted, const struct entry *entry)
{
    struct card card;
    err_code code = card_of(completing->arena, entry, &card, completing->err);

    if (code == ERR_NONE && says(completing, card.title, folded) == wanted &&
        is_new(completing, kind, card.id))
        completing->made[completing->count++] =
            (struct completion){.kind = kind, .label = card.title, .id = card.id};
    return code;
}

/* Documents with a label of which some word starts like `folded`, until there are `most`.
 */
static err_code add_starting(struct completing *completing, const char *kind,
                             const char *prefix, const char *folded, size_t most)
{
    const char *term =
        arena_printf(completing->arena, "%s%.*s", prefix, PREFIX_BYTES_MOST, folded);
    uint32_t *found = NULL;
    size_t count = 0;
    struct entry entry;
    err_code code =
        term ? engine_starting(completing->search->engine, completing->arena, term,
                               DOCUMENTS_MOST, &found, &count, completing->err)
             : no_room(completing);

    for (int turn = 1; turn >= 0; turn--)
        for (size_t i = 0; code == ERR_NONE && i < count && completing->count < most; i++)
            if (read_shown(completing, found[i], &entry))
                code = add_document(completing, kind, folded, turn == 1, &entry);
    return code;
}

static err_code add_kinds(struct completing *completing, const char *folded, size_t most)
{
    size_t kept = most > 2 * PEOPLE_KEPT ? PEOPLE_KEPT : 0;
    err_code code = add_starting(completing, "skill", "YS", folded, most - kept);

    return code == ERR_NONE ? add_starting(completing, "person", "YP", folded, most)
                            : code;
}

/* The typed text with its last word mended; NULL when none is near. */
static err_code mend_last(struct completing *completing, enum kind kind,
                          const char *folded, const char **out)
{
    const char *last = strrchr(folded, ' ') ? strrchr(folded, ' ') + 1 : folded;
    const struct mistyped mistyped = {last, last, SPELLING_FREE};
    struct vocabulary *vocabulary;
    const char *better = NULL;
    err_code code =
        search_vocabulary(completing->search, kind, &vocabulary, completing->err);

    *out = NULL;
    if (code == ERR_NONE)
        code = vocabulary_correct(vocabulary, completing->search->engine,
                                  completing->arena, &mistyped, &better, completing->err);
    if (code != ERR_NONE || !better || strcmp(better, last) == 0)
        return code;
    *out =
        arena_printf(completing->arena, "%.*s%s", (int)(last - folded), folded, better);
    return *out ? ERR_NONE : no_room(completing);
}

static err_code complete_once(struct search *search, struct arena *arena,
                              const char *typed, int64_t now, bool is_member, size_t most,
                              struct completion **out, size_t *count, struct err *err)
{
    struct completing completing = {.search = search,
                                    .arena = arena,
                                    .now = now,
                                    .is_member = is_member,
                                    .made =
                                        arena_array(arena, most, sizeof *completing.made),
                                    .err = err};
    const char *folded =
        unicode_is_valid(typed, strlen(typed)) ? unicode_fold(arena, typed) : "";
    err_code code = ERR_NONE;

    if (!folded || !completing.made)
        return no_room(&completing);
    if (strlen(folded) >= TYPED_LEAST)
        code = add_kinds(&completing, folded, most);
    for (int kind = KIND_PERSON;
         code == ERR_NONE && kind <= KIND_SKILL && *folded && !completing.count; kind++) {
        const char *mended;
        code = mend_last(&completing, (enum kind)kind, folded, &mended);
        if (code == ERR_NONE && mended)
            code = add_kinds(&completing, mended, most);
    }
    *out = completing.made;
    *count = completing.count;
    return code;
}

err_code search_complete(struct search *search, struct arena *arena, const char *typed,
                         int64_t now, bool is_member, size_t most,
                         struct completion **out, size_t *count, struct err *err)
{
    struct err trouble = {0};
    err_code code =
        complete_once(search, arena, typed, now, is_member, most, out, count, &trouble);

    for (int times = 1; code == ERR_BUSY && times < READ_AGAIN_MOST; times++) {
        code = search_refresh(search, &trouble);
        if (code == ERR_NONE)
            code = complete_once(search, arena, typed, now, is_member, most, out, count,
                                 &trouble);
    }
    return code == ERR_NONE ? ERR_NONE : err_set(err, code, "%s", trouble.text);
}
