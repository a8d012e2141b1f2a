/* Public holidays of France (Code du travail, article L3133-1). Pure. */
#ifndef EXCHANGE_MODEL_HOLIDAY_H
#define EXCHANGE_MODEL_HOLIDAY_H

#include <stdbool.h>

/* Whether nobody should be asked to come that day: 1 January, Easter Monday, 1 and 8 May,
 * Ascension Thursday, Whit Monday, 14 July, 15 August, 1 and 11 November, 25 December. */
bool is_holiday(int year, int month, int day);

#endif
