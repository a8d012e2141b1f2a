/* What ranking needs of a document: an item of the forward index. */
#include "indexer/entry.h"

#include "base/map.h"

#include <stdlib.h>
#include <string.h>

struct label_head {
    uint16_t words, bytes;
};

enum { LABEL_ALIGNMENT = 4 };

uint32_t entry_word(const char *family)
{
    uint64_t key = map_key(family, strlen(family));

    return (uint32_t)(key ^ key >> 32);
}

uint32_t entry_stem(const char *stem)
{
    return entry_word(stem);
}

void entry_add_head(struct text *out, const struct entry_head *head)
{
    text_add_bytes(out, (const char *)head, sizeof *head);
}

void entry_add_pole(struct text *out, uint64_t place)
{
    text_add_bytes(out, (const char *)&place, sizeof place);
}

void entry_add_skill(struct text *out, const struct entry_skill *skill)
{
    text_add_bytes(out, (const char *)skill, sizeof *skill);
}

static int by_word(const void *a, const void *b)
{
    uint32_t x = *(const uint32_t *)a, y = *(const uint32_t *)b;

    return x < y ? -1 : x > y;
}

uint32_t entry_add_words(struct text *out, uint32_t *words, size_t count)
{
    uint32_t used = 0;

    if (count)
        qsort(words, count, sizeof *words, by_word);
    for (size_t i = 0; i < count; i++)
        if (!used || words[used - 1] != words[i])
            words[used++] = words[i];
    text_add_bytes(out, (const char *)words, used * sizeof *words);
    return used;
}

/* Bytes of the text that are kept: whole code points. */
static size_t kept_bytes(const char *text)
{
    size_t length = strlen(text);

    if (length <= ENTRY_TEXT_MOST)
        return length;
    for (length = ENTRY_TEXT_MOST; ((unsigned char)text[length] & 0xc0) == 0x80; length--)
        ;
    return length;
}

void entry_add_label(struct text *out, const struct tokens *tokens, const char *text)
{
    static const char padding[LABEL_ALIGNMENT];
    uint32_t words[ENTRY_WORDS_MOST], stems[ENTRY_WORDS_MOST];
    struct label_head head = {.bytes = (uint16_t)kept_bytes(text)};

    for (size_t i = 0; i < tokens->count && head.words < ENTRY_WORDS_MOST; i++)
        if (!tokens->items[i].is_stop && !tokens->items[i].is_joined) {
            stems[head.words] = entry_stem(tokens->items[i].stem);
            words[head.words++] = entry_word(tokens->items[i].family);
        }
    text_add_bytes(out, (const char *)&head, sizeof head);
    text_add_bytes(out, (const char *)words, head.words * sizeof *words);
    text_add_bytes(out, (const char *)stems, head.words * sizeof *stems);
    text_add_bytes(out, text, head.bytes);
    text_add_bytes(out, padding, (0u - head.bytes) % LABEL_ALIGNMENT);
}

bool entry_read(const void *item, size_t length, struct entry *out)
{
    const unsigned char *at = item;
    struct entry entry;
    uint64_t needed;

    if (!item || length < sizeof entry.head)
        return false;
    memcpy(&entry.head, at, sizeof entry.head);
    needed =
        sizeof entry.head + (uint64_t)entry.head.pole_count * sizeof(uint64_t) +
        (uint64_t)entry.head.skill_count * sizeof(struct entry_skill) +
        ((uint64_t)entry.head.word_count + entry.head.stem_count) * sizeof(uint32_t) +
        (entry.head.vector_mark ? MODEL_DIMENSIONS : 0);
    length -= entry.head.card_length < length ? entry.head.card_length : length;
    if (entry.head.id == 0 || needed > length)
        return false;
    entry.poles = at + sizeof entry.head;
    entry.skills = entry.poles + entry.head.pole_count * sizeof(uint64_t);
    entry.words = entry.skills + entry.head.skill_count * sizeof(struct entry_skill);
    entry.stems = entry.words + entry.head.word_count * sizeof(uint32_t);
    entry.labels = at + needed;
    entry.vector =
        entry.head.vector_mark ? (const int8_t *)entry.labels - MODEL_DIMENSIONS : NULL;
    entry.end = at + length;
    entry.card = (const char *)entry.end;
    *out = entry;
    return true;
}

bool entry_is_there(const struct entry *entry)
{
    struct entry_head head;

    memcpy(&head, entry->poles - sizeof head, sizeof head);
    return head.id == entry->head.id;
}

uint64_t entry_pole(const struct entry *entry, size_t i)
{
    uint64_t place;

    memcpy(&place, entry->poles + i * sizeof place, sizeof place);
    return place;
}

struct entry_skill entry_skill(const struct entry *entry, size_t i)
{
    struct entry_skill skill;

    memcpy(&skill, entry->skills + i * sizeof skill, sizeof skill);
    return skill;
}

uint32_t entry_word_at(const struct entry *entry, size_t i)
{
    uint32_t word;

    memcpy(&word, entry->words + i * sizeof word, sizeof word);
    return word;
}

bool entry_has_stem(const struct entry *entry, uint32_t stem)
{
    size_t from = 0, to = entry->head.stem_count;

    while (from < to) {
        size_t middle = from + (to - from) / 2;
        uint32_t here;
        memcpy(&here, entry->stems + middle * sizeof here, sizeof here);
        if (here == stem)
            return true;
        if (here < stem)
            from = middle + 1;
        else
            to = middle;
    }
    return false;
}

bool entry_next_label(const unsigned char **at, const unsigned char *end,
                      struct entry_label *out)
{
    struct label_head head;
    size_t left = (size_t)(end - *at), padded, numbers;

    if (left < sizeof head)
        return false;
    memcpy(&head, *at, sizeof head);
    padded =
        (head.bytes + (size_t)LABEL_ALIGNMENT - 1) / LABEL_ALIGNMENT * LABEL_ALIGNMENT;
    numbers = head.words * sizeof(uint32_t);
    if (left < sizeof head + 2 * numbers + padded)
        return false;
    *out = (struct entry_label){.words = *at + sizeof head,
                                .stems = *at + sizeof head + numbers,
                                .word_count = head.words,
                                .text = (const char *)*at + sizeof head + 2 * numbers,
                                .text_length = head.bytes};
    *at += sizeof head + 2 * numbers + padded;
    return true;
}

uint32_t entry_label_word(const struct entry_label *label, size_t i)
{
    uint32_t word;

    memcpy(&word, label->words + i * sizeof word, sizeof word);
    return word;
}

uint32_t entry_label_stem(const struct entry_label *label, size_t i)
{
    uint32_t stem;

    memcpy(&stem, label->stems + i * sizeof stem, sizeof stem);
    return stem;
}
