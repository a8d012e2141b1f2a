/* Mails about a session to one person: everything its templates may want to say of the
 * session and of her place in it, so that each mail is only a template. Inside a writer's
 * job. */
#ifndef EXCHANGE_ACTION_SESSION_MAIL_H
#define EXCHANGE_ACTION_SESSION_MAIL_H

#include "exchange/action/ctx.h"
#include "exchange/model/dates.h"
#include "base/secret.h"
#include "store/links.h"

enum { SESSION_LINK_DAYS = 60 }; /* after the last date, her link is still good */

struct session_mail {
    const char *template;
    const struct session *session;
    int64_t person_id;
    /* Where place_url leads: LINK_SESSION (her place), LINK_FEEDBACK (the questions) or
     * LINK_SESSION_PROPOSAL (to give it with others). LINK_COUNT: the page of the
     * session. */
    enum link_purpose link;
    const char *ics_method; /* "REQUEST" or "CANCEL"; NULL: no calendar goes with it */
    const char *words;      /* of someone; NULL when none */
    const char *from_name;  /* whose words; NULL when none */
    bool is_asker;          /* she asked for it and is not registered */
    bool is_alone;          /* of a trainer asked: she would give it alone */
    int64_t decided_before; /* the go/no-go date before it was moved; 0 when it was not */
    int64_t number;         /* of people a sentence speaks of; 0 when none */
    /* What was changed: the session before, bits of enum session_part, and which dates
     * suit whom, so that those whom none suits any more are asked to choose again. NULL,
     * 0 when nothing was. */
    const struct session *before;
    unsigned changed;
    const struct session_choice *choices;
    size_t choice_count;
};

enum session_part {
    PART_TITLE = 1,
    PART_ABOUT = 2,
    PART_DATES = 4,
    PART_PLACE = 8, /* place, commune, access, online or not, where to connect */
    PART_SEATS = 16,
    PART_THRESHOLD = 32,
    PART_DECISION = 64,
    PART_LEVEL = 128,
    PART_FORMAT = 256,
    PART_POLE = 512,
    PART_SKILL = 1024,
    PART_TRAINERS = 2048
};

/* Nothing leaves to someone without an address. */
MUST_USE err_code session_mail_queue(struct db *db, const struct ctx *ctx,
                                     const struct session_mail *mail, struct err *err);
/* The same mail to each who has a seat or waits, to each who gives it (else who made it),
 * or to all; *told, unless NULL, grows by those who have a seat or wait. Its calendar
 * goes to the seated and to those who give it. */
enum session_told { TOLD_COMERS = 1, TOLD_GIVERS = 2, TOLD_ALL = 3 };
MUST_USE err_code session_mail_all(struct db *db, const struct ctx *ctx,
                                   const struct session_mail *what,
                                   enum session_told whom, size_t *told, struct err *err);
/* The same mail to an address that is nobody's yet (person_id 0). */
MUST_USE err_code session_mail_address(struct db *db, const struct ctx *ctx,
                                       const struct session_mail *mail, const char *email,
                                       struct err *err);
/* The token of a new link of that purpose to the session, for that person. */
MUST_USE err_code session_link(struct db *db, const struct ctx *ctx,
                               const struct session *session, enum link_purpose purpose,
                               int64_t person_id, const char *email, const char *lang,
                               char token[SECRET_TOKEN_TEXT_MAX], struct err *err);

#endif
