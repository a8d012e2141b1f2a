/* One function a kind of import; see import_run. */
#ifndef EXCHANGE_ACTION_IMPORT_KINDS_H
#define EXCHANGE_ACTION_IMPORT_KINDS_H

#include "exchange/action/import_table.h"

typedef err_code (*import_function)(struct table *table, bool is_applied);

err_code import_people(struct table *table, bool is_applied);
err_code import_skills(struct table *table, bool is_applied);
err_code import_rome(struct table *table, bool is_applied);
err_code import_structures(struct table *table, bool is_applied);
err_code import_poles(struct table *table, bool is_applied);
err_code import_needs(struct table *table, bool is_applied);
err_code import_sessions(struct table *table, bool is_applied);

#endif
