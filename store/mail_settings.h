/* What an address wants by mail. Writing runs inside a writer's job. */
#ifndef STORE_MAIL_SETTINGS_H
#define STORE_MAIL_SETTINGS_H

#include "store/driver.h"

struct mail_setting {
    bool wants_digest;   /* the weekly one */
    int64_t digested_at; /* the last one; 0: none yet */
    int64_t stopped_at;  /* only what she asks for since then; 0 otherwise */
};

/* `email` in lower case. An unknown one wants the digest and every mail. */
MUST_USE err_code mail_settings_get(struct db *db, const char *email,
                                    struct mail_setting *out, struct err *err);
MUST_USE err_code mail_settings_put(struct db *db, const char *email,
                                    const struct mail_setting *setting, int64_t now,
                                    struct err *err);

#endif
