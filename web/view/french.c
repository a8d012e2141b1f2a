/* What French asks of a label before it can stand in a sentence. */
#include "web/view/french.h"

#include "base/unicode.h"

#include <string.h>

enum { WORD_MOST = 40 };

/* Words are folded: lower case, no accents. */
static const char *const nouns[] = {
    "avenir",    "berger",   "boulanger", "burger",  "cadre",  "cendre",   "cidre",
    "container", "corner",   "cuiller",   "cuir",    "cutter", "danger",   "dealer",
    "dejeuner",  "designer", "desir",     "diner",   "docker", "elixir",   "etranger",
    "foudre",    "freezer",  "gendre",    "gouter",  "hiver",  "horloger", "laser",
    "leader",    "lettre",   "loisir",    "manager", "master", "menager",  "newsletter",
    "ordre",     "passager", "plaisir",   "poker",   "poster", "potager",  "poudre",
    "reporter",  "roller",   "router",    "scanner", "souper", "souvenir", "teaser",
    "trader",    "verger"};
/* In -ier a noun is far more common than a verb; in -re and -oir no ending tells. */
static const char *const verbs[] = {
    "abattre",       "apprecier", "asseoir",    "associer",     "battre",    "boire",
    "calligraphier", "concevoir", "concilier",  "conclure",     "conduire",  "construire",
    "copier",        "crier",     "croire",     "cuire",        "debattre",  "decrire",
    "deduire",       "defaire",   "deplier",    "devoir",       "dire",      "ecrire",
    "enduire",       "etudier",   "exclure",    "expedier",     "extraire",  "faire",
    "frire",         "inclure",   "initier",    "inscrire",     "instruire", "introduire",
    "lier",          "lire",      "manier",     "multiplier",   "negocier",  "parier",
    "photographier", "plaire",    "plier",      "poursuivre",   "pouvoir",   "prevoir",
    "produire",      "publier",   "recevoir",   "reconstruire", "redire",    "reduire",
    "refaire",       "relier",    "relire",     "remedier",     "replier",   "rire",
    "rompre",        "savoir",    "scier",      "seduire",      "skier",     "suivre",
    "traduire",      "traire",    "transcrire", "trier",        "varier",    "vivre",
    "voir",          "vouloir"};
static const char *const endings[] = {"er",    "ir",    "endre", "ondre",
                                      "indre", "oudre", "ettre"};

#define COUNT(list) (sizeof(list) / sizeof((list)[0]))

static bool ends_with(const char *word, const char *ending)
{
    size_t length = strlen(word), end = strlen(ending);

    return length > end && strcmp(word + length - end, ending) == 0;
}

static bool is_one_of(const char *word, const char *const *words, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (strcmp(word, words[i]) == 0)
            return true;
    return false;
}

static bool is_infinitive(const char *word)
{
    if (is_one_of(word, verbs, COUNT(verbs)) || ends_with(word, "ifier"))
        return true;
    if (ends_with(word, "ier") || ends_with(word, "oir") || strlen(word) < 4 ||
        strchr(word, '-') || is_one_of(word, nouns, COUNT(nouns)))
        return false;
    for (size_t i = 0; i < COUNT(endings); i++)
        if (ends_with(word, endings[i]))
            return true;
    return false;
}

static const char *after_lead(const char *folded)
{
    static const char *const leads[] = {"s'y ", "s'en ", "s'", "se ", "bien ", "mieux "};

    for (size_t i = 0; i < COUNT(leads); i++)
        if (strncmp(folded, leads[i], strlen(leads[i])) == 0)
            return after_lead(folded + strlen(leads[i]));
    return folded;
}

bool french_is_action(struct arena *arena, const char *label)
{
    const char *folded = unicode_fold(arena, label);
    char word[WORD_MOST];
    size_t length;

    if (!folded)
        return false;
    folded = after_lead(folded);
    length = strcspn(folded, " ,;:(/'");
    if (length >= sizeof word)
        return false;
    memcpy(word, folded, length);
    word[length] = '\0';
    return is_infinitive(word);
}

static bool is_lower(const char *at)
{
    unsigned char first = (unsigned char)at[0], second = first ? (unsigned char)at[1] : 0;

    return (first >= 'a' && first <= 'z') || first == '\'' ||
           (first == 0xc3 && second >= 0xa0) || (first == 0xe2 && second == 0x80);
}

const char *french_continued(struct arena *arena, const char *label)
{
    char *copy = arena_strdup(arena, label);

    if (!copy)
        return NULL;
    if (copy[0] >= 'A' && copy[0] <= 'Z' && is_lower(copy + 1))
        copy[0] = (char)(copy[0] - 'A' + 'a');
    else if ((unsigned char)copy[0] == 0xc3 && (unsigned char)copy[1] >= 0x80 &&
             (unsigned char)copy[1] <= 0x9e && is_lower(copy + 2))
        copy[1] = (char)((unsigned char)copy[1] + 0x20); /* É to é, in UTF-8 */
    return copy;
}
