/* From a document to the terms, values and card that stand for it in the index. */
#include "indexer/document.h"

#include "base/unicode.h"
#include "indexer/analysis.h"
#include "indexer/card.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* How much a word counts by the field it stands in. */
enum {
    FIELD_LABEL = 3,  /* her own skills, a skill's preferred label, a title */
    FIELD_OTHER = 2,  /* other labels of the thesaurus, the headline */
    FIELD_BODY = 1,   /* presentations and descriptions */
    FIELD_PLACE = 1   /* pole, structure, commune, name */
};
enum { TERM_BYTES_MOST = 200, STARTS_BYTES_MOST = 60, GRAM_LETTERS = 4, GRAMS_MOST = 24,
       DAY_PARTS = 3 };

struct making {
    struct arena *arena;
    struct engine_term *terms;
    size_t count, capacity;
    const char **spellings;
    size_t spelling_count, spelling_capacity;
    char letter;
    struct err *err;
};

char kind_letter(enum kind kind)
{
    return "PSNM"[kind];
}

const char *document_unique(struct arena *arena, enum kind kind, int64_t id)
{
    return arena_printf(arena, "Q%c%" PRId64, kind_letter(kind), id);
}

static bool add_term(struct making *making, const char *prefix, const char *word,
                     unsigned count)
{
    struct engine_term *terms = arena_grow(making->arena, making->terms, making->count,
                                           &making->capacity, sizeof *terms);
    const char *term =
        arena_printf(making->arena, "%s%c%s", prefix, making->letter, word);

    if (!terms || !term)
        return false;
    making->terms = terms;
    if (strlen(term) <= TERM_BYTES_MOST)
        terms[making->count++] = (struct engine_term){term, count};
    return true;
}

static bool add_spelling(struct making *making, const char *word)
{
    const char **words =
        arena_grow(making->arena, making->spellings, making->spelling_count,
                   &making->spelling_capacity, sizeof *words);

    if (!words)
        return false;
    making->spellings = words;
    if (strlen(word) > 3 && !strpbrk(word, "0123456789"))
        words[making->spelling_count++] = word;
    return true;
}

size_t word_grams(struct arena *arena, const char *word, const char **out, size_t most)
{
    const char *whole = arena_printf(arena, "^%s$", word);
    size_t length = whole ? strlen(whole) : 0, count = 0;

    if (length < GRAM_LETTERS + 2 || strpbrk(word, "0123456789"))
        return 0;
    for (size_t i = 0; i + GRAM_LETTERS <= length && count < most; i++) {
        const char *gram = arena_strndup(arena, whole + i, GRAM_LETTERS);
        bool is_double = !gram;
        for (size_t j = 0; j < count && !is_double; j++)
            is_double = strcmp(out[j], gram) == 0;
        if (!is_double)
            out[count++] = gram;
    }
    return count;
}

static bool add_grams(struct making *making, const char *word, unsigned count)
{
    const char *grams[GRAMS_MOST];
    size_t gram_count = word_grams(making->arena, word, grams, GRAMS_MOST);

    for (size_t i = 0; i < gram_count; i++)
        if (!add_term(making, "G", grams[i], count))
            return false;
    return true;
}

/* Grams are many, and a person is not found by a few letters alike: labels of the thesaurus
 * only. */
static bool has_grams(const struct making *making)
{
    return making->letter == kind_letter(KIND_SKILL);
}

static err_code add_words(struct making *making, const char *string, const char *lang,
                          unsigned count)
{
    struct tokens tokens;
    err_code code;

    if (!string || !*string)
        return ERR_NONE;
    code = analysis_text(making->arena, string, lang, &tokens, making->err);
    for (size_t i = 0; code == ERR_NONE && i < tokens.count; i++) {
        const struct token *token = &tokens.items[i];
        if (token->is_stop)
            continue;
        if (!add_term(making, "E", token->exact, count) ||
            !add_term(making, "Z", token->stem, count) ||
            (has_grams(making) && !add_grams(making, token->exact, count)) ||
            (count >= FIELD_OTHER && strcmp(lang, "fr") == 0 && 
             !add_spelling(making, token->exact)))
            code = err_set(making->err, ERR_MEMORY, "no room for the words of a card");
    }
    return code;
}

