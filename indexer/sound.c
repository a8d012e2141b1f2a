/* How a folded French word sounds, roughly. */
#include "indexer/sound.h"

#include <stdbool.h>
#include <stddef.h>
#include <string.h>

/* The first rule that fits is taken. `before`: letters of which one must follow, "" for
 * none needed, "$" for the end of the word. I and A: the vowels of vin and vent. */
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
    {"ain", "", "I"},
    {"aim", "pb", "I"},
    {"ein", "", "I"},
    {"yn", "", "I"},
    {"ym", "pb", "I"},
    {"in", "bcdfgjklmpqrstvxz$", "I"},
    {"im", "pb", "I"},
    {"un", "$", "I"},
    {"an", "bcdfgjklmpqrstvxz$", "A"},
    {"en", "bcdfgjklmpqrstvxz", "A"},
    {"am", "pb", "A"},
    {"em", "pb", "A"},
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
    const char *before = rules[rule].before;
    size_t length;

    if (*rules[rule].spelt != *at) /* most: a word is asked of each rule */
        return false;
    length = strlen(rules[rule].spelt);
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
