/* A need whose session does not take place, or was held without those who asked, is one again. */
#ifndef EXCHANGE_ACTION_NEED_RETURN_H
#define EXCHANGE_ACTION_NEED_RETURN_H

#include "exchange/model/need.h"
#include "store/driver.h"

/* Makes `need` qualified again in the writer's job that ends session `session_id`. It counts as
 * answered only since what still stands: someone who said yes, or another session; without any it
 * is looked after as before its session. */
MUST_USE err_code need_return(struct db *db, struct need *need, int64_t session_id,
                              int64_t now, struct err *err);

#endif
