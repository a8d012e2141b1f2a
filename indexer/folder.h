/* The folder of the index: generations, of which one is current, and a lock for writers.
 *
 *   FOLDER/lock       held while somebody writes
 *   FOLDER/current    a link to the generation that readers open
 *   FOLDER/gen-N      a Xapian database
 *
 * A rebuild fills gen-N+1 and then moves the link: readers see the old index or the new
 * one. */
#ifndef INDEXER_FOLDER_H
#define INDEXER_FOLDER_H

#include "base/err.h"

#include <limits.h>
#include <stdbool.h>

/* Takes the lock; *lock is a file to close. ERR_BUSY when somebody else writes, ERR_STORE
 * when the folder is a file or the lock a folder. */
MUST_USE err_code folder_lock(const char *folder, int *lock, struct err *err);
/* The number of the current generation, 0 when there is none. */
int folder_current(const char *folder);
/* The number of the next. Without a current one it is after all that are there, which are
 * removed: whoever still reads them reads on. */
int folder_next(const char *folder);
/* Whether what is called current is no link to a generation. */
bool folder_is_blocked(const char *folder);
/* Removes what stands where the folder and its lock belong. */
void folder_make_way(const char *folder);
/* The model beside the index: what was learnt. */
void folder_model(const char *folder, char out[PATH_MAX]);
void folder_path(const char *folder, int generation, char out[PATH_MAX]);
/* Moves the link, whatever stands in its place, and removes every generation but this one
 * and the one before. */
MUST_USE err_code folder_make_current(const char *folder, int generation,
                                      struct err *err);

/* Removes every generation but that one. */
void folder_keep_only(const char *folder, int generation);

#endif
