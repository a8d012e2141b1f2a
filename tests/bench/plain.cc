/* Plain Xapian, as its own documents say to use it. */
#include <xapian.h>

#include <cstdio>
#include <cstdlib>
#include <memory>
#include <string>

extern "C" {
#include "tests/bench/plain.h"
}

static const unsigned COMMUNE = 0, STRUCTURE = 1;

struct plain {
    std::string folder;
    Xapian::Stem stem{"french"};
    Xapian::SimpleStopper stopper;
    std::unique_ptr<Xapian::WritableDatabase> making;
    Xapian::Database database;
};

static const char *const STOP_WORDS[] = {
    "a",   "à",   "au",  "aux",  "avec", "ce",  "ces", "comment", "d",  "dans",
    "de",  "des", "du",  "en",   "et",   "est", "il",  "j",       "je", "l",
    "la",  "le",  "les", "ma",   "me",   "mes", "mon", "n",       "ne", "on",
    "ou",  "par", "pas", "pour", "qu",   "que", "qui", "s",       "sa", "se",
    "ses", "son", "sur", "un",   "une",  "y"};

template <typename Work> static void guarded(Work work)
{
    try {
        work();
    } catch (const Xapian::Error &error) {
        std::fprintf(stderr, "plain: %s\n", error.get_description().c_str());
        std::exit(1);
    }
}

struct plain *plain_new(const char *folder)
{
    auto made = new plain;
    made->folder = folder;
    for (const char *word : STOP_WORDS)
        made->stopper.add(word);
    guarded([&] {
        made->making = std::make_unique<Xapian::WritableDatabase>(
            made->folder + "/making",
            Xapian::DB_CREATE_OR_OVERWRITE | Xapian::DB_NO_SYNC);
    });
    return made;
}

void plain_add(struct plain *plain, int64_t id, const char *words, const char *commune,
               const char *structure)
{
    guarded([&] {
        Xapian::TermGenerator generator;
        Xapian::Document document;
        generator.set_stemmer(plain->stem);
        generator.set_stemming_strategy(Xapian::TermGenerator::STEM_ALL);
        generator.set_stopper(&plain->stopper);
        generator.set_document(document);
        generator.index_text_without_positions(words);
        document.set_data(std::to_string(id));
        document.add_value(COMMUNE, commune ? commune : "");
        document.add_value(STRUCTURE, structure ? structure : "");
        plain->making->add_document(document);
    });
}

void plain_ready(struct plain *plain)
{
    guarded([&] {
        plain->making->commit();
        plain->making->compact(plain->folder + "/packed");
        plain->making.reset();
        plain->database = Xapian::Database(plain->folder + "/packed");
    });
}

size_t plain_ask(struct plain *plain, const char *text, bool wants_facets)
{
    size_t count = 0;
    guarded([&] {
        Xapian::QueryParser parser;
        Xapian::Enquire enquire(plain->database);
        Xapian::ValueCountMatchSpy communes(COMMUNE), structures(STRUCTURE);
        parser.set_stemmer(plain->stem);
        parser.set_stemming_strategy(Xapian::QueryParser::STEM_ALL);
        parser.set_stopper(&plain->stopper);
        enquire.set_query(parser.parse_query(text, 0));
        if (wants_facets) {
            enquire.add_matchspy(&communes);
            enquire.add_matchspy(&structures);
        }
        Xapian::MSet found =
            enquire.get_mset(0, 10, wants_facets ? plain->database.get_doccount() : 0);
        for (auto at = found.begin(); at != found.end(); ++at)
            count += at.get_document().get_data().empty() ? 0 : 1;
    });
    return count;
}

void plain_free(struct plain *plain)
{
    delete plain;
}
