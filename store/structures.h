/* Records of structures and poles. */
#ifndef STORE_STRUCTURES_H
#define STORE_STRUCTURES_H

#include "exchange/model/structure.h"
#include "store/driver.h"

MUST_USE err_code structures_get(struct db *db, struct arena *arena, int64_t id,
                                 struct structure *out, struct err *err);
/* All, by name. */
MUST_USE err_code structures_all(struct db *db, struct arena *arena,
                                 struct structure **out, size_t *count, struct err *err);
MUST_USE err_code structures_find(struct db *db, const char *key, int64_t *id,
                                  struct err *err); /* 0 when none */
MUST_USE err_code structures_save(struct db *db, struct structure *structure,
                                  int64_t now, struct err *err);

MUST_USE err_code poles_get(struct db *db, struct arena *arena, int64_t id,
                            struct pole *out, struct err *err);
MUST_USE err_code poles_all(struct db *db, struct arena *arena, struct pole **out,
                            size_t *count, struct err *err);
MUST_USE err_code poles_find(struct db *db, const char *key, int64_t *id,
                             struct err *err);
MUST_USE err_code poles_save(struct db *db, struct pole *pole, int64_t now,
                             struct err *err);

#endif
