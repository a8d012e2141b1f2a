/* Half-days of the week, as forms ask for them: 21 bits, (weekday - 1) * 3 + part, part 0
 * morning, 1 afternoon, 2 evening. Pure. */
#ifndef EXCHANGE_MODEL_WEEK_H
#define EXCHANGE_MODEL_WEEK_H

#include "exchange/model/person.h"

enum { WEEK_PARTS = 21, WEEK_DAY_PARTS = 3 };

/* Beside the bits of a form: something was ticked that is no half-day. */
#define WEEK_ODD (1u << 31)

/* The half-days that the windows touch. */
unsigned week_parts(const struct weekly_window *windows, size_t count);
/* A window for each bit: morning 8 to 12, afternoon 14 to 18, evening 18 to 21. Returns
 * how many. */
size_t week_windows(unsigned parts, struct weekly_window out[WEEK_PARTS]);

#endif
