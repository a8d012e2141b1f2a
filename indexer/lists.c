/* Reading the lists of the documents of an index. */
#include "indexer/lists.h"

#include "base/map.h"

#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* The items of a section; NULL when it does not lie within the file. */
static const void *section(const struct lists *lists, struct lists_section section,
                           size_t item, size_t *count)
{
    if (section.at % sizeof(uint64_t) || section.at > lists->length ||
        section.count > (lists->length - section.at) / item)
        return NULL;
    *count = (size_t)section.count;
    return lists->bytes + section.at;
}

/* Whether all numbers in the columns are those of values. */
static bool is_sound(const struct lists *lists)
{
    const uint64_t mask = (1u << LISTS_NUMBER_BITS) - 1;
    uint64_t set = 0, structure = 0, commune = 0;

    for (size_t i = 0; i < lists->document_count; i++) {
        uint64_t what = lists->what[i];
        uint64_t of = what >> LISTS_STRUCTURE_AT & mask;
        uint64_t in = what >> LISTS_COMMUNE_AT & mask;
        set = (what & mask) > set ? what & mask : set;
        structure = of > structure ? of : structure;
        commune = in > commune ? in : commune;
    }
    return !lists->document_count ||
           (set < lists->set_count && structure < lists->value_counts[VALUE_STRUCTURE] &&
            commune < lists->value_counts[VALUE_COMMUNE]);
}

static bool read_head(struct lists *lists)
{
    const struct lists_head *head = (const void *)lists->bytes;
    size_t parts = 0, whats = 0;
    bool is_whole;

    if (lists->length < sizeof *head ||
        memcmp(head->magic, LISTS_MAGIC, sizeof head->magic) != 0)
        return false;
    lists->terms = section(lists, head->terms, sizeof *lists->terms, &lists->term_count);
    lists->since =
        section(lists, head->since, sizeof *lists->since, &lists->document_count);
    lists->day_parts = section(lists, head->day_parts, sizeof *lists->day_parts, &parts);
    lists->what = section(lists, head->what, sizeof *lists->what, &whats);
    lists->sets = section(lists, head->sets, sizeof *lists->sets, &lists->set_count);
    lists->poles = section(lists, head->poles, sizeof *lists->poles, &lists->pole_count);
    is_whole = lists->terms && lists->since && lists->day_parts && lists->what &&
               lists->sets && lists->poles && parts == lists->document_count &&
               whats == lists->document_count;
    for (int i = 0; i < VALUE_COUNT; i++) {
        lists->values[i] = section(lists, head->values[i], sizeof *lists->values[i],
                                   &lists->value_counts[i]);
        is_whole = is_whole && lists->values[i];
    }
    return is_whole && is_sound(lists);
}

static err_code map(struct lists *lists, const char *folder, struct err *err)
{
    char path[PATH_MAX + NAME_MAX];
    err_code code;

    snprintf(path, sizeof path, "%s/%s", folder, LISTS_FILE);
    code = mapped_open(&lists->file, path, err);
    lists->bytes = lists->file.bytes;
    lists->length = lists->file.length;
    if (code == ERR_NONE && !read_head(lists))
        code = err_set(err, ERR_STORE, "%s: damaged", path);
    return code;
}

err_code lists_open(struct lists **out, const char *folder, struct err *err)
{
    struct lists *lists = calloc(1, sizeof *lists);
    err_code code = lists ? map(lists, folder, err)
                          : err_set(err, ERR_MEMORY, "no memory for the index");

    if (code != ERR_NONE)
        lists_close(lists);
    else
        *out = lists;
    return code;
}

void lists_close(struct lists *lists)
{
    if (!lists)
        return;
    mapped_close(&lists->file);
    free(lists);
}

const struct lists_term *lists_find(const struct lists *lists, const char *term)
{
    uint64_t key = map_key(term, strlen(term));
    size_t from = 0, to = lists->term_count;

    while (from < to) {
        size_t middle = from + (to - from) / 2;
        if (lists->terms[middle].key == key)
            return lists->terms[middle].at <= lists->length &&
                           lists->terms[middle].length <=
                               lists->length - lists->terms[middle].at
                       ? &lists->terms[middle]
                       : NULL;
        if (lists->terms[middle].key < key)
            from = middle + 1;
        else
            to = middle;
    }
    return NULL;
}

bool lists_next(const struct lists *lists, const struct lists_term *term, uint64_t *at,
                struct lists_window *out)
{
    uint64_t end = term->at + term->length;
    struct lists_block head;
    size_t count, length;

    if (*at < term->at || *at % 2 || *at > end || end - *at < sizeof head)
        return false;
    memcpy(&head, lists->bytes + *at, sizeof head);
    count = (size_t)head.count_less_1 + 1;
    length = sizeof head + count * sizeof(uint16_t) + count + count % 2;
    if (length > end - *at || count > LISTS_WINDOW || head.most > LISTS_PART_MOST)
        return false;
    out->window = head.window;
    out->count = (uint32_t)count;
    out->most = head.most;
    out->places = (const void *)(lists->bytes + *at + sizeof head);
    out->parts = lists->bytes + *at + sizeof head + count * sizeof(uint16_t);
    *at += length;
    return true;
}
