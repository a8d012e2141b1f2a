/* What the sheets of needs and sessions share: the people, needs, places and skills they name. */
#ifndef EXCHANGE_ACTION_IMPORT_EXCHANGE_H
#define EXCHANGE_ACTION_IMPORT_EXCHANGE_H

#include "exchange/action/import_table.h"

/* The person an import called `name`, or whose number ("#12") or address it is. 0: nobody. */
MUST_USE err_code exchange_find_person(struct table *table, const char *name, int64_t *id);
/* The same; nobody is a mistake at `column`. */
MUST_USE err_code exchange_person(struct table *table, enum column column, const char *name,
                                  int64_t *id);
/* The need an import or export called `name`; 0 when there is none. */
MUST_USE err_code exchange_find_need(struct table *table, const char *name, int64_t *id);
/* Structure, pole and skill, which needs and sessions have alike; absent columns leave them. */
MUST_USE err_code exchange_links(struct table *table, bool is_applied, int64_t *structure_id,
                                 int64_t *pole_id, int64_t *skill_id);
/* Puts the cell's text into *member, NULL when empty; an absent column leaves it. */
void exchange_text(const struct table *table, enum column column, const char **member);
/* Puts a level from 0 to 4 into *level; an absent column leaves it. */
void exchange_level(struct table *table, enum skill_level *level);
/* table_each; says how many rows have no id, by which they would be known again. */
MUST_USE err_code exchange_each(struct table *table, bool is_applied, table_row row);
/* Counts the row; true when it has to be written. */
bool exchange_must_write(struct table *table, bool is_new, bool is_same, bool is_applied);

#endif
