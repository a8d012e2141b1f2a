/* The sentences of one language (a .mo file), and its dates and numbers. */
#include "web/view/catalogue.h"

#include "base/file.h"
#include "base/unicode.h"

#include <inttypes.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { FILE_BYTES_MOST = 4 << 20, HEADER_BYTES = 28, ENTRY_BYTES = 8 };
static const uint32_t MO_MAGIC = 0x950412de; /* GNU gettext manual, 10.3 */

struct catalogue {
    char lang[8];
    struct text file;
    bool is_swapped;     /* written by a machine of the other byte order */
    bool is_one_below_2; /* 0 counts as one, as in French; else only 1 does */
    uint32_t count, originals, translations; /* offsets of the two tables */
};

static uint32_t number_at(const struct catalogue *catalogue, uint64_t offset)
{
    uint32_t number = 0;

    if (offset + sizeof number <= catalogue->file.length)
        memcpy(&number, catalogue->file.bytes + offset, sizeof number);
    return catalogue->is_swapped ? __builtin_bswap32(number) : number;
}

/* Entry i of a table and its length in bytes (NULs between plural forms included), or
 * NULL when the file lies about it. */
static const char *string_at(const struct catalogue *catalogue, uint32_t table,
                             uint32_t i, size_t *bytes)
{
    uint64_t at = (uint64_t)table + (uint64_t)i * ENTRY_BYTES;
    uint64_t length = number_at(catalogue, at), offset = number_at(catalogue, at + 4);

    if (offset < HEADER_BYTES || offset + length >= catalogue->file.length ||
        catalogue->file.bytes[offset + length] != '\0')
        return NULL;
    *bytes = (size_t)length;
    return catalogue->file.bytes + offset;
}

/* How many NUL-separated forms a string of `length` bytes has; 0 when one is no UTF-8. */
static int count_forms(const char *string, size_t length)
{
    const char *end = string + length;
    int forms = 0;

    for (const char *at = string; at <= end; at += strlen(at) + 1, forms++)
        if (!unicode_is_valid(at, strlen(at)))
            return 0;
    return forms;
}

/* NULL, or what is wrong with entry i. */
static const char *entry_trouble(const struct catalogue *catalogue, uint32_t i)
{
    size_t length, before_length, said_length;
    const char *original = string_at(catalogue, catalogue->originals, i, &length);
    const char *said = string_at(catalogue, catalogue->translations, i, &said_length);
    const char *before =
        i ? string_at(catalogue, catalogue->originals, i - 1, &before_length) : NULL;

    if (!original || !said)
        return "it points outside the file";
    if (before && strcmp(before, original) >= 0)
        return "the sentences are not in order";
    if (count_forms(original, length) == 0 || count_forms(said, said_length) == 0)
        return "it is not UTF-8";
    if (count_forms(original, length) != count_forms(said, said_length))
        return "it has not as many forms as its sentence";
    return count_forms(said, said_length) > 2 ? "it has more than two forms" : NULL;
}

/* Reads which numbers take the first form; false for a rule this program does not know.
 */
static bool read_plural_rule(struct catalogue *catalogue)
{
    size_t length;
    const char *header = string_at(catalogue, catalogue->translations, 0, &length);
    const char *rule = header ? strstr(header, "Plural-Forms:") : NULL;
    char packed[64];
    size_t used = 0;

    if (!rule)
        return true;
    for (rule += strlen("Plural-Forms:"); *rule && *rule != '\n'; rule++)
        if (!strchr(" ()", *rule) && used + 1 < sizeof packed)
            packed[used++] = *rule;
    packed[used] = '\0';
    catalogue->is_one_below_2 = strcmp(packed, "nplurals=2;plural=n>1;") == 0;
    return catalogue->is_one_below_2 || strcmp(packed, "nplurals=2;plural=n!=1;") == 0;
}

