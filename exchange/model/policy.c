/* Who may do what. */
#include "exchange/model/policy.h"

enum {
    ANYONE = WHO_ANYONE,
    CREATOR = WHO_CREATOR,
    OWNER = WHO_OWNER,
    FACILITATOR = WHO_FACILITATOR,
    MANAGER = WHO_MANAGER,
    ADMIN = WHO_ADMIN
};

static const struct {
    unsigned who;
    const char *word, *sentence;
} rows[] = {
#define POLICY(verb, who, sentence) {who, #verb, sentence},
#include "exchange/model/policy.def"
#undef POLICY
};

bool policy_may(enum verb verb, unsigned who)
{
    return (rows[verb].who & who) != 0;
}

unsigned policy_who(enum verb verb)
{
    return rows[verb].who;
}

const char *policy_word(enum verb verb)
{
    return rows[verb].word;
}

const char *policy_sentence(enum verb verb)
{
    return rows[verb].sentence;
}

const char *who_word(enum who who)
{
    switch (who) {
    case WHO_ANYONE:
        return "anyone";
    case WHO_CREATOR:
        return "creator";
    case WHO_OWNER:
        return "owner";
    case WHO_FACILITATOR:
        return "facilitator";
    case WHO_MANAGER:
        return "manager";
    case WHO_ADMIN:
        return "admin";
    }
    return "";
}
