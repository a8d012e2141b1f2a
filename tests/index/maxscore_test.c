/* Adding up lists: whatever sum is wanted, exactly those who have it are told, each with
 * all that its words count. */
#include "indexer/maxscore.h"

#include "base/random.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <stdlib.h>
#include <string.h>

enum {
    WORDS = 12,
    DOCUMENTS = 3 * LISTS_WINDOW + 777,
    ROUNDS = 25,
    BYTES_MOST = WORDS * (DOCUMENTS * 3 + 100)
};

struct made {
    unsigned char *bytes;
    struct lists lists;
    struct lists_term terms[WORDS];
    struct maxscore_word words[WORDS], *now[WORDS];
    struct maxscore adding;
    uint8_t *parts[WORDS]; /* of each document; 0: it has not the word */
    uint64_t seed;
};

static uint64_t chance(struct made *made, uint64_t below)
{
    made->seed = random_mix(made->seed, 1);
    return made->seed % below;
}

static size_t put_window(struct made *made, size_t at, int word, uint32_t window)
{
    struct lists_block head = {(uint16_t)window, 0, 0};
    uint16_t *places = (void *)(made->bytes + at + sizeof head);
    size_t count = 0;
    const uint8_t *parts = made->parts[word] + (size_t)window * LISTS_WINDOW;

    for (uint32_t i = 0; i < LISTS_WINDOW && window * LISTS_WINDOW + i < DOCUMENTS; i++)
        if (parts[i])
            places[count++] = (uint16_t)i;
    if (!count)
        return at;
    at += sizeof head + count * sizeof *places;
    for (size_t i = 0; i < count; i++) {
        made->bytes[at++] = parts[places[i]];
        head.most = parts[places[i]] > head.most ? parts[places[i]] : head.most;
    }
    head.count_less_1 = (uint16_t)(count - 1);
    memcpy((unsigned char *)places - sizeof head, &head, sizeof head);
    return at + at % 2;
}

/* Words of every rarity, from all documents to none but a few. */
static void make_lists(struct made *made)
{
    size_t at = 0;

    for (int word = 0; word < WORDS; word++) {
        uint64_t one_of = 1 + chance(made, (uint64_t)1 << word);
        memset(made->parts[word], 0, DOCUMENTS);
        for (uint32_t i = 0; i < DOCUMENTS; i++)
            if (chance(made, one_of) == 0)
                made->parts[word][i] = (uint8_t)(1 + chance(made, LISTS_PART_MOST));
        made->terms[word] = (struct lists_term){.at = at};
        for (uint32_t window = 0; window * LISTS_WINDOW < DOCUMENTS; window++)
            at = put_window(made, at, word, window);
        made->terms[word].length = (uint32_t)(at - made->terms[word].at);
        made->words[word] = (struct maxscore_word){
            .term = &made->terms[word], .weight = 0.01 + (double)chance(made, 1000)};
    }
    made->lists = (struct lists){.bytes = made->bytes, .length = at};
}

static int set_up(void **state)
{
    struct made *made = calloc(1, sizeof *made);

    assert_non_null(made);
    made->seed = 7;
    made->bytes = calloc(BYTES_MOST, 1);
    assert_non_null(made->bytes);
    made->adding =
        (struct maxscore){.lists = &made->lists,
                          .words = made->words,
                          .count = WORDS,
                          .now = made->now,
                          .sums = calloc(LISTS_WINDOW, sizeof(uint16_t)),
                          .places = calloc(LISTS_WINDOW + 1, sizeof(uint16_t))};
    assert_non_null(made->adding.sums);
    assert_non_null(made->adding.places);
    for (int word = 0; word < WORDS; word++) {
        made->parts[word] = calloc(DOCUMENTS, 1);
        assert_non_null(made->parts[word]);
    }
    *state = made;
    return 0;
}

static int tear_down(void **state)
{
    struct made *made = *state;

    for (int word = 0; word < WORDS; word++)
        free(made->parts[word]);
    free(made->adding.sums);
    free(made->adding.places);
    free(made->bytes);
    free(made);
    return 0;
}

/* What all words count in a document, one by one. */
static unsigned sum_of(const struct made *made, uint32_t docid)
{
    unsigned sum = 0;

    for (int i = 0; i < WORDS; i++) {
        const struct maxscore_word *word = &made->words[i];
        unsigned part = made->parts[word->term - made->terms][docid];
        sum += part ? maxscore_value(word, part) : 0;
    }
    return sum;
}

static size_t compare(struct made *made, unsigned least)
{
    struct maxscore *adding = &made->adding;
    size_t told = 0;

    maxscore_start(adding);
    for (uint32_t window; (window = maxscore_window(adding)) != UINT32_MAX;) {
        size_t count = maxscore_add(adding, window, least), at = 0;
        for (uint32_t i = 0; i < LISTS_WINDOW; i++) {
            uint32_t docid = window * LISTS_WINDOW + i;
            unsigned sum = docid < DOCUMENTS ? sum_of(made, docid) : 0;
            if (sum < least)
                continue;
            assert_true(at < count);
            assert_int_equal(adding->places[at++], i);
            assert_int_equal(adding->sums[i], sum);
        }
        assert_int_equal(at, count);
        maxscore_forget(adding);
        told += count;
    }
    return told;
}

static void who_has_a_sum_is_told(void **state)
{
    struct made *made = *state;
    size_t told = 0;

    for (int round = 0; round < ROUNDS; round++) {
        make_lists(made);
        told += compare(made, 1);
        told += compare(made, (unsigned)(1 + chance(made, MAXSCORE_SUM_MOST / 2)));
        told += compare(made, (unsigned)(1 + chance(made, MAXSCORE_SUM_MOST)));
    }
    assert_true(told > (size_t)ROUNDS * DOCUMENTS);
    assert_int_equal(compare(made, MAXSCORE_SUM_MOST + WORDS + 1), 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(who_has_a_sum_is_told, set_up, tear_down),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
