/* Needs given back. */
#include "exchange/action/need_return.h"

#include "store/needs.h"
#include "store/rows.h"

err_code need_return(struct db *db, struct need *need, int64_t session_id, int64_t now,
                     struct err *err)
{
    const int64_t parameters[] = {need->id, session_id};
    err_code code = rows_number(db, QUERY_NEED_ANSWER_LEFT, parameters, 2, 0,
                                &need->answered_at, err);

    if (code != ERR_NONE)
        return code;
    need->state = NEED_QUALIFIED;
    need->reason = "given_back";
    need->closed_at = 0;
    return needs_save(db, need, now, err);
}
