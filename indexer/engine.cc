/* Xapian behind the wall of indexer/engine.h. */
#include "indexer/engine_build.h"

#include <algorithm>
#include <chrono>
#include <cmath>
#include <cstdlib>
#include <cstring>
#include <filesystem>
#include <memory>
#include <sstream>
#include <string>
#include <vector>

extern "C" {
#include "indexer/engine.h"
}

/* BM25, chosen on the development halves of the judged collections (docs/search.md). */
static const double BM25_K1 = 1.2, BM25_B = 0.65, BM25_FLOOR = 0.3;
static const char APPLIED_KEY[] = "applied", MADE_KEY[] = "made";
/* Removed documents are listed, so many numbers a list: a key for each would have to be
 * walked, which in an old view loses 16 kB (metadata_keys_begin, Xapian 1.4.22). */
static const uint32_t GONE_GROUP = 16384;

static std::string gone_key(uint32_t docid)
{
    return "gone-" + std::to_string(docid / GONE_GROUP);
}

struct engine_writer {
    Xapian::WritableDatabase database;
    std::unique_ptr<Builder> builder; /* until the first commit of a new index */
};

struct engine {
    Xapian::Database database;
};

static err_code say(struct err *err, const char *type, const std::string &text)
{
    if (std::strcmp(type, "DatabaseLockError") == 0)
        return err_set(err, ERR_BUSY, "index: another program is writing it");
    if (std::strcmp(type, "DatabaseModifiedError") == 0)
        return err_set(err, ERR_BUSY, "index: it was written twice while it was read");
    return err_set(err, ERR_STORE, "index: %s: %s", type, text.c_str());
}

/* Runs `work`; whatever it throws becomes an error. */
template <typename Work> static err_code guarded(struct err *err, Work work)
{
    try {
        return work();
    } catch (const Xapian::Error &error) {
        return say(err, error.get_type(), error.get_msg());
    } catch (const std::bad_alloc &) {
        return err_set(err, ERR_MEMORY, "index: out of memory");
    } catch (const std::exception &error) {
        return say(err, "exception", error.what());
    } catch (...) {
        return say(err, "exception", "of an unknown kind");
    }
}

err_code engine_writer_open(struct engine_writer **out, const char *folder, bool is_new,
                            struct err *err)
{
    return guarded(err, [&] {
        auto writer = std::make_unique<engine_writer>();
        if (is_new) {
            std::filesystem::remove_all(folder);
            std::filesystem::create_directory(folder);
            writer->builder = std::make_unique<Builder>(folder);
        } else {
            writer->database =
                Xapian::WritableDatabase(folder, Xapian::DB_CREATE_OR_OPEN);
        }
        *out = writer.release();
        return ERR_NONE;
    });
}

void engine_writer_close(struct engine_writer *writer)
{
    if (!writer)
        return;
    (void)guarded(nullptr, [&] {
        if (!writer->builder)
            writer->database.cancel_transaction();
        return ERR_NONE;
    });
    delete writer;
}

/* Changes stay in a transaction until engine_commit: Xapian never flushes half. */
static void begin(struct engine_writer *writer)
{
    try {
        writer->database.begin_transaction();
    } catch (const Xapian::InvalidOperationError &) {
        /* begun already */
    }
}

err_code engine_put(struct engine_writer *writer, const struct engine_document *document,
                    uint32_t *docid, struct err *err)
{
    return guarded(err, [&] {
        Xapian::Document made;
        for (size_t i = 0; i < document->term_count; i++)
            made.add_term(document->terms[i].term, document->terms[i].count);
        made.add_boolean_term(document->unique);
        if (writer->builder) {
            *docid = writer->builder->put(std::move(made));
            return ERR_NONE;
        }
        made.add_boolean_term(document->later);
        begin(writer);
        *docid = writer->database.replace_document(std::string(document->unique), made);
        return ERR_NONE;
    });
}

err_code engine_remove(struct engine_writer *writer, const char *unique, uint32_t *docid,
                       struct err *err)
{
    return guarded(err, [&] {
        *docid = 0;
        if (writer->builder)
            return ERR_NONE;
        begin(writer);
        auto &all = writer->database;
        auto post = all.postlist_begin(unique);
        if (post != all.postlist_end(unique)) {
            *docid = *post;
            auto key = gone_key(*docid), gone = all.get_metadata(key);
            all.set_metadata(key, gone + std::to_string(*docid) + ' ');
            all.delete_document(unique);
        }
        return ERR_NONE;
    });
}

err_code engine_commit(struct engine_writer *writer, int64_t applied, int64_t made_at,
                       struct err *err)
{
    return guarded(err, [&] {
        bool is_made = writer->builder != nullptr;
        if (is_made) {
            writer->database = writer->builder->finish();
            writer->builder.reset();
        }
        begin(writer);
        if (is_made)
            writer->database.set_metadata(MADE_KEY, std::to_string(made_at));
        writer->database.set_metadata(APPLIED_KEY, std::to_string(applied));
        writer->database.commit_transaction();
        return ERR_NONE;
    });
}

