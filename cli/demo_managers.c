/* Who manages the structures of the demonstration. */
#include "cli/demo_managers.h"

#include "base/csv.h"
#include "base/file.h"
#include "store/accounts.h"
#include "store/roles.h"
#include "store/structures.h"

enum { FILE_BYTES_MOST = 1 << 20, ARENA_MAX = 8 << 20, COLUMNS = 2, ROLES_MOST = 100 };

/* What the writer's job works with; counts anew each time it is run. */
struct filling {
    const char *path, *lang;
    struct arena *arena, *row_arena;
    const struct text *sheet;
    int64_t now, added;
};

static err_code add(struct db *db, struct filling *filling, const struct csv_cell *cells,
                    struct err *err)
{
    struct role *roles = NULL;
    size_t count = 0;
    int64_t structure_id = 0, account_id = 0;
    err_code code = structures_find(db, cells[0].text, &structure_id, err);

    if (code == ERR_NONE && !structure_id)
        return err_set(err, ERR_NOT_FOUND, "%s:%d: there is no structure \"%.60s\"",
                       filling->path, cells[0].line, cells[0].text);
    if (code == ERR_NONE)
        code = accounts_make(db, cells[1].text, filling->lang, filling->now, &account_id,
                             err);
    if (code == ERR_NONE)
        code =
            roles_list(db, filling->arena, account_id, ROLES_MOST, &roles, &count, err);
    for (size_t i = 0; code == ERR_NONE && i < count; i++)
        if (roles[i].kind == ROLE_MANAGER && roles[i].structure_id == structure_id)
            return ERR_NONE;
    if (code == ERR_NONE)
        code =
            roles_grant(db, account_id, ROLE_MANAGER, structure_id, 0, filling->now, err);
    filling->added += code == ERR_NONE;
    return code;
}

static err_code add_all(struct db *db, void *argument, struct err *err)
{
    struct filling *filling = argument;
    struct csv_reader reader;
    struct csv_cell *cells;
    size_t count = 1;
    err_code code = csv_open(&reader, filling->arena, filling->row_arena,
                             filling->sheet->bytes, filling->sheet->length, err);

    filling->added = 0;
    for (size_t row = 0; code == ERR_NONE && count; row++) {
        code = csv_next(&reader, &cells, &count, err);
        if (code != ERR_NONE || !count || !row)
            continue;
        if (count < COLUMNS || !*cells[1].text)
            return err_set(err, ERR_INVALID, "%s:%d: a structure and an address",
                           filling->path, cells[0].line);
        code = add(db, filling, cells, err);
    }
    return code;
}

err_code demo_managers(struct writer *writer, const char *folder, const char *lang,
                       int64_t now, int64_t *added, struct err *err)
{
    struct text sheet;
    struct filling filling = {.arena = arena_new(ARENA_MAX),
                              .row_arena = arena_new(ARENA_MAX),
                              .sheet = &sheet,
                              .lang = lang,
                              .now = now};
    err_code code = ERR_NONE;

    text_init(&sheet, FILE_BYTES_MOST);
    if (filling.arena && filling.row_arena)
        filling.path = arena_printf(filling.arena, "%s/managers.csv", folder);
    if (!filling.path)
        code = err_set(err, ERR_MEMORY, "no room for managers.csv");
    if (code == ERR_NONE)
        code = file_read(filling.path, &sheet, err);
    if (code == ERR_NONE)
        code = writer_do(writer, add_all, &filling, err);
    if (code == ERR_NONE)
        *added = filling.added;
    text_done(&sheet);
    arena_free(filling.row_arena);
    arena_free(filling.arena);
    return code;
}
