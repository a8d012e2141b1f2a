/* The index of people, skills, needs and sessions: what to find, for whom, and why.
 *
 * This is the wall in front of Xapian: only indexer/engine.cc knows it. The index holds
 * nothing that the records do not: it can be deleted and rebuilt at any time. A struct
 * search belongs to one thread at a time; one struct search_writer per index folder. */
#ifndef INDEXER_SEARCH_H
#define INDEXER_SEARCH_H

#include "base/arena.h"
#include "config/config.h"
#include "exchange/model/need.h"
#include "exchange/model/person.h"
#include "exchange/model/session.h"
#include "exchange/model/skill.h"

enum kind { KIND_PERSON, KIND_SKILL, KIND_NEED, KIND_SESSION };
enum { KIND_COUNT = 4 };

/* What a document says besides its own model: names that the records keep elsewhere. */
struct document {
    enum kind kind;
    const struct person *person; /* exactly one of the four is set, by kind */
    const struct skill *skill;
    const struct need *need;
    const struct session *session;
    const char *structure_key, *structure_name; /* NULL when none */
    const char *const *pole_keys;
    const char *const *pole_names;
    size_t pole_count;
    /* person: the thesaurus entry of person->skills[i], NULL when not recognised;
     * need, session: at most one. */
    const struct skill *const *skills;
    size_t skill_count;
    const char *author_name; /* need: NULL unless it may be shown */
};

/* ---- writing ---- */
struct search_writer;
/* Opens or makes the index in `folder`. ERR_BUSY when another process writes it. */
MUST_USE err_code search_writer_open(struct search_writer **out, const char *folder,
                                     struct err *err);
/* As search_writer_open, on a new empty index beside the current one, made at `now`; the
 * first search_commit puts it in its place. */
MUST_USE err_code search_rebuild_open(struct search_writer **out, const char *folder,
                                      int64_t now, struct err *err);
void search_writer_close(
    struct search_writer *writer); /* what was not committed is dropped */
MUST_USE err_code search_put(struct search_writer *writer,
                             const struct document *document, struct err *err);
MUST_USE err_code search_remove(struct search_writer *writer, enum kind kind, int64_t id,
                                struct err *err);
/* Everything put so far and `applied`, the number of the last change it holds, become
 * durable and visible together, or not at all. */
MUST_USE err_code search_commit(struct search_writer *writer, int64_t applied,
                                struct err *err);
MUST_USE err_code search_applied(struct search_writer *writer, int64_t *applied,
                                 struct err *err);
/* When the index was last made anew; 0: never, it was opened empty. */
MUST_USE err_code search_made_at(struct search_writer *writer, int64_t *made_at,
                                 struct err *err);
/* Removes what the last rebuild replaced, with the bytes of who was erased since. For
 * when no reader can still be opening it. */
void search_drop_older(struct search_writer *writer);

/* ---- reading ---- */
struct search;
MUST_USE err_code search_open(struct search **out, const char *folder,
                              const struct config *config, struct err *err);
void search_close(struct search *search);
/* Sees what was committed since; cheap when nothing was. */
MUST_USE err_code search_refresh(struct search *search, struct err *err);
MUST_USE err_code search_reader_applied(struct search *search, int64_t *applied,
                                        struct err *err);

/* Who comes first of the people who are not far: who answers best; who is free soonest;
 * who works nearest to near_commune (config/territory.h). */
enum order { ORDER_FIT, ORDER_SOON, ORDER_NEAR };

struct query_request {
    enum kind kind;
    const char *text;         /* what she typed, valid UTF-8 */
    const char *lang;         /* "fr" or "en", when the text does not tell */
    const char *const *poles; /* keys, any of them; NULL: all */
    size_t pole_count;
    const char *const *structures;
    size_t structure_count;
    const char *const *communes; /* as written on cards, compared folded */
    size_t commune_count;
    enum skill_level level_least; /* of a matched skill; LEVEL_UNSAID: any */
    unsigned day_parts; /* wanted times: bit (weekday-1)*3 + part, part 0 morning
                           (before 12:00), 1 afternoon, 2 evening (from 18:00);
                           0: any; unsaid availability is not excluded */
    enum order order;
    const char *near_commune; /* folded; NULL: distances are not told */
    size_t offset, limit;
    int64_t now; /* freshness, and the day of the rotation */
    bool wants_facets, wants_correction;
    bool wants_all;    /* relevance measures: no rotation */
    bool is_near_only; /* who is far is counted but not told */
    bool is_member;    /* who asks has come in: sees cards shown to members too */
};

