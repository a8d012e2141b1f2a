/* The sentences of one language (a .mo file made by msgfmt), and its dates and numbers.
 */
#ifndef WEB_VIEW_CATALOGUE_H
#define WEB_VIEW_CATALOGUE_H

#include "base/calendar.h"
#include "base/text.h"

struct catalogue;

/* Loads content/i18n/LANG.mo. A missing English one is the sentences themselves; any
 * other missing (ERR_NOT_FOUND) or damaged (ERR_INVALID) file is an error that names it:
 * every entry is checked here, once. A language has two forms, told apart by n != 1 or n
 * > 1; another Plural-Forms is refused. Never changed after; shared by threads. */
MUST_USE err_code catalogue_open(struct catalogue **out, const char *folder,
                                 const char *lang, struct err *err);
void catalogue_close(struct catalogue *catalogue);

const char *catalogue_lang(const struct catalogue *catalogue); /* "fr" */
/* The translation, or the sentence itself when it has none or there is no catalogue
 * (NULL). Lives as long as the catalogue. */
const char *tr(const struct catalogue *catalogue, const char *sentence);
const char *tr_n(const struct catalogue *catalogue, const char *one, const char *many,
                 int64_t count);

/* What stands between the cells of a spreadsheet, so that it opens as one where that
 * language is spoken: ';' where the comma is that of decimals, as in French, else ','. */
char catalogue_delimiter(const struct catalogue *catalogue);

/* "22 novembre 2026", "mardi 24 novembre 2026 à 18 h 30", "18 h 30", "1 234". */
void say_date(const struct catalogue *catalogue, int64_t at, struct zone zone,
              struct text *out);
void say_date_time(const struct catalogue *catalogue, int64_t at, struct zone zone,
                   struct text *out);
void say_time(const struct catalogue *catalogue, int64_t at, struct zone zone,
              struct text *out);
/* "novembre 2026" */
void say_month_year(const struct catalogue *catalogue, int64_t at, struct zone zone,
                    struct text *out);
/* "22" and "nov.", for a calendar leaf */
void say_day(const struct catalogue *catalogue, int64_t at, struct zone zone,
             struct text *out);
void say_month(const struct catalogue *catalogue, int64_t at, struct zone zone,
               struct text *out);
void say_number(const struct catalogue *catalogue, int64_t number, struct text *out);

#endif