static err_code check_file(struct catalogue *catalogue, const char *path, struct err *err)
{
    uint64_t tables;

    catalogue->is_swapped = number_at(catalogue, 0) == __builtin_bswap32(MO_MAGIC);
    if (catalogue->file.length < HEADER_BYTES || number_at(catalogue, 0) != MO_MAGIC ||
        number_at(catalogue, 4) >> 16 != 0)
        return err_set(err, ERR_INVALID, "%s: not a catalogue made by msgfmt", path);
    catalogue->count = number_at(catalogue, 8);
    catalogue->originals = number_at(catalogue, 12);
    catalogue->translations = number_at(catalogue, 16);
    tables = (uint64_t)catalogue->count * ENTRY_BYTES;
    if (catalogue->originals < HEADER_BYTES || catalogue->translations < HEADER_BYTES ||
        catalogue->originals + tables > catalogue->file.length ||
        catalogue->translations + tables > catalogue->file.length)
        return err_set(err, ERR_INVALID, "%s: damaged: its tables pass its end", path);
    for (uint32_t i = 0; i < catalogue->count; i++) {
        const char *trouble = entry_trouble(catalogue, i);
        if (trouble)
            return err_set(err, ERR_INVALID, "%s: damaged: sentence %u: %s", path, i,
                           trouble);
    }
    if (!read_plural_rule(catalogue))
        return err_set(err, ERR_INVALID,
                       "%s: its Plural-Forms must be nplurals=2 with n != 1 or n > 1",
                       path);
    return ERR_NONE;
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
    else
        code = check_file(catalogue, path, err);
    if (code != ERR_NONE) {
        catalogue_close(catalogue);
        return code;
    }
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

char catalogue_delimiter(const struct catalogue *catalogue)
{
    return catalogue && strcmp(catalogue_lang(catalogue), "fr") == 0 ? ';' : ',';
}

/* The translation of `sentence` and whether it has a second form; NULL when there is
 * none. */
static const char *find(const struct catalogue *catalogue, const char *sentence,
                        bool *has_many)
{
    uint32_t low = 0, high = catalogue->count;

    while (low < high) {
        uint32_t middle = low + (high - low) / 2;
        size_t length;
        const char *found = string_at(catalogue, catalogue->originals, middle, &length);
        int order = found ? strcmp(sentence, found) : -1;
        if (order == 0) {
            found = string_at(catalogue, catalogue->translations, middle, &length);
            *has_many = found && length > strlen(found);
            return found && *found ? found : NULL;
        }
        if (order < 0)
            high = middle;
        else
            low = middle + 1;
    }
    return NULL;
}

const char *tr(const struct catalogue *catalogue, const char *sentence)
{
    bool has_many;
    const char *found =
        catalogue && *sentence ? find(catalogue, sentence, &has_many) : NULL;

    return found ? found : sentence;
}

const char *tr_n(const struct catalogue *catalogue, const char *one, const char *many,
                 int64_t count)
{
    bool has_many = false;
    const char *found = *one ? find(catalogue, one, &has_many) : NULL;
    bool is_one = catalogue->is_one_below_2 ? count == 0 || count == 1 : count == 1;

    if (!found || !has_many)
        return count == 1 ? one : many;
    return is_one ? found : found + strlen(found) + 1; /* msgstr[1] follows msgstr[0] */
}

static const char *const months[] = {"January",   "February", "March",    "April",
                                     "May",       "June",     "July",     "August",
                                     "September", "October",  "November", "December"};
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

void say_month_year(const struct catalogue *catalogue, int64_t at, struct zone zone,
                    struct text *out)
{
    struct civil civil = calendar_civil(at, zone);

    text_printf(out, "%s %d", tr(catalogue, months[civil.month - 1]), civil.year);
}

void say_day(const struct catalogue *catalogue, int64_t at, struct zone zone,
             struct text *out)
{
    (void)catalogue;
    text_printf(out, "%d", calendar_civil(at, zone).day);
}

void say_month(const struct catalogue *catalogue, int64_t at, struct zone zone,
               struct text *out)
{
    static const char *const names[] = {N_("Jan."),  N_("Feb."), N_("Mar."), N_("Apr."),
                                        N_("May"),   N_("June"), N_("Jul."), N_("Aug."),
                                        N_("Sept."), N_("Oct."), N_("Nov."), N_("Dec.")};

    text_add(out, tr(catalogue, names[calendar_civil(at, zone).month - 1]));
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

/* A whole sentence, so that a language may put its parts in another order. */
void say_date_time(const struct catalogue *catalogue, int64_t at, struct zone zone,
                   struct text *out)
{
    const char *sentence = tr(catalogue, N_("%(weekday) %(date) at %(time)"));

    while (*sentence) {
        size_t length = strcspn(sentence, "%");
        text_add_bytes(out, sentence, length);
        sentence += length;
        if (strncmp(sentence, "%(weekday)", 10) == 0)
            text_add(out, tr(catalogue, days[calendar_civil(at, zone).weekday - 1]));
        else if (strncmp(sentence, "%(date)", 7) == 0)
            say_date(catalogue, at, zone, out);
        else if (strncmp(sentence, "%(time)", 7) == 0)
            say_time(catalogue, at, zone, out);
        sentence += strcspn(sentence, ")");
        sentence += *sentence == ')';
    }
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
