/* A structure adds people to its records. */
#include "exchange/action/person_add.h"

#include "base/email.h"
#include "base/unicode.h"
#include "exchange/action/actor.h"
#include "store/change.h"
#include "store/people.h"

enum { NAME_MOST = 200, COMMUNE_MOST = 80, TWICE_S = 600 };

struct adding {
    struct ctx *ctx;
    struct person person;
};

/* Someone without an address whom the structure has added under that name a moment ago.
 */
static err_code find_same(struct db *db, struct ctx *ctx, const struct person *person,
                          int64_t *id, struct err *err)
{
    struct person found;
    struct err several = {0};
    err_code code =
        people_find_name(db, person->structure_id, person->name, id, &several);

    if (code == ERR_CONFLICT)
        *id = 0;
    if (code == ERR_NONE && *id)
        code = people_get(db, ctx->arena, *id, &found, &several);
    if (code == ERR_NONE && *id &&
        (found.email || found.state != CARD_DRAFT ||
         found.created_at < ctx->now - TWICE_S))
        *id = 0;
    return code == ERR_NONE || code == ERR_CONFLICT
               ? ERR_NONE
               : err_set(err, code, "%s", several.text);
}

static err_code write_person(struct db *db, void *argument, struct err *err)
{
    struct adding *adding = argument;
    struct ctx *ctx = adding->ctx;
    struct person person = adding->person;
    int64_t known = 0;
    err_code code = person.email ? people_find_email_in(db, person.email,
                                                        person.structure_id, &known, err)
                                 : find_same(db, ctx, &person, &known, err);

    if (code == ERR_NONE && known && !person.email) { /* the form was sent twice */
        adding->person.id = known;
        return change_note(db, THING_ACCOUNT, 0, ctx->now, err);
    }
    if (code == ERR_NONE && known)
        return err_set_field(err, ERR_CONFLICT, "email",
                             N_("A card bears this address already."));
    if (code == ERR_NONE)
        code = people_save(db, &person, ctx->now, err);
    if (code != ERR_NONE)
        return code;
    adding->person.id = person.id;
    return audit_of(db,
                    &(struct audit){.actor = actor_word(ctx->arena, ctx->actor),
                                    .verb = "add person",
                                    .account_id = ctx->actor->account_id,
                                    .person_id = person.id},
                    ctx->now, err);
}

static err_code must(struct ctx *ctx, int64_t structure_id, struct err *err)
{
    return actor_must(VERB_ADD_PEOPLE, actor_who(ctx->actor, 0, 0, structure_id), err);
}

err_code person_add(struct ctx *ctx, int64_t structure_id, const struct person_form *form,
                    int64_t *person_id, struct err *err)
{
    const char *name = arena_trimmed(ctx->arena, form->name),
               *email = email_plain(ctx->arena, form->email ? form->email : "");
    bool has_commune = form->commune && *form->commune;
    struct adding adding = {.ctx = ctx,
                            .person = {.structure_id = structure_id,
                                       .name = name,
                                       .email = email && *email ? email : NULL,
                                       .commune = has_commune ? form->commune : NULL,
                                       .quota_month = -1,
                                       .state = CARD_DRAFT,
                                       .created_at = ctx->now}};
    err_code code = must(ctx, structure_id, err);

    if (code != ERR_NONE)
        return code;
    if (!email)
        return err_set(err, ERR_MEMORY, "no room for an address");
    if (!name || unicode_length(name) > NAME_MOST || !unicode_has_letter(name))
        return err_set_field(
            err, ERR_INVALID, "name",
            N_("Write the first and last name: 200 characters at most."));
    if (*email && !email_is_plausible(email))
        return err_set_field(err, ERR_INVALID, "email",
                             N_("Write an e-mail address such as name@example.org."));
    if (has_commune && unicode_length(form->commune) > COMMUNE_MOST)
        return err_set_field(err, ERR_INVALID, "commune",
                             N_("Write a commune: 80 characters at most."));
    code = writer_do(ctx->writer, write_person, &adding, err);
    if (code == ERR_NONE)
        *person_id = adding.person.id;
    return code;
}

struct pasting {
    struct import_options options;
    struct import_report *report;
};

static err_code write_pasted(struct db *db, void *argument, struct err *err)
{
    struct pasting *pasting = argument;

    const struct import_words words = pasting->report->words;

    import_report_done(pasting->report); /* the job may be run again */
    import_report_init(pasting->report);
    pasting->report->words = words;
    return import_run(db, &pasting->options, true, pasting->report, err);
}

err_code people_paste(struct ctx *ctx, const struct structure *structure,
                      const char *text, bool is_applied, struct import_report *report,
                      struct err *err)
{
    struct pasting pasting = {.options = {.kind = IMPORT_PEOPLE,
                                          .path = "",
                                          .text = text,
                                          .structure_key = structure->key,
                                          .people_state = CARD_DRAFT,
                                          .only_structure_id = structure->id,
                                          .actor = actor_word(ctx->arena, ctx->actor),
                                          .account_id = ctx->actor->account_id,
                                          .config = ctx->config,
                                          .now = ctx->now},
                              .report = report};
    err_code code = must(ctx, structure->id, err);

    if (code != ERR_NONE)
        return code;
    if (!is_applied)
        return import_run(ctx->db, &pasting.options, false, report, err);
    code = import_run(ctx->db, &pasting.options, false, report, err);
    return code == ERR_NONE && (report->added || report->changed)
               ? writer_do(ctx->writer, write_pasted, &pasting, err)
               : code;
}
