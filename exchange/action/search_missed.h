/* Searches that found nothing: what the directory lacks, in the words of those who look.
 *
 * Only folded words and a day are kept, never who looked, from where or at what hour;
 * words that hold an address or a long number are not, and of
 * words that name somebody only those of the thesaurus are. They are shown
 * once they were searched for on three different days, and forgotten with the notes of
 * who did what (privacy.log_days), or as soon as the search finds something. */
#ifndef EXCHANGE_ACTION_SEARCH_MISSED_H
#define EXCHANGE_ACTION_SEARCH_MISSED_H

#include "exchange/action/ctx.h"
#include "exchange/action/miss_box.h"
#include "store/search_miss.h"

enum { MISSED_DAYS_LEAST = 3, MISSED_SHOWN_MOST = 20, MISS_BYTES_LEAST = 4 };

/* `text` as it was typed, found nothing today: noted at the next turn of the jobs, with
 * ctx->misses. Does nothing for words that say too little or too much. */
void search_missed(struct ctx *ctx, const char *text);
MUST_USE err_code search_missed_list(struct ctx *ctx, struct search_miss **out,
                                     size_t *count, struct err *err);

#endif
