/* Which known word was meant. */
#include "indexer/spelling.h"

#include "base/text.h"
#include "base/unicode.h"
#include "indexer/sound.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

enum {
    LONG_LEAST = 9,          /* from here two mistakes are allowed */
    STRICT_LEAST = 9,        /* from here one mistake is, in strict spelling */
    SOUND_DISTANCE_MOST = 3, /* mistakes that leave the sound as it is */
};

static uint32_t letters_of(const char *word)
{
    uint32_t letters = 0;

    for (; *word; word++)
        letters |= 1u << ((unsigned char)*word & 31);
    return letters;
}

bool spelled_of(const char *word, uint32_t at, uint32_t frequency, struct spelled *out)
{
    size_t length = strlen(word);

    *out = (struct spelled){at, frequency, letters_of(word), (uint32_t)length};
    return length >= SPELLING_LEAST && length <= UINT8_MAX &&
           !strpbrk(word, "0123456789");
}

struct looked_for {
    const struct mistyped *mistyped;
    size_t length;
    uint32_t letters;
    char sound[SOUND_MOST];
};

static int mistakes_most(const struct looked_for *wanted, size_t length)
{
    /* letters that were left out made a long word short: "carlage" */
    size_t longer = length > wanted->length ? length : wanted->length;

    switch (wanted->mistyped->care) {
    case SPELLING_FREE:
        return longer >= LONG_LEAST ? 2 : 1;
    case SPELLING_STRICT:
        return longer >= STRICT_LEAST ? 1 : 0;
    default:
        return 0;
    }
}

/* How far a known word is from what was typed; INFINITY when too far to be meant. Fewer
 * mistakes first, then the same sound, the same first letter, and how often it is used.
 */
static double farness(const struct looked_for *wanted, const struct spelled *known,
                      const char *word)
{
    const char *typed = wanted->mistyped->folded;
    char other[SOUND_MOST];
    int distance = unicode_distance(typed, word, SOUND_DISTANCE_MOST);
    bool is_alike;

    if (distance > SOUND_DISTANCE_MOST)
        return INFINITY;
    sound_of(word, other);
    is_alike = strcmp(wanted->sound, other) == 0;
    if (!is_alike && (distance > mistakes_most(wanted, known->length) ||
                      (wanted->mistyped->care != SPELLING_FREE && typed[0] != word[0])))
        return INFINITY;
    return distance - (is_alike ? 1.5 : 0) + (typed[0] != word[0] ? 0.75 : 0) -
           0.05 * log(1 + known->frequency);
}

const char *spelling_nearest(const struct spelling *spelling,
                             const struct mistyped *mistyped)
{
    struct looked_for wanted = {.mistyped = mistyped,
                                .length = strlen(mistyped->folded),
                                .letters = letters_of(mistyped->folded)};
    const char *best = NULL;
    double best_farness = INFINITY;

    if (wanted.length < SPELLING_LEAST || strpbrk(mistyped->folded, "0123456789"))
        return NULL;
    sound_of(mistyped->heard, wanted.sound);
    for (size_t i = 0; i < spelling->count; i++) {
        const struct spelled *known = &spelling->words[i];
        double farness_0up;
        if (known->at >= spelling->pool_length ||
            known->length > wanted.length + SOUND_DISTANCE_MOST ||
            (size_t)known->length + SOUND_DISTANCE_MOST < wanted.length ||
            __builtin_popcount(known->letters ^ wanted.letters) > 2 * SOUND_DISTANCE_MOST)
            continue;
        farness_0up = farness(&wanted, known, spelling->pool + known->at);
        if (farness_0up < best_farness) {
            best_farness = farness_0up;
            best = spelling->pool + known->at;
        }
    }
    return best;
}

void spelling_heard(const char *typed, const char *folded, char *out, size_t size)
{
    bool is_heard = text_ends_with(typed, "é") || text_ends_with(typed, "É");

    snprintf(out, size, "%s%s", folded, is_heard ? "r" : "");
}
