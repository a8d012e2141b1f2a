/* What the audit tells that somebody did: the verbs there are (deed.def) and how they are
 * said. */
#ifndef EXCHANGE_MODEL_DEED_H
#define EXCHANGE_MODEL_DEED_H

/* English words for a verb, to be translated, such as "sent a wave" after a name; NULL
 * when no such verb is in deed.def. Static. */
const char *deed_words(const char *verb);

#endif
