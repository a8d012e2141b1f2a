/* Which of the dates offered suits whom. */
#include "exchange/model/dates.h"

bool dates_suit(const struct session_choice *choices, size_t count, int64_t person_id,
                int64_t starts_at)
{
    bool has_ticked = false;

    for (size_t i = 0; i < count; i++) {
        if (choices[i].person_id != person_id)
            continue;
        if (choices[i].starts_at == starts_at)
            return true;
        has_ticked = true;
    }
    return !has_ticked;
}

size_t dates_come(const struct session *session, const struct session_choice *choices,
                  size_t count, int64_t starts_at)
{
    size_t come = 0;

    for (size_t i = 0; i < session->registration_count; i++)
        come +=
            session->registrations[i].state == REGISTRATION_SEATED &&
            dates_suit(choices, count, session->registrations[i].person_id, starts_at);
    return come;
}

int64_t dates_best(const struct session *session, const struct session_choice *choices,
                   size_t count, int64_t now, size_t *come)
{
    int64_t best = 0;

    *come = 0;
    for (size_t i = 0; i < session->date_count; i++) {
        size_t here = dates_come(session, choices, count, session->dates[i].starts_at);
        if (session->dates[i].starts_at <= now || (best && here <= *come))
            continue;
        best = session->dates[i].starts_at;
        *come = here;
    }
    return best;
}

void dates_release(struct seating *seating, const struct session_choice *choices,
                   size_t count, int64_t starts_at, int64_t now)
{
    for (size_t i = 0; i < seating->count; i++) {
        struct registration *one = &seating->items[i];
        if ((one->state != REGISTRATION_SEATED && one->state != REGISTRATION_WAITING) ||
            dates_suit(choices, count, one->person_id, starts_at))
            continue;
        one->state = REGISTRATION_LEFT;
        one->hold_until = 0;
        seating->changes[seating->change_count++] =
            (struct seat_change){one->person_id, SEAT_UNSUITED};
    }
    seats_turn(seating, now);
}

bool session_has_trainer(const struct session *session, int64_t person_id)
{
    for (size_t i = 0; i < session->trainer_count; i++)
        if (session->trainer_ids[i] == person_id)
            return true;
    return false;
}

const struct session_date *session_fixed(const struct session *session)
{
    for (size_t i = 0; i < session->date_count; i++)
        if (session->dates[i].is_fixed)
            return &session->dates[i];
    return session->date_count == 1 ? &session->dates[0] : NULL;
}

int64_t session_first_at(const struct session *session)
{
    const struct session_date *fixed = session_fixed(session);

    if (fixed)
        return fixed->starts_at;
    return session->date_count ? session->dates[0].starts_at : INT64_MAX / 4;
}

bool session_is_open(const struct session *session, int64_t now)
{
    return session->state < SESSION_HELD && session_first_at(session) > now;
}

int64_t session_last_at(const struct session *session)
{
    const struct session_date *fixed = session_fixed(session);

    if (fixed)
        return fixed->ends_at;
    return session->date_count ? session->dates[session->date_count - 1].ends_at
                               : INT64_MAX / 4;
}
