/* What many documents share in the forward index. */
#include "indexer/shared.h"

#include "base/map.h"
#include "indexer/entry.h"
#include "indexer/widen.h"

#include <stdlib.h>

enum {
    KEPT_ARENA_MAX = 32 << 20,
    KEPT_ENOUGH = 24 << 20,
    LABELS_MOST = 400,
    KEY_BYTES_MOST = 4096
};

struct shared {
    struct forward_writer *forward;
    const struct model *model;
    struct arena *kept;
    struct map skills,
        keys; /* by id: struct shared_skill *; by hash: the place of a key */
};

struct shared *shared_new(struct forward_writer *forward, const struct model *model)
{
    struct shared *shared = calloc(1, sizeof *shared);

    if (!shared)
        return NULL;
    shared->forward = forward;
    shared->model = model;
    shared->kept = arena_new(KEPT_ARENA_MAX);
    if (!shared->kept) {
        shared_free(shared);
        return NULL;
    }
    return shared;
}

void shared_free(struct shared *shared)
{
    if (!shared)
        return;
    arena_free(shared->kept);
    map_done(&shared->skills);
    map_done(&shared->keys);
    free(shared);
}

void shared_forget(struct shared *shared)
{
    map_clear(&shared->skills);
    arena_reset(shared->kept);
}

static bool add_tokens(struct arena *arena, struct tokens *all, size_t *capacity,
                       const struct tokens *more)
{
    for (size_t i = 0; i < more->count; i++) {
        all->items =
            arena_grow(arena, all->items, all->count, capacity, sizeof *all->items);
        if (!all->items)
            return false;
        all->items[all->count++] = more->items[i];
    }
    return true;
}

/* All labels of a thesaurus entry as one item of the forward index. */
static err_code write_block(struct shared *shared, const struct skill *skill,
                            struct shared_skill *out, struct err *err)
{
    struct text block;
    struct skill wide;
    size_t capacity = 0;
    err_code code = ERR_NONE;

    skill = widen_skill(shared->model, shared->kept, skill, &wide);
    if (!skill)
        return err_set(err, ERR_MEMORY, "no room for the labels of a skill");
    text_init(&block, FORWARD_ITEM_MOST);
    for (size_t i = 0; code == ERR_NONE && i < skill->label_count && i < LABELS_MOST;
         i++) {
        const struct skill_label *label = &skill->labels[i];
        struct tokens tokens;
        code = analysis_text(shared->kept, label->text, label->lang, &tokens, err);
        if (code != ERR_NONE)
            break;
        entry_add_label(&block, &tokens, label->text);
        if (!add_tokens(shared->kept, &out->tokens, &capacity, &tokens))
            code = err_set(err, ERR_MEMORY, "no room for the labels of a skill");
    }
    if (code == ERR_NONE && text_failed(&block))
        code = err_set(err, ERR_MEMORY, "no room for the labels of a skill");
    if (code == ERR_NONE)
        code = forward_add(shared->forward, block.bytes, block.length, &out->place, err);
    text_done(&block);
    return code;
}

err_code shared_know_skill(struct shared *shared, const struct skill *skill,
                           const struct shared_skill **out, struct err *err)
{
    const uint64_t *found = map_find(&shared->skills, (uint64_t)skill->id);
    struct shared_skill *known;
    uint64_t *slot;
    err_code code;

    if (found) {
        *out = (const struct shared_skill *)(uintptr_t)*found;
        return ERR_NONE;
    }
    if (arena_used(shared->kept) > KEPT_ENOUGH)
        shared_forget(shared);
    known = arena_alloc(shared->kept, sizeof *known);
    if (!known)
        return err_set(err, ERR_MEMORY, "no room for the labels of a skill");
    code = write_block(shared, skill, known, err);
    slot = code == ERR_NONE ? map_at(&shared->skills, (uint64_t)skill->id) : NULL;
    if (slot)
        *slot = (uint64_t)(uintptr_t)known;
    *out = known;
    return code;
}

err_code shared_key(struct shared *shared, const char *key, const char *name,
                    uint64_t *place, struct err *err)
{
    struct text item;
    uint64_t *known;
    err_code code = ERR_NONE;

    text_init(&item, KEY_BYTES_MOST);
    text_printf(&item, "%s%c%s", key, SHARED_SEPARATOR, name);
    known = text_failed(&item) ? NULL
                               : map_at(&shared->keys, map_key(item.bytes, item.length));
    if (!known)
        code = err_set(err, ERR_MEMORY, "no room for \"%.40s\"", key);
    else if (!*known)
        code = forward_add(shared->forward, item.bytes, item.length, known, err);
    if (code == ERR_NONE)
        *place = *known;
    text_done(&item);
    return code;
}