static int64_t number_of(const Xapian::Database &database, const char *key)
{
    std::string text = database.get_metadata(key);
    return text.empty() ? 0 : std::strtoll(text.c_str(), nullptr, 10);
}

err_code engine_writer_applied(struct engine_writer *writer, int64_t *applied,
                               struct err *err)
{
    return guarded(err, [&] {
        *applied = writer->builder ? 0 : number_of(writer->database, APPLIED_KEY);
        return ERR_NONE;
    });
}

err_code engine_writer_made_at(struct engine_writer *writer, int64_t *made_at,
                               struct err *err)
{
    return guarded(err, [&] {
        *made_at = writer->builder ? 0 : number_of(writer->database, MADE_KEY);
        return ERR_NONE;
    });
}

err_code engine_open(struct engine **out, const char *folder, struct err *err)
{
    return guarded(err, [&] {
        *out = new engine{Xapian::Database(folder)};
        return ERR_NONE;
    });
}

void engine_close(struct engine *engine)
{
    delete engine;
}

err_code engine_reopen(struct engine *engine, bool *is_newer, struct err *err)
{
    return guarded(err, [&] {
        *is_newer = engine->database.reopen();
        return ERR_NONE;
    });
}

err_code engine_applied(struct engine *engine, int64_t *applied, struct err *err)
{
    return guarded(err, [&] {
        *applied = number_of(engine->database, APPLIED_KEY);
        return ERR_NONE;
    });
}

namespace
{

struct Late {
}; /* thrown when the deadline is met */

/* Looks at the time while documents match. */
class Watch : public Xapian::MatchSpy
{
  public:
    explicit Watch(std::chrono::steady_clock::time_point until) : deadline(until)
    {
    }
    void operator()(const Xapian::Document &, double) override
    {
        if (++seen % CLOCK_EVERY == 0 && std::chrono::steady_clock::now() > deadline)
            throw Late();
    }

  private:
    static const unsigned CLOCK_EVERY = 256;
    std::chrono::steady_clock::time_point deadline;
    unsigned seen = 0;
};

} // namespace

static double rarity(double all, double with)
{
    double ratio = std::max(all - with + 0.5, 0.5) / (with + 0.5);
    return std::log(ratio < 2 ? ratio * 0.5 + 1 : ratio);
}

/* Xapian counts how rare a word is among documents of every kind: this makes it rare
 * among those of its own kind. */
static double of_its_kind(const Xapian::Database &database, double population,
                          const char *term)
{
    double with = database.get_termfreq(term);
    return with > 0 ? rarity(population, with) / rarity(database.get_doccount(), with)
                    : 1;
}

static Xapian::Query words_query(struct engine *engine, const struct engine_query *find)
{
    std::vector<Xapian::Query> words;
    double population = engine->database.get_termfreq(find->population);

    for (size_t i = 0; i < find->word_count; i++)
        words.push_back(Xapian::Query(
            Xapian::Query::OP_SCALE_WEIGHT, Xapian::Query(find->words[i].term),
            find->words[i].weight *
                of_its_kind(engine->database, population, find->words[i].term)));
    return Xapian::Query(Xapian::Query::OP_OR, words.begin(), words.end());
}

static Xapian::Query with_filters(Xapian::Query query, const struct engine_query *find)
{
    for (size_t i = 0; i < find->filter_count; i++) {
        std::vector<std::string> any(find->filters[i].terms,
                                     find->filters[i].terms + find->filters[i].count);
        query =
            Xapian::Query(Xapian::Query::OP_FILTER, query,
                          Xapian::Query(Xapian::Query::OP_OR, any.begin(), any.end()));
    }
    if (find->without)
        query = Xapian::Query(Xapian::Query::OP_AND_NOT, query,
                              Xapian::Query(std::string(find->without)));
    return query;
}

static err_code copy_found(struct arena *arena, const Xapian::MSet &set,
                           struct engine_result *out, struct err *err)
{
    out->found =
        static_cast<engine_found *>(arena_array(arena, set.size(), sizeof(engine_found)));
    if (!out->found)
        return err_set(err, ERR_MEMORY, "index: no room for the results");
    for (auto i = set.begin(); i != set.end(); ++i) {
        out->found[out->count].docid = *i;
        out->found[out->count++].score = i.get_weight();
    }
    return ERR_NONE;
}

static Xapian::MSet best(struct engine *engine, const struct engine_query *find,
                         Watch *watch)
{
    Xapian::Enquire enquire(engine->database);

    enquire.set_weighting_scheme(Xapian::BM25Weight(BM25_K1, 0, 1, BM25_B, BM25_FLOOR));
    enquire.set_query(with_filters(words_query(engine, find), find));
    enquire.set_docid_order(Xapian::Enquire::ASCENDING);
    if (watch)
        enquire.add_matchspy(watch);
    return enquire.get_mset(0, static_cast<Xapian::doccount>(find->candidates));
}

