/* A training need, in its author's words. Plain values: no I/O, no clock. */
#ifndef EXCHANGE_MODEL_NEED_H
#define EXCHANGE_MODEL_NEED_H

#include "exchange/model/person.h"

enum need_state {
    NEED_STATED,
    NEED_QUALIFIED,
    NEED_GROUPED,
    NEED_MET,
    NEED_GIVEN_UP
};

/* Someone else who needs it too, keeping her own words. */
struct need_support {
    int64_t person_id; /* 0 when she has no card yet */
    const char *words; /* NULL when she only said "moi aussi" */
    int64_t created_at;
};

struct need {
    int64_t id;
    const char *external_id; /* what an import called it; NULL otherwise */
    int64_t person_id;       /* author; 0 when unknown or not confirmed by e-mail */
    int64_t structure_id, pole_id, skill_id; /* 0 when unsaid */
    const char *text;        /* never NULL, 3 to 2000 code points */
    enum skill_level level;  /* wanted; LEVEL_UNSAID when unsaid */
    enum need_state state;
    const char *commune;     /* NULL when unsaid */
    const char *could_pass_on; /* open reciprocity; NULL when unsaid */
    const char *email;       /* to be confirmed; never shown; NULL when none */
    int64_t created_at, expires_at, updated_at;
    bool is_private;         /* sensitive: its author and facilitators only */
    int64_t qualified_at;    /* 0: not yet */
    int64_t answered_at;     /* first acceptance or session; 0: none yet */
    int followed;            /* follow-ups done: 0 to 3, 4 after the closing */
    int64_t closed_at;       /* 0 while open */
    const char *reason;      /* why it is where it is, a stable word; NULL when unsaid */
    int64_t merged_into;     /* the need it is part of; 0: it stands alone */
    int64_t deadline_at;     /* wanted before; 0: no hurry */
    int64_t merged_people;   /* who stated or supports what is merged into it; never saved */
    int64_t people; /* distinct people with all that is merged into it; never saved */
    const struct weekly_window *windows;
    size_t window_count;
    const struct need_support *supports;
    size_t support_count;
    int64_t version;
};

/* What may follow what: the one table of the life of a need. */
bool need_may_become(enum need_state from, enum need_state to);
bool need_is_open(enum need_state state); /* stated, qualified or grouped */
const char *need_state_word(enum need_state state); /* "stated", "qualified", … */
bool need_state_parse(const char *word, enum need_state *out);

#endif
