/* Bringing an asker and a resource person together. Plain values: no I/O, no clock. */
#ifndef EXCHANGE_MODEL_INTRODUCTION_H
#define EXCHANGE_MODEL_INTRODUCTION_H

#include <stdbool.h>
#include <stdint.h>

enum introduction_state {
    INTRODUCTION_ASKED,
    INTRODUCTION_ACCEPTED,
    INTRODUCTION_DECLINED,
    INTRODUCTION_SILENT,    /* no answer in time; she may still give one */
    INTRODUCTION_WITHDRAWN, /* the need ended or the asker changed her mind */
    INTRODUCTION_MET
};

/* Why not. */
enum decline_reason { DECLINE_NOT_NOW, DECLINE_NOT_ME, DECLINE_SOMEONE_ELSE };
enum { DECLINE_REASON_COUNT = 3 };

struct introduction {
    int64_t id;
    int64_t need_id; /* 0: asked from a card without a need */
    int64_t asker_id, resource_id;
    int wave; /* 1, 2, … of the need; 0: asked by the asker herself */
    enum introduction_state state;
    const char *words;     /* of the asker; NULL: those of the need */
    const char *answer;    /* of the resource person; NULL when she wrote none */
    const char *reason;    /* of a refusal: decline_word(); NULL otherwise */
    const char *suggested; /* whom she suggested instead; NULL when nobody */
    bool asker_shows, resource_shows; /* each agrees to show her own address */
    int64_t created_at;
    int64_t expires_at;  /* silent after this */
    int64_t answered_at; /* 0: not yet */
};

/* A message from one to the other, or to all who come to a session. */
struct relay {
    int64_t from_id, to_id; /* of a message to a whole session: both its sender */
    int64_t introduction_id, session_id; /* one of them is 0 */
    const char *words;                   /* NULL once forgotten */
    int64_t created_at;
};

/* "asked", "accepted", "declined", "silent", "withdrawn", "met" */
const char *introduction_state_word(enum introduction_state state);
/* "not_now", "not_me", "someone_else" */
const char *decline_word(enum decline_reason reason);
bool decline_parse(const char *word, enum decline_reason *out);
/* Whether the resource person may still say yes or no. */
bool introduction_may_answer(enum introduction_state state);
/* Whether the two see each other's addresses: accepted, and both agreed. */
bool introduction_shows_contacts(const struct introduction *introduction);

#endif
