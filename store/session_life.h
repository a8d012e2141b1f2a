/* What the life of a session needs beyond its record (store/sessions.h): which dates suit
 * whom, what is due, what people said afterwards. Writing runs inside a writer's job; the
 * change of the session is noted by whoever saves it. */
#ifndef STORE_SESSION_LIFE_H
#define STORE_SESSION_LIFE_H

#include "exchange/model/dates.h"
#include "store/driver.h"

/* Of those registered, the people whose place or dates someone noted for them (the audit
 * knows). */
MUST_USE err_code session_noted(struct db *db, struct arena *arena, int64_t session_id,
                                int64_t **ids, size_t *count, struct err *err);

/* The need of the session that this person stated or supported; 0 when none. */
MUST_USE err_code session_need_of(struct db *db, int64_t session_id, int64_t person_id,
                                  int64_t *need_id, struct err *err);

/* In order of date and person. */
MUST_USE err_code session_choices(struct db *db, struct arena *arena, int64_t session_id,
                                  struct session_choice **out, size_t *count,
                                  struct err *err);
/* These dates suit her, and no other ones; none: forgotten. */
MUST_USE err_code session_choose(struct db *db, int64_t session_id, int64_t person_id,
                                 const int64_t *dates, size_t count, int64_t now,
                                 struct err *err);

/* Sessions where something is to be done at `now`, 100 at most. */
enum session_due {
    DUE_SEATS,
    DUE_DECISION,
    DUE_QUESTIONS,
    DUE_TICK,   /* over before `now`, nobody ticked, not reminded of it */
    DUE_PRESUME /* the same, reminded of it */
};
MUST_USE err_code sessions_due(struct db *db, struct arena *arena, enum session_due due,
                               int64_t now, int64_t **ids, size_t *count,
                               struct err *err);
/* Those whose fixed date is from `from` on and before `before`, not reminded of with that
 * bit; one that was noted (imported) less than `window_s` before it begins is left out.
 */
MUST_USE err_code sessions_to_remind(struct db *db, struct arena *arena, int64_t from,
                                     int64_t before, int64_t window_s, enum reminder bit,
                                     int64_t **ids, size_t *count, struct err *err);

/* Sessions she has a seat in or waits for; that she gives or made; latest first. */
MUST_USE err_code sessions_of_registered(struct db *db, struct arena *arena,
                                         int64_t person_id, size_t most, int64_t **ids,
                                         size_t *count, struct err *err);
MUST_USE err_code sessions_of_giver(struct db *db, struct arena *arena, int64_t person_id,
                                    size_t most, int64_t **ids, size_t *count,
                                    struct err *err);

/* Who is asked to give it and may still answer: people, 0 when only the address is known.
 */
MUST_USE err_code session_asked(struct db *db, struct arena *arena, int64_t session_id,
                                int64_t now, int64_t **ids, size_t *count,
                                struct err *err);

/* People who stated or supported the need, or one that was merged into it. */
MUST_USE err_code need_askers(struct db *db, struct arena *arena, int64_t need_id,
                              int64_t **ids, size_t *count, struct err *err);
/* The address under a need nobody is the author of yet; NULL when none. */
MUST_USE err_code need_unconfirmed_email(struct db *db, struct arena *arena,
                                         int64_t need_id, const char **email,
                                         struct err *err);

/* The language she was last written in; "fr" when nobody knows. */
MUST_USE err_code person_lang(struct db *db, struct arena *arena, int64_t person_id,
                              const char **lang, struct err *err);

/* Published cards that bear that name (folded), two at most. */
MUST_USE err_code people_named(struct db *db, struct arena *arena, const char *name,
                               int64_t **ids, size_t *count, struct err *err);

struct session_feedback {
    int64_t person_id;
    int useful; /* 0 unsaid, 1 no … 4 very */
    bool could_show;
    const char *words; /* NULL when none */
};
/* Puts it in place of what she said before. */
MUST_USE err_code session_feedback_put(struct db *db, int64_t session_id,
                                       const struct session_feedback *feedback,
                                       int64_t now, struct err *err);
MUST_USE err_code session_feedbacks(struct db *db, struct arena *arena,
                                    int64_t session_id, struct session_feedback **out,
                                    size_t *count, struct err *err);

/* *id of one just like it: the same title and first date, proposed by that person after
 * `since`; else 0. */
MUST_USE err_code session_same(struct db *db, const struct session *session,
                               int64_t person_id, int64_t since, int64_t *id,
                               struct err *err);

/* How many messages about the session left after `since`. */
MUST_USE err_code session_messages_since(struct db *db, int64_t session_id, int64_t since,
                                         int64_t *count, struct err *err);

#endif
