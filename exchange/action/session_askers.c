/* Those who asked for what a session is about. */
#include "exchange/action/session_askers.h"

#include "exchange/model/seats.h"
#include "exchange/model/session.h"
#include "store/session_life.h"

struct telling {
    struct db *db;
    const struct ctx *ctx;
    struct session_mail mail;
    int64_t *told;
    size_t told_count, capacity;
};

static bool is_left_out(const struct telling *telling, int64_t person_id)
{
    const struct session *session = telling->mail.session;

    if (person_id == session->created_by ||
        seats_of(session->registrations, session->registration_count, person_id) ||
        session_has_trainer(session, person_id))
        return true;
    for (size_t i = 0; i < telling->told_count; i++)
        if (telling->told[i] == person_id)
            return true;
    return false;
}

static err_code tell_people(struct telling *telling, int64_t need_id, struct err *err)
{
    struct arena *arena = telling->ctx->arena;
    int64_t *ids = NULL;
    size_t count = 0;
    err_code code = need_askers(telling->db, arena, need_id, &ids, &count, err);

    for (size_t i = 0; code == ERR_NONE && i < count; i++) {
        if (is_left_out(telling, ids[i]))
            continue;
        telling->told = arena_grow(arena, telling->told, telling->told_count,
                                   &telling->capacity, sizeof *telling->told);
        if (!telling->told)
            return err_set(err, ERR_MEMORY, "no room for people");
        telling->told[telling->told_count++] = telling->mail.person_id = ids[i];
        telling->mail.link = LINK_SESSION;
        code = session_mail_queue(telling->db, telling->ctx, &telling->mail, err);
    }
    return code;
}

err_code session_tell_askers(struct db *db, const struct ctx *ctx,
                             const struct session_mail *what, struct err *err)
{
    struct telling telling = {.db = db, .ctx = ctx, .mail = *what, .capacity = 16};
    const struct session *session = what->session;
    err_code code = ERR_NONE;

    telling.mail.is_asker = true;
    telling.mail.ics_method = NULL;
    telling.mail.choice_count = 0;
    telling.told = arena_array(ctx->arena, telling.capacity, sizeof *telling.told);
    if (!telling.told)
        return err_set(err, ERR_MEMORY, "no room for people");
    for (size_t i = 0; code == ERR_NONE && i < session->need_count; i++) {
        const char *email = NULL;
        code = tell_people(&telling, session->need_ids[i], err);
        if (code == ERR_NONE)
            code =
                need_unconfirmed_email(db, ctx->arena, session->need_ids[i], &email, err);
        if (code == ERR_NONE && email) {
            telling.mail.person_id = 0;
            telling.mail.link = LINK_COUNT;
            code = session_mail_address(db, ctx, &telling.mail, email, err);
        }
    }
    return code;
}
