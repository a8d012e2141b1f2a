/* The forward index: what ranking needs of each document. */
#include "indexer/forward.h"

#include "base/text.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

enum {
    ALIGNMENT = 8,
    ITEM_HEAD = 8, /* its length, before it */
    LINE = 64,
    EXPECTED = 6 * LINE, /* what a processor reads at once; of an item */
    FILE_MODE = 0640,
    PENDING_MOST = 8 << 20, /* bytes held before they are written */
    GROWTH_LEAST = 64 << 20 /* mapped beyond the end, for what is added later */
};
/* Where the heap starts; changes with the layout of items and with how words become
 * families, so that an index of before is made anew. */
static const char MAGIC[ALIGNMENT] = {'e', 't', 'b', 'f', 'w', 'd', '0', '8'};

struct row_change {
    uint32_t row;
    uint64_t place;
};

struct forward_writer {
    int heap, rows;
    uint64_t heap_length; /* in the file; what follows is in `pending` */
    struct text pending;
    struct row_change *changes; /* rows set since the last flush, in order */
    size_t change_count, change_capacity;
    char folder[PATH_MAX];
};

static err_code trouble(const char *folder, const char *file, struct err *err)
{
    return err_set(err, errno == ENOSPC ? ERR_LIMIT : ERR_IO, "index %s/%s: %s", folder,
                   file, strerror(errno));
}

static int open_file(const char *folder, const char *file, int how)
{
    char path[PATH_MAX + NAME_MAX];

    snprintf(path, sizeof path, "%s/%s", folder, file);
    return open(path, how | O_CLOEXEC, FILE_MODE);
}

static bool write_all(int file, const void *bytes, size_t length, uint64_t at)
{
    const char *from = bytes;

    while (length) {
        ssize_t written = pwrite(file, from, length, (off_t)at);
        if (written < 0 && errno == EINTR)
            continue;
        if (written <= 0)
            return false;
        from += written;
        at += (uint64_t)written;
        length -= (size_t)written;
    }
    return true;
}

static bool read_all(int file, void *bytes, size_t length, uint64_t at)
{
    char *to = bytes;

    while (length) {
        ssize_t got = pread(file, to, length, (off_t)at);
        if (got < 0 && errno == EINTR)
            continue;
        if (got <= 0)
            return false;
        to += got;
        at += (uint64_t)got;
        length -= (size_t)got;
    }
    return true;
}

