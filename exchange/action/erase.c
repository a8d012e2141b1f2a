/* Forgetting a person. */
#include "exchange/action/erase.h"

#include "exchange/action/erase_log.h"
#include "exchange/action/session_decide.h"
#include "store/gap_marks.h"
#include "store/rows.h"
#include "store/sessions.h"

#include <inttypes.h>
#include <string.h>

enum { JOB_ARENA_MAX = 16 << 20, NAME_BYTES_LEAST = 4 };

struct erasing {
    const struct ctx *ctx;
    const struct identity *identity;
    const char *by;
    struct arena *arena;
};

/* Sessions to come that she alone gives do not take place; those registered are told. */
static err_code cancel_sessions(struct db *db, const struct erasing *erasing,
                                int64_t person_id, struct err *err)
{
    const int64_t parameters[] = {person_id, erasing->ctx->now};
    struct ctx own = *erasing->ctx;
    struct session session;
    int64_t *ids = NULL;
    size_t count = 0;
    err_code code = rows_ids(db, erasing->arena, QUERY_SESSION_IDS_ALONE, parameters, 2,
                             &ids, &count, err);

    own.arena = erasing->arena;
    for (size_t i = 0; code == ERR_NONE && i < count; i++) {
        code = sessions_get(db, erasing->arena, ids[i], &session, err);
        if (code != ERR_NONE)
            break;
        session.trainer_count = 0; /* no mail names her, none goes to her */
        if (session.created_by == person_id)
            session.created_by = 0;
        code = session_call_off(db, &own, &session, "trainer_gone", NULL, err);
    }
    return code;
}

/* Records that name her and stay get another version and are indexed again. */
static err_code touch(struct db *db, const struct erasing *erasing, int64_t person_id,
                      enum query list, enum query query, enum thing thing,
                      struct err *err)
{
    int64_t *ids = NULL;
    size_t count = 0;
    err_code code = rows_ids(db, erasing->arena, list, &person_id, 1, &ids, &count, err);

    for (size_t i = 0; code == ERR_NONE && i < count; i++) {
        code = rows_run(db, query, &ids[i], 1, err);
        if (code == ERR_NONE)
            code = change_note(db, thing, ids[i], erasing->ctx->now, err);
    }
    return code;
}

/* Her needs, by her number or by her address. */
static err_code erase_needs(struct db *db, const struct erasing *erasing,
                            const struct personal_key *key, struct err *err)
{
    struct personal_line *lines = NULL;
    size_t count = 0, capacity = 0;
    err_code code = personal_read(
        db, erasing->arena, key->email ? QUERY_NEED_IDS_MAIL : QUERY_NEED_IDS_PERSON, key,
        &lines, &count, &capacity, err);

    for (size_t i = 0; code == ERR_NONE && i < count; i++)
        code =
            personal_erase_need(db, lines[i].cells[0].number,
                                erasing->ctx->config->need_words, erasing->ctx->now, err);
    return code;
}

/* Goes through personal.def, what refers before what is referred to. */
static err_code erase_rows(struct db *db, const struct erasing *erasing, struct err *err)
{
    struct personal_key keys[IDENTITY_MOST];
    err_code code = ERR_NONE;

    for (size_t i = 0; code == ERR_NONE && i < personal_row_count; i++) {
        const struct personal_row *row = &personal_rows[i];
        size_t count = personal_keys(row, erasing->identity, keys);
        for (size_t j = 0; code == ERR_NONE && j < count; j++) {
            if (row->erasure == PERSONAL_RULE)
                code = erase_needs(db, erasing, &keys[j], err);
            else if (row->erase != QUERY_COUNT)
                code = personal_erase(db, row->erase, &keys[j], err);
        }
    }
    return code;
}

/* Mails that wait for others and name her. A very short name would be found everywhere.
 */
static err_code erase_mails(struct db *db, const struct erasing *erasing, struct err *err)
{
    const struct identity *identity = erasing->identity;
    err_code code = ERR_NONE;

    for (size_t i = 0; code == ERR_NONE && i < identity->email_count; i++)
        code = personal_erase_mails(db, identity->emails[i], err);
    for (size_t i = 0; code == ERR_NONE && i < identity->person_count; i++)
        if (strlen(identity->names[i]) >= NAME_BYTES_LEAST)
            code = personal_erase_mails(db, identity->names[i], err);
    return code;
}

