/* The sentences of one language (a .mo file), and its dates and numbers. */
#include "web/view/catalogue.h"

#include "base/file.h"

#include <inttypes.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { FILE_BYTES_MOST = 4 << 20, HEADER_BYTES = 28 };
static const uint32_t MO_MAGIC = 0x950412de; /* GNU gettext manual, 10.3 */

struct catalogue {
    char lang[4];
    struct text file;
    uint32_t count, originals, translations; /* offsets of the two tables */
};

static uint32_t number_at(const struct catalogue *catalogue, uint64_t offset)
{
    uint32_t number = 0;

    if (offset + sizeof number <= catalogue->file.length)
        memcpy(&number, catalogue->file.bytes + offset, sizeof number);
    return number;
}

/* Entry i of a table, or NULL when the file lies about it. */
static const char *string_at(const struct catalogue *catalogue, uint32_t table, uint32_t i)
{
    uint64_t at = (uint64_t)table + (uint64_t)i * 8;
    uint64_t length = number_at(catalogue, at), offset = number_at(catalogue, at + 4);

    if (offset == 0 || offset + length >= catalogue->file.length ||
        catalogue->file.bytes[offset + length] != '\0')
        return NULL;
    return catalogue->file.bytes + offset;
}

err_code catalogue_open(struct catalogue **out, const char *folder, const char *lang,
                        struct err *err)
{
    struct catalogue *catalogue = calloc(1, sizeof *catalogue);
    char path[PATH_MAX];
    struct err missing = {0};
    err_code code;

    if (!catalogue)
        return err_set(err, ERR_MEMORY, "no memory for a language");
    snprintf(catalogue->lang, sizeof catalogue->lang, "%s", lang);
    snprintf(path, sizeof path, "%s/%s.mo", folder, lang);
    text_init(&catalogue->file, FILE_BYTES_MOST);
    code = file_read(path, &catalogue->file, &missing);
    if (code == ERR_NOT_FOUND && strcmp(lang, "en") == 0)
        code = ERR_NONE; /* the sentences themselves are English */
    else if (code != ERR_NONE)
        err_set(err, code, "%s", missing.text);
    else if (catalogue->file.length < HEADER_BYTES || number_at(catalogue, 0) != MO_MAGIC)
        code = err_set(err, ERR_INVALID, "%s: not a catalogue made by msgfmt here", path);
    if (code != ERR_NONE) {
        catalogue_close(catalogue);
        return code;
    }
    catalogue->count = number_at(catalogue, 8);
    catalogue->originals = number_at(catalogue, 12);
    catalogue->translations = number_at(catalogue, 16);
    if (catalogue->count > catalogue->file.length / 16)
        catalogue->count = 0;
    *out = catalogue;
    return ERR_NONE;
}

void catalogue_close(struct catalogue *catalogue)
{
    if (catalogue)
        text_done(&catalogue->file);
    free(catalogue);
}

const char *catalogue_lang(const struct catalogue *catalogue)
{
    return catalogue->lang;
}

static const char *find(const struct catalogue *catalogue, const char *sentence)
{
    uint32_t low = 0, high = catalogue->count;

    while (low < high) {
        uint32_t middle = (low + high) / 2;
        const char *original = string_at(catalogue, catalogue->originals, middle);
        int order = original ? strcmp(sentence, original) : -1;
        if (order == 0)
            return string_at(catalogue, catalogue->translations, middle);
        if (order < 0)
            high = middle;
        else
            low = middle + 1;
    }
    return NULL;
}

const char *tr(const struct catalogue *catalogue, const char *sentence)
{
    const char *found = *sentence ? find(catalogue, sentence) : NULL;

    return found && *found ? found : sentence;
}

const char *tr_n(const struct catalogue *catalogue, const char *one, const char *many,
                 int64_t count)
{
    const char *found = find(catalogue, one);
    bool is_one = strcmp(catalogue->lang, "fr") == 0 ? count < 2 : count == 1;

    if (!found || !*found)
        return is_one ? one : many;
    return is_one ? found : found + strlen(found) + 1; /* msgstr[1] follows msgstr[0] */
}

static const char *const months[] = {
    "January", "February", "March",     "April",   "May",      "June",
    "July",    "August",   "September", "October", "November", "December"};
static const char *const days[] = {"Monday", "Tuesday",  "Wednesday", "Thursday",
                                   "Friday", "Saturday", "Sunday"};

void say_date(const struct catalogue *catalogue, int64_t at, struct zone zone,
              struct text *out)
{
    struct civil civil = calendar_civil(at, zone);
    bool is_french = strcmp(catalogue->lang, "fr") == 0;

    text_printf(out, "%d%s %s %d", civil.day, is_french && civil.day == 1 ? "er" : "",
                tr(catalogue, months[civil.month - 1]), civil.year);
}

void say_time(const struct catalogue *catalogue, int64_t at, struct zone zone,
              struct text *out)
{
    struct civil civil = calendar_civil(at, zone);

    if (strcmp(catalogue->lang, "fr") != 0)
        text_printf(out, "%02d:%02d", civil.hour, civil.minute);
    else if (civil.minute)
        text_printf(out, "%d\u00a0h\u00a0%02d", civil.hour, civil.minute);
    else
        text_printf(out, "%d\u00a0h", civil.hour);
}

void say_date_time(const struct catalogue *catalogue, int64_t at, struct zone zone,
                   struct text *out)
{
    struct civil civil = calendar_civil(at, zone);

    text_printf(out, "%s ", tr(catalogue, days[civil.weekday - 1]));
    say_date(catalogue, at, zone, out);
    text_printf(out, " %s ", tr(catalogue, "at"));
    say_time(catalogue, at, zone, out);
}

void say_number(const struct catalogue *catalogue, int64_t number, struct text *out)
{
    char digits[24];
    size_t length = (size_t)snprintf(digits, sizeof digits, "%" PRId64, number);

    for (size_t i = 0; i < length; i++) {
        if (i && (length - i) % 3 == 0 && digits[i - 1] != '-')
            text_add(out, strcmp(catalogue->lang, "fr") == 0 ? "\u202f" : ",");
        text_add_char(out, digits[i]);
    }
}
