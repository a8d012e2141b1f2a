/* What a site map lists. */
#include "store/sitemap.h"

err_code sitemap_list(struct db *db, struct arena *arena, enum sitemap_kind kind,
                      int64_t since, size_t most, struct sitemap_item **out,
                      size_t *count, struct err *err)
{
    static const enum query queries[] = {QUERY_SITEMAP_SESSION, QUERY_SITEMAP_NEED,
                                         QUERY_SITEMAP_SKILL, QUERY_SITEMAP_PERSON};
    struct sitemap_item *items = NULL;
    size_t used = 0, capacity = 0;
    struct stmt *stmt;
    bool has_row;
    err_code code = db_query(db, queries[kind], &stmt, err);

    if (code != ERR_NONE)
        return code;
    stmt_int(stmt, 1, since);
    stmt_int(stmt, 2, (int64_t)most);
    while ((code = stmt_next(stmt, &has_row, err)) == ERR_NONE && has_row) {
        const char *name = row_text(stmt, 1, arena);
        items = arena_grow(arena, items, used, &capacity, sizeof *items);
        if (!items) {
            stmt_end(stmt);
            return err_set(err, ERR_MEMORY, "no room for a site map");
        }
        items[used++] =
            (struct sitemap_item){.id = row_int(stmt, 0), .name = name ? name : ""};
    }
    if (code != ERR_NONE)
        return code;
    *out = items;
    *count = used;
    return ERR_NONE;
}