/* The rarest words alone: what is done when time is up. */
static Xapian::MSet best_of_rarest(struct engine *engine, const struct engine_query *find)
{
    static const size_t RAREST = 2;
    std::vector<std::pair<Xapian::doccount, engine_word>> words;
    std::vector<engine_word> rarest;
    struct engine_query less = *find;

    for (size_t i = 0; i < find->word_count; i++)
        if (auto frequency = engine->database.get_termfreq(find->words[i].term))
            words.emplace_back(frequency, find->words[i]);
    std::stable_sort(words.begin(), words.end(),
                     [](const auto &a, const auto &b) { return a.first < b.first; });
    for (size_t i = 0; i < words.size() && i < RAREST; i++)
        rarest.push_back(words[i].second);
    less.words = rarest.data();
    less.word_count = rarest.size();
    return best(engine, &less, nullptr);
}

err_code engine_find(struct engine *engine, struct arena *arena,
                     const struct engine_query *find, struct engine_result *out,
                     struct err *err)
{
    return guarded(err, [&] {
        struct engine_result result = {};
        auto deadline = std::chrono::steady_clock::now() +
                        std::chrono::milliseconds(find->deadline_ms);
        Watch watch(deadline);
        Xapian::MSet set;

        if (find->word_count == 0) {
            *out = result;
            return ERR_NONE;
        }
        try {
            set = best(engine, find, &watch);
        } catch (const Late &) {
            set = best_of_rarest(engine, find);
            result.is_cut = true;
        }
        result.is_full = set.size() >= find->candidates;
        err_code code = copy_found(arena, set, &result, err);
        if (code == ERR_NONE)
            *out = result;
        return code;
    });
}

err_code engine_frequency(struct engine *engine, const char *term, int64_t *frequency,
                          struct err *err)
{
    return guarded(err, [&] {
        *frequency = engine->database.get_termfreq(term);
        return ERR_NONE;
    });
}

double engine_weight(double population, double with)
{
    return with > 0 ? (BM25_K1 + 1) * rarity(population, with) : 0;
}

err_code engine_parts(struct engine *engine, const char *population, const char *prefix,
                      engine_part_visit *visit, void *state, struct err *err)
{
    return guarded(err, [&] {
        const Xapian::Database &all = engine->database;
        double average = std::max(all.get_avlength(), 1.0);
        std::vector<float> lengths(all.get_lastdocid() + 1);
        for (auto of = all.postlist_begin(population); of != all.postlist_end(population);
             ++of) {
            double normal = std::max(of.get_doclength() / average, BM25_FLOOR);
            lengths[*of] = static_cast<float>(BM25_K1 * (normal * BM25_B + 1 - BM25_B));
        }
        auto end = all.allterms_end(prefix);
        for (auto term = all.allterms_begin(prefix); term != end; ++term)
            for (auto of = all.postlist_begin(*term); of != all.postlist_end(*term); ++of)
                if (!visit(state, (*term).c_str(), *of,
                           of.get_wdf() / (lengths[*of] + of.get_wdf())))
                    return ERR_NONE;
        return ERR_NONE;
    });
}

err_code engine_documents(struct engine *engine, const char *term,
                          engine_document_visit *visit, void *state, struct err *err)
{
    return guarded(err, [&] {
        auto end = engine->database.postlist_end(term);
        for (auto of = engine->database.postlist_begin(term); of != end; ++of)
            visit(state, *of);
        return ERR_NONE;
    });
}

err_code engine_removed(struct engine *engine, engine_document_visit *visit, void *state,
                        struct err *err)
{
    return guarded(err, [&] {
        uint32_t last = engine->database.get_lastdocid();
        for (uint32_t docid = 0; docid <= last; docid += GONE_GROUP) {
            std::istringstream gone(engine->database.get_metadata(gone_key(docid)));
            for (uint32_t each; gone >> each;)
                visit(state, each);
        }
        return ERR_NONE;
    });
}

err_code engine_size(struct engine *engine, int64_t *count, struct err *err)
{
    return guarded(err, [&] {
        *count = engine->database.get_doccount();
        return ERR_NONE;
    });
}

err_code engine_terms(struct engine *engine, const char *prefix, engine_term_visit *visit,
                      void *state, struct err *err)
{
    return guarded(err, [&] {
        size_t length = std::strlen(prefix);
        auto end = engine->database.allterms_end(prefix);
        for (auto term = engine->database.allterms_begin(prefix); term != end; ++term)
            if (!visit(state, (*term).c_str() + length, term.get_termfreq()))
                break;
        return ERR_NONE;
    });
}

err_code engine_starting(struct engine *engine, struct arena *arena, const char *prefix,
                         size_t most, uint32_t **out, size_t *count, struct err *err)
{
    return guarded(err, [&] {
        auto *found = static_cast<uint32_t *>(arena_array(arena, most, sizeof(uint32_t)));
        size_t used = 0;
        if (!found)
            return err_set(err, ERR_MEMORY, "index: no room for completions");
        auto end = engine->database.allterms_end(prefix);
        for (auto term = engine->database.allterms_begin(prefix);
             used < most && term != end; ++term) {
            auto post = engine->database.postlist_begin(*term);
            if (post != engine->database.postlist_end(*term))
                found[used++] = *post;
        }
        *out = found;
        *count = used;
        return ERR_NONE;
    });
}
