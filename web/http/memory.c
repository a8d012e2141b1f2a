/* Public pages as they were last made. */
#include "web/http/memory.h"

#include "base/gzip.h"
#include "base/map.h"
#include "base/secret.h"

#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum {
    BUCKETS = 2048,
    SHARE = 8 /* a page takes at most this part of the memory */
};

struct entry {
    struct kept_page page;       /* first: what callers hold is the entry */
    struct entry *next;          /* in its bucket */
    struct entry *newer, *older; /* by use */
    char *key;
    char *headers[2 * RESPONSE_HEADERS_MAX];
    size_t bytes;
    _Atomic(void *) made[2]; /* plain, compressed */
    void (*drop)(void *made);
    atomic_int holders; /* callers, and one while it is in the table */
};

struct page_memory {
    pthread_mutex_t lock; /* of all that follows */
    struct entry *buckets[BUCKETS];
    struct entry *newest, *oldest;
    struct page_version version; /* of all that is kept */
    size_t bytes, bytes_most;
    void (*drop)(void *made);
};

void etag_write(char out[ETAG_MAX], const char *hash, bool is_gzip)
{
    snprintf(out, ETAG_MAX, "\"%.24s%s\"", hash, is_gzip ? "-gzip" : "");
}

struct page_memory *memory_open(size_t bytes_most, void (*drop)(void *made))
{
    struct page_memory *memory = bytes_most ? calloc(1, sizeof *memory) : NULL;

    if (!memory)
        return NULL;
    pthread_mutex_init(&memory->lock, NULL);
    memory->bytes_most = bytes_most;
    memory->drop = drop;
    return memory;
}

static void entry_free(struct entry *entry)
{
    if (!entry)
        return;
    for (size_t i = 0; i < sizeof entry->made / sizeof *entry->made; i++)
        if (entry->made[i])
            entry->drop(entry->made[i]);
    text_done(&entry->page.body);
    text_done(&entry->page.gzip);
    for (size_t i = 0; i < sizeof entry->headers / sizeof *entry->headers; i++)
        free(entry->headers[i]);
    free(entry->key);
    free(entry);
}

static void drop_holder(struct entry *entry)
{
    if (atomic_fetch_sub(&entry->holders, 1) == 1)
        entry_free(entry);
}

static struct entry **bucket_of(struct page_memory *memory, const char *key)
{
    uint64_t hash = map_key(key, strlen(key));

    return &memory->buckets[(hash ^ hash >> 32) % BUCKETS];
}

static void unlink_use(struct page_memory *memory, struct entry *entry)
{
    *(entry->newer ? &entry->newer->older : &memory->newest) = entry->older;
    *(entry->older ? &entry->older->newer : &memory->oldest) = entry->newer;
    entry->newer = entry->older = NULL;
}

static void link_newest(struct page_memory *memory, struct entry *entry)
{
    entry->older = memory->newest;
    *(entry->older ? &entry->older->newer : &memory->oldest) = entry;
    memory->newest = entry;
}

static void take_out(struct page_memory *memory, struct entry *entry)
{
    struct entry **at = bucket_of(memory, entry->key);

    while (*at != entry)
        at = &(*at)->next;
    *at = entry->next;
    unlink_use(memory, entry);
    memory->bytes -= entry->bytes;
    drop_holder(entry);
}

static void forget(struct page_memory *memory)
{
    while (memory->newest)
        take_out(memory, memory->newest);
}

void memory_close(struct page_memory *memory)
{
    if (!memory)
        return;
    forget(memory);
    pthread_mutex_destroy(&memory->lock);
    free(memory);
}

/* Whether what is kept is of that version; forgets it all when that one is newer. A
 * thread that asked for its version before a change comes too late: nothing is for it. */
static bool is_of(struct page_memory *memory, const struct page_version *version)
{
    bool is_newer = false;

    for (size_t i = 0; i < sizeof version->parts / sizeof *version->parts; i++) {
        if (version->parts[i] < memory->version.parts[i])
            return false;
        is_newer = is_newer || version->parts[i] > memory->version.parts[i];
    }
    if (is_newer)
        forget(memory);
    memory->version = *version;
    return true;
}

