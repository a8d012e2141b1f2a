/* Plain Xapian beside which searches are measured: BM25 on the words of the same cards,
 * without positions, with exact facets by MatchSpy over value slots if wanted. */
#ifndef BENCH_PLAIN_H
#define BENCH_PLAIN_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct plain;
struct plain *plain_new(const char *folder); /* ends the program when it cannot */
/* `commune` and `structure` may be NULL. */
void plain_add(struct plain *plain, int64_t id, const char *words, const char *commune,
               const char *structure);
void plain_ready(struct plain *plain); /* packs and opens it */
/* The best ten; how many there were. */
size_t plain_ask(struct plain *plain, const char *text, bool wants_facets);
void plain_free(struct plain *plain);

#endif