static uint64_t aligned(uint64_t length)
{
    return (length + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
}

/* Starts a new heap or finds the end of the one that is there. */
static err_code open_heap(struct forward_writer *writer, bool is_new, struct err *err)
{
    char magic[ALIGNMENT];
    struct stat stat;

    if (is_new && !write_all(writer->heap, MAGIC, sizeof MAGIC, 0))
        return trouble(writer->folder, "forward.heap", err);
    if (fstat(writer->heap, &stat) != 0)
        return trouble(writer->folder, "forward.heap", err);
    if (!read_all(writer->heap, magic, sizeof magic, 0) ||
        memcmp(magic, MAGIC, sizeof magic) != 0)
        return err_set(err, ERR_STORE, "index %s/forward.heap: of another version",
                       writer->folder);
    writer->heap_length = aligned((uint64_t)stat.st_size);
    return ERR_NONE;
}

err_code forward_writer_open(struct forward_writer **out, const char *folder, bool is_new,
                             struct err *err)
{
    struct forward_writer *writer = calloc(1, sizeof *writer);
    int how = O_RDWR | (is_new ? O_CREAT | O_TRUNC : 0);
    err_code code;

    if (!writer)
        return err_set(err, ERR_MEMORY, "no memory for the index");
    snprintf(writer->folder, sizeof writer->folder, "%s", folder);
    text_init(&writer->pending, PENDING_MOST + (size_t)FORWARD_ITEM_MOST + 64);
    writer->heap = open_file(folder, "forward.heap", how);
    writer->rows = open_file(folder, "forward.rows", how);
    if (writer->heap < 0 || writer->rows < 0)
        code = errno == ENOENT ? err_set(err, ERR_STORE, "index %s: incomplete", folder)
                               : trouble(folder, "forward", err);
    else
        code = open_heap(writer, is_new, err);
    if (code != ERR_NONE) {
        forward_writer_close(writer);
        return code;
    }
    *out = writer;
    return ERR_NONE;
}

void forward_writer_close(struct forward_writer *writer)
{
    if (!writer)
        return;
    if (writer->heap >= 0)
        close(writer->heap);
    if (writer->rows >= 0)
        close(writer->rows);
    text_done(&writer->pending);
    free(writer->changes);
    free(writer);
}

static err_code write_pending(struct forward_writer *writer, struct err *err)
{
    if (!write_all(writer->heap, writer->pending.bytes, writer->pending.length,
                   writer->heap_length))
        return trouble(writer->folder, "forward.heap", err);
    writer->heap_length += writer->pending.length;
    text_clear(&writer->pending);
    return ERR_NONE;
}

err_code forward_add(struct forward_writer *writer, const void *bytes, size_t length,
                     uint64_t *place, struct err *err)
{
    static const char padding[ALIGNMENT];
    uint64_t head = length;

    if (length > FORWARD_ITEM_MOST)
        return err_set(err, ERR_LIMIT, "index: an item of %zu bytes; %d are allowed",
                       length, FORWARD_ITEM_MOST);
    if (writer->pending.length > PENDING_MOST) {
        err_code code = write_pending(writer, err);
        if (code != ERR_NONE)
            return code;
    }
    *place = writer->heap_length + writer->pending.length;
    text_add_bytes(&writer->pending, (const char *)&head, ITEM_HEAD);
    text_add_bytes(&writer->pending, bytes, length);
    text_add_bytes(&writer->pending, padding, aligned(length) - length);
    return text_failed(&writer->pending)
               ? err_set(err, ERR_MEMORY, "no memory for the index")
               : ERR_NONE;
}

err_code forward_set(struct forward_writer *writer, uint32_t row, uint64_t place,
                     struct err *err)
{
    if (writer->change_count == writer->change_capacity) {
        size_t capacity = writer->change_capacity ? 2 * writer->change_capacity : 256;
        struct row_change *grown =
            realloc(writer->changes, capacity * sizeof *writer->changes);
        if (!grown)
            return err_set(err, ERR_MEMORY, "no memory for the index");
        writer->changes = grown;
        writer->change_capacity = capacity;
    }
    writer->changes[writer->change_count++] = (struct row_change){row, place};
    return ERR_NONE;
}

/* Overwrites an item with zeros. Its length stays, for readers that are in it. */
static bool wipe(struct forward_writer *writer, uint64_t place)
{
    static const char zeros[4096];
    uint64_t length;

    if (place % ALIGNMENT || place < sizeof MAGIC ||
        !read_all(writer->heap, &length, sizeof length, place) ||
        length > FORWARD_ITEM_MOST)
        return true; /* left by a crash: not an item */
    for (uint64_t at = 0; at < length; at += sizeof zeros) {
        size_t step = length - at < sizeof zeros ? (size_t)(length - at) : sizeof zeros;
        if (!write_all(writer->heap, zeros, step, place + ITEM_HEAD + at))
            return false;
    }
    return true;
}

static bool write_row(struct forward_writer *writer, const struct row_change *change)
{
    uint64_t at = (uint64_t)change->row * sizeof change->place, before = 0;

    if (!read_all(writer->rows, &before, sizeof before, at))
        before = 0; /* beyond the end */
    return write_all(writer->rows, &change->place, sizeof change->place, at) &&
           (!before || before == change->place || wipe(writer, before));
}

err_code forward_flush(struct forward_writer *writer, struct err *err)
{
    err_code code = write_pending(writer, err);

    for (size_t i = 0; code == ERR_NONE && i < writer->change_count; i++)
        if (!write_row(writer, &writer->changes[i]))
            code = trouble(writer->folder, "forward.rows", err);
    if (code != ERR_NONE)
        return code;
    writer->change_count = 0;
    if (fdatasync(writer->heap) != 0 || fdatasync(writer->rows) != 0)
        return trouble(writer->folder, "forward", err);
    return ERR_NONE;
}

/* ---- reading ---- */

struct mapped {
    int file;
    const char *bytes;
    size_t length, file_length; /* mapped, and of the file when it was last looked at */
};

struct forward {
    struct mapped heap, rows;
    size_t row_count;
    char folder[PATH_MAX];
};

/* Maps the file and some room beyond its end, so that what a writer adds meanwhile is
 * seen. */
static err_code map(struct forward *forward, struct mapped *mapped, const char *name,
                    struct err *err)
{
    struct stat stat;
    size_t wanted;
    void *bytes;

    if (fstat(mapped->file, &stat) != 0)
        return trouble(forward->folder, name, err);
    mapped->file_length = (size_t)stat.st_size;
    if (mapped->bytes && mapped->file_length <= mapped->length)
        return ERR_NONE;
    wanted = mapped->file_length +
             (mapped->file_length > GROWTH_LEAST ? mapped->file_length : GROWTH_LEAST);
    bytes = mmap(NULL, wanted, PROT_READ, MAP_SHARED | MAP_NORESERVE, mapped->file, 0);
    if (bytes == MAP_FAILED)
        return trouble(forward->folder, name, err);
    if (mapped->bytes)
        munmap((void *)mapped->bytes, mapped->length);
    mapped->bytes = bytes;
    mapped->length = wanted;
    return ERR_NONE;
}

err_code forward_refresh(struct forward *forward, struct err *err)
{
    err_code code = map(forward, &forward->rows, "forward.rows", err);

    if (code == ERR_NONE)
        code = map(forward, &forward->heap, "forward.heap", err);
    if (code != ERR_NONE)
        return code;
    if (forward->heap.file_length < sizeof MAGIC ||
        memcmp(forward->heap.bytes, MAGIC, sizeof MAGIC) != 0)
        return err_set(err, ERR_STORE, "index %s/forward.heap: of another version",
                       forward->folder);
    forward->row_count = forward->rows.file_length / sizeof(uint64_t);
    return ERR_NONE;
}

err_code forward_open(struct forward **out, const char *folder, struct err *err)
{
    struct forward *forward = calloc(1, sizeof *forward);
    err_code code;

    if (!forward)
        return err_set(err, ERR_MEMORY, "no memory for the index");
    snprintf(forward->folder, sizeof forward->folder, "%s", folder);
    forward->heap.file = open_file(folder, "forward.heap", O_RDONLY);
    forward->rows.file = open_file(folder, "forward.rows", O_RDONLY);
    if (forward->heap.file < 0 || forward->rows.file < 0)
        code = err_set(err, ERR_STORE, "index %s: incomplete", folder);
    else
        code = forward_refresh(forward, err);
    if (code != ERR_NONE) {
        forward_close(forward);
        return code;
    }
    *out = forward;
    return ERR_NONE;
}

static void unmap(struct mapped *mapped)
{
    if (mapped->bytes)
        munmap((void *)mapped->bytes, mapped->length);
    if (mapped->file >= 0)
        close(mapped->file);
}

void forward_close(struct forward *forward)
{
    if (!forward)
        return;
    unmap(&forward->heap);
    unmap(&forward->rows);
    free(forward);
}

uint32_t forward_rows(const struct forward *forward)
{
    return forward->row_count < UINT32_MAX ? (uint32_t)forward->row_count : UINT32_MAX;
}

uint64_t forward_place(const struct forward *forward, uint32_t row)
{
    const uint64_t *rows = (const void *)forward->rows.bytes;

    return row < forward->row_count ? rows[row] : 0;
}

void forward_expect_row(const struct forward *forward, uint32_t row)
{
    if (row < forward->row_count)
        __builtin_prefetch(forward->rows.bytes + row * sizeof(uint64_t));
}

void forward_expect_item(const struct forward *forward, uint32_t row)
{
    uint64_t place = forward_place(forward, row);

    for (size_t at = 0; at < EXPECTED && place + at < forward->heap.file_length;
         at += LINE)
        __builtin_prefetch(forward->heap.bytes + place + at);
}

/* Bytes up to `end` are in the file: what was mapped, or what a writer has added since.
 */
static bool is_there(const struct mapped *mapped, uint64_t end)
{
    struct stat stat;

    if (end <= mapped->file_length)
        return true;
    return end <= mapped->length && fstat(mapped->file, &stat) == 0 &&
           end <= (uint64_t)stat.st_size;
}

const void *forward_item(const struct forward *forward, uint64_t place, size_t *length)
{
    uint64_t stated;

    if (place < sizeof MAGIC || place % ALIGNMENT || place > SIZE_MAX / 2 ||
        !is_there(&forward->heap, place + ITEM_HEAD))
        return NULL;
    memcpy(&stated, forward->heap.bytes + place, sizeof stated);
    if (stated > FORWARD_ITEM_MOST ||
        !is_there(&forward->heap, place + ITEM_HEAD + stated))
        return NULL;
    *length = (size_t)stated;
    return forward->heap.bytes + place + ITEM_HEAD;
}
