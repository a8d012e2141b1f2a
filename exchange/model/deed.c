/* The verbs of the audit. */
#include "exchange/model/deed.h"

#include "base/err.h"

#include <stddef.h>
#include <string.h>

static const struct {
    const char *verb, *words;
} deeds[] = {
#define DEED(verb, words) {verb, words},
#include "exchange/model/deed.def"
#undef DEED
};

const char *deed_words(const char *verb)
{
    for (size_t i = 0; i < sizeof deeds / sizeof *deeds; i++)
        if (strcmp(deeds[i].verb, verb) == 0)
            return deeds[i].words;
    return NULL;
}
