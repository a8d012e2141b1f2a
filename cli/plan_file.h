/* Problems and plans as JSON files (docs/plan.md). */
#ifndef CLI_PLAN_FILE_H
#define CLI_PLAN_FILE_H

#include "base/text.h"
#include "exchange/plan/solve.h"

struct tree;

enum {
    PLAN_FILE_BYTES_MOST = 256 << 20,
    PLAN_DATES_MOST = 1000,
    PLAN_PEOPLE_MOST = 100000,
    PLAN_NEEDS_MOST = 50000,
    PLAN_ROOMS_MOST = 2000,
    PLAN_SKILLS_MOST = 5000,
    PLAN_BITS_MOST = 64 /* languages, and kinds of equipment */
};

/* A problem as read, with the names its file gives to things. */
struct plan_file {
    struct plan_problem problem;
    const char **dates, **skills, **people, **needs, **rooms;
};

/* ERR_INVALID names the place ("needs[3].skill") and what is allowed; ERR_IO,
 * ERR_NOT_FOUND. */
MUST_USE err_code plan_file_read(struct arena *arena, const char *path,
                                 struct plan_file *out, struct err *err);
/* Reads a plan in the words of its problem and verifies it: every rule, its value
 * (plan_check), a bound that is not below it, and that who is called unserved is.
 * ERR_INVALID says what is wrong. */
MUST_USE err_code plan_answer_verify(struct arena *arena, const char *path,
                                     const struct plan_file *file, struct plan *out,
                                     struct err *err);
void plan_answer_write(const struct plan_file *file, const struct solution *solution,
                       struct text *out);

/* JSON of a whole file. ERR_INVALID with its place; a NUL byte is one. */
MUST_USE err_code plan_tree(const struct text *bytes, struct tree **out, struct err *err);

#endif
