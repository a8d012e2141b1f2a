/* From a card that was found to a hit with its reasons: only what truly matched is named.
 */
#include "indexer/hit.h"

#include "indexer/fit.h"

#include <string.h>

enum { SNIPPET_BYTES = 220 };

/* What is called for less than what is called for most is no reason. */
static const double CALLED_TOLD = 0.4;

static bool tells(const struct meaning *meaning, size_t called)
{
    const struct meaning_called *most = &meaning->called[0];
    const struct meaning_called *here = &meaning->called[called];

    return here->strength * here->rarity >= CALLED_TOLD * most->strength * most->rarity;
}

struct making {
    struct arena *arena;
    const struct hit_query *query;
    uint32_t seen; /* which of the query's words were met so far */
    struct err *err;
};

/* Which of her own words stand in a label, not others for them. */
static uint32_t said_in(const struct meaning *meaning, const struct entry_label *label)
{
    uint32_t said = 0;

    for (size_t i = 0; i < label->word_count; i++)
        for (size_t j = 0; j < meaning->count; j++)
            if (meaning->words[j].word == entry_label_word(label, i) &&
                !meaning->words[j].meant)
                said |= 1u << j;
    return said;
}

/* Whether some word stands in a label that the need calls for clearly. */
static bool is_called(const struct meaning *meaning, const struct entry_label *label)
{
    for (size_t i = 0; i < label->word_count; i++)
        for (size_t j = 0; j < meaning->called_count; j++)
            if (meaning->called[j].word == entry_label_word(label, i) &&
                tells(meaning, j))
                return true;
    return false;
}

/* The thesaurus label that brings most words her own label lacks, NULL when none does. */
static err_code find_through(struct making *making, struct entry_skill skill,
                             uint32_t own, uint32_t *matched, const char **out)
{
    size_t length = 0;
    const unsigned char *at =
        skill.through ? forward_item(making->query->forward, skill.through, &length)
                      : NULL;
    const unsigned char *end = at ? at + length : NULL;
    struct entry_label label, best = {0};
    int most = 0;

    *matched = 0;
    *out = NULL;
    while (at && entry_next_label(&at, end, &label)) {
        uint32_t bits = fit_match(making->query->meaning, &label) & ~own;
        int count = __builtin_popcount(bits);
        making->seen |= said_in(making->query->meaning, &label);
        *matched |= bits;
        if (count > most ||
            (count == most && count && label.word_count < best.word_count)) {
            most = count;
            best = label;
        }
    }
    if (!most)
        return ERR_NONE;
    *out = arena_strndup(making->arena, best.text, best.text_length);
    return *out ? ERR_NONE : err_set(making->err, ERR_MEMORY, "no room for a reason");
}

/* The thesaurus entry that means about the same: its first label, unless it is her own.
 */
static err_code name_near(struct making *making, struct entry_skill skill,
                          const char *own, const char **out)
{
    size_t length = 0;
    const unsigned char *at =
        forward_item(making->query->forward, skill.through, &length);
    struct entry_label label;

    if (!at || !entry_next_label(&at, at + length, &label) ||
        (label.text_length == strlen(own) &&
         memcmp(label.text, own, label.text_length) == 0))
        return ERR_NONE;
    *out = arena_strndup(making->arena, label.text, label.text_length);
    return *out ? ERR_NONE : err_set(making->err, ERR_MEMORY, "no room for a reason");
}

static err_code make_skill(struct making *making, const struct card_skill *skill,
                           struct entry_skill entry, const struct entry_label *label,
                           struct hit_skill *out)
{
    uint32_t own = fit_match(making->query->meaning, label), through = 0;
    const char *best = NULL;
    bool is_near;
    err_code code = find_through(making, entry, own, &through, &best);

    is_near = !own && !through && rank_near(making->query->rank, entry.skill_id) > 0;
    if (code == ERR_NONE && is_near)
        code = name_near(making, entry, skill->label, &best);
    *out = (struct hit_skill){
        .skill_id = skill->skill_id,
        .label = skill->label,
        .level = skill->level,
        .is_shared = skill->is_shared,
        .is_match = own || through || is_near || is_called(making->query->meaning, label),
        .through = best,
    };
    making->seen |= said_in(making->query->meaning, label);
    return code == ERR_NONE ? mark_text(making->arena, skill->label, &making->query->mark,
                                        &out->marked, NULL, making->err)
                            : code;
}

