/* From a document to the terms, the card and the forward item that stand for it. */
#include "indexer/document.h"

#include "base/unicode.h"
#include "indexer/card.h"
#include "indexer/entry.h"
#include "indexer/terms.h"
#include "indexer/widen.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

/* How much a word counts by the field it stands in. */
enum {
    FIELD_LABEL = 2, /* her own skills, a skill's preferred label, a title */
    FIELD_OTHER = 2, /* other labels of the thesaurus, the headline */
    FIELD_BODY = 1,  /* presentations and descriptions */
    FIELD_PLACE = 1  /* pole, structure, commune, name */
};
enum { STARTS_BYTES_MOST = 60, DAY_PARTS = 3 };

struct making {
    struct shared *shared;
    struct forward_writer *forward;
    const struct document *document;
    const struct model *model; /* NULL: nothing was learnt */
    struct model_sum sum;      /* of what it is about */
    struct terms terms;
    uint32_t *stems; /* of all words so far */
    size_t stem_count, stem_capacity;
    struct entry_head head;
    struct text poles, skills, labels; /* the parts of the entry after its head */
    bool is_place;                     /* where, not what */
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

const char *document_later(struct arena *arena, enum kind kind)
{
    return arena_printf(arena, "XD%c", kind_letter(kind));
}

static err_code no_room(struct making *making)
{
    return err_set(making->err, ERR_MEMORY, "no room for the words of a card");
}

static err_code analyse(struct making *making, const char *string, const char *lang,
                        struct tokens *out)
{
    return analysis_text(making->terms.arena, string, lang, out, making->err);
}

static void add_stems(struct making *making, const struct tokens *tokens)
{
    for (size_t i = 0; i < tokens->count; i++) {
        uint32_t *stems =
            arena_grow(making->terms.arena, making->stems, making->stem_count,
                       &making->stem_capacity, sizeof *stems);
        making->terms.failed = making->terms.failed || !stems;
        if (!stems)
            return;
        making->stems = stems;
        if (!tokens->items[i].is_stop)
            stems[making->stem_count++] = entry_stem(tokens->items[i].stem);
    }
}

static void add_terms(struct making *making, const struct tokens *tokens, unsigned count,
                      bool is_label)
{
    terms_add_words(&making->terms, tokens, count, is_label);
    add_stems(making, tokens);
}

/* What the words are about; a label says more than a presentation, a place says nothing.
 */
static void add_meaning(struct making *making, const struct tokens *tokens, float times)
{
    if (making->model)
        model_add(making->model, &making->sum, tokens, times);
}

static err_code add_words(struct making *making, const char *string, const char *lang,
                          unsigned count)
{
    struct tokens tokens;
    err_code code;

    if (!string || !*string)
        return ERR_NONE;
    code = analyse(making, string, lang, &tokens);
    if (code != ERR_NONE)
        return code;
    add_terms(making, &tokens, count, false);
    if (!making->is_place)
        add_meaning(making, &tokens, 1);
    return ERR_NONE;
}

/* A label that ranking compares with what is searched for, whole. */
static err_code add_label(struct making *making, const char *label, unsigned count)
{
    struct tokens tokens;
    err_code code = analyse(making, label, "fr", &tokens);

    if (code != ERR_NONE)
        return code;
    add_terms(making, &tokens, count, false);
    if (count != FIELD_PLACE)
        add_meaning(making, &tokens, 2);
    entry_add_label(&making->labels, &tokens, "");
    return ERR_NONE;
}

/* Those who have a skill are found by it. */
static void add_skill_term(struct making *making, const struct skill *skill,
                           struct entry_skill *entry)
{
    char id[24];