/* A piece of text with what matched in it. */
struct marked {
    const char *text;
    bool is_match;
    const char *said; /* her word that it stands for; NULL: it is her word */
    bool is_called; /* it stands for none: needs that have her word `said` call for it */
};
struct marked_text {
    struct marked *pieces;
    size_t count;
};

struct hit_skill {
    int64_t skill_id;  /* 0 when not in the thesaurus */
    const char *label; /* as its owner wrote it */
    struct marked_text marked;
    enum skill_level level;
    bool is_shared, is_match;
    const char *through; /* the thesaurus label that matched when her own words did not:
                            "pose de plaques de plâtre"; NULL otherwise */
};

struct hit {
    enum kind kind;
    int64_t id;
    const char *external_id; /* person, need, session: as imported; skill: code; NULL */
    double score;
    double coverage;   /* how much of what she typed it answers, 0 to 1 */
    double fullness;   /* how much of one of its labels is typed, at best: 0 to 1 */
    bool is_far;       /* it answers too little of it to be a resource (hit.c) */
    const char *title; /* name, label, words of the need, title of the session */
    struct marked_text marked_title;
    const char *headline; /* NULL when none */
    struct marked_text marked_headline;
    struct marked_text
        snippet; /* the best passage of the long text; count 0 when no match */
    const char *structure_name, *structure_key, *commune;
    double km; /* from near_commune, as the crow flies; -1: nobody knows */
    const char *const *pole_names;
    const char *const *pole_keys;
    size_t pole_count;
    struct hit_skill *skills; /* matched first, then as she ordered them */
    size_t skill_count;
    const char **words; /* her words that stand there themselves, as typed */
    size_t word_count;
    int64_t confirmed_at, starts_at, created_at; /* 0 when it has none */
    enum freshness freshness;
    int seats, seats_taken; /* sessions */
    int supports;           /* needs: how many others need it too */
    enum need_state need_state;
    enum session_state session_state;
};

struct facet_value {
    const char *key, *label;
    int64_t count;
};
struct facet {
    const char *name;           /* "pole", "structure", "commune", "level" */
    struct facet_value *values; /* most frequent first */
    size_t count;
};

struct query_answer {
    struct hit *hits; /* those that are not far first */
    size_t count;
    int64_t near_total; /* those that are not far */
    int64_t total; /* those that can be asked for page by page: those of them that were
                      ranked, and the first that are far */
    bool is_total_least; /* there may be more of both: not all that match were ranked */
    struct facet *facets;
    size_t facet_count;
    const char *correction; /* the spelling that was searched for; NULL: as typed */
    const char **dropped;   /* the commonest words of a long query, left out, as typed */
    size_t dropped_count;
    bool is_cut; /* the text, the terms or the time met a limit */
};

/* Everything in the answer lives in `arena`. ERR_INVALID when the text is not UTF-8. An
 * empty text (or one of stop words only) gives no hits. */
MUST_USE err_code search_query(struct search *search, struct arena *arena,
                               const struct query_request *request,
                               struct query_answer *out, struct err *err);

/* As one types: skills, then people, of whom some label has a word that starts like the
 * text; when there are none, the same with its last word mended. Fewer than two letters
 * give none. */
struct completion {
    const char *kind; /* "skill" or "person" */
    const char *label;
    int64_t id;
};
/* At most `most`; people whose card is too old to be shown at `now` are left out, and
 * those whose card is for members unless `is_member`. */
MUST_USE err_code search_complete(struct search *search, struct arena *arena,
                                  const char *typed, int64_t now, bool is_member,
                                  size_t most, struct completion **out, size_t *count,
                                  struct err *err);

#endif