/* Each word of a label may be where someone starts to type. */
static err_code add_starts(struct making *making, const char *label)
{
    const char *folded = unicode_fold(making->arena, label);
    const char *at = folded;

    while (at && *at) {
        const char *start = arena_strndup(making->arena, at,
                                          strnlen(at, STARTS_BYTES_MOST));
        if (!start || !add_term(making, "Y", start, 0))
            return err_set(making->err, ERR_MEMORY, "no room for a label");
        at += strcspn(at, " '-");
        at += strspn(at, " '-");
    }
    return folded ? ERR_NONE : err_set(making->err, ERR_MEMORY, "no room for a label");
}

static err_code add_skill_labels(struct making *making, const struct skill *skill,
                                 unsigned preferred)
{
    err_code code = ERR_NONE;

    for (size_t i = 0; code == ERR_NONE && i < skill->label_count; i++)
        code = add_words(making, skill->labels[i].text, skill->labels[i].lang,
                         skill->labels[i].kind == LABEL_PREFERRED ? preferred
                                                                  : FIELD_OTHER);
    return code;
}

static err_code add_times(struct making *making, const struct weekly_window *windows,
                          size_t count)
{
    static const int starts[DAY_PARTS + 1] = {0, 12 * 60, 18 * 60, 24 * 60};
    unsigned parts = 0;

    for (size_t i = 0; i < count; i++)
        for (int part = 0; part < DAY_PARTS; part++)
            if (windows[i].start_min < starts[part + 1] &&
                windows[i].end_min > starts[part])
                parts |= 1u << ((windows[i].weekday - 1) * DAY_PARTS + part);
    if (!parts && !add_term(making, "XA", "-", 0))
        return err_set(making->err, ERR_MEMORY, "no room for times of the week");
    for (int bit = 0; bit < 7 * DAY_PARTS; bit++) {
        char number[12];
        if (!(parts & (1u << bit)))
            continue;
        snprintf(number, sizeof number, "%d", bit);
        if (!add_term(making, "XA", number, 0))
            return err_set(making->err, ERR_MEMORY, "no room for times of the week");
    }
    return ERR_NONE;
}

static err_code add_person(struct making *making, const struct document *document,
                           struct engine_document *out)
{
    const struct person *person = document->person;
    int highest = 0;
    err_code code = add_words(making, person->name, "fr", FIELD_PLACE);

    if (code == ERR_NONE)
        code = add_words(making, person->headline, "fr", FIELD_OTHER);
    if (code == ERR_NONE)
        code = add_words(making, person->about, "fr", FIELD_BODY);
    for (size_t i = 0; code == ERR_NONE && i < person->skill_count; i++) {
        code = add_words(making, person->skills[i].label, "fr", FIELD_LABEL);
        if (code == ERR_NONE && i < document->skill_count && document->skills[i])
            code = add_skill_labels(making, document->skills[i], FIELD_OTHER);
        if ((int)person->skills[i].level > highest)
            highest = (int)person->skills[i].level;
    }
    for (int level = 1; code == ERR_NONE && level <= highest; level++)
        if (!add_term(making, "XL", (const char[]){(char)('0' + level), '\0'}, 0))
            code = err_set(making->err, ERR_MEMORY, "no room for levels");
    if (code == ERR_NONE && highest)
        out->values[SLOT_LEVEL] =
            arena_printf(making->arena, "%d", highest);
    if (code == ERR_NONE)
        code = add_times(making, person->windows, person->window_count);
    return code == ERR_NONE ? add_starts(making, person->name) : code;
}

static err_code add_skill(struct making *making, const struct skill *skill)
{
    err_code code = add_skill_labels(making, skill, FIELD_LABEL);

    if (code == ERR_NONE)
        code = add_words(making, skill->description, "fr", FIELD_BODY);
    for (size_t i = 0; code == ERR_NONE && i < skill->label_count; i++)
        code = add_starts(making, skill->labels[i].text);
    return code;
}

