/* Xapian behind the wall of indexer/engine.h: the only file that includes it. */
#include <xapian.h>

#include <algorithm>
#include <cstdlib>
#include <cstring>
#include <deque>
#include <map>
#include <string>
#include <vector>

extern "C" {
#include "indexer/engine.h"
}

/* BM25, chosen on the development halves of the judged collections (docs/search.md). */
static const double BM25_K1 = 1.2, BM25_B = 0.65, BM25_FLOOR = 0.3;
static const char APPLIED_KEY[] = "applied";

struct engine_writer {
    Xapian::WritableDatabase database;
};

struct engine {
    Xapian::Database database;
};

static err_code say(struct err *err, const char *type, const std::string &text)
{
    if (std::strcmp(type, "DatabaseLockError") == 0)
        return err_set(err, ERR_BUSY, "index: another program is writing it");
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
        int how = is_new ? Xapian::DB_CREATE_OR_OVERWRITE : Xapian::DB_CREATE_OR_OPEN;
        *out = new engine_writer{Xapian::WritableDatabase(folder, how)};
        return ERR_NONE;
    });
}

void engine_writer_close(struct engine_writer *writer)
{
    if (!writer)
        return;
    (void)guarded(nullptr, [&] {
        writer->database.cancel_transaction();
        return ERR_NONE;
    });
    delete writer;
}

/* Changes stay in a transaction until engine_commit, so that Xapian never flushes half. */
static void begin(struct engine_writer *writer)
{
    try {
        writer->database.begin_transaction();
    } catch (const Xapian::InvalidOperationError &) {
        /* begun already */
    }
}

err_code engine_put(struct engine_writer *writer, const struct engine_document *document,
                    struct err *err)
{
    return guarded(err, [&] {
        Xapian::Document made;
        begin(writer);
        for (size_t i = 0; i < document->term_count; i++)
            made.add_term(document->terms[i].term, document->terms[i].count);
        made.add_boolean_term(document->unique);
        for (int slot = 0; slot < SLOT_COUNT; slot++)
            if (document->values[slot])
                made.add_value(static_cast<Xapian::valueno>(slot), document->values[slot]);
        made.set_data(std::string(document->card, document->card_length));
        for (size_t i = 0; i < document->spelling_count; i++)
            writer->database.add_spelling(document->spellings[i]);
        writer->database.replace_document(std::string(document->unique), made);
        return ERR_NONE;
    });
}

err_code engine_remove(struct engine_writer *writer, const char *unique, struct err *err)
{
    return guarded(err, [&] {
        begin(writer);
        writer->database.delete_document(std::string(unique));
        return ERR_NONE;
    });
}

err_code engine_commit(struct engine_writer *writer, int64_t applied, struct err *err)
{
    return guarded(err, [&] {
        begin(writer);
        writer->database.set_metadata(APPLIED_KEY, std::to_string(applied));
        writer->database.commit_transaction();
        return ERR_NONE;
    });
}

static int64_t applied_of(const Xapian::Database &database)
{
    std::string text = database.get_metadata(APPLIED_KEY);
    return text.empty() ? 0 : std::strtoll(text.c_str(), nullptr, 10);
}