static struct entry *look_up(struct page_memory *memory, const char *key)
{
    struct entry *entry = *bucket_of(memory, key);

    while (entry && strcmp(entry->key, key) != 0)
        entry = entry->next;
    return entry;
}

const struct kept_page *memory_find(struct page_memory *memory,
                                    const struct page_version *version, const char *key)
{
    struct entry *entry;

    if (!memory || !key)
        return NULL;
    pthread_mutex_lock(&memory->lock);
    entry = is_of(memory, version) ? look_up(memory, key) : NULL;
    if (entry && entry->newer) {
        unlink_use(memory, entry);
        link_newest(memory, entry);
    }
    if (entry)
        entry->holders++;
    pthread_mutex_unlock(&memory->lock);
    return entry ? &entry->page : NULL;
}

static bool copy_headers(struct entry *entry, const struct response *response)
{
    struct kept_page *page = &entry->page;

    for (size_t i = 0; i < response->extra_count; i++) {
        char **pair = &entry->headers[2 * i];
        pair[0] = strdup(response->extra_names[i]);
        pair[1] = strdup(response->extra_values[i]);
        if (!pair[0] || !pair[1])
            return false;
        page->names[i] = pair[0];
        page->values[i] = pair[1];
        entry->bytes += strlen(pair[0]) + strlen(pair[1]) + 2;
    }
    page->header_count = response->extra_count;
    return true;
}

static struct entry *entry_new(const char *key, const struct response *response)
{
    struct entry *entry = calloc(1, sizeof *entry);
    const struct text *body = &response->body;
    char hash[SECRET_HASH_TEXT_MAX];

    if (!entry)
        return NULL;
    entry->key = strdup(key);
    text_init(&entry->page.body, RESPONSE_BODY_MAX);
    text_init(&entry->page.gzip, RESPONSE_BODY_MAX);
    entry->page.content_type = response->content_type;
    entry->page.cache_control = response->cache_control;
    secret_hash(body->bytes, body->length, NULL, hash);
    etag_write(entry->page.etags[0], hash, false);
    etag_write(entry->page.etags[1], hash, true);
    if (!entry->key || !text_add_bytes(&entry->page.body, body->bytes, body->length) ||
        !copy_headers(entry, response)) {
        entry_free(entry);
        return NULL;
    }
    if (body->length >= GZIP_LEAST && gzip_suits(response->content_type))
        (void)gzip_make(body->bytes, body->length, GZIP_QUICK, &entry->page.gzip);
    entry->bytes += sizeof *entry + strlen(key) + 1 + entry->page.body.length +
                    entry->page.gzip.length;
    return entry;
}

const struct kept_page *memory_keep(struct page_memory *memory,
                                    const struct page_version *version, const char *key,
                                    const struct response *response)
{
    struct entry *entry, *before, **bucket;
    bool is_kept;

    if (!memory || !key || response->body.length > memory->bytes_most / SHARE ||
        !(entry = entry_new(key, response)))
        return NULL;
    entry->drop = memory->drop;
    entry->holders = 1; /* the caller */
    pthread_mutex_lock(&memory->lock);
    is_kept = is_of(memory, version);
    before = is_kept ? look_up(memory, key) : NULL;
    if (before)
        take_out(memory, before);
    while (is_kept && memory->oldest && memory->bytes + entry->bytes > memory->bytes_most)
        take_out(memory, memory->oldest);
    if (is_kept) {
        bucket = bucket_of(memory, key);
        entry->next = *bucket;
        *bucket = entry;
        link_newest(memory, entry);
        memory->bytes += entry->bytes;
        entry->holders++;
    }
    pthread_mutex_unlock(&memory->lock);
    return &entry->page;
}

void *memory_made(const struct kept_page *page, bool is_gzip)
{
    return ((const struct entry *)page)->made[is_gzip];
}

void *memory_share(const struct kept_page *page, bool is_gzip, void *made)
{
    struct entry *entry = (struct entry *)page;
    void *before = NULL;

    if (atomic_compare_exchange_strong(&entry->made[is_gzip], &before, made))
        return made;
    entry->drop(made);
    return before;
}

void memory_release(const struct kept_page *page)
{
    if (page)
        drop_holder((struct entry *)page);
}
