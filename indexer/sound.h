/* How a folded French word sounds, roughly: two spellings of one sound give the same key
 * ("plaquo" and "placo", "fotografie" and "photographie"). */
#ifndef INDEXER_SOUND_H
#define INDEXER_SOUND_H

enum { SOUND_MOST = 64 }; /* bytes of a key, with its NUL */

void sound_of(const char *word, char out[SOUND_MOST]);

#endif
