/* Two people change one session. */
#include "exchange/action/session_merge.h"

#include "base/secret.h"
#include "base/text.h"

#include <string.h>

enum { PARTS = 11, WORD = 8, FIELDS_MOST = 5 * PROPOSE_DATES, PART_BYTES_MOST = 1 << 16 };

/* Where a form holds part number `part` (bit number of enum session_part). */
static size_t fields_of(struct session_form *form, int part,
                        const char **fields[FIELDS_MOST])
{
    const char **const single[PARTS] = {&form->title, &form->about, NULL,
                                        NULL,         &form->seats, &form->threshold,
                                        NULL,         &form->level, &form->format,
                                        &form->pole,  &form->skill};
    const char **const place[] = {&form->where,   &form->room,   &form->place,
                                  &form->commune, &form->access, &form->online_url};
    size_t count = 0;

    switch (1U << part) {
    case PART_DATES:
        for (int i = 0; i < PROPOSE_DATES; i++) {
            fields[count++] = &form->dates[i].day;
            fields[count++] = &form->dates[i].month;
            fields[count++] = &form->dates[i].year;
            fields[count++] = &form->dates[i].from;
            fields[count++] = &form->dates[i].to;
        }
        return count;
    case PART_DECISION:
        fields[count++] = &form->decide.day;
        fields[count++] = &form->decide.month;
        fields[count++] = &form->decide.year;
        return count;
    case PART_PLACE:
        for (size_t i = 0; i < sizeof place / sizeof place[0]; i++)
            fields[count++] = place[i];
        return count;
    default:
        fields[count++] = single[part];
        return count;
    }
}

/* Blanks at the ends, and the two ways to end a line, are no change. */
static void add_value(struct text *text, const char *value)
{
    size_t length;

    value = value ? value + strspn(value, " \t\r\n") : "";
    length = strlen(value);
    while (length && strchr(" \t\r\n", value[length - 1]))
        length--;
    for (size_t i = 0; i < length; i++)
        if (value[i] != '\r')
            text_add_bytes(text, value + i, 1);
    text_add_bytes(text, "", 1);
}

/* WORD characters. */
static void part_word(const struct session_form *form, int part, char *out)
{
    struct session_form copy = *form;
    const char **fields[FIELDS_MOST];
    size_t count = fields_of(&copy, part, fields);
    char hash[SECRET_HASH_TEXT_MAX];
    struct text text;

    text_init(&text, PART_BYTES_MOST);
    for (size_t i = 0; i < count; i++)
        add_value(&text, *fields[i]);
    secret_hash(text.bytes, text.length, NULL, hash);
    text_done(&text);
    memcpy(out, hash, WORD);
}

const char *session_stamp(struct arena *arena, const struct session_form *form)
{
    char stamp[PARTS * WORD + 1];

    for (int i = 0; i < PARTS; i++)
        part_word(form, i, stamp + (size_t)i * WORD);
    stamp[PARTS * WORD] = '\0';
    return arena_strdup(arena, stamp);
}

static unsigned differing(struct arena *arena, const char *stamp,
                          const struct session_form *form)
{
    const char *now = session_stamp(arena, form);
    unsigned parts = 0;

    if (!now || !stamp || strlen(stamp) != PARTS * WORD)
        return 0;
    for (int i = 0; i < PARTS; i++)
        if (memcmp(now + (size_t)i * WORD, stamp + (size_t)i * WORD, WORD) != 0)
            parts |= 1U << i;
    return parts;
}

unsigned session_meanwhile(struct arena *arena, const struct session_form *form,
                           const struct session_form *stands)
{
    return differing(arena, form->stamp, stands);
}

unsigned session_merge(struct arena *arena, struct session_form *form,
                       const struct session_form *stands)
{
    unsigned theirs = differing(arena, form->stamp, stands);
    unsigned hers = differing(arena, form->stamp, form);
    struct session_form copy = *stands;

    for (int i = 0; i < PARTS; i++) {
        const char **from[FIELDS_MOST], **to[FIELDS_MOST];
        size_t count = fields_of(form, i, to);
        bool is_there = false;
        fields_of(&copy, i, from);
        for (size_t j = 0; j < count; j++)
            is_there = is_there || *to[j];
        if (is_there && (!(theirs & (1U << i)) || (hers & (1U << i))))
            continue;
        hers &= ~(1U << i); /* not in her form, or as it was shown */
        for (size_t j = 0; j < count; j++)
            *to[j] = *from[j];
    }
    return theirs & hers;
}
