/* What was searched for in vain since the last turn of the jobs. */
#include "exchange/action/miss_box.h"

#include "base/map.h"

#include <pthread.h>
#include <stdlib.h>
#include <string.h>

struct miss_box {
    pthread_mutex_t lock;
    int64_t day;
    struct map known; /* of that day, by map_key */
    size_t count;     /* not taken yet */
    char words[MISS_DAY_MOST][MISS_BYTES_MOST + 1];
};

struct miss_box *miss_box_new(void)
{
    struct miss_box *box = calloc(1, sizeof *box);

    if (!box)
        return NULL;
    pthread_mutex_init(&box->lock, NULL);
    map_init(&box->known);
    return box;
}

void miss_box_free(struct miss_box *box)
{
    if (!box)
        return;
    pthread_mutex_destroy(&box->lock);
    map_done(&box->known);
    free(box);
}

void miss_box_put(struct miss_box *box, const char *words, int64_t day)
{
    size_t length = strlen(words);
    uint64_t key = map_key(words, length);
    uint64_t *known;

    if (length > MISS_BYTES_MOST)
        return;
    pthread_mutex_lock(&box->lock);
    if (box->day != day) { /* the last words of yesterday are let go */
        map_clear(&box->known);
        box->count = 0;
        box->day = day;
    }
    if (!map_find(&box->known, key) && box->known.count < MISS_DAY_MOST &&
        (known = map_at(&box->known, key))) {
        *known = 1;
        memcpy(box->words[box->count++], words, length + 1);
    }
    pthread_mutex_unlock(&box->lock);
}

err_code miss_box_take(struct miss_box *box, struct arena *arena, const char ***words,
                       size_t *count, int64_t *day, struct err *err)
{
    err_code code = ERR_NONE;

    pthread_mutex_lock(&box->lock);
    *count = box->count;
    *day = box->day;
    *words = arena_array(arena, box->count + 1, sizeof **words);
    for (size_t i = 0; *words && i < box->count; i++)
        (*words)[i] = arena_strdup(arena, box->words[i]);
    if (!*words || arena_failed(arena))
        code = err_set(err, ERR_MEMORY, "no room for searches");
    else
        box->count = 0;
    pthread_mutex_unlock(&box->lock);
    return code;
}
