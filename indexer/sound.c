/* How a folded French word sounds, roughly. */
#include "indexer/sound.h"

#include <stdbool.h>
#include <stddef.h>
#include <string.h>

/* The first rule that fits is taken. `before`: letters of which one must follow, "" for
 * none needed, "$" for the end of the word. */
static const struct {
    const char *spelt, *before, *sound;
} rules[] = {
    {"eaux", "$", "o"},
    {"eau", "", "o"},
    {"aux", "$", "o"},
    {"au", "", "o"},
    {"ph", "", "f"},
    {"qu", "", "k"},
    {"ck", "", "k"},
    {"sch", "", "ch"},
    {"ch", "", "ch"},
    {"cc", "ei", "ks"},
    {"sc", "eiy", "s"},
    {"c", "eiy", "s"},
    {"c", "", "k"},
    {"q", "", "k"},
    {"gu", "eiy", "g"},
    {"ge", "ao", "j"},
    {"g", "eiy", "j"},
    {"gn", "", "n"},
    {"ain", "", "1"},
    {"aim", "pb", "1"},
    {"ein", "", "1"},
    {"yn", "", "1"},
    {"ym", "pb", "1"},
    {"in", "bcdfgjklmpqrstvxz$", "1"},
    {"im", "pb", "1"},
    {"un", "$", "1"},
    {"an", "bcdfgjklmpqrstvxz$", "2"},
    {"en", "bcdfgjklmpqrstvxz", "2"},
    {"am", "pb", "2"},
    {"em", "pb", "2"},
    {"om", "pb", "on"},
    {"ai", "", "e"},
    {"ei", "", "e"},
    {"y", "", "i"},
    {"h", "", ""},
    {"w", "", "v"},
    {"tion", "", "sion"},
    {"xc", "ei", "ks"},
    {"x", "$", ""},
    {"x", "", "ks"},
    {"z", "", "s"},
    {"k", "", "k"},
    {"er", "$", "e"},
    {"ez", "$", "e"},
    {"et", "$", "e"},
    {"es", "$", ""},
    {"e", "$", ""},
    {"s", "$", ""},
    {"t", "$", ""},
    {"d", "$", ""},
    {"p", "$", ""},
};

static bool fits(const char *at, size_t rule)
{
    size_t length = strlen(rules[rule].spelt);
    const char *before = rules[rule].before;

    if (strncmp(at, rules[rule].spelt, length) != 0)
        return false;
    if (!*before)
        return true;
    return at[length] ? strchr(before, at[length]) != NULL : strchr(before, '$') != NULL;
}

void sound_of(const char *word, char out[SOUND_MOST])
{
    size_t used = 0;

    while (*word && used + 4 < SOUND_MOST) {
        const char *sound = NULL;
        char letter[2] = {*word, '\0'};
        size_t step = 1;
        for (size_t i = 0; !sound && i < sizeof rules / sizeof rules[0]; i++)
            if (fits(word, i)) {
                sound = rules[i].sound;
                step = strlen(rules[i].spelt);
            }
        for (sound = sound ? sound : letter; *sound; sound++)
            if (!used || out[used - 1] != *sound) /* a double letter sounds once */
                out[used++] = *sound;
        word += step;
    }
    out[used] = '\0';
}
