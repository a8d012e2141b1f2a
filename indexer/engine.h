/* What the index asks of Xapian, in plain C. Only indexer/engine.cc knows Xapian.
 *
 * A document is a bag of terms with counts, a few values, and a card (bytes). Every entry
 * catches whatever Xapian throws and says it as an err_code. */
#ifndef INDEXER_ENGINE_H
#define INDEXER_ENGINE_H

#include "base/arena.h"

#include <stdint.h>

struct engine_term {
    const char *term;
    unsigned count; /* how often, weighted by field */
};

enum engine_slot { SLOT_POLE, SLOT_STRUCTURE, SLOT_COMMUNE, SLOT_LEVEL, SLOT_COUNT };
/* Values of a slot that holds several stand between these bytes. */
#define ENGINE_SEPARATOR '\x1f'

struct engine_document {
    const char *unique; /* the term that stands for it alone */
    const struct engine_term *terms;
    size_t term_count;
    const char *values[SLOT_COUNT]; /* NULL when none */
    const char *card;
    size_t card_length;
    const char *const *spellings; /* words to correct towards */
    size_t spelling_count;
};

/* ---- one generation of the index, written ---- */
struct engine_writer;
MUST_USE err_code engine_writer_open(struct engine_writer **out, const char *folder,
                                     bool is_new, struct err *err);
void engine_writer_close(struct engine_writer *writer); /* drops what was not committed */
MUST_USE err_code engine_put(struct engine_writer *writer,
                             const struct engine_document *document, struct err *err);
MUST_USE err_code engine_remove(struct engine_writer *writer, const char *unique,
                                struct err *err);
MUST_USE err_code engine_commit(struct engine_writer *writer, int64_t applied,
                                struct err *err);
MUST_USE err_code engine_writer_applied(struct engine_writer *writer, int64_t *applied,
                                        struct err *err);

/* ---- read ---- */
struct engine;
MUST_USE err_code engine_open(struct engine **out, const char *folder, struct err *err);
void engine_close(struct engine *engine);
MUST_USE err_code engine_reopen(struct engine *engine, struct err *err);
MUST_USE err_code engine_applied(struct engine *engine, int64_t *applied, struct err *err);

struct engine_word {
    const char *term;
    double weight; /* scale of its BM25 */
};
struct engine_any {
    const char *const *terms; /* any of them */
    size_t count;
};
struct engine_query {
    const struct engine_word *words;
    size_t word_count;
    const struct engine_any *filters; /* all of them */
    size_t filter_count;
    size_t candidates;
    int deadline_ms;
    bool wants_facets;
};
struct engine_found {
    double score;
    const char *card; /* in the arena */
    size_t card_length;
};
struct engine_facet {
    const char *value;
    int64_t count;
};
struct engine_result {
    struct engine_found *found;
    size_t count;
    int64_t total;
    struct engine_facet *facets[SLOT_COUNT]; /* most frequent first */
    size_t facet_counts[SLOT_COUNT];
};
MUST_USE err_code engine_find(struct engine *engine, struct arena *arena,
                              const struct engine_query *find, struct engine_result *out,
                              struct err *err);

/* How many documents have the term. */
MUST_USE err_code engine_frequency(struct engine *engine, const char *term,
                                   int64_t *frequency, struct err *err);
/* A known word at most `distance` mistakes away, NULL when none. */
MUST_USE err_code engine_spell(struct engine *engine, struct arena *arena, const char *word,
                               int distance, const char **out, struct err *err);
/* Cards of documents with a term that starts like `prefix`, at most `most`. */
MUST_USE err_code engine_starting(struct engine *engine, struct arena *arena,
                                  const char *prefix, size_t most,
                                  struct engine_found **out, size_t *count,
                                  struct err *err);

#endif
