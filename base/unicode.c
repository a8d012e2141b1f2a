/* UTF-8 at the edge. */
#include "base/unicode.h"

#include "base/text.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <utf8proc.h>

enum { DISTANCE_LENGTH_MAX = 63, FOLDED_POINT_MAX = 8 };

static int decode(const char *bytes, size_t length, int32_t *point)
{
    utf8proc_ssize_t limit = length > 4 ? 4 : (utf8proc_ssize_t)length;

    return (int)utf8proc_iterate((const utf8proc_uint8_t *)bytes, limit, point);
}

bool unicode_is_valid(const char *bytes, size_t length)
{
    int32_t point;
    int used;

    while (length) {
        used = decode(bytes, length, &point);
        if (used <= 0 || point == 0)
            return false;
        bytes += used;
        length -= (size_t)used;
    }
    return true;
}

int32_t unicode_at(const char *bytes, int *length)
{
    int32_t point = (unsigned char)*bytes;

    *length = 1;
    if (point && point < 0x80)
        return point;
    *length = decode(bytes, strnlen(bytes, 4), &point);
    if (*length <= 0) {
        *length = 1;
        point = 0xfffd;
    }
    return point;
}

int unicode_put(int32_t point, char out[4])
{
    return (int)utf8proc_encode_char(point, (utf8proc_uint8_t *)out);
}

bool unicode_is_letter(int32_t point)
{
    if (point < 0x80)
        return (point >= 'a' && point <= 'z') || (point >= 'A' && point <= 'Z');
    switch (utf8proc_category(point)) {
    case UTF8PROC_CATEGORY_LU:
    case UTF8PROC_CATEGORY_LL:
    case UTF8PROC_CATEGORY_LT:
    case UTF8PROC_CATEGORY_LM:
    case UTF8PROC_CATEGORY_LO:
    case UTF8PROC_CATEGORY_MN:
        return true;
    default:
        return false;
    }
}

bool unicode_is_digit(int32_t point)
{
    return point < 0x80 ? point >= '0' && point <= '9'
                        : utf8proc_category(point) == UTF8PROC_CATEGORY_ND;
}

/* Bytes at `at` that nobody can see and that show a text as what it is not: control
 * characters, zero-width spaces, marks and overrides of direction, fillers. 0: none.
 * Joiners stay: some scripts and signs are written with them. */
static size_t unwanted(const char *at)
{
    const unsigned char *byte = (const unsigned char *)at;

    if ((byte[0] < ' ' && byte[0] != '\n' && byte[0] != '\t') || byte[0] == 0x7f)
        return 1;
    if (byte[0] == 0xc2 && ((byte[1] >= 0x80 && byte[1] <= 0x9f) || byte[1] == 0xad))
        return 2; /* U+0080 to U+009F, U+00AD */
    if (byte[0] == 0xe2 && byte[1] == 0x80 &&
        (byte[2] == 0x8b || byte[2] == 0x8e || byte[2] == 0x8f ||
         (byte[2] >= 0xaa && byte[2] <= 0xae)))
        return 3; /* U+200B, U+200E, U+200F, U+202A to U+202E */
    if (byte[0] == 0xe2 && byte[1] == 0x81 && byte[2] >= 0xa0 && byte[2] <= 0xaf)
        return 3; /* U+2060 to U+206F */
    if ((byte[0] == 0xef && byte[1] == 0xbb && byte[2] == 0xbf) ||
        (byte[0] == 0xe3 && byte[1] == 0x85 && byte[2] == 0xa4) ||
        (byte[0] == 0xe1 && byte[1] == 0x85 && (byte[2] == 0x9f || byte[2] == 0xa0)))
        return 3; /* U+FEFF, U+3164, U+115F, U+1160 */
    return 0;
}

bool unicode_has_letter(const char *string)
{
    int length;

    for (; *string; string += length)
        if (unicode_is_letter(unicode_at(string, &length)))
            return true;
    return false;
}

/* True for what nearly every cell and form is made of: points below U+0300, where the
 * first combining mark is, and the dashes and quotes from U+2010 to U+203F. */
static bool is_its_own_nfc(const char *text)
{
    const unsigned char *at = (const unsigned char *)text;

    while (*at && (*at < 0xcc || (*at == 0xe2 && at[1] == 0x80 && at[2] >= 0x90)))
        at += *at == 0xe2 ? 3 : 1;
    return !*at;
}

