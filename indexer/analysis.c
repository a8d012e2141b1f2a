/* From what people write to the terms that stand for it. */
#include "indexer/analysis.h"

#include "base/unicode.h"
#include "indexer/carrier.h"
#include "indexer/family.h"
#include "indexer/focus.h"
#include "indexer/lexicon.h"
#include "indexer/stem.h"

#include <string.h>

enum { WORD_BYTES_MOST = 64, TEXT_BYTES_MOST = 1 << 20, GLUE_MOST = 4 };

struct analysis {
    struct arena *arena;
    struct tokens *out;
    size_t capacity;
    bool is_french;
    struct stemmer *stemmer;
    /* the word being read */
    char word[WORD_BYTES_MOST + 1];
    size_t length, from, to;
    bool is_number;
    /* what stands before it */
    char joint;           /* the sign between the last word and this one; 0: a gap */
    bool after_inclusive; /* an inclusive ending was just dropped */
};

static bool is_in(const char *word, enum role role)
{
    return lexicon_roles(word) & role;
}

static bool is_number(const char *word)
{
    return strspn(word, "0123456789,") == strlen(word);
}

/* Stem and family of a word, in the arena; false when it is full. */
static bool find_root(struct analysis *a, const char *exact, const char **stem,
                      const char **family)
{
    const struct stem_kept *kept = stemmer_kept(a->stemmer, exact);

    if (kept) {
        *stem = arena_strdup(a->arena, kept->stem);
        *family = arena_strdup(a->arena, kept->family);
        return *stem && *family;
    }
    *stem = stemmer_stem(a->stemmer, a->arena, exact);
    *family = *stem && a->is_french ? family_of(a->arena, exact, *stem) : *stem;
    if (*family)
        stemmer_keep(a->stemmer, exact, *stem, *family);
    return *family != NULL;
}

static bool add_token(struct analysis *a, const char *word, size_t from, size_t to)
{
    struct tokens *out = a->out;
    struct token *items =
        arena_grow(a->arena, out->items, out->count, &a->capacity, sizeof *items);
    unsigned roles = lexicon_roles(word);
    const char *exact = arena_strdup(a->arena, word);
    const char *stem, *family;

    if (!items || !exact || !find_root(a, exact, &stem, &family))
        return false;
    out->items = items;
    items[out->count++] = (struct token){
        .exact = exact,
        .stem = stem,
        .family = family,
        .from = (uint32_t)from,
        .to = (uint32_t)to,
        .is_stop = roles & (a->is_french ? ROLE_STOP_FR : ROLE_STOP_EN),
        .is_weak = (roles & (a->is_french ? ROLE_WEAK : ROLE_WEAK | ROLE_WEAK_EN)) ||
                   is_number(word)};
    return true;
}

/* Glues this word to the last token: "c.a.p", "prud'homme", "2,5", "220 v". */
static bool glue(struct analysis *a, const char *sign)
{
    struct token *last = &a->out->items[a->out->count - 1];
    const char *joined = arena_printf(a->arena, "%s%s%s", last->exact, sign, a->word);

    if (!joined)
        return false;
    a->out->count--;
    return add_token(a, joined, last->from, a->to);
}

static bool is_letters_of_acronym(const struct analysis *a)
{
    const struct token *last = &a->out->items[a->out->count - 1];

    return a->joint == '.' && a->length == 1 && last->to - last->from <= 2 * GLUE_MOST &&
           (strlen(last->exact) == 1 ||
            last->to - last->from == 2 * strlen(last->exact) - 1);
}

/* What to do with the word that has just ended, by what stood before it. */
static bool end_word(struct analysis *a)
{
    bool has_last = a->out->count > 0;
    const struct token *last = has_last ? &a->out->items[a->out->count - 1] : NULL;
    bool is_ending;

    a->word[a->length] = '\0';
    if (a->length == 0)
        return true;
    is_ending = has_last && a->joint && strchr(".-/(*", a->joint) && !a->is_number &&
                (strlen(last->exact) > 2 || a->after_inclusive) &&
                is_in(a->word, ROLE_ENDING);
    if (is_ending && a->joint == '-' && !a->after_inclusive &&
        is_in(a->word, ROLE_PRONOUN))
        is_ending = false; /* "dis-le", "peut-etre": ordinary words after a hyphen */
    if (is_ending) {
        a->after_inclusive = true;
        return true;
    }
    a->after_inclusive = false;
    if (has_last && a->joint == '\'' && is_in(last->exact, ROLE_JOINED))
        return glue(a, "");
    if (has_last && is_letters_of_acronym(a))
        return glue(a, "");
    if (has_last && a->joint == ',' && a->is_number &&
        strspn(last->exact, "0123456789") == strlen(last->exact))
        return glue(a, ",");
    if (has_last && a->joint == 0 && a->from - last->to <= 3 &&
        strspn(last->exact, "0123456789,") == strlen(last->exact) &&
        is_in(a->word, ROLE_UNIT))
        return glue(a, "");
    if (has_last && a->joint == '-' && !last->is_stop && !a->is_number && a->length > 2 &&
        last->to - last->from > 2) {
        const char *joined = arena_printf(a->arena, "%s%s", last->exact, a->word);
        size_t from = last->from;
        if (!joined || !add_token(a, a->word, a->from, a->to))
            return false;
        if (strlen(joined) > WORD_BYTES_MOST)
            return true;
        if (!add_token(a, joined, from, a->to))
            return false;
        a->out->items[a->out->count - 1].is_joined = true;
        return true;
    }
    return add_token(a, a->word, a->from, a->to);
}