    if (skill->id <= 0 || skill->id > UINT32_MAX)
        return;
    snprintf(id, sizeof id, "%" PRId64, skill->id);
    terms_add(&making->terms, "XS", id, 1);
    entry->skill_id = (uint32_t)skill->id;
}

/* A skill of the document: its own label, and the labels of the thesaurus through it. */
static err_code add_skill(struct making *making, const struct person_skill *own,
                          const struct skill *skill, unsigned count)
{
    struct entry_skill entry = {.level = (uint8_t)own->level,
                                .is_shared = own->is_shared};
    const struct shared_skill *known = NULL;
    err_code code = ERR_NONE;

    if (skill)
        code = shared_know_skill(making->shared, skill, &known, making->err);
    if (code == ERR_NONE)
        code = add_label(making, own->label, count);
    if (code != ERR_NONE)
        return code;
    if (known) {
        add_terms(making, &known->tokens, FIELD_OTHER, false);
        entry.through = known->place;
        add_skill_term(making, skill, &entry);
    }
    entry_add_skill(&making->skills, &entry);
    making->head.skill_count++;
    if (entry.level > making->head.level)
        making->head.level = entry.level;
    return ERR_NONE;
}

/* Each word of a label may be where someone starts to type. */
static err_code add_starts(struct making *making, const char *label)
{
    const char *folded = unicode_fold(making->terms.arena, label);
    const char *at = folded;

    if (!folded)
        return no_room(making);
    while (*at) {
        const char *start =
            arena_strndup(making->terms.arena, at, strnlen(at, STARTS_BYTES_MOST));
        if (!start)
            return no_room(making);
        terms_add(&making->terms, "Y", start, 0);
        at += strcspn(at, " '-");
        at += strspn(at, " '-");
    }
    return ERR_NONE;
}

static void add_times(struct making *making, const struct weekly_window *windows,
                      size_t count)
{
    static const int starts[DAY_PARTS + 1] = {0, 12 * 60, 18 * 60, 24 * 60};
    unsigned parts = 0;

    for (size_t i = 0; i < count; i++)
        for (int part = 0; part < DAY_PARTS; part++)
            if (windows[i].start_min < starts[part + 1] &&
                windows[i].end_min > starts[part])
                parts |= 1u << ((windows[i].weekday - 1) * DAY_PARTS + part);
    making->head.day_parts = parts;
    if (!parts)
        terms_add(&making->terms, "XA", "-", 0);
    for (int bit = 0; bit < 7 * DAY_PARTS; bit++) {
        char number[12];
        snprintf(number, sizeof number, "%d", bit);
        if (parts & (1u << bit))
            terms_add(&making->terms, "XA", number, 0);
    }
}

static err_code add_person(struct making *making, const struct person *person)
{
    const struct document *document = making->document;
    err_code code;

    making->terms.is_members = person->visibility != VISIBLE_PUBLIC;
    if (making->terms.is_members)
        terms_add(&making->terms, "XV", "m", 0);
    code = add_label(making, person->name, FIELD_PLACE);

    making->head.visibility = (uint8_t)person->visibility;
    making->head.confirmed_at = person->confirmed_at;
    making->head.created_at = person->created_at;
    making->head.pause_until = person->pause_until;
    making->head.quota_month = person->quota_month;
    if (code == ERR_NONE)
        code = add_words(making, person->headline, "fr", FIELD_OTHER);
    if (code == ERR_NONE)
        code = add_words(making, person->about, "fr", FIELD_BODY);
    for (size_t i = 0; code == ERR_NONE && i < person->skill_count; i++)
        code = add_skill(making, &person->skills[i],
                         i < document->skill_count ? document->skills[i] : NULL,
                         FIELD_LABEL);
    for (char level = '1'; code == ERR_NONE && level <= '0' + making->head.level; level++)
        terms_add(&making->terms, "XL", (const char[]){level, '\0'}, 0);
    if (code == ERR_NONE)
        add_times(making, person->windows, person->window_count);
    return code == ERR_NONE ? add_starts(making, person->name) : code;
}

/* The words of a label with blanks between, for comparing it letter by letter. */
static const char *plain_words(struct making *making, const struct tokens *tokens)
{
    struct text words;
    const char *copy;

    text_init(&words, ENTRY_TEXT_MOST);
    for (size_t i = 0; i < tokens->count; i++)
        if (!tokens->items[i].is_stop && !tokens->items[i].is_joined) {
            if (words.length)
                text_add_char(&words, ' ');
            text_add(&words, tokens->items[i].exact);
        }
    copy = arena_strdup(making->terms.arena, words.bytes);
    text_done(&words);
    return copy;
}

static err_code add_thesaurus(struct making *making, const struct skill *skill)
{
    struct entry_skill entry = {.is_shared = 1};
    const struct shared_skill *known;
    struct skill wide;
    struct tokens tokens, none = {0};
    const char *plain;
    err_code code;

    shared_forget(making->shared); /* what it was before */
    skill = widen_skill(making->model, making->terms.arena, skill, &wide);
    if (!skill)
        return no_room(making);
    code = shared_know_skill(making->shared, skill, &known, making->err);
    if (code == ERR_NONE)
        code = analyse(making, skill_name(skill, "fr"), "fr", &tokens);
    plain = code == ERR_NONE ? plain_words(making, &tokens) : "";
    if (code == ERR_NONE && !plain)
        code = no_room(making);
    for (size_t i = 0; code == ERR_NONE && i < skill->label_count; i++) {
        const struct skill_label *label = &skill->labels[i];
        code = analyse(making, label->text, label->lang, &tokens);
        if (code == ERR_NONE)
            add_terms(making, &tokens,
                      label->kind == LABEL_PREFERRED ? FIELD_LABEL : FIELD_OTHER, true);
        if (code == ERR_NONE)
            add_meaning(making, &tokens, label->kind == LABEL_PREFERRED ? 2 : 1);
        if (code == ERR_NONE)
            code = add_starts(making, label->text);
    }
    if (code == ERR_NONE && skill->description) {
        code = analyse(making, skill->description, "fr", &tokens);
        if (code == ERR_NONE)
            add_terms(making, &tokens, FIELD_BODY, true);
        if (code == ERR_NONE)
            add_meaning(making, &tokens, 1);
    }
    if (code != ERR_NONE)
        return code;
    entry_add_label(&making->labels, &none, plain);
    entry_add_label(&making->labels, &none, "");
    entry.through = known->place;
    entry_add_skill(&making->skills, &entry);
    making->head.skill_count++;
    return ERR_NONE;
}

/* The thesaurus entries that a need or a session names. */
static err_code add_named_skills(struct making *making)
{
    const struct document *document = making->document;
    err_code code = ERR_NONE;

    for (size_t i = 0; code == ERR_NONE && i < document->skill_count; i++) {
        const struct person_skill own = {.is_shared = true,
                                         .label = skill_name(document->skills[i], "fr")};
        code = add_skill(making, &own, document->skills[i], FIELD_OTHER);
    }
    return code;
}

static err_code add_kind(struct making *making, const char **commune)
{
    const struct document *document = making->document;
    const struct session *session = document->session;
    err_code code;

    switch (document->kind) {
    case KIND_PERSON:
        making->head.id = document->person->id;
        *commune = document->person->commune;
        return add_person(making, document->person);
    case KIND_SKILL:
        making->head.id = document->skill->id;
        return add_thesaurus(making, document->skill);
    case KIND_NEED:
        making->head.id = document->need->id;
        making->head.state = (uint8_t)document->need->state;
        making->head.created_at = document->need->created_at;
        *commune = document->need->commune;
        code = add_label(making, document->need->text, FIELD_LABEL);
        return code == ERR_NONE ? add_named_skills(making) : code;
    case KIND_SESSION:
        making->head.id = session->id;
        making->head.state = (uint8_t)session->state;
        making->head.created_at = session->created_at;
        making->head.starts_at = session->date_count ? session_first_at(session) : 0;
        *commune = session->commune;
        code = add_label(making, session->title, FIELD_LABEL);
        if (code == ERR_NONE)
            code = add_words(making, session->about, "fr", FIELD_BODY);
        return code == ERR_NONE ? add_named_skills(making) : code;
    }
    return ERR_NONE;
}

static err_code add_poles(struct making *making)
{
    const struct document *document = making->document;
    err_code code = ERR_NONE;

    for (size_t i = 0; code == ERR_NONE && i < document->pole_count; i++) {
        uint64_t place = 0;
        code = add_words(making, document->pole_names[i], "fr", FIELD_PLACE);
        if (code == ERR_NONE)
            code = shared_key(making->shared, document->pole_keys[i],
                              document->pole_names[i], &place, making->err);
        if (code != ERR_NONE)
            return code;
        terms_add(&making->terms, "XP", document->pole_keys[i], 0);
        entry_add_pole(&making->poles, place);
        making->head.pole_count++;
    }
    return code;
}

static err_code add_places(struct making *making, const char *commune)
{
    const struct document *document = making->document;
    const char *folded = commune ? unicode_fold(making->terms.arena, commune) : NULL;
    err_code code;

    making->is_place = true;
    code = add_words(making, commune, "fr", FIELD_PLACE);

    if (code == ERR_NONE)
        code = add_words(making, document->structure_name, "fr", FIELD_PLACE);
    if (code == ERR_NONE)
        code = add_poles(making);
    if (code == ERR_NONE && folded) {
        terms_add(&making->terms, "XC", folded, 0);
        code = shared_key(making->shared, commune, commune, &making->head.commune,
                          making->err);
    }
    if (code == ERR_NONE && document->structure_key) {
        terms_add(&making->terms, "XT", document->structure_key, 0);
        code = shared_key(making->shared, document->structure_key,
                          document->structure_name, &making->head.structure, making->err);
    }
    return code;
}

/* All its families, from its terms; all its stems. */
static bool collect_words(struct making *making, struct text *out)
{
    const struct terms *terms = &making->terms;
    uint32_t *words = arena_array(terms->arena, terms->count, sizeof *words);
    size_t count = 0;

    for (size_t i = 0; words && i < terms->count; i++)
        if (terms->items[i].term[0] == 'F')
            words[count++] =
                entry_word(terms->items[i].term + 2); /* after prefix and kind */
    if (!words)
        return false;
    making->head.word_count = entry_add_words(out, words, count);
    making->head.stem_count = entry_add_words(out, making->stems, making->stem_count);
    return true;
}

static err_code write_entry(struct making *making, uint64_t *place)
{
    struct text entry, words, card;
    int8_t vector[MODEL_DIMENSIONS];
    bool has_words;
    err_code code;

    text_init(&entry, FORWARD_ITEM_MOST);
    text_init(&words, FORWARD_ITEM_MOST);
    text_init(&card, CARD_BYTES_MOST);
    has_words = collect_words(making, &words);
    if (making->model && model_vector(making->model, &making->sum, vector))
        making->head.vector_mark = model_mark(making->model);
    code = card_write(making->document, "fr", &card, making->err);
    making->head.card_length = (uint32_t)card.length;
    entry_add_head(&entry, &making->head);
    text_add_bytes(&entry, making->poles.bytes, making->poles.length);
    text_add_bytes(&entry, making->skills.bytes, making->skills.length);
    text_add_bytes(&entry, words.bytes, words.length);
    if (making->head.vector_mark)
        text_add_bytes(&entry, (const char *)vector, sizeof vector);
    text_add_bytes(&entry, making->labels.bytes, making->labels.length);
    text_add_bytes(&entry, card.bytes, card.length);
    if (code == ERR_NONE &&
        (!has_words || text_failed(&words) || text_failed(&entry) ||
         text_failed(&making->poles) || text_failed(&making->skills) ||
         text_failed(&making->labels)))
        code = no_room(making);
    if (code == ERR_NONE)
        code =
            forward_add(making->forward, entry.bytes, entry.length, place, making->err);
    text_done(&entry);
    text_done(&words);
    text_done(&card);
    return code;
}

err_code document_make(struct shared *shared, struct forward_writer *forward,
                       const struct model *model, struct arena *arena,
                       const struct document *document, struct engine_document *out,
                       uint64_t *place, struct err *err)
{
    struct making making = {
        .shared = shared,
        .forward = forward,
        .document = document,
        .model = model,
        .terms = {.arena = arena, .letter = kind_letter(document->kind)},
        .head = {.kind = (uint8_t)document->kind, .quota_month = -1},
        .err = err};
    const char *commune = NULL;
    err_code code;

    text_init(&making.poles, FORWARD_ITEM_MOST);
    text_init(&making.skills, FORWARD_ITEM_MOST);
    text_init(&making.labels, FORWARD_ITEM_MOST);
    terms_add(&making.terms, "K", "", 0);
    code = add_kind(&making, &commune);
    if (code == ERR_NONE)
        code = add_places(&making, commune);
    if (code == ERR_NONE && making.terms.failed)
        code = no_room(&making);
    if (code == ERR_NONE)
        code = write_entry(&making, place);
    text_done(&making.poles);
    text_done(&making.skills);
    text_done(&making.labels);
    out->unique = document_unique(arena, document->kind, making.head.id);
    out->later = document_later(arena, document->kind);
    out->terms = making.terms.items;
    out->term_count = making.terms.count;
    return code == ERR_NONE && !(out->unique && out->later) ? no_room(&making) : code;
}
