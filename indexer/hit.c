/* From a card that was found to a hit with its reasons: only what truly matched is named. */
#include "indexer/hit.h"

enum { SNIPPET_BYTES = 220 };

struct making {
    struct arena *arena;
    const struct hit_query *query;
    uint32_t seen; /* which of the query's stems were met so far */
    struct err *err;
};

/* The thesaurus label that matched best when her own words did not, NULL when none does. */
static const char *find_through(const struct making *making, const struct card_skill *skill,
                                uint32_t *matched)
{
    const struct mark_query *query = &making->query->mark;
    const char *best = NULL;
    uint32_t best_bits = 0;

    for (size_t i = 0; i < skill->through_count; i++) {
        uint32_t bits = card_match(skill->through[i].stems, query->stems, query->count, NULL);
        if (bits & ~best_bits) {
            best_bits |= bits;
            best = best ? best : skill->through[i].text;
        }
    }
    *matched = best_bits;
    return best;
}

static err_code make_skill(struct making *making, const struct card_skill *skill,
                           struct hit_skill *out)
{
    const struct mark_query *query = &making->query->mark;
    uint32_t own = card_match(skill->own.stems, query->stems, query->count, NULL);
    uint32_t through = 0;
    const char *label = find_through(making, skill, &through);

    *out = (struct hit_skill){
        .skill_id = skill->skill_id,
        .label = skill->own.text,
        .level = skill->level,
        .is_shared = skill->is_shared,
        .is_match = own || through,
        .through = through & ~own ? label : NULL,
    };
    making->seen |= own | through;
    return mark_text(making->arena, skill->own.text, query, &out->marked, NULL,
                     making->err);
}

/* Matched ones first, otherwise in their owner's order. */
static err_code make_skills(struct making *making, const struct card *card, struct hit *out)
{
    struct hit_skill *made = arena_array(making->arena, card->skill_count, sizeof *made);
    struct hit_skill *sorted =
        arena_array(making->arena, card->skill_count, sizeof *sorted);
    size_t used = 0;

    if (!made || !sorted)
        return err_set(making->err, ERR_MEMORY, "no room for the skills of a result");
    for (size_t i = 0; i < card->skill_count; i++) {
        err_code code = make_skill(making, &card->skills[i], &made[i]);
        if (code != ERR_NONE)
            return code;
    }
    for (int turn = 1; turn >= 0; turn--)
        for (size_t i = 0; i < card->skill_count; i++)
            if (made[i].is_match == (turn == 1))
                sorted[used++] = made[i];
    out->skills = sorted;
    out->skill_count = used;
    return ERR_NONE;
}

static err_code mark_texts(struct making *making, const struct card *card, struct hit *out)
{
    const struct mark_query *query = &making->query->mark;
    err_code code = mark_text(making->arena, card->title.text, query, &out->marked_title,
                              &making->seen, making->err);

    if (code == ERR_NONE && card->headline)
        code = mark_text(making->arena, card->headline, query, &out->marked_headline,
                         &making->seen, making->err);
    if (code == ERR_NONE && card->body)
        code = mark_passage(making->arena, card->body, SNIPPET_BYTES, query, &out->snippet,
                            &making->seen, making->err);
    return code;
}

/* Places match too, but are shown as they are. */
static err_code meet_places(struct making *making, const struct card *card)
{
    struct marked_text unused;
    const char *places[] = {card->structure_name, card->commune};
    err_code code = ERR_NONE;

    for (size_t i = 0; code == ERR_NONE && i < 2; i++)
        if (places[i])
            code = mark_text(making->arena, places[i], &making->query->mark, &unused,
                             &making->seen, making->err);
    for (size_t i = 0; code == ERR_NONE && i < card->pole_count; i++)
        code = mark_text(making->arena, card->pole_names[i], &making->query->mark, &unused,
                         &making->seen, making->err);
    return code;
}

static err_code list_words(struct making *making, struct hit *out)
{
    size_t count = making->query->mark.count;
    const char **words = arena_array(making->arena, count, sizeof *words);

    if (!words)
        return err_set(making->err, ERR_MEMORY, "no room for matched words");
    for (size_t i = 0; i < count && i < 32; i++)
        if (making->seen & (1u << i))
            words[out->word_count++] = making->query->typed[i];
    out->words = words;
    return ERR_NONE;
}

err_code hit_make(struct arena *arena, const struct hit_query *query,
                  const struct card *card, struct hit *out, struct err *err)
{
    struct making making = {.arena = arena, .query = query, .err = err};
    struct hit hit = {
        .kind = card->kind,
        .id = card->id,
        .external_id = card->external_id,
        .title = card->title.text,
        .headline = card->headline,
        .structure_name = card->structure_name,
        .structure_key = card->structure_key,
        .commune = card->commune,
        .pole_names = card->pole_names,
        .pole_keys = card->pole_keys,
        .pole_count = card->pole_count,
        .confirmed_at = card->confirmed_at,
        .starts_at = card->starts_at,
        .created_at = card->created_at,
        .seats = card->seats,
        .seats_taken = card->seats_taken,
        .supports = card->supports,
        .need_state = card->kind == KIND_NEED ? (enum need_state)card->state : NEED_STATED,
        .session_state = card->kind == KIND_SESSION ? (enum session_state)card->state
                                                    : SESSION_PROPOSED,
    };
    err_code code = make_skills(&making, card, &hit);

    if (code == ERR_NONE)
        code = mark_texts(&making, card, &hit);
    if (code == ERR_NONE)
        code = meet_places(&making, card);
    if (code == ERR_NONE)
        code = list_words(&making, &hit);
    if (code == ERR_NONE)
        *out = hit;
    return code;
}
