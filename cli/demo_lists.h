/* What invented people are put together from: content/demo/made.csv, a row a word or a
 * sentence (list, key, text), and the labels of content/demo/skills.csv.
 *
 * The key says whose list it is: a trade's (title, special, core, side, said), a pole's
 * (structure), a skill's (label), or everybody's (empty). */
#ifndef CLI_DEMO_LISTS_H
#define CLI_DEMO_LISTS_H

#include "base/arena.h"

#include <stdint.h>

struct demo_list {
    const char *name, *key; /* never NULL */
    const char **items;
    size_t count, capacity;
};

struct demo_lists {
    struct arena *arena; /* everything here lives there */
    struct demo_list *all;
    size_t count, capacity;
};

/* Reads both files of `folder`. ERR_INVALID "FILE:LINE:COLUMN: …" for a list nobody
 * knows, an empty text, a skill that is not in the thesaurus, a trade that lacks a list;
 * as csv_open and file_read. */
MUST_USE err_code demo_lists_read(struct demo_lists *lists, struct arena *arena,
                                  const char *folder, struct err *err);

/* How many rows a spreadsheet of `folder` has, its first line aside. */
MUST_USE err_code demo_count_rows(const char *folder, const char *file, uint64_t *count,
                                  struct err *err);

/* Never NULL: an empty list when there is none. Valid as long as the lists. */
const struct demo_list *demo_list(const struct demo_lists *lists, const char *name,
                                  const char *key);

#endif