char *unicode_clean(struct arena *arena, const char *bytes, size_t length)
{
    char *copy, *to;
    const char *from;
    utf8proc_uint8_t *normal;
    char *out;

    if (!unicode_is_valid(bytes, length))
        return NULL;
    copy = arena_strndup(arena, bytes, length);
    if (!copy)
        return NULL;
    for (from = to = copy; *from; from++) {
        size_t hidden = from[0] == '\r' ? 0 : unwanted(from);
        if (hidden)
            from += hidden - 1;
        else if (from[0] != '\r')
            *to++ = *from;
        else if (from[1] != '\n')
            *to++ = '\n';
    }
    *to = '\0';
    if (is_its_own_nfc(copy))
        return copy;
    normal = utf8proc_NFC((const utf8proc_uint8_t *)copy);
    if (!normal)
        return NULL;
    out = arena_strdup(arena, (const char *)normal);
    free(normal);
    return out;
}

/* Letters that keep no accent when decomposed, and signs that people type in many ways.
 */
static const char *special_fold(int32_t point)
{
    switch (point) {
    case 0x152:
    case 0x153:
        return "oe";
    case 0xc6:
    case 0xe6:
        return "ae";
    case 0xdf:
    case 0x1e9e:
        return "ss";
    case 0xd8:
    case 0xf8:
        return "o";
    case 0x141:
    case 0x142:
        return "l";
    case 0x110:
    case 0x111:
    case 0xd0:
    case 0xf0:
        return "d";
    case 0x131:
        return "i";
    case 0x2018:
    case 0x2019:
    case 0x2bc:
    case 0x60:
    case 0xb4:
    case 0x2032:
        return "'";
    case 0x201c:
    case 0x201d:
    case 0xab:
    case 0xbb:
    case 0x201e:
        return "\"";
    case 0x2010:
    case 0x2011:
    case 0x2012:
    case 0x2013:
    case 0x2014:
    case 0x2212:
        return "-";
    case 0xa0:
    case 0x202f:
    case 0x2009:
    case 0x2007:
    case 0x3000:
        return " ";
    case 0xad:
    case 0x200b:
    case 0x200c:
    case 0x200d:
    case 0xfeff:
        return "";
    case 0x2026:
        return "...";
    default:
        return NULL;
    }
}

int unicode_fold_point(int32_t point, char out[FOLDED_POINT_MAX])
{
    const char *special;
    utf8proc_int32_t parts[8];
    utf8proc_ssize_t count;
    int length;

    if (point < 0x80) {
        out[0] = point >= 'A' && point <= 'Z' ? (char)(point + 32) : (char)point;
        return 1;
    }
    special = special_fold(point);
    if (special) {
        length = (int)strlen(special);
        memcpy(out, special, (size_t)length);
        return length;
    }
    count = utf8proc_decompose_char(point, parts, 8,
                                    UTF8PROC_COMPAT | UTF8PROC_CASEFOLD |
                                        UTF8PROC_STRIPMARK | UTF8PROC_DECOMPOSE,
                                    NULL);
    length = 0;
    for (utf8proc_ssize_t i = 0; i < count && length + 4 <= FOLDED_POINT_MAX; i++)
        length += unicode_put(parts[i], out + length);
    return length;
}

char *unicode_fold(struct arena *arena, const char *string)
{
    /* A code point never grows to more than FOLDED_POINT_MAX bytes; most shrink. */
    struct text folded;
    char piece[FOLDED_POINT_MAX];
    char *out;
    int length;

    text_init(&folded, strlen(string) * FOLDED_POINT_MAX + 1);
    while (*string) {
        int32_t point = unicode_at(string, &length);
        string += length;
        length = unicode_fold_point(point, piece);
        text_add_bytes(&folded, piece, (size_t)length);
    }
    out = text_failed(&folded) ? NULL : arena_strndup(arena, folded.bytes, folded.length);
    text_done(&folded);
    return out;
}

