/* The two questions afterwards. */
#include "exchange/action/session_feedback.h"

#include "base/unicode.h"
#include "exchange/action/session_form.h"
#include "exchange/model/seats.h"
#include "store/change.h"
#include "store/people.h"
#include "store/session_life.h"
#include "store/sessions.h"
#include "store/skills.h"

enum { WORDS_MOST = 500, USEFUL_MOST = 4 };

struct job {
    struct ctx *ctx;
    const struct link *link;
    struct session_feedback feedback;
};

static err_code find(struct ctx *ctx, struct db *db, int64_t session_id,
                     int64_t person_id, const struct session_feedback **out,
                     struct err *err)
{
    struct session_feedback *all = NULL;
    size_t count = 0;
    err_code code = session_feedbacks(db, ctx->arena, session_id, &all, &count, err);

    *out = NULL;
    for (size_t i = 0; code == ERR_NONE && i < count; i++)
        if (all[i].person_id == person_id)
            *out = &all[i];
    return code;
}

static err_code write_answer(struct db *db, void *argument, struct err *err)
{
    struct job *job = argument;
    struct session session;
    err_code code =
        sessions_get(db, job->ctx->arena, job->link->subject_id, &session, err);

    if (code == ERR_NONE && !seats_of(session.registrations, session.registration_count,
                                      job->link->person_id))
        code = err_set_field(err, ERR_CONFLICT, "useful",
                             N_("You have no place in this session."));
    if (code == ERR_NONE)
        code = session_feedback_put(db, session.id, &job->feedback, job->ctx->now, err);
    return code == ERR_NONE
               ? change_note(db, THING_SESSION, session.id, job->ctx->now, err)
               : code;
}

err_code session_answer(struct ctx *ctx, const struct link *link, int useful,
                        bool could_show, const char *words, struct err *err)
{
    struct job job = {.ctx = ctx,
                      .link = link,
                      .feedback = {.person_id = link->person_id,
                                   .useful = useful,
                                   .could_show = could_show,
                                   .words = arena_trimmed(ctx->arena, words)}};

    if (useful < 1 || useful > USEFUL_MOST)
        return err_set_field(err, ERR_INVALID, "useful",
                             N_("Choose one of the four answers."));
    if (job.feedback.words && unicode_length(job.feedback.words) > WORDS_MOST)
        return err_set_field(err, ERR_INVALID, "words",
                             N_("Shorten your words: 500 characters at most."));
    return writer_do(ctx->writer, write_answer, &job, err);
}

static err_code add_skill(struct db *db, const struct job *job,
                          const struct session *session, struct err *err)
{
    struct ctx *ctx = job->ctx;
    struct person_skill *skills;
    struct person person;
    struct skill skill;
    err_code code = people_get(db, ctx->arena, job->link->person_id, &person, err);

    if (code == ERR_NONE)
        code = skills_get(db, ctx->arena, session->skill_id, &skill, err);
    if (code != ERR_NONE)
        return code;
    for (size_t i = 0; i < person.skill_count; i++)
        if (person.skills[i].skill_id == session->skill_id)
            return change_note(db, THING_PERSON, person.id, ctx->now, err);
    skills = arena_array(ctx->arena, person.skill_count + 1, sizeof *skills);
    if (!skills)
        return err_set(err, ERR_MEMORY, "no room for skills");
    for (size_t i = 0; i < person.skill_count; i++)
        skills[i] = person.skills[i];
    skills[person.skill_count++] =
        (struct person_skill){.skill_id = session->skill_id,
                              .label = skill_name(&skill, "fr"),
                              .level = session->level ? session->level : LEVEL_PRACTISES,
                              .is_shared = true};
    person.skills = skills;
    return people_save(db, &person, ctx->now, err);
}

static err_code write_skill(struct db *db, void *argument, struct err *err)
{
    struct job *job = argument;
    const struct session_feedback *said = NULL;
    struct session session;
    err_code code =
        sessions_get(db, job->ctx->arena, job->link->subject_id, &session, err);

    if (code == ERR_NONE)
        code = find(job->ctx, db, session.id, job->link->person_id, &said, err);
    if (code != ERR_NONE)
        return code;
    if (!session.skill_id || !said || !said->could_show)
        return err_set_field(err, ERR_CONFLICT, "useful",
                             N_("There is no skill to add: answer the questions first."));
    return add_skill(db, job, &session, err);
}

err_code session_add_skill(struct ctx *ctx, const struct link *link, struct err *err)
{
    struct job job = {.ctx = ctx, .link = link};

    return writer_do(ctx->writer, write_skill, &job, err);
}

err_code session_opinions(struct ctx *ctx, int64_t session_id,
                          struct session_opinion **out, size_t *count, struct err *err)
{
    struct session_feedback *all = NULL;
    struct session_opinion *opinions;
    err_code code = session_feedbacks(ctx->db, ctx->arena, session_id, &all, count, err);

    if (code != ERR_NONE)
        return code;
    opinions = arena_array(ctx->arena, *count + 1, sizeof *opinions);
    if (!opinions)
        return err_set(err, ERR_MEMORY, "no room for opinions");
    for (size_t i = 0; i < *count; i++)
        opinions[i] =
            (struct session_opinion){all[i].useful, all[i].could_show, all[i].words};
    *out = opinions;
    return ERR_NONE;
}

err_code session_could_show(struct ctx *ctx, int64_t session_id, int64_t person_id,
                            bool *has_said, bool *could, struct err *err)
{
    const struct session_feedback *said = NULL;
    err_code code = find(ctx, ctx->db, session_id, person_id, &said, err);

    *has_said = said != NULL;
    *could = said && said->could_show;
    return code;
}