static err_code note(struct db *db, const struct erasing *erasing, struct err *err)
{
    const struct identity *identity = erasing->identity;
    const int64_t now = erasing->ctx->now;
    err_code code = change_note(db, THING_ACCOUNT, identity->account_id, now, err);

    for (size_t i = 0; code == ERR_NONE && i < identity->person_count; i++) {
        int64_t id = identity->person_ids[i];
        code = personal_note_erased(db, id, now, err);
        if (code == ERR_NONE)
            code = change_note(db, THING_PERSON, id, now, err);
    }
    if (code == ERR_NONE)
        code = audit_of(
            db,
            &(struct audit){.actor = erasing->by,
                            .verb = "erase person",
                            .detail = identity->person_count ? NULL : "account only",
                            .person_id =
                                identity->person_count ? identity->person_ids[0] : 0},
            now, err);
    return code;
}

/* Her seats go to those who wait, with the mails that tell them. */
static err_code move_seats(struct db *db, const struct erasing *erasing,
                           const int64_t *sessions, size_t count, struct err *err)
{
    struct ctx own = *erasing->ctx;
    err_code code = ERR_NONE;

    own.arena = erasing->arena;
    for (size_t i = 0; code == ERR_NONE && i < count; i++)
        code = session_seats_turn(db, &own, sessions[i], err);
    return code;
}

static err_code write_erasure(struct db *db, void *argument, struct err *err)
{
    const struct erasing *erasing = argument;
    const struct identity *identity = erasing->identity;
    int64_t *seats[IDENTITY_MOST];
    size_t seat_counts[IDENTITY_MOST];
    err_code code = ERR_NONE;

    for (size_t i = 0; code == ERR_NONE && i < identity->person_count; i++) {
        int64_t id = identity->person_ids[i];
        code = gap_mark(db, THING_PERSON, id, err);
        if (code == ERR_NONE)
            code = gap_mark_asked(db, id, 0, err);
        if (code == ERR_NONE)
            code = cancel_sessions(db, erasing, id, err);
        if (code == ERR_NONE)
            code = rows_ids(db, erasing->arena, QUERY_SESSION_IDS_SEATED,
                            (const int64_t[]){id, erasing->ctx->now}, 2, &seats[i],
                            &seat_counts[i], err);
        if (code == ERR_NONE)
            code = touch(db, erasing, id, QUERY_SESSION_IDS_PERSON, QUERY_SESSION_TOUCH,
                         THING_SESSION, err);
        if (code == ERR_NONE)
            code = touch(db, erasing, id, QUERY_NEED_IDS_SUPPORT, QUERY_NEED_TOUCH,
                         THING_NEED, err);
        if (code == ERR_NONE)
            code = rows_run(db, QUERY_ERASE_KNOWN, &id, 1, err);
        if (code == ERR_NONE)
            code = rows_run(db, QUERY_ERASE_ACCOUNT_PERSON, &id, 1, err);
    }
    if (code == ERR_NONE)
        code = erase_rows(db, erasing, err);
    for (size_t i = 0; code == ERR_NONE && i < identity->person_count; i++)
        code = move_seats(db, erasing, seats[i], seat_counts[i], err);
    if (code == ERR_NONE)
        code = erase_mails(db, erasing, err);
    return code == ERR_NONE ? note(db, erasing, err) : code;
}

/* Told on the disk before anything is erased: if the job then fails, she is erased at the
 * next start, as she asked. */
static err_code log_first(const struct ctx *ctx, const struct identity *identity,
                          struct err *err)
{
    struct erased_entry entries[IDENTITY_MOST + 1];
    size_t count = 0;

    for (; count < identity->person_count; count++)
        entries[count] =
            (struct erased_entry){false, identity->person_ids[count], ctx->now};
    if (identity->account_id)
        entries[count++] = (struct erased_entry){true, identity->account_id, ctx->now};
    return erase_log_add(ctx->config->data_folder, entries, count, err);
}