char *unicode_from_windows_1252(struct arena *arena, const char *bytes, size_t length)
{
    /* 0x80 to 0x9f; the rest are the code points of their numbers (WHATWG Encoding,
     * index windows-1252). */
    static const uint16_t high[] = {
        0x20ac, 0x81,   0x201a, 0x192,  0x201e, 0x2026, 0x2020, 0x2021,
        0x2c6,  0x2030, 0x160,  0x2039, 0x152,  0x8d,   0x17d,  0x8f,
        0x90,   0x2018, 0x2019, 0x201c, 0x201d, 0x2022, 0x2013, 0x2014,
        0x2dc,  0x2122, 0x161,  0x203a, 0x153,  0x9d,   0x17e,  0x178};
    char *out = arena_alloc(arena, length * 3 + 1);
    size_t used = 0;

    for (size_t i = 0; out && i < length; i++) {
        unsigned char c = (unsigned char)bytes[i];
        int32_t point = c >= 0x80 && c <= 0x9f ? high[c - 0x80] : c;
        if (point)
            used += (size_t)unicode_put(point, out + used);
    }
    return out;
}

size_t unicode_length(const char *string)
{
    size_t count = 0;

    for (; *string; string++)
        count += ((unsigned char)*string & 0xc0) != 0x80;
    return count;
}

char *unicode_slug(struct arena *arena, const char *string, size_t length_max)
{
    char *folded = unicode_fold(arena, string);
    size_t to = 0, from, cut;

    if (!folded)
        return NULL;
    for (from = 0; folded[from]; from++) {
        char c = folded[from];
        if ((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9'))
            folded[to++] = c;
        else if (to && folded[to - 1] != '-')
            folded[to++] = '-';
    }
    if (to > length_max) {
        for (cut = length_max; cut && folded[cut] != '-'; cut--)
            ;
        to = cut ? cut : length_max;
    }
    while (to && folded[to - 1] == '-')
        to--;
    folded[to] = '\0';
    return folded;
}

static int least(int a, int b)
{
    return a < b ? a : b;
}

int unicode_distance(const char *a, const char *b, int most)
{
    int rows[3][DISTANCE_LENGTH_MAX + 1];
    int *before = rows[0], *last = rows[1], *now = rows[2], *spare;
    size_t n = strlen(a), m = strlen(b);

    if (strcmp(a, b) == 0)
        return 0;
    if (n > DISTANCE_LENGTH_MAX || m > DISTANCE_LENGTH_MAX ||
        (n > m ? n - m : m - n) > (size_t)most)
        return most + 1;
    for (size_t j = 0; j <= m; j++)
        last[j] = (int)j;
    for (size_t i = 1; i <= n; i++) {
        int best = now[0] = (int)i;
        for (size_t j = 1; j <= m; j++) {
            int change = last[j - 1] + (a[i - 1] != b[j - 1]);
            now[j] = least(change, least(last[j], now[j - 1]) + 1);
            if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
                now[j] = least(now[j], before[j - 2] + 1);
            best = least(best, now[j]);
        }
        if (best > most)
            return most + 1;
        spare = before;
        before = last;
        last = now;
        now = spare;
    }
    return last[m] > most ? most + 1 : last[m];
}

static int32_t utf16_unit(const unsigned char *bytes, bool is_big)
{
    return is_big ? bytes[0] << 8 | bytes[1] : bytes[1] << 8 | bytes[0];
}

bool unicode_is_utf16(const char *bytes, size_t length)
{
    return length >= 2 &&
           (memcmp(bytes, "\xff\xfe", 2) == 0 || memcmp(bytes, "\xfe\xff", 2) == 0);
}

char *unicode_from_utf16(struct arena *arena, const char *text, size_t size)
{
    const unsigned char *bytes = (const unsigned char *)text + 2;
    bool is_big = text[0] == '\xfe';
    size_t length = size - 2;
    char *out = length % 2 ? NULL : arena_alloc(arena, length / 2 * 3 + 4);
    size_t used = 0;

    for (size_t i = 0; out && i < length; i += 2) {
        int32_t unit = utf16_unit(bytes + i, is_big), low;
        if (unit >= 0xd800 && unit < 0xe000) {
            low = i + 2 < length ? utf16_unit(bytes + i + 2, is_big) : 0;
            if (unit >= 0xdc00 || low < 0xdc00 || low >= 0xe000)
                return NULL;
            unit = 0x10000 + ((unit - 0xd800) << 10) + (low - 0xdc00);
            i += 2;
        }
        if (unit == 0)
            return NULL;
        used += (size_t)unicode_put(unit, out + used);
    }
    return out;
}
