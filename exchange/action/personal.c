/* Everything held about one person. */
#include "exchange/action/personal.h"

#include "base/email.h"
#include "store/accounts.h"
#include "store/people.h"

#include <string.h>

#define STATEMENT_DELETE(name) QUERY_ERASE_##name
#define STATEMENT_UNLINK(name) QUERY_ERASE_##name
#define STATEMENT_RULE(name) QUERY_COUNT
#define STATEMENT_KEEP(name) QUERY_COUNT

const struct personal_row personal_rows[] = {
#define PERSONAL(name, table, column, of, erasure, title)                                \
    {#name,                                                                              \
     table,                                                                              \
     column,                                                                             \
     PERSONAL_OF_##of,                                                                   \
     PERSONAL_##erasure,                                                                 \
     title,                                                                              \
     QUERY_PERSONAL_##name,                                                              \
     STATEMENT_##erasure(name)},
#define PERSONAL_WITH(table, column, name)
#include "exchange/action/personal.def"
#undef PERSONAL
#undef PERSONAL_WITH
};
const size_t personal_row_count = sizeof personal_rows / sizeof personal_rows[0];

static void add_email(struct identity *identity, const char *email)
{
    for (size_t i = 0; i < identity->email_count; i++)
        if (strcmp(identity->emails[i], email) == 0)
            return;
    if (identity->email_count < sizeof identity->emails / sizeof identity->emails[0])
        identity->emails[identity->email_count++] = email;
}

static err_code add_person(struct db *db, struct arena *arena, int64_t id,
                           struct identity *identity, struct person *person,
                           struct err *err)
{
    err_code code;

    for (size_t i = 0; i < identity->person_count; i++)
        if (identity->person_ids[i] == id)
            return ERR_NONE;
    if (identity->person_count == IDENTITY_MOST)
        return err_set(err, ERR_LIMIT, "more than %d cards bear one address",
                       IDENTITY_MOST);
    code = people_get(db, arena, id, person, err);
    if (code != ERR_NONE)
        return code;
    identity->names[identity->person_count] = person->name;
    identity->person_ids[identity->person_count++] = id;
    return ERR_NONE;
}

/* Her address is hers alone unless someone else's card or account bears it too. */
static err_code add_own_email(struct db *db, struct arena *arena,
                              const struct person *person, struct identity *identity,
                              struct err *err)
{
    const char *email = email_plain(arena, person->email);
    struct stmt *stmt;
    bool has_row;
    int64_t others = 0;
    err_code code = db_query(db, QUERY_PERSON_MAIL_OTHERS, &stmt, err);

    if (code != ERR_NONE)
        return code;
    stmt_int(stmt, 1, person->id);
    stmt_text(stmt, 2, email);
    code = stmt_next(stmt, &has_row, err);
    if (code != ERR_NONE)
        return code;
    others = has_row ? row_int(stmt, 0) : 0;
    stmt_end(stmt);
    if (!others && email)
        add_email(identity, email);
    return ERR_NONE;
}

err_code identity_of_email(struct db *db, struct arena *arena, const char *email,
                           struct identity *out, struct err *err)
{
    struct identity identity = {.account_id = 0};
    struct account account = {.id = 0};
    struct person person = {.id = 0};
    struct personal_key key = {.email = email};
    struct personal_line *lines = NULL;
    size_t count = 0, capacity = 0;
    err_code code = accounts_find(db, arena, email, &account, err);

    add_email(&identity, email);
    identity.account_id = account.id;
    if (code == ERR_NONE && account.person_id)
        code = add_person(db, arena, account.person_id, &identity, &person, err);
    if (code == ERR_NONE && person.email)
        code = add_own_email(db, arena, &person, &identity, err);
    if (code == ERR_NONE)
        code = personal_read(db, arena, QUERY_PERSON_MAIL, &key, &lines, &count,
                             &capacity, err);
    for (size_t i = 0; code == ERR_NONE && i < count; i++)
        code = add_person(db, arena, lines[i].cells[0].number, &identity, &person, err);
    if (code == ERR_NONE)
        *out = identity;
    return code;
}

err_code identity_of_person(struct db *db, struct arena *arena, int64_t id,
                            struct identity *out, struct err *err)
{
    struct identity identity = {.account_id = 0};
    struct person person = {.id = 0};
    struct personal_key key = {.id = id};
    struct personal_line *lines = NULL;
    size_t count = 0, capacity = 0;
    err_code code = add_person(db, arena, id, &identity, &person, err);

    if (code == ERR_NONE)
        code = personal_read(db, arena, QUERY_ACCOUNT_NAMED, &key, &lines, &count,
                             &capacity, err);
    if (code == ERR_NONE && count && lines[0].cell_count == 2) {
        identity.account_id = lines[0].cells[0].number;
        add_email(&identity, lines[0].cells[1].text);
    }
    if (code == ERR_NONE && person.email)
        code = add_own_email(db, arena, &person, &identity, err);
    if (code == ERR_NONE)
        *out = identity;
    return code;
}

size_t personal_keys(const struct personal_row *row, const struct identity *identity,
                     struct personal_key keys[IDENTITY_MOST])
{
    size_t count = 0;

    switch (row->of) {
    case PERSONAL_OF_PERSON:
        for (; count < identity->person_count; count++)
            keys[count] = (struct personal_key){.id = identity->person_ids[count]};
        break;
    case PERSONAL_OF_ACCOUNT:
        if (identity->account_id)
            keys[count++] = (struct personal_key){.id = identity->account_id};
        break;
    case PERSONAL_OF_EMAIL:
        for (; count < identity->email_count; count++)
            keys[count] = (struct personal_key){.email = identity->emails[count]};
        break;
    }
    return count;
}

static err_code read_section(struct db *db, struct arena *arena,
                             const struct personal_row *row,
                             const struct identity *identity,
                             struct personal_section *out, struct err *err)
{
    struct personal_key keys[IDENTITY_MOST];
    struct personal_line *lines = NULL;
    size_t count = 0, capacity = 0, key_count = personal_keys(row, identity, keys);
    err_code code = ERR_NONE;

    for (size_t i = 0; code == ERR_NONE && i < key_count; i++)
        code =
            personal_read(db, arena, row->tell, &keys[i], &lines, &count, &capacity, err);
    /* when she could come is part of what she needs */
    if (row->tell == QUERY_PERSONAL_NEED)
        for (size_t i = 0; code == ERR_NONE && i < key_count; i++)
            code = personal_read(db, arena, QUERY_PERSONAL_WINDOW, &keys[i], &lines,
                                 &count, &capacity, err);
    *out = (struct personal_section){row, lines, count};
    return code;
}

err_code personal_export(struct db *db, struct arena *arena,
                         const struct identity *identity, struct personal_section **out,
                         size_t *count, struct err *err)
{
    struct personal_section *sections =
        arena_array(arena, personal_row_count, sizeof *sections);
    size_t used = 0;
    err_code code = sections ? db_read_begin(db, err)
                             : err_set(err, ERR_MEMORY, "no room for what is held");

    if (code != ERR_NONE)
        return code;
    /* the card is erased last and told first */
    for (size_t i = 0; code == ERR_NONE && i < personal_row_count; i++) {
        const struct personal_row *row =
            &personal_rows[i ? i - 1 : personal_row_count - 1];
        code = read_section(db, arena, row, identity, &sections[used], err);
        used += code == ERR_NONE && sections[used].line_count > 0;
    }
    db_read_end(db);
    if (code != ERR_NONE)
        return code;
    *out = sections;
    *count = used;
    return ERR_NONE;
}