err_code person_erase(struct ctx *ctx, const struct identity *identity, const char *by,
                      struct err *err)
{
    struct erasing erasing = {
        .ctx = ctx, .identity = identity, .by = by, .arena = arena_new(JOB_ARENA_MAX)};
    err_code code = erasing.arena ? log_first(ctx, identity, err)
                                  : err_set(err, ERR_MEMORY, "no room to erase");

    if (code == ERR_NONE)
        code = writer_do(ctx->writer, write_erasure, &erasing, err);
    arena_free(erasing.arena);
    return code;
}

/* The one an entry means, when she is there again: her number may be another's by now,
 * who then was made later. */
static err_code is_back(struct db *db, const struct erased_entry *entry, bool *out,
                        struct err *err)
{
    const int64_t parameters[] = {entry->id, entry->at};
    int64_t id = 0;
    err_code code =
        rows_number(db, entry->is_account ? QUERY_ACCOUNT_BEFORE : QUERY_PERSON_BEFORE,
                    parameters, 2, 0, &id, err);

    *out = id != 0;
    return code;
}

err_code erase_count_back(struct db *db, struct arena *arena, const char *data_folder,
                          size_t *count, struct err *err)
{
    struct erased_entry *entries = NULL;
    size_t entry_count = 0;
    err_code code = erase_log_read(arena, data_folder, &entries, &entry_count, err);

    *count = 0;
    for (size_t i = 0; code == ERR_NONE && i < entry_count; i++) {
        bool there = false;
        code = is_back(db, &entries[i], &there, err);
        *count += there;
    }
    return code;
}

/* Who is erased in the records and not in the file: a file that was lost is made again.
 */
static err_code complete_log(struct ctx *ctx, const struct erased_entry *entries,
                             size_t entry_count, struct err *err)
{
    struct erased *erased = NULL;
    size_t count = 0;
    err_code code = personal_erased(ctx->db, ctx->arena, &erased, &count, err);

    for (size_t i = 0; code == ERR_NONE && i < count; i++) {
        const struct erased_entry entry = {false, erased[i].person_id, erased[i].at};
        bool is_there = false;
        for (size_t j = 0; !is_there && j < entry_count; j++)
            is_there = !entries[j].is_account && entries[j].id == entry.id;
        if (!is_there)
            code = erase_log_add(ctx->config->data_folder, &entry, 1, err);
    }
    return code;
}

static err_code identity_of(struct ctx *ctx, const struct erased_entry *entry,
                            struct identity *out, struct err *err)
{
    struct personal_key key = {.id = entry->id};
    struct personal_line *lines = NULL;
    size_t count = 0, capacity = 0;
    err_code code;

    if (!entry->is_account)
        return identity_of_person(ctx->db, ctx->arena, entry->id, out, err);
    code = personal_read(ctx->db, ctx->arena, QUERY_ACCOUNT_ADDRESS, &key, &lines, &count,
                         &capacity, err);
    if (code == ERR_NONE && count == 0)
        code = err_set(err, ERR_NOT_FOUND, "there is no account %" PRId64, entry->id);
    *out = (struct identity){.account_id = entry->id};
    if (code == ERR_NONE)
        out->emails[out->email_count++] = lines[0].cells[0].text;
    return code;
}

err_code erase_again(struct ctx *ctx, size_t *count, struct err *err)
{
    struct erased_entry *entries = NULL;
    struct identity identity;
    size_t entry_count = 0, done = 0;
    err_code code =
        erase_log_read(ctx->arena, ctx->config->data_folder, &entries, &entry_count, err);

    if (code == ERR_NONE)
        code = complete_log(ctx, entries, entry_count, err);
    for (size_t i = 0; code == ERR_NONE && i < entry_count; i++) {
        bool there = false;
        code = is_back(ctx->db, &entries[i], &there, err);
        if (code != ERR_NONE || !there)
            continue;
        code = identity_of(ctx, &entries[i], &identity, err);
        if (code == ERR_NONE)
            code = person_erase(ctx, &identity, "job", err);
        done++;
    }
    if (code == ERR_NONE && count)
        *count = done;
    return code;
}
