/* What the index asks of Xapian, in plain C. Only indexer/engine.cc knows Xapian.
 *
 * A document is a bag of terms with counts, and a card (bytes). Every entry
 * catches whatever Xapian throws and says it as an err_code. */
#ifndef INDEXER_ENGINE_H
#define INDEXER_ENGINE_H

#include "base/arena.h"

#include <stdint.h>

struct engine_term {
    const char *term;
    unsigned count; /* how often, weighted by field */
};

struct engine_document {
    const char *unique; /* the term that stands for it alone */
    const struct engine_term *terms;
    size_t term_count;
    const char *later; /* a term it has unless its index is being made */
};

/* ---- one generation of the index, written ---- */
/* A new one is made from nothing, in parts that are merged by its first commit: until
 * then each document is put once, and nothing is removed. */
struct engine_writer;
MUST_USE err_code engine_writer_open(struct engine_writer **out, const char *folder,
                                     bool is_new, struct err *err);
void engine_writer_close(struct engine_writer *writer); /* drops what was not committed */
/* *docid is the document's number from now on. */
MUST_USE err_code engine_put(struct engine_writer *writer,
                             const struct engine_document *document, uint32_t *docid,
                             struct err *err);
/* *docid was the document's number; 0 when there was none. */
MUST_USE err_code engine_remove(struct engine_writer *writer, const char *unique,
                                uint32_t *docid, struct err *err);
/* `made_at`, the time of the making, is kept by the first commit of a new one. */
MUST_USE err_code engine_commit(struct engine_writer *writer, int64_t applied,
                                int64_t made_at, struct err *err);
MUST_USE err_code engine_writer_applied(struct engine_writer *writer, int64_t *applied,
                                        struct err *err);
MUST_USE err_code engine_writer_made_at(struct engine_writer *writer, int64_t *made_at,
                                        struct err *err);

/* ---- read ---- */
/* Any of these gives ERR_BUSY when the index was written twice since engine_open or
 * engine_reopen: reopen, then ask again. */
struct engine;
MUST_USE err_code engine_open(struct engine **out, const char *folder, struct err *err);
void engine_close(struct engine *engine);
/* *is_newer: something may have been committed since. */
MUST_USE err_code engine_reopen(struct engine *engine, bool *is_newer, struct err *err);
MUST_USE err_code engine_applied(struct engine *engine, int64_t *applied,
                                 struct err *err);

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
    const char *without;    /* documents with this term do not match; NULL: all may */
    const char *population; /* the term that all documents of the kind have: how rare a
                               word is is counted among them */
    size_t candidates;      /* so many of the best are wanted */
    int deadline_ms;        /* past it the rarest words alone are looked for */
};
struct engine_found {
    uint32_t docid;
    double score;
};
struct engine_result {
    struct engine_found *found; /* best first */
    size_t count;
    bool is_cut;   /* the deadline was met */
    bool is_full;  /* there are as many as were wanted: more may match */
};
MUST_USE err_code engine_find(struct engine *engine, struct arena *arena,
                              const struct engine_query *find, struct engine_result *out,
                              struct err *err);

/* How many documents have the term. */
MUST_USE err_code engine_frequency(struct engine *engine, const char *term,
                                   int64_t *frequency, struct err *err);
/* What a term's part of BM25 is multiplied with, when `with` of `population` documents
 * have it; 0 when none has. */
double engine_weight(double population, double with);
/* Each term that starts with `prefix`, in byte order, and each document that has it, in
 * order, with the part of BM25 that does not depend on how rare the term is, 0 to 1. Only
 * documents that have the term `population`. False ends the walk. */
typedef bool engine_part_visit(void *state, const char *term, uint32_t docid,
                               double part);
MUST_USE err_code engine_parts(struct engine *engine, const char *population,
                               const char *prefix, engine_part_visit *visit, void *state,
                               struct err *err);
/* Each document that has the term, in order. */
typedef void engine_document_visit(void *state, uint32_t docid);
MUST_USE err_code engine_documents(struct engine *engine, const char *term,
                                   engine_document_visit *visit, void *state,
                                   struct err *err);
/* Each document that was removed since the index was made. */
MUST_USE err_code engine_removed(struct engine *engine, engine_document_visit *visit,
                                 void *state, struct err *err);
/* How many documents there are, of all kinds. */
MUST_USE err_code engine_size(struct engine *engine, int64_t *count, struct err *err);
/* Every term that starts like `prefix`, without it, in byte order; false ends the walk.
 */
typedef bool engine_term_visit(void *state, const char *term, int64_t frequency);
MUST_USE err_code engine_terms(struct engine *engine, const char *prefix,
                               engine_term_visit *visit, void *state, struct err *err);
/* The first documents of the terms that start like `prefix`, at most `most`. */
MUST_USE err_code engine_starting(struct engine *engine, struct arena *arena,
                                  const char *prefix, size_t most, uint32_t **out,
                                  size_t *count, struct err *err);

#endif
