/* Words of the language, by Hunspell's dictionary of the system (Debian's hunspell-fr): a
 * word that is right is not mended, even when nobody in the directory uses it.
 *
 * Read at the first question, once for the process, and shared by its threads. Without a
 * dictionary no word is known to be right. */
#ifndef INDEXER_DICTIONARY_H
#define INDEXER_DICTIONARY_H

#include <stdbool.h>

/* Whether `word` (as typed, valid UTF-8) is a word of `lang` ("fr" or "en"), its accents
 * apart: "peche" is, for "pêche". */
bool dictionary_has(const char *word, const char *lang);

#endif
