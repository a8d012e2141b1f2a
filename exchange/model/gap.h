/* A gap: more people ask for a skill than live resource people can answer. Pure rules: no
 * I/O, no clock. */
#ifndef EXCHANGE_MODEL_GAP_H
#define EXCHANGE_MODEL_GAP_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Where someone stands who agreed to pass a skill on. Only the first kind is live; the
 * others are phantom supply: on paper, not today. */
enum know_state {
    KNOWS_LIVE,
    KNOWS_UNCONFIRMED, /* a draft, hidden, without an address, or not confirmed for long
                        */
    KNOWS_PAUSING,
    KNOWS_AT_QUOTA, /* had the contacts of the month */
    KNOWS_SILENT    /* did not answer last time */
};
enum { KNOW_STATES = 5 };

struct gap_rules {
    int64_t now;
    int64_t confirmed_since; /* a card confirmed before sinks, and is not live */
    int64_t month_end;       /* contacts are counted anew then */
    int quota;               /* contacts a month of those who set none */
};

struct gap_knower {
    int64_t person_id, structure_id; /* structure 0: none */
    bool is_published, has_address;
    int64_t confirmed_at; /* 0: never */
    int64_t pause_until;  /* 0: no pause */
    int quota_month;      /* -1: the site's */
    int used;             /* contacts this month, all cards of that human */
    bool was_silent;      /* last time somebody asked */
    bool is_here;         /* in the pole that is looked at */
    unsigned parts;       /* half-days of her week (exchange/model/week.h); 0: unsaid */
};

enum know_state gap_know_state(const struct gap_knower *knower,
                               const struct gap_rules *rules);
/* Until when that holds when nothing but time goes on; INT64_MAX: for ever. */
int64_t gap_know_until(const struct gap_knower *knower, const struct gap_rules *rules);

/* How far a session for a need is. */
enum gap_coming {
    GAP_COMING_NONE,
    GAP_COMING_PROPOSED, /* proposed to who would give it, who has not said yes */
    GAP_COMING_SURE      /* somebody gives it, it is confirmed, or it needs nobody */
};

/* Why people ask in vain, the first that holds. */
enum gap_cause {
    GAP_NONE,        /* live people, with times in common, few asking for each */
    GAP_NOBODY,      /* nobody said to know it */
    GAP_UNCONFIRMED, /* those who do: mostly unconfirmed cards */
    GAP_PAUSING,     /* … mostly pausing */
    GAP_QUOTA,       /* … mostly at their quota */
    GAP_SILENT,      /* … mostly silent last time */
    GAP_ELSEWHERE,   /* live people, but none in this pole */
    GAP_NO_TIME,     /* live people, but no half-day in common with those who ask */
    GAP_CROWD,       /* more ask for each live person than a session needs */
    GAP_PLANNED,     /* a session is coming for all who ask */
    GAP_PROPOSED     /* … or is proposed to who would give it: no answer yet */
};
enum { GAP_CAUSES = 11 };
const char *gap_cause_word(enum gap_cause cause); /* "none", "nobody", … */

/* One skill (or cell): who knows, who asks. */
struct gap_tally {
    int64_t asking;               /* distinct people */
    int64_t waiting;              /* of these, those for whom no session is coming */
    int64_t proposed;             /* of these, those for whom one is proposed */
    int64_t knowing[KNOW_STATES]; /* distinct people, by where they stand */
    int64_t live_here;            /* of the live ones, in the pole that is looked at */
    bool has_common_time; /* some live person shares a half-day with someone asking, or
                             one of them said no times */
};
/* Half-days of several people together: exchange/model/week.h, or this bit as well when
 * one of them said no times. */
enum { GAP_ANY_TIME = 1 << 21 };
int64_t gap_known(const struct gap_tally *tally); /* live and phantom */
/* `crowd`: from how many asking for each live person on a session is worth it. GAP_NONE
 * when nobody asks. */
enum gap_cause gap_cause_of(const struct gap_tally *tally, int64_t crowd);
/* 0 none asked or answered, 1 tight, 2 hard, 3 nobody live: for colours and order. */
int gap_heat(enum gap_cause cause);

/* Someone in a row who knows what is asked for. */
struct gap_entry {
    size_t row;
    uint64_t who;          /* one human: entries of one row with the same are merged */
    enum know_state state; /* the best of her cards */
    bool is_here;          /* in the pole that is looked at */
    unsigned parts;        /* half-days; 0: unsaid, any will do */
    int64_t person_id;     /* one of her cards */
    int64_t structure_id;  /* of that card */
    int64_t until_at;      /* until when `state` holds by itself */
};
/* Sorts by row and human and merges: each human once in a row. Returns how many are left.
 */
size_t gap_merge(struct gap_entry *entries, size_t count);

#endif
