/* The gaps, counted: small rows from which every report of them is made, for a pole or
 * for the whole site. Counting is pure; what is counted comes from the records. A skill
 * here stands for all of its name. */
#ifndef EXCHANGE_MODEL_GAP_COUNT_H
#define EXCHANGE_MODEL_GAP_COUNT_H

#include "exchange/model/gap.h"
#include "exchange/model/gap_trend.h"

/* Who could answer for a skill, whatever the pole. */
struct gap_supply {
    int64_t skill_id;
    int64_t knowing[KNOW_STATES]; /* distinct people */
    int64_t one_id;               /* the one live person; 0 when there is not just one */
    unsigned parts;               /* half-days of the live ones, with GAP_ANY_TIME */
    int64_t until_at;             /* time alone changes it then; INT64_MAX: never */
};

/* Who asks for a skill in a pole (0: anywhere, private needs left out). */
struct gap_demand {
    int64_t skill_id, pole_id;
    int64_t asking;               /* distinct people, with open needs */
    int64_t waiting;              /* of these, those with one no session is coming for */
    int64_t proposed;             /* of these, those whose sessions are all proposed */
    int64_t needs;                /* open */
    int64_t oldest_at, oldest_id; /* the oldest of these; 0 when there is none */
    unsigned parts;               /* half-days of those who ask, with GAP_ANY_TIME */
    int64_t last_at;              /* when the last one, open or not, was stated */
    int64_t until_at;
};

/* A part of those: in a pole as scope, who asks by structure; in GAP_BY_POLE, who asks
 * and knows by pole; in GAP_BY_STRUCTURE, who knows by structure, whatever the pole. */
enum { GAP_BY_POLE = 0, GAP_BY_STRUCTURE = -1 };
struct gap_share {
    int64_t skill_id, scope;
    int64_t of_id;               /* the structure or pole; 0: none */
    int64_t asking, live, known; /* distinct people */
    int64_t waiting, proposed;   /* as in a demand */
};

/* All who ask in a pole (0: anywhere), whatever the skill. */
struct gap_total {
    int64_t pole_id;
    int64_t asking, needs; /* distinct people, open needs */
    int64_t unqualified;   /* of these needs, those without a skill */
    int64_t oldest_at, until_at;
    struct gap_trend trend; /* of the last twelve months */
};

struct gap_counts {
    struct gap_supply *supplies; /* by skill */
    size_t supply_count;
    struct gap_demand *demands; /* by skill and pole */
    size_t demand_count;
    struct gap_share *shares; /* by skill, scope and of whom */
    size_t share_count;
};

/* Someone in a share. */
struct gap_atom {
    int64_t skill_id, scope, of_id;
    uint64_t who;
    bool asks;
    bool stands;      /* who knows: is live; who asks: no session is coming */
    bool is_proposed; /* who asks: one is proposed */
};
/* Sorts the atoms and counts each human once in each share, who asks and who knows apart.
 * `out` has room for as many shares as there are atoms. Returns how many there are. */
size_t gap_shares(struct gap_atom *atoms, size_t count, struct gap_share *out);

/* Someone asks for a skill with a need that stands; a row for each scope it counts in. */
struct gap_asker {
    int64_t skill_id, pole_id;
    int64_t need_id, person_id;
    bool is_open;
    enum gap_coming coming;
    int64_t at, stated_at, expires_at;
    unsigned parts; /* of that need; 0: unsaid */
};
/* The same for demands. */
size_t gap_demands(struct gap_asker *askers, size_t count, struct gap_demand *out);

/* The supply of one skill from its merged entries (gap_merge). */
struct gap_supply gap_supply_of(int64_t skill_id, const struct gap_entry *entries,
                                size_t count);

#endif
