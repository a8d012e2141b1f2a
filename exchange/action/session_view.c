/* What pages about a session read beyond its record. */
#include "exchange/action/session_view.h"

#include "exchange/action/link.h"
#include "exchange/action/session_mail.h"
#include "store/people.h"
#include "store/session_life.h"
#include "store/sessions.h"

enum { HERS_MOST = 50 };

err_code session_votes(struct ctx *ctx, const struct session *session, int64_t person_id,
                       struct session_date_votes *out, size_t most, size_t *count,
                       struct err *err)
{
    struct session_choice *choices = NULL;
    size_t choice_count = 0;
    err_code code =
        session_choices(ctx->db, ctx->arena, session->id, &choices, &choice_count, err);

    if (code != ERR_NONE)
        return code;
    *count = 0;
    for (size_t i = 0; i < session->date_count && *count < most; i++) {
        struct session_date_votes *votes = &out[*count];
        if (session_fixed(session) && session_fixed(session) != &session->dates[i])
            continue;
        (*count)++;
        *votes = (struct session_date_votes){.starts_at = session->dates[i].starts_at,
                                             .ends_at = session->dates[i].ends_at};
        for (size_t j = 0; j < session->registration_count; j++) {
            const struct registration *one = &session->registrations[j];
            votes->count +=
                one->state != REGISTRATION_LEFT &&
                dates_suit(choices, choice_count, one->person_id, votes->starts_at);
        }
        for (size_t j = 0; j < choice_count; j++)
            votes->is_hers = votes->is_hers || (choices[j].person_id == person_id &&
                                                choices[j].starts_at == votes->starts_at);
    }
    return ERR_NONE;
}

err_code session_link_read(struct ctx *ctx, const char *token, enum link_purpose purpose,
                           struct link *out, struct err *err)
{
    return link_read(ctx->db, ctx->arena, token, purpose, ctx->now, out, err);
}

bool session_is_awaited(const struct session *session)
{
    return session->state == SESSION_PROPOSED && session->format != FORMAT_CIRCLE &&
           session->trainer_count == 0;
}

err_code session_awaited(struct ctx *ctx, const struct session *session,
                         const char *nameless, const char **names, struct err *err)
{
    int64_t *ids = NULL;
    size_t count = 0;
    err_code code = ERR_NONE;

    *names = NULL;
    if (session_is_awaited(session))
        code =
            session_asked(ctx->db, ctx->arena, session->id, ctx->now, &ids, &count, err);
    for (size_t i = 0; code == ERR_NONE && i < count; i++) {
        struct person person = {.name = nameless};
        if (ids[i])
            code = people_get(ctx->db, ctx->arena, ids[i], &person, err);
        if (code == ERR_NONE)
            *names = *names ? arena_printf(ctx->arena, "%s, %s", *names, person.name)
                            : person.name;
    }
    return code;
}

err_code sessions_hers(struct ctx *ctx, int64_t person_id, bool is_giving,
                       struct session **out, size_t *count, struct err *err)
{
    int64_t *ids = NULL;
    size_t id_count = 0;
    struct session *found;
    err_code code = is_giving ? sessions_of_giver(ctx->db, ctx->arena, person_id,
                                                  HERS_MOST, &ids, &id_count, err)
                              : sessions_of_registered(ctx->db, ctx->arena, person_id,
                                                       HERS_MOST, &ids, &id_count, err);

    found = arena_array(ctx->arena, id_count + 1, sizeof *found);
    if (code == ERR_NONE && !found)
        code = err_set(err, ERR_MEMORY, "no room for her sessions");
    for (size_t i = 0; code == ERR_NONE && i < id_count; i++)
        code = sessions_get(ctx->db, ctx->arena, ids[i], &found[i], err);
    if (code == ERR_NONE) {
        *out = found;
        *count = id_count;
    }
    return code;
}
