/* What French asks of a label before it can stand in a sentence. */
#include "web/view/french.h"

#include "base/text.h"
#include "base/unicode.h"

#include <string.h>

enum { WORD_MOST = 40 };

/* Words are folded: lower case, no accents. */
static const char *const nouns[] = {
    "avenir",       "berger",     "blender",        "boulanger",  "burger",    "cadre",
    "cendre",       "cidre",      "cocher",         "computer",   "container", "corner",
    "cuiller",      "cuir",       "customer",       "cutter",     "danger",    "dealer",
    "dejeuner",     "designer",   "desir",          "dispatcher", "docker",    "ecuyer",
    "elixir",       "etranger",   "fakir",          "foudre",     "freezer",   "fromager",
    "fundraiser",   "gendre",     "hiver",          "horloger",   "laser",     "leader",
    "lettre",       "linger",     "loisir",         "maraicher",  "master",    "menager",
    "merchandiser", "newsletter", "ordre",          "painter",    "passager",  "peager",
    "plaisir",      "poker",      "porcher",        "poster",     "potager",   "poudre",
    "producer",     "roller",     "router",         "scanner",    "scooter",   "skipper",
    "souvenir",     "teaser",     "teleconseiller", "trader",     "vacher",    "verger",
    "webmaster",    "writer"};
/* In -ier a noun is far more common than a verb; in -re and -oir no ending tells. */
static const char *const verbs[] = {
    "abattre",       "apercevoir",   "apparaitre", "apprecier",   "approprier",
    "asseoir",       "associer",     "battre",     "boire",       "calligraphier",
    "cartographier", "coconstruire", "concevoir",  "concilier",   "conclure",
    "conduire",      "connaitre",    "construire", "convaincre",  "copier",
    "crier",         "croire",       "cuire",      "debattre",    "decrire",
    "deduire",       "defaire",      "deplier",    "detruire",    "dire",
    "ecrire",        "enduire",      "etudier",    "exclure",     "expedier",
    "extraire",      "faire",        "frire",      "inclure",     "initier",
    "inscrire",      "instruire",    "introduire", "inventorier", "lier",
    "lire",          "manier",       "multiplier", "naitre",      "negocier",
    "paraitre",      "parier",       "parodier",   "percevoir",   "photographier",
    "plaire",        "plier",        "poursuivre", "pourvoir",    "prescrire",
    "prevoir",       "produire",     "promouvoir", "publier",     "recevoir",
    "reconnaitre",   "reconstruire", "redire",     "reduire",     "reecrire",
    "refaire",       "relier",       "relire",     "remedier",    "renegocier",
    "repandre",      "repertorier",  "replier",    "reproduire",  "revoir",
    "rire",          "rompre",       "scier",      "seduire",     "skier",
    "suivre",        "traduire",     "traire",     "transcrire",  "trier",
    "vaincre",       "varier",       "vivre",      "voir"};
/* A noun unless an article follows: "conseiller de vente", "conseiller une cliente". */
static const char *const either[] = {"boucher",  "conseiller", "diner",
                                     "ecailler", "gerber",     "gouter",
                                     "manager",  "reporter",   "souper"};
static const char *const articles[] = {"ce ",  "ces ", "cette ", "des ", "l'",
                                       "la ",  "le ",  "les ",   "sa ",  "ses ",
                                       "son ", "un ",  "une "};
static const char *const endings[] = {"er",    "ir",    "endre", "ondre",
                                      "indre", "oudre", "ettre"};

#define COUNT(list) (sizeof(list) / sizeof((list)[0]))

static bool is_one_of(const char *word, const char *const *words, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (strcmp(word, words[i]) == 0)
            return true;
    return false;
}

static bool is_infinitive(const char *word)
{
    const char *rest = *word ? word + 1 : word; /* an ending is no verb */

    if (is_one_of(word, verbs, COUNT(verbs)) || text_ends_with(rest, "ifier"))
        return true;
    if (text_ends_with(rest, "ier") || text_ends_with(rest, "oir") || strlen(word) < 4 ||
        strchr(word, '-') || is_one_of(word, nouns, COUNT(nouns)))
        return false;
    for (size_t i = 0; i < COUNT(endings); i++)
        if (text_ends_with(rest, endings[i]))
            return true;
    return false;
}

static bool has_article(const char *rest)
{
    rest += strspn(rest, " ");
    for (size_t i = 0; i < COUNT(articles); i++)
        if (strncmp(rest, articles[i], strlen(articles[i])) == 0)
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
    if (is_one_of(word, either, COUNT(either)))
        return has_article(folded + length);
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
