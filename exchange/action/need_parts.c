/* What becomes of the needs merged into one that ends. */
#include "exchange/action/need_parts.h"

#include "exchange/action/need_mail.h"
#include "store/introductions.h"
#include "store/need_groups.h"
#include "store/needs.h"

enum { FOLLOWED = 4 }; /* no follow-up comes any more */

/* Those still open, oldest first. */
static err_code open_parts(struct db *db, struct arena *arena, int64_t head_id,
                           struct need **parts, size_t *count, struct err *err)
{
    struct need *all = NULL;
    size_t found = 0;
    err_code code = needs_merged(db, arena, head_id, NEED_PARTS_MOST, &all, &found, err);

    *count = 0;
    if (code != ERR_NONE)
        return code;
    for (size_t i = 0; i < found; i++)
        if (need_is_open(all[i].state))
            all[(*count)++] = all[i];
    *parts = all;
    return ERR_NONE;
}

err_code need_parts_close(struct db *db, struct arena *arena, const struct need *head,
                          int64_t now, struct need **parts, size_t *count,
                          struct err *err)
{
    err_code code = open_parts(db, arena, head->id, parts, count, err);

    for (size_t i = 0; code == ERR_NONE && i < *count; i++) {
        struct need *part = &(*parts)[i];
        part->state = head->state;
        part->reason = head->reason;
        part->closed_at = now;
        part->followed = FOLLOWED;
        code = introductions_withdraw(db, part->id, err);
        if (code == ERR_NONE)
            code = needs_save(db, part, now, err);
    }
    return code;
}

err_code need_parts_settle(struct db *db, struct arena *arena,
                           const struct config *config, const struct need *head,
                           int64_t now, struct err *err)
{
    struct need *parts = NULL;
    size_t count = 0;
    err_code code = need_parts_close(db, arena, head, now, &parts, &count, err);

    for (size_t i = 0; code == ERR_NONE && i < count; i++) {
        struct reach author;
        code = reach_author(db, arena, config, &parts[i], &author, err);
        if (code == ERR_NONE && author.email)
            code =
                need_mail_settled(db, arena, config, &parts[i], &author, head, now, err);
    }
    return code;
}

err_code need_parts_pass_on(struct db *db, struct arena *arena, const struct need *head,
                            int64_t now, struct err *err)
{
    struct need *parts = NULL;
    size_t count = 0;
    err_code code = open_parts(db, arena, head->id, &parts, &count, err);

    for (size_t i = 0; code == ERR_NONE && i < count; i++) {
        code = needs_split(db, parts[i].id, now, err);
        if (code == ERR_NONE && i > 0)
            code = needs_merge(db, parts[i].id, parts[0].id, now, err);
    }
    return code == ERR_NONE && count
               ? needs_sessions_move(db, head->id, parts[0].id, now, err)
               : code;
}
