/* A self-training session: who passes on what, when and where. Plain values. */
#ifndef EXCHANGE_MODEL_SESSION_H
#define EXCHANGE_MODEL_SESSION_H

#include "exchange/model/person.h"

enum session_state {
    SESSION_PROPOSED,  /* dates offered */
    SESSION_CONFIRMED, /* date fixed, it takes place */
    SESSION_HELD,
    SESSION_CANCELLED
};

struct session_date {
    int64_t starts_at, ends_at;
    bool is_fixed; /* chosen among those offered */
};

enum registration_state {
    REGISTRATION_SEATED,
    REGISTRATION_WAITING,
    REGISTRATION_LEFT,
    REGISTRATION_ATTENDED,
    REGISTRATION_ABSENT
};

struct registration {
    int64_t person_id;
    enum registration_state state;
    int64_t created_at;
    int64_t need_id;    /* the need it answers; 0 when none */
    int64_t hold_until; /* waiting, and a freed seat is hers until then; 0 otherwise */
};

struct session {
    int64_t id;
    const char *external_id; /* what an import called it; NULL otherwise */
    const char *title;       /* never NULL */
    const char *about;       /* NULL when none */
    int64_t pole_id, structure_id, skill_id; /* 0 when unsaid */
    enum skill_level level; /* the level it brings to; LEVEL_UNSAID when unsaid */
    enum format format;
    const char *place, *commune; /* NULL when unsaid */
    bool is_online;
    int seats, threshold; /* threshold ≤ seats */
    int64_t decide_at;    /* go/no-go; 0 when none */
    enum session_state state;
    const struct session_date *dates; /* in order of time */
    size_t date_count;
    const int64_t *trainer_ids;
    size_t trainer_count;
    const int64_t *need_ids;
    size_t need_count;
    const struct registration *registrations; /* in order of arrival */
    size_t registration_count;
    int64_t created_at, updated_at, version;
    int64_t room_id;        /* of a structure; 0 when elsewhere or online */
    const char *online_url; /* shown to those registered; NULL when none */
    const char *access;     /* of the place, in words; NULL when unsaid */
    int64_t priority_until; /* those who asked come first until then; 0: no priority */
    bool is_prolonged;      /* the go/no-go date was moved, which happens once */
    int64_t created_by;     /* person; 0 when an import made it */
    const char *reason;     /* of a cancellation, a stable word; NULL otherwise */
    unsigned reminded;      /* bits of enum reminder: what has left */
};

enum reminder {
    REMINDED_EARLY = 1,
    REMINDED_LATE = 2,
    REMINDED_QUESTIONS = 4,
    REMINDED_TICK = 8
};

bool session_may_become(enum session_state from, enum session_state to);
const char *session_state_word(enum session_state state);
/* "seated", "waiting", "left", "attended", "absent" */
const char *registration_state_word(enum registration_state state);
bool session_state_parse(const char *word, enum session_state *out);
/* Whether what is written as its place only says that it is online. */
bool session_has_trainer(const struct session *session, int64_t person_id);
bool session_place_is_online(const struct session *session);
/* Seats nobody else can have: seated, come, or held for who waits. */
size_t session_seats_taken(const struct session *session);
/* The date that is fixed; NULL while several are offered. */
const struct session_date *session_fixed(const struct session *session);
/* The first and last moment of the session: of its fixed date, else of those offered. */
int64_t session_first_at(const struct session *session);
int64_t session_last_at(const struct session *session);
/* It has not begun, and is not cancelled: people can come in. */
bool session_is_open(const struct session *session, int64_t now);

#endif