/* Matched ones first, otherwise in their owner's order. */
static err_code make_skills(struct making *making, const struct card *card,
                            const struct entry *entry, struct hit *out)
{
    const unsigned char *at = entry->labels;
    struct entry_label label;
    struct hit_skill *made = arena_array(making->arena, card->skill_count, sizeof *made);
    struct hit_skill *sorted =
        arena_array(making->arena, card->skill_count, sizeof *sorted);
    size_t used = 0;

    if (!made || !sorted)
        return err_set(making->err, ERR_MEMORY, "no room for the skills of a result");
    (void)entry_next_label(&at, entry->end, &label); /* the title */
    for (size_t i = 0; i < card->skill_count; i++) {
        bool has_entry =
            i < entry->head.skill_count && entry_next_label(&at, entry->end, &label);
        err_code code =
            make_skill(making, &card->skills[i],
                       has_entry ? entry_skill(entry, i) : (struct entry_skill){0},
                       has_entry ? &label : &(struct entry_label){0}, &made[i]);
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

static err_code mark_texts(struct making *making, const struct card *card,
                           struct hit *out)
{
    const struct mark_query *query = &making->query->mark;
    err_code code = mark_text(making->arena, card->title, query, &out->marked_title,
                              &making->seen, making->err);

    if (code == ERR_NONE && card->headline)
        code = mark_text(making->arena, card->headline, query, &out->marked_headline,
                         &making->seen, making->err);
    if (code == ERR_NONE && card->body)
        code = mark_passage(making->arena, card->body, SNIPPET_BYTES, query,
                            &out->snippet, &making->seen, making->err);
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
        code = mark_text(making->arena, card->pole_names[i], &making->query->mark,
                         &unused, &making->seen, making->err);
    return code;
}

static err_code list_words(struct making *making, struct hit *out)
{
    const struct meaning *meaning = making->query->meaning;
    size_t count = meaning->count;
    const char **words = arena_array(making->arena, count, sizeof *words);

    if (!words)
        return err_set(making->err, ERR_MEMORY, "no room for matched words");
    for (size_t i = 0; i < count; i++)
        if (making->seen & (1u << i))
            words[out->word_count++] = meaning->words[i].shown;
    out->words = words;
    return ERR_NONE;
}

struct mark_query hit_words(const struct meaning *meaning, const char **families,
                            uint8_t *words, const char **said)
{
    size_t count = 0, own_count;

    for (size_t i = 0; i < meaning->count; i++, count++) {
        families[count] = meaning->words[i].token.family;
        words[count] = (uint8_t)i;
        said[count] = meaning->words[i].meant ? meaning->words[i].shown : NULL;
    }
    for (size_t i = 0; i < meaning->related_count; i++, count++) {
        families[count] = meaning->related[i].family;
        words[count] = meaning->related[i].of;
        said[count] = meaning->words[meaning->related[i].of].shown;
    }
    own_count = count;
    for (size_t i = 0; i < meaning->called_count; i++) {
        if (!tells(meaning, i))
            continue;
        families[count] = meaning->called[i].family;
        words[count] = meaning->called[i].of;
        said[count++] = meaning->words[meaning->called[i].of].shown;
    }
    return (struct mark_query){.families = families,
                               .words = words,
                               .said = said,
                               .count = count,
                               .own_count = own_count};
}

struct hit hit_bare(const struct card *card)
{
    return (struct hit){.kind = card->kind,
                        .id = card->id,
                        .external_id = card->external_id,
                        .title = card->title};
}

err_code hit_make(struct arena *arena, const struct hit_query *query,
                  const struct card *card, const struct entry *entry, struct hit *out,
                  struct err *err)
{
    struct making making = {.arena = arena, .query = query, .err = err};
    struct hit hit = {
        .kind = card->kind,
        .id = card->id,
        .external_id = card->external_id,
        .title = card->title,
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
        .need_state =
            card->kind == KIND_NEED ? (enum need_state)card->state : NEED_STATED,
        .session_state = card->kind == KIND_SESSION ? (enum session_state)card->state
                                                    : SESSION_PROPOSED,
    };
    err_code code = make_skills(&making, card, entry, &hit);

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