static err_code add_kind(struct making *making, const struct document *document,
                         struct engine_document *out, const char **commune)
{
    err_code code;

    switch (document->kind) {
    case KIND_PERSON:
        *commune = document->person->commune;
        return add_person(making, document, out);
    case KIND_SKILL:
        return add_skill(making, document->skill);
    case KIND_NEED:
        *commune = document->need->commune;
        code = add_words(making, document->need->text, "fr", FIELD_LABEL);
        break;
    case KIND_SESSION:
        *commune = document->session->commune;
        code = add_words(making, document->session->title, "fr", FIELD_LABEL);
        if (code == ERR_NONE)
            code = add_words(making, document->session->about, "fr", FIELD_BODY);
        break;
    default:
        return ERR_NONE;
    }
    for (size_t i = 0; code == ERR_NONE && i < document->skill_count; i++)
        code = add_skill_labels(making, document->skills[i], FIELD_OTHER);
    return code;
}

static err_code add_places(struct making *making, const struct document *document,
                           const char *commune, struct engine_document *out)
{
    struct text poles;
    const char *folded = commune ? unicode_fold(making->arena, commune) : NULL;
    err_code code = add_words(making, commune, "fr", FIELD_PLACE);
    bool has_room = true;

    if (code == ERR_NONE)
        code = add_words(making, document->structure_name, "fr", FIELD_PLACE);
    text_init(&poles, TERM_BYTES_MOST * 20);
    for (size_t i = 0; code == ERR_NONE && i < document->pole_count; i++) {
        code = add_words(making, document->pole_names[i], "fr", FIELD_PLACE);
        has_room = has_room && add_term(making, "XP", document->pole_keys[i], 0);
        text_printf(&poles, "%s%c", document->pole_keys[i], ENGINE_SEPARATOR);
    }
    if (folded) {
        has_room = has_room && add_term(making, "XC", folded, 0);
        out->values[SLOT_COMMUNE] = arena_strdup(making->arena, commune);
    }
    if (document->structure_key) {
        has_room = has_room && add_term(making, "XT", document->structure_key, 0);
        out->values[SLOT_STRUCTURE] = document->structure_key;
    }
    if (poles.length)
        out->values[SLOT_POLE] = arena_strdup(making->arena, poles.bytes);
    text_done(&poles);
    if (code == ERR_NONE && !has_room)
        code = err_set(making->err, ERR_MEMORY, "no room for places");
    return code;
}

static int64_t id_of(const struct document *document)
{
    switch (document->kind) {
    case KIND_PERSON:
        return document->person->id;
    case KIND_SKILL:
        return document->skill->id;
    case KIND_NEED:
        return document->need->id;
    case KIND_SESSION:
        return document->session->id;
    }
    return 0;
}

err_code document_make(struct arena *arena, const struct document *document,
                       struct engine_document *out, struct err *err)
{
    struct making making = {
        .arena = arena, .letter = kind_letter(document->kind), .err = err};
    struct engine_document made = {
        .unique = document_unique(arena, document->kind, id_of(document))};
    const char *commune = NULL;
    struct text card;
    err_code code = add_kind(&making, document, &made, &commune);

    if (code == ERR_NONE)
        code = add_places(&making, document, commune, &made);
    if (code != ERR_NONE)
        return code;
    text_init(&card, CARD_BYTES_MOST);
    code = card_write(arena, document, "fr", &card, err);
    made.card = arena_strndup(arena, card.bytes, card.length);
    made.card_length = card.length;
    text_done(&card);
    made.terms = making.terms;
    made.term_count = making.count;
    made.spellings = making.spellings;
    made.spelling_count = making.spelling_count;
    if (code == ERR_NONE && (!made.card || !made.unique))
        code = err_set(err, ERR_MEMORY, "no room for a card");
    if (code == ERR_NONE)
        *out = made;
    return code;
}
