/* Brings the poles and structures of the configuration file into the records. */
#ifndef EXCHANGE_ACTION_CONFIG_APPLY_H
#define EXCHANGE_ACTION_CONFIG_APPLY_H

#include "config/config.h"
#include "store/writer.h"

/* What the file names is made or renamed; what it does not name stays. Writes nothing when
 * the records say the same already. Skills and facilitators it names that are not in the
 * records yet are left for later: it is run at each start and after each import. */
MUST_USE err_code config_apply(const struct config *config, struct writer *writer,
                               int64_t now, struct err *err);

#endif
