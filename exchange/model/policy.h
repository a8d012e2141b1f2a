/* Who may do what: one table (policy.def) of verb × who. Not for what is shown of a card to whom
 * (that is its visibility), nor for limits (how many needs, contacts, mails). */
#ifndef EXCHANGE_MODEL_POLICY_H
#define EXCHANGE_MODEL_POLICY_H

#include <stdbool.h>

/* What someone is to the record in question; a set of bits. */
enum who {
    WHO_ANYONE = 1,      /* has not come in */
    WHO_CREATOR = 2,     /* has come in by a link: a confirmed address */
    WHO_OWNER = 4,       /* it is hers: her need, her card, a session she made or gives */
    WHO_FACILITATOR = 8, /* keeps the record's pole, or stands in for who does */
    WHO_MANAGER = 16,    /* manages the structure the record belongs to */
    WHO_ADMIN = 32       /* admin of the site */
};

enum verb {
#define POLICY(verb, who, sentence) VERB_##verb,
#include "exchange/model/policy.def"
#undef POLICY
    VERB_COUNT
};

/* Whether any of the bits `who` is enough. */
bool policy_may(enum verb verb, unsigned who);
/* The bits that are enough. */
unsigned policy_who(enum verb verb);
/* "QUALIFY_NEED" */
const char *policy_word(enum verb verb);
const char *policy_sentence(enum verb verb);
/* "anyone", "creator", … of one bit */
const char *who_word(enum who who);

#endif
