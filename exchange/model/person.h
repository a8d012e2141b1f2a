/* A person and her card. Plain values: no I/O, no clock. */
#ifndef EXCHANGE_MODEL_PERSON_H
#define EXCHANGE_MODEL_PERSON_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum skill_level {
    LEVEL_UNSAID = 0,
    LEVEL_NOTIONS = 1,
    LEVEL_PRACTISES = 2,
    LEVEL_MASTERS = 3,
    LEVEL_TRAINS = 4
};

/* How something is passed on; a set of bits. */
enum format {
    FORMAT_CALL = 1,
    FORMAT_WORKSHOP = 2,
    FORMAT_VISIT = 4,
    FORMAT_ONE_TO_ONE = 8,
    FORMAT_CIRCLE = 16 /* sessions only: no trainer */
};

enum card_state {
    CARD_DRAFT,     /* pre-filled by her structure, seen by nobody else */
    CARD_PUBLISHED, /* in the directory */
    CARD_HIDDEN     /* withdrawn by her or by age */
};

/* Who sees a published card. */
enum visibility {
    VISIBLE_PUBLIC,   /* everyone */
    VISIBLE_MEMBERS,  /* those who have come in */
    VISIBLE_STRUCTURE /* people of her structure, its managers, facilitators of her poles */
};

struct person_skill {
    int64_t skill_id;  /* 0 when not recognised in the thesaurus */
    const char *label; /* as she wrote it */
    enum skill_level level;
    bool is_shared;    /* she agrees to pass it on */
    unsigned formats;  /* 0: those of her card */
};

/* A time of the week, local time; end_min is after start_min, both 0 to 1440. */
struct weekly_window {
    int weekday; /* 1 Monday to 7 Sunday */
    int start_min, end_min;
};

struct person {
    int64_t id;
    const char *external_id; /* what her structure calls her; NULL when it has no number */
    int64_t structure_id;    /* 0 when none */
    const char *name;        /* never NULL, 1 to 200 code points */
    const char *email;       /* NULL when none; never shown */
    const char *phone;       /* NULL when none; never shown */
    const char *commune, *headline, *about; /* NULL when none */
    const char *languages;   /* codes separated by blanks, "fr ar"; NULL when unsaid */
    const char *access;      /* access needs in her words; never shown; NULL when none */
    unsigned formats;
    int quota_month;         /* contacts a month; -1: the site's default */
    int64_t pause_until;     /* 0 when not pausing */
    enum card_state state;
    int64_t confirmed_at;    /* 0 when never confirmed by a human check */
    int64_t created_at, updated_at;
    enum visibility visibility;
    bool is_indexable;       /* search engines may show the card */
    int64_t invited_at;      /* her structure's invitation left; 0: never */
    int64_t declined_at;     /* she wants no card; 0 otherwise */
    const struct person_skill *skills;
    size_t skill_count;
    const int64_t *pole_ids;
    size_t pole_count;
    const struct weekly_window *windows;
    size_t window_count;
    int64_t version; /* as read; saving with another one is a conflict */
};

enum freshness { FRESH, TO_CONFIRM, SINKING, EXPIRED };

/* Where a card stands, from the months in the configuration (a month is 30 days here).
 * A card never confirmed counts from the day it was made. */
enum freshness person_freshness(const struct person *person, int64_t now,
                                int to_confirm_months, int sinks_months,
                                int hidden_months);

/* Cards confirmed (or made, when never confirmed) at this time or before are EXPIRED at `now`. */
int64_t person_shown_since(int64_t now, int hidden_months);

/* "notions", "practises", "masters", "trains"; "" for LEVEL_UNSAID. */
const char *level_word(enum skill_level level);
const char *card_state_word(enum card_state state); /* "draft", "published", "hidden" */
bool card_state_parse(const char *word, enum card_state *out);
/* "call", "workshop", "visit", "one_to_one", "circle" */
const char *format_word(enum format format);

#endif
