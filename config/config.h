/* The site's one configuration file, read once and never changed.
 *
 * Settings are rows of settings.def; the lists (languages, communes, poles, structures)
 * are read by their own rules. Every mistake of a file is reported in one go. */
#ifndef CONFIG_CONFIG_H
#define CONFIG_CONFIG_H

#include "base/arena.h"
#include "base/calendar.h"
#include "base/text.h"

#include <stdint.h>

struct config_pole {
    const char *key, *name, *kind, *about; /* kind: "trade", "service", "sales" */
    const char *const *facilitators;       /* e-mail addresses; the first keeps it */
    size_t facilitator_count;
    const char *const *skills; /* codes or labels in scope */
    size_t skill_count;
};

/* Of poles and structures, also of those that are imported. */
enum { CONFIG_NAME_BYTES_MOST = 200, CONFIG_ABOUT_BYTES_MOST = 2000 };

struct config_structure {
    const char *key, *name, *kind, *commune, *about, *url;
};

/* Who pays a part of a training for someone: rules as they were checked. */
struct config_funder {
    const char *key, *name, *pays, *conditions,
        *url;                            /* conditions, url: NULL when unsaid */
    const char *checked_on, *checked_by; /* "2026-11-30"; who did, as shown */
    const char *a_person, *an_hour;      /* as written; NULL when unsaid */
    int64_t person_most,
        hour_most; /* euros for each person, for each hour of hers; 0: no such limit */
    int64_t checked_day; /* calendar_day_number of checked_on */
};

struct config_commune {
    const char *name,
        *key; /* as written; folded (unicode_fold), by which they are told apart */
    double latitude, longitude; /* degrees of WGS 84, north and east above 0 */
    bool has_place;             /* they were said */
};

#define CONFIG_TEXT const char *
#define CONFIG_INT int64_t
#define CONFIG_REAL double
#define CONFIG_BOOL bool

struct config {
#define SETTING(path, type, member, unit, initial, least, most, sentence)                \
    CONFIG_##type member;
#include "config/settings.def"
#undef SETTING
    struct zone zone;             /* from site.time_zone */
    const char *const *languages; /* "fr" first */
    size_t language_count;
    const struct config_commune *communes; /* the territory, by key; none: anywhere */
    size_t commune_count;
    const struct config_pole *poles;
    size_t pole_count;
    const struct config_structure *structures;
    size_t structure_count;
    const struct config_funder *funders;
    size_t funder_count;
    const char *path; /* the file it came from; NULL for the defaults */
};

/* The defaults alone. Everything points into `arena`. */
MUST_USE err_code config_defaults(struct arena *arena, struct config *out,
                                  struct err *err);

/* Reads `path`. Each mistake is one line of `mistakes` (text_init'ed):
 *   FILE:LINE:COLUMN: `path`: what is wrong; value and allowed range
 * ERR_INVALID when there is at least one (out untouched), ERR_NOT_FOUND / ERR_IO when the
 * file cannot be read. */
MUST_USE err_code config_read(struct arena *arena, const char *path, struct config *out,
                              struct text *mistakes, struct err *err);

/* One entry a setting for `etabli check --explain`. */
void config_explain(struct text *out);

#endif
