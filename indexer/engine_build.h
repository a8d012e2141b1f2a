/* Making a new index. Part of indexer/engine.cc, the only file that includes this one,
 * and so the only that knows Xapian. */
#ifndef INDEXER_ENGINE_BUILD_H
#define INDEXER_ENGINE_BUILD_H

#include <xapian.h>

#include <condition_variable>
#include <deque>
#include <exception>
#include <filesystem>
#include <mutex>
#include <string>
#include <thread>

/* A new index is written in parts by a thread of its own while the next documents are
 * made, and the parts are merged at the end: one pass, and packed as readers like it. */
class Builder
{
  public:
    explicit Builder(const std::string &folder) : into(folder)
    {
        worker = std::thread([this] { work(); });
    }
    ~Builder()
    {
        end();
        std::error_code ignored;
        for (unsigned i = 0; i < parts; i++)
            std::filesystem::remove_all(name(i), ignored);
    }
    /* The number that it will have. */
    Xapian::docid put(Xapian::Document &&document)
    {
        std::unique_lock<std::mutex> hold(lock);
        changed.wait(hold, [this] { return waiting.size() < WAITING_MOST || failed; });
        if (failed)
            std::rethrow_exception(failed);
        waiting.push_back(std::move(document));
        changed.notify_all();
        return ++last;
    }
    Xapian::WritableDatabase finish()
    {
        end();
        if (failed)
            std::rethrow_exception(failed);
        if (parts) {
            Xapian::Database all;
            for (unsigned i = 0; i < parts; i++)
                all.add_database(Xapian::Database(name(i)));
            all.compact(into);
        }
        return Xapian::WritableDatabase(into, Xapian::DB_CREATE_OR_OPEN);
    }

  private:
    static const unsigned WAITING_MOST = 256, PART_DOCUMENTS = 10000,
                          STEP_DOCUMENTS = 500;

    std::string name(unsigned part) const
    {
        return into + "/part-" + std::to_string(part);
    }
    void end()
    {
        {
            std::lock_guard<std::mutex> hold(lock);
            is_ending = true;
            changed.notify_all();
        }
        if (worker.joinable())
            worker.join();
    }
    bool take(Xapian::Document &document)
    {
        std::unique_lock<std::mutex> hold(lock);
        changed.wait(hold, [this] { return !waiting.empty() || is_ending; });
        if (waiting.empty())
            return false;
        document = std::move(waiting.front());
        waiting.pop_front();
        changed.notify_all();
        return true;
    }
    void work()
    {
        try {
            Xapian::WritableDatabase part;
            Xapian::Document document;
            for (unsigned count = 0; take(document); count++) {
                if (count % PART_DOCUMENTS == 0)
                    part = Xapian::WritableDatabase(name(parts++),
                                                    Xapian::DB_CREATE_OR_OVERWRITE |
                                                        Xapian::DB_NO_SYNC);
                part.add_document(document);
                if ((count + 1) % STEP_DOCUMENTS == 0)
                    part.commit();
            }
            if (parts)
                part.commit();
        } catch (...) {
            std::lock_guard<std::mutex> hold(lock);
            failed = std::current_exception();
            changed.notify_all();
        }
    }

    const std::string into;
    std::mutex lock; /* of what follows */
    std::condition_variable changed;
    std::deque<Xapian::Document> waiting;
    std::exception_ptr failed;
    bool is_ending = false;
    Xapian::docid last = 0;
    unsigned parts = 0; /* of the worker, until it has ended */
    std::thread worker;
};

#endif
