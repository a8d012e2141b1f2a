/* Words and rules of introductions. */
#include "exchange/model/introduction.h"

#include <string.h>

static const char *const decline_words[DECLINE_REASON_COUNT] = {"not_now", "not_me",
                                                                "someone_else"};

const char *introduction_state_word(enum introduction_state state)
{
    static const char *const words[] = {"asked",  "accepted",  "declined",
                                        "silent", "withdrawn", "met"};

    return words[state];
}

const char *decline_word(enum decline_reason reason)
{
    return decline_words[reason];
}

bool decline_parse(const char *word, enum decline_reason *out)
{
    for (int i = 0; word && i < DECLINE_REASON_COUNT; i++)
        if (strcmp(word, decline_words[i]) == 0) {
            *out = (enum decline_reason)i;
            return true;
        }
    return false;
}

bool introduction_may_answer(enum introduction_state state)
{
    return state == INTRODUCTION_ASKED || state == INTRODUCTION_SILENT;
}

bool introduction_shows_contacts(const struct introduction *introduction)
{
    return (introduction->state == INTRODUCTION_ACCEPTED ||
            introduction->state == INTRODUCTION_MET) &&
           introduction->asker_shows && introduction->resource_shows;
}
