/* The dated steps of a need's life, from the settings. Pure: no I/O, no clock. */
#ifndef EXCHANGE_ACTION_NEED_STEP_H
#define EXCHANGE_ACTION_NEED_STEP_H

#include "base/calendar.h"
#include "config/config.h"
#include "exchange/model/need.h"

enum need_step_kind {
    NEED_STEP_NONE,   /* it is closed */
    NEED_STEP_FIRST,  /* the first people are asked */
    NEED_STEP_SECOND, /* the next ones; the facilitator is told */
    NEED_STEP_THIRD,  /* at risk: its author chooses */
    NEED_STEP_CLOSING,
    NEED_STEP_END /* its life ends */
};

struct need_step {
    enum need_step_kind kind;
    int64_t at; /* 0 with NEED_STEP_NONE */
};

/* When follow-up `step` (1 to 4) is due. A need kept open once closes at the end of its life. */
int64_t need_step_at(const struct config *config, const struct need *need, int step);
/* What comes next after `now`. */
struct need_step need_next_step(const struct config *config, const struct need *need,
                                int64_t now);
/* It was kept open once: its life is longer than needs have. */
bool need_is_kept(const struct config *config, const struct need *need);
/* Not kept yet, and open, closed for want of an answer, or met only with what it is part of. */
bool need_may_keep(const struct config *config, const struct need *need);

/* Why it is where it is: the stable words of need.reason. */
#define NEED_ACCEPTED "accepted"         /* a resource person said yes */
#define NEED_UNANSWERED "unanswered"     /* closed: nobody could help */
#define NEED_EXPIRED "expired"           /* closed: its life ended */
#define NEED_WITHDRAWN "withdrawn"       /* by its author */
#define NEED_MET_CONTACT "met_contact"   /* thanks to someone of here */
#define NEED_MET_SESSION "met_session"   /* in a session */
#define NEED_SESSION_HELD "session_held" /* a session on it was held, and someone came for it */
#define NEED_MET_ELSEWHERE "met_elsewhere"
#define NEED_KEPT "kept"                 /* its author keeps it open */

#endif
