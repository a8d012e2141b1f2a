/* Invented people by the thousand, for trying a directory at its real size.
 *
 * A person has a trade, skills that go with it, a place and a few sentences of her own,
 * all drawn from lists (cli/demo_lists.h) by a seed: the same lists, seed and place in
 * the row give the same bytes on every machine. No two have the same presentation; those
 * who left it empty differ by name and headline. Weak side: sentences come back in other
 * company, so such a directory says nothing about how well search understands people. */
#ifndef CLI_DEMO_PEOPLE_H
#define CLI_DEMO_PEOPLE_H

#include "base/arena.h"
#include "base/text.h"

#include <stdint.h>

struct demo_maker;

/* For at most `most` people. As demo_lists_read. Owned by the caller: demo_maker_close.
 */
MUST_USE err_code demo_maker_open(struct demo_maker **out, const char *folder,
                                  uint64_t seed, uint64_t most, struct err *err);
void demo_maker_close(struct demo_maker *maker); /* accepts NULL */

/* Adds the first line of a spreadsheet of people. */
void demo_maker_header(struct text *out);

/* Adds the next person's row. ERR_LIMIT when the lists are too short to make one more who
 * is like nobody before. */
MUST_USE err_code demo_maker_next(struct demo_maker *maker, struct text *out,
                                  struct err *err);

#endif
