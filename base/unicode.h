/* UTF-8 at the edge (utf8proc): checked, normalised to NFC, and folded for comparing. */
#ifndef BASE_UNICODE_H
#define BASE_UNICODE_H

#include "base/arena.h"

#include <stdint.h>

/* True when the bytes are well-formed UTF-8 (no surrogates, no overlong forms, no NUL).
 */
bool unicode_is_valid(const char *bytes, size_t length);

/* NFC copy with control characters (but tab and newline) and characters nobody sees
 * (zero-width spaces, overrides of direction, fillers) removed and each CR or CR LF made
 * a newline. NULL when not valid UTF-8 or out of memory. */
char *unicode_clean(struct arena *arena, const char *bytes, size_t length);

/* What two spellings share: lower case, no accents, œ → oe, æ → ae, ß → ss, typographic
 * quotes, dashes and spaces made plain. `string` is valid UTF-8. NULL when out of memory.
 */
char *unicode_fold(struct arena *arena, const char *string);

/* One code point at `bytes` (valid UTF-8, not at the end); its length in bytes in
 * *length. */
int32_t unicode_at(const char *bytes, int *length);
/* Writes the folded form (0 to 4 ASCII or UTF-8 bytes, no NUL) of one code point to
 * `out`; returns its length. */
int unicode_fold_point(int32_t point, char out[8]);
/* Encodes one code point; returns its length (1 to 4). */
int unicode_put(int32_t point, char out[4]);
bool unicode_is_letter(int32_t point);
/* False for what is only blanks, digits and signs. */
bool unicode_has_letter(const char *string);
bool unicode_is_digit(int32_t point);

/* Whether it begins with the mark of UTF-16, as Excel writes it ("Unicode text"). */
bool unicode_is_utf16(const char *bytes, size_t length);
/* Such a text, without its mark, to UTF-8; NULL when there is no room, half a letter or a
 * NUL. */
char *unicode_from_utf16(struct arena *arena, const char *bytes, size_t length);
/* Windows-1252 (WHATWG table, where every byte means something) to UTF-8. */
char *unicode_from_windows_1252(struct arena *arena, const char *bytes, size_t length);

/* How many code points; `string` is valid UTF-8. */
size_t unicode_length(const char *string);

/* ASCII letters, digits and single hyphens, for addresses: "Élodie d’Arc" →
 * "elodie-d-arc". At most `length_max` bytes, cut at a hyphen; "" when nothing is left.
 */
char *unicode_slug(struct arena *arena, const char *string, size_t length_max);

/* Damerau-Levenshtein (adjacent swaps count 1) between two short strings by bytes, at
 * most `most`; `most`+1 when further. Strings over 63 bytes count as further unless
 * equal. */
int unicode_distance(const char *a, const char *b, int most);

#endif
