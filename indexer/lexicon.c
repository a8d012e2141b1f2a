/* The listed words and what they do. */
#include "indexer/lexicon.h"

#include "base/map.h"
#include "indexer/words.def"

#include <pthread.h>
#include <string.h>

static const struct {
    const char *root, *family;
} roots[] = {LIST_ROOT};

static pthread_once_t was_made = PTHREAD_ONCE_INIT;
static struct map roles, families; /* by map_key: a set of roles; 1 + place in `roots` */

static void add(unsigned role, const char *const *words, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        uint64_t *known = map_at(&roles, map_key(words[i], strlen(words[i])));
        if (known)
            *known |= role;
    }
}

#define ADD(role, ...)                                                                   \
    add(role, (const char *const[]){__VA_ARGS__},                                        \
        sizeof((const char *const[]){__VA_ARGS__}) / sizeof(const char *))

static void make(void)
{
    ADD(ROLE_ELISION, LIST_ELISION);
    ADD(ROLE_JOINED, LIST_JOINED);
    ADD(ROLE_ENDING, LIST_ENDING);
    ADD(ROLE_STOP_FR, LIST_STOP_FR);
    ADD(ROLE_STOP_EN, LIST_STOP_EN);
    ADD(ROLE_CARRIER, LIST_CARRIER);
    ADD(ROLE_WEAK, LIST_WEAK);
    ADD(ROLE_WEAK_EN, LIST_WEAK_EN);
    ADD(ROLE_POLITE, LIST_POLITE);
    ADD(ROLE_UNIT, LIST_UNIT);
    ADD(ROLE_PRONOUN, LIST_PRONOUN);
    ADD(ROLE_TOLD, LIST_TOLD);
    ADD(ROLE_EITHER, LIST_EITHER);
    ADD(ROLE_ASKING, LIST_ASKING);
    ADD(ROLE_TO_HER, LIST_TO_HER);
    ADD(ROLE_SHOWING, LIST_SHOWING);
    ADD(ROLE_FRAME, LIST_FRAME);
    ADD(ROLE_LEARN, LIST_LEARN);
    ADD(ROLE_LEARN_NOUN, LIST_LEARN_NOUN);
    ADD(ROLE_OF, LIST_OF);
    ADD(ROLE_BREAK, LIST_BREAK);
    ADD(ROLE_LINK, LIST_LINK);
    ADD(ROLE_TELLER, LIST_TELLER);
    ADD(ROLE_POINTING, LIST_POINTING);
    ADD(ROLE_POINTING_EN, LIST_POINTING_EN);
    ADD(ROLE_AHEAD, LIST_AHEAD);
    ADD(ROLE_LACK, LIST_LACK);
    ADD(ROLE_OWN, LIST_OWN);
    ADD(ROLE_WISH, LIST_WISH);
    for (size_t i = 0; i < sizeof roots / sizeof roots[0]; i++) {
        uint64_t *known =
            map_at(&families, map_key(roots[i].root, strlen(roots[i].root)));
        if (known)
            *known = i + 1;
    }
}

unsigned lexicon_roles(const char *word)
{
    const uint64_t *known;

    pthread_once(&was_made, make);
    known = map_find(&roles, map_key(word, strlen(word)));
    return known ? (unsigned)*known : 0;
}

const char *lexicon_family(const char *root, size_t length)
{
    const uint64_t *known;

    pthread_once(&was_made, make);
    known = map_find(&families, map_key(root, length));
    return known ? roots[*known - 1].family : NULL;
}
