/* The forward index: what ranking needs of each document, beside Xapian's own files.
 *
 *   GENERATION/forward.heap   items, one after another, each written once
 *   GENERATION/forward.rows   for each docid the place of its item in the heap, 8 bytes
 *
 * Both are mapped by readers, so that a search opens no card it does not show. Items are
 * durable before Xapian commits the docids that lead to them: a reader that sees a docid
 * sees its item, or a newer one. What a crash leaves between the two is written again
 * when the change log is followed. An item whose document was changed or removed is
 * overwritten with zeros; its room comes back with the next rebuild. */
#ifndef INDEXER_FORWARD_H
#define INDEXER_FORWARD_H

#include "base/err.h"

#include <stddef.h>
#include <stdint.h>

enum { FORWARD_ITEM_MOST = 16 << 20 }; /* bytes of one item */

/* ---- writing; one writer a generation (the folder's lock) ---- */
struct forward_writer;
/* ERR_IO with the system's reason; ERR_STORE when the files are not a forward index. */
MUST_USE err_code forward_writer_open(struct forward_writer **out, const char *folder,
                                      bool is_new, struct err *err);
void forward_writer_close(struct forward_writer *writer); /* drops what was not flushed */
/* Adds an item; *place (never 0) is where it will stand. */
MUST_USE err_code forward_add(struct forward_writer *writer, const void *bytes,
                              size_t length, uint64_t *place, struct err *err);
/* The item of `row` is now the one at `place` (0: none); the one before is wiped. */
MUST_USE err_code forward_set(struct forward_writer *writer, uint32_t row, uint64_t place,
                              struct err *err);
/* All of it becomes durable. */
MUST_USE err_code forward_flush(struct forward_writer *writer, struct err *err);

/* ---- reading ---- */
struct forward;
MUST_USE err_code forward_open(struct forward **out, const char *folder, struct err *err);
void forward_close(struct forward *forward); /* accepts NULL */
/* Sees rows that were added since; what forward_item returned before is no longer valid.
 */
MUST_USE err_code forward_refresh(struct forward *forward, struct err *err);
/* How many rows there are; the last ones may have been emptied. */
uint32_t forward_rows(const struct forward *forward);
/* The place of a row's item, 0 when it has none. */
uint64_t forward_place(const struct forward *forward, uint32_t row);
/* The row's place, then the row's item, will soon be asked for. */
void forward_expect_row(const struct forward *forward, uint32_t row);
void forward_expect_item(const struct forward *forward, uint32_t row);
/* The item at `place` and its length; NULL when there is none (a damaged file). */
const void *forward_item(const struct forward *forward, uint64_t place, size_t *length);

#endif
