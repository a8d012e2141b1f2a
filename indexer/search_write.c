/* Writing the index: documents in, commits that carry the number of the last change. */
#include "indexer/search.h"

#include "indexer/document.h"
#include "indexer/folder.h"
#include "indexer/lists.h"

#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

enum { PUT_ARENA_MAX = 64 << 20 };

struct search_writer {
    struct engine_writer *engine;
    struct forward_writer *forward;
    struct shared *shared;
    struct model *model; /* NULL: nothing was learnt */
    struct arena *arena; /* for one document at a time */
    char folder[PATH_MAX];
    int lock, generation;
    bool is_rebuild;
    int64_t made_at; /* of a rebuild */
};

static err_code open_generation(struct search_writer *writer, struct err *err)
{
    char path[PATH_MAX];
    int current = folder_current(writer->folder);
    bool is_new = current == 0 || writer->is_rebuild;
    err_code code;

    if (!writer->is_rebuild && folder_is_blocked(writer->folder))
        return err_set(err, ERR_STORE, "index %s/current: no link to an index",
                       writer->folder);
    writer->generation = is_new ? folder_next(writer->folder) : current;
    folder_path(writer->folder, writer->generation, path);
    code = engine_writer_open(&writer->engine, path, is_new, err);
    if (code == ERR_NONE)
        code = forward_writer_open(&writer->forward, path, is_new, err);
    if (code != ERR_NONE)
        return code;
    folder_model(writer->folder, path);
    if (model_open(&writer->model, path, NULL) != ERR_NONE)
        writer->model = NULL; /* an index without vectors */
    writer->shared = shared_new(writer->forward, writer->model);
    if (!writer->shared)
        return err_set(err, ERR_MEMORY, "no memory for the index");
    if (code == ERR_NONE && current == 0 && !writer->is_rebuild)
        code = engine_commit(writer->engine, 0, 0, err);
    if (code == ERR_NONE && current == 0 && !writer->is_rebuild)
        code = folder_make_current(writer->folder, writer->generation, err);
    return code;
}

static err_code open_writer(struct search_writer **out, const char *folder,
                            bool is_rebuild, int64_t made_at, struct err *err)
{
    struct search_writer *writer = calloc(1, sizeof *writer);
    err_code code;

    if (!writer)
        return err_set(err, ERR_MEMORY, "no memory for the index");
    snprintf(writer->folder, sizeof writer->folder, "%s", folder);
    writer->is_rebuild = is_rebuild;
    writer->made_at = made_at;
    if (is_rebuild)
        folder_make_way(folder);
    code = folder_lock(folder, &writer->lock, err);
    if (code != ERR_NONE) {
        free(writer);
        return code;
    }
    writer->arena = arena_new(PUT_ARENA_MAX);
    code = writer->arena ? open_generation(writer, err)
                         : err_set(err, ERR_MEMORY, "no memory for the index");
    if (code != ERR_NONE) {
        search_writer_close(writer);
        return code;
    }
    *out = writer;
    return ERR_NONE;
}

err_code search_writer_open(struct search_writer **out, const char *folder,
                            struct err *err)
{
    return open_writer(out, folder, false, 0, err);
}

err_code search_rebuild_open(struct search_writer **out, const char *folder, int64_t now,
                             struct err *err)
{
    return open_writer(out, folder, true, now, err);
}

void search_writer_close(struct search_writer *writer)
{
    if (!writer)
        return;
    engine_writer_close(writer->engine);
    shared_free(writer->shared);
    model_close(writer->model);
    forward_writer_close(writer->forward);
    arena_free(writer->arena);
    close(writer->lock);
    free(writer);
}

err_code search_put(struct search_writer *writer, const struct document *document,
                    struct err *err)
{
    struct engine_document made;
    uint64_t place;
    uint32_t docid;
    err_code code;

    arena_reset(writer->arena);
    code = document_make(writer->shared, writer->forward, writer->model, writer->arena,
                         document, &made, &place, err);
    if (code == ERR_NONE)
        code = engine_put(writer->engine, &made, &docid, err);
    return code == ERR_NONE ? forward_set(writer->forward, docid, place, err) : code;
}

err_code search_remove(struct search_writer *writer, enum kind kind, int64_t id,
                       struct err *err)
{
    const char *unique;
    uint32_t docid = 0;
    err_code code;

    arena_reset(writer->arena);
    unique = document_unique(writer->arena, kind, id);
    if (!unique)
        return err_set(err, ERR_MEMORY, "no memory for the index");
    code = engine_remove(writer->engine, unique, &docid, err);
    return code == ERR_NONE && docid ? forward_set(writer->forward, docid, 0, err) : code;
}

/* From the index that was just made, as readers will see it. */
static err_code write_lists(struct search_writer *writer, struct err *err)
{
    struct engine *engine = NULL;
    struct forward *forward = NULL;
    char path[PATH_MAX];
    err_code code;

    folder_path(writer->folder, writer->generation, path);
    code = engine_open(&engine, path, err);
    if (code == ERR_NONE)
        code = forward_open(&forward, path, err);
    if (code == ERR_NONE)
        code = lists_write(path, engine, forward, err);
    forward_close(forward);
    engine_close(engine);
    return code;
}

err_code search_commit(struct search_writer *writer, int64_t applied, struct err *err)
{
    err_code code = forward_flush(writer->forward, err);

    if (code == ERR_NONE)
        code = engine_commit(writer->engine, applied, writer->made_at, err);
    if (code == ERR_NONE && writer->is_rebuild)
        code = write_lists(writer, err);
    if (code == ERR_NONE && writer->is_rebuild)
        code = folder_make_current(writer->folder, writer->generation, err);
    if (code == ERR_NONE)
        writer->is_rebuild = false;
    return code;
}

err_code search_applied(struct search_writer *writer, int64_t *applied, struct err *err)
{
    return engine_writer_applied(writer->engine, applied, err);
}

err_code search_made_at(struct search_writer *writer, int64_t *made_at, struct err *err)
{
    return engine_writer_made_at(writer->engine, made_at, err);
}

void search_drop_older(struct search_writer *writer)
{
    folder_keep_only(writer->folder, folder_current(writer->folder));
}