err_code engine_writer_applied(struct engine_writer *writer, int64_t *applied,
                               struct err *err)
{
    return guarded(err, [&] {
        *applied = applied_of(writer->database);
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

err_code engine_reopen(struct engine *engine, struct err *err)
{
    return guarded(err, [&] {
        engine->database.reopen();
        return ERR_NONE;
    });
}

err_code engine_applied(struct engine *engine, int64_t *applied, struct err *err)
{
    return guarded(err, [&] {
        *applied = applied_of(engine->database);
        return ERR_NONE;
    });
}

/* Counts the values of a slot that may hold several. */
class FacetSpy : public Xapian::MatchSpy
{
  public:
    explicit FacetSpy(Xapian::valueno wanted) : slot(wanted)
    {
    }
    void operator()(const Xapian::Document &document, double) override
    {
        std::string values = document.get_value(slot);
        size_t from = 0;
        while (from < values.size()) {
            size_t to = values.find(ENGINE_SEPARATOR, from);
            if (to == std::string::npos)
                to = values.size();
            if (to > from)
                counts[values.substr(from, to - from)]++;
            from = to + 1;
        }
    }
    std::map<std::string, int64_t> counts;

  private:
    Xapian::valueno slot;
};

static Xapian::Query words_query(const struct engine_query *find)
{
    std::vector<Xapian::Query> words;

    for (size_t i = 0; i < find->word_count; i++)
        words.push_back(Xapian::Query(Xapian::Query::OP_SCALE_WEIGHT,
                                      Xapian::Query(find->words[i].term),
                                      find->words[i].weight));
    return Xapian::Query(Xapian::Query::OP_OR, words.begin(), words.end());
}

static Xapian::Query with_filters(Xapian::Query query, const struct engine_query *find)
{
    for (size_t i = 0; i < find->filter_count; i++) {
        std::vector<std::string> any(find->filters[i].terms,
                                     find->filters[i].terms + find->filters[i].count);
        query = Xapian::Query(Xapian::Query::OP_FILTER, query,
                              Xapian::Query(Xapian::Query::OP_OR, any.begin(), any.end()));
    }
    return query;
}

static bool copy_facet(struct arena *arena, const FacetSpy &spy, int slot,
                       struct engine_result *out)
{
    std::vector<std::pair<std::string, int64_t>> sorted(spy.counts.begin(),
                                                        spy.counts.end());
    std::stable_sort(sorted.begin(), sorted.end(),
                     [](const auto &a, const auto &b) { return a.second > b.second; });
    auto *facets = static_cast<engine_facet *>(
        arena_array(arena, sorted.size(), sizeof(engine_facet)));
    if (!facets)
        return false;
    for (size_t i = 0; i < sorted.size(); i++) {
        facets[i].value = arena_strdup(arena, sorted[i].first.c_str());
        facets[i].count = sorted[i].second;
    }
    out->facets[slot] = facets;
    out->facet_counts[slot] = sorted.size();
    return true;
}

static bool copy_found(struct arena *arena, const Xapian::Document &document, double score,
                       struct engine_found *out)
{
    std::string card = document.get_data();

    out->score = score;
    out->card = arena_strndup(arena, card.data(), card.size());
    out->card_length = card.size();
    return out->card != nullptr;
}

err_code engine_find(struct engine *engine, struct arena *arena,
                     const struct engine_query *find, struct engine_result *out,
                     struct err *err)
{
    return guarded(err, [&] {
        Xapian::Enquire enquire(engine->database);
        std::deque<FacetSpy> spies; /* they cannot be moved */
        struct engine_result result = {};
        Xapian::doccount all = engine->database.get_doccount();

        if (find->word_count == 0) {
            *out = result;
            return ERR_NONE;
        }
        enquire.set_weighting_scheme(Xapian::BM25Weight(BM25_K1, 0, 1, BM25_B, BM25_FLOOR));
        enquire.set_query(with_filters(words_query(find), find));
        enquire.set_docid_order(Xapian::Enquire::ASCENDING);
        enquire.set_time_limit(find->deadline_ms / 1000.0);
        for (int slot = 0; find->wants_facets && slot < SLOT_COUNT; slot++)
            spies.emplace_back(static_cast<Xapian::valueno>(slot));
        for (FacetSpy &spy : spies)
            enquire.add_matchspy(&spy);
        Xapian::MSet set =
            enquire.get_mset(0, static_cast<Xapian::doccount>(find->candidates),
                             find->wants_facets ? all : 0);
        result.total = find->wants_facets ? set.get_matches_lower_bound()
                                          : set.get_matches_estimated();
        result.found = static_cast<engine_found *>(
            arena_array(arena, set.size(), sizeof(engine_found)));
        bool has_room = result.found != nullptr;
        set.fetch();
        for (auto i = set.begin(); has_room && i != set.end(); ++i)
            has_room = copy_found(arena, i.get_document(), i.get_weight(),
                                  &result.found[result.count++]);
        for (size_t slot = 0; has_room && slot < spies.size(); slot++)
            has_room = copy_facet(arena, spies[slot], static_cast<int>(slot), &result);
        if (!has_room)
            return err_set(err, ERR_MEMORY, "index: no room for the results");
        *out = result;
        return ERR_NONE;
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

err_code engine_spell(struct engine *engine, struct arena *arena, const char *word,
                      int distance, const char **out, struct err *err)
{
    return guarded(err, [&] {
        std::string found = engine->database.get_spelling_suggestion(
            word, static_cast<unsigned>(distance));
        *out = found.empty() ? nullptr : arena_strdup(arena, found.c_str());
        return ERR_NONE;
    });
}

err_code engine_starting(struct engine *engine, struct arena *arena, const char *prefix,
                         size_t most, struct engine_found **out, size_t *count,
                         struct err *err)
{
    return guarded(err, [&] {
        auto *found =
            static_cast<engine_found *>(arena_array(arena, most, sizeof(engine_found)));
        size_t used = 0;
        if (!found)
            return err_set(err, ERR_MEMORY, "index: no room for completions");
        for (auto term = engine->database.allterms_begin(prefix);
             used < most && term != engine->database.allterms_end(prefix); ++term) {
            auto post = engine->database.postlist_begin(*term);
            if (post == engine->database.postlist_end(*term))
                continue;
            if (!copy_found(arena, engine->database.get_document(*post), 0, &found[used++]))
                return err_set(err, ERR_MEMORY, "index: no room for completions");
        }
        *out = found;
        *count = used;
        return ERR_NONE;
    });
}