/* The sign that stands between two words, told apart as far as it matters; 0 for a gap.
 */
static char joint_of(const char *folded, int length, int32_t point)
{
    if (point == 0xb7 || point == 0x2022 || point == 0x2027 || point == 0x22c5)
        return '*'; /* the middle points of inclusive writing */
    if (length == 1 && strchr("'.-/,(", folded[0]))
        return folded[0];
    return 0;
}

/* An elided article goes: "l'", "d'", "qu'". */
static bool is_elided(const struct analysis *a)
{
    return is_in(a->word, ROLE_ELISION);
}

static bool next_point(struct analysis *a, size_t at, int used, int32_t point)
{
    char folded[8];
    int length = unicode_fold_point(point, folded);
    bool is_digit = unicode_is_digit(point) || point == 0xb2 || point == 0xb3;
    char joint;

    if (is_digit || unicode_is_letter(point)) {
        if (a->length == 0) {
            a->from = at;
            a->is_number = is_digit;
        }
        if (a->length + (size_t)length <= WORD_BYTES_MOST) {
            memcpy(a->word + a->length, folded, (size_t)length);
            a->length += (size_t)length;
        }
        a->to = at + (size_t)used;
        return true;
    }
    if (length == 0)
        return true; /* a soft hyphen, a joiner: nothing */
    joint = joint_of(folded, length, point);
    a->word[a->length] = '\0';
    if (a->length && joint == '\'' && is_elided(a)) {
        a->length = 0;
        a->joint = 0;
        return true;
    }
    if (a->length) {
        if (!end_word(a))
            return false;
        a->length = 0;
        a->joint = joint;
    } else {
        a->joint = 0;
    }
    if (!joint)
        a->after_inclusive = false;
    return true;
}

err_code analysis_text(struct arena *arena, const char *string, const char *lang,
                       struct tokens *out, struct err *err)
{
    struct tokens tokens = {0};
    struct analysis a = {
        .arena = arena, .out = &tokens, .is_french = strcmp(lang, "en") != 0};
    size_t at = 0;
    bool is_fine = true;

    a.stemmer = stemmer_of_thread(lang);
    if (!a.stemmer)
        return err_set(err, ERR_MEMORY, "no memory for stems");
    while (is_fine && string[at] && at < TEXT_BYTES_MOST) {
        int used;
        int32_t point = unicode_at(string + at, &used);
        is_fine = next_point(&a, at, used, point);
        at += (size_t)used;
    }
    is_fine = is_fine && end_word(&a);
    if (!is_fine)
        return err_set(err, ERR_MEMORY, "a text is too long to be understood");
    *out = tokens;
    return ERR_NONE;
}

err_code analysis_query(struct arena *arena, const char *string, const char *lang,
                        struct tokens *out, struct err *err)
{
    err_code code = analysis_text(arena, string, lang, out, err);

    if (code == ERR_NONE) {
        focus_find(string, out);
        carrier_drop(string, out);
    }
    return code;
}

const char *analysis_language(struct arena *arena, const char *string,
                              const char *otherwise)
{
    struct tokens tokens;
    struct err err = {0};
    int french = 0, english = 0;

    if (analysis_text(arena, string, "fr", &tokens, &err) != ERR_NONE)
        return otherwise;
    for (size_t i = 0; i < tokens.count; i++) {
        french += tokens.items[i].is_stop;
        english += (lexicon_roles(tokens.items[i].exact) &
                    (ROLE_STOP_EN | ROLE_EITHER)) == ROLE_STOP_EN;
    }
    return french > english ? "fr" : english > french ? "en" : otherwise;
}
