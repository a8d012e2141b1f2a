/* Public pages kept in memory: found under what they answer while nothing changed, no
 * more bytes than allowed, and never gone while somebody sends them. */
#include "web/http/memory.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

enum { ROOM = 64 << 10, BODY = 4000 };

static const struct page_version first = {{1, 1, 1}}, second = {{1, 2, 1}};

static int dropped;

static void count_dropped(void *made)
{
    dropped += *(int *)made;
}

static const struct kept_page *keep(struct page_memory *memory, const char *key,
                                    const char *word, size_t length)
{
    struct response response = {.content_type = "text/html; charset=utf-8"};
    const struct kept_page *kept;

    text_init(&response.body, RESPONSE_BODY_MAX);
    for (size_t i = 0; response.body.length < length; i++)
        text_printf(&response.body, "%s %zu %zx ", word, i, i * 7919);
    response_header(&response, "X-Word", word);
    kept = memory_keep(memory, &first, key, &response);
    text_done(&response.body);
    return kept;
}

static void what_is_kept_is_found_until_it_changes(void **state)
{
    struct page_memory *memory = memory_open(ROOM, count_dropped);
    const struct kept_page *page;

    (void)state;
    assert_null(memory_find(memory, &first, "fr /poles"));
    memory_release(keep(memory, "fr /poles", "un", BODY));
    page = memory_find(memory, &first, "fr /poles");
    assert_non_null(page);
    assert_memory_equal(page->body.bytes, "un 0 ", 5);
    assert_true(page->gzip.length > 0 && page->gzip.length < page->body.length);
    assert_string_equal(page->content_type, "text/html; charset=utf-8");
    assert_int_equal(page->header_count, 1);
    assert_string_equal(page->values[0], "un");
    memory_release(page);
    assert_null(memory_find(memory, &first, "en /poles"));
    assert_null(memory_find(memory, &second, "fr /poles"));
    assert_null(memory_find(memory, &first, "fr /poles")); /* it went with the change */
    page = keep(memory, "fr /poles", "tard", BODY);        /* made before the change */
    assert_memory_equal(page->body.bytes, "tard 0 ", 7);
    memory_release(page);
    assert_null(memory_find(memory, &second, "fr /poles"));
    memory_close(memory);
}

static void the_oldest_go_and_what_is_sent_stays(void **state)
{
    struct page_memory *memory = memory_open(ROOM, count_dropped);
    const struct kept_page *sent = keep(memory, "fr /0", "premier", BODY), *page;
    char key[32];
    int found = 0;

    (void)state;
    for (int i = 1; i < 200; i++) {
        snprintf(key, sizeof key, "fr /%d", i);
        memory_release(keep(memory, key, key, BODY));
        memory_release(memory_find(memory, &first, "fr /1")); /* in use */
    }
    assert_null(memory_find(memory, &first, "fr /0"));
    assert_memory_equal(sent->body.bytes, "premier 0 ", 10);
    memory_release(sent);
    page = memory_find(memory, &first, "fr /1");
    assert_non_null(page);
    memory_release(page);
    for (int i = 0; i < 200; i++) {
        snprintf(key, sizeof key, "fr /%d", i);
        page = memory_find(memory, &first, key);
        found += page != NULL;
        memory_release(page);
    }
    assert_in_range(found, 4, ROOM / BODY);
    memory_close(memory);
}

static void one_that_is_too_large_is_not_kept(void **state)
{
    struct page_memory *memory = memory_open(ROOM, count_dropped);

    (void)state;
    assert_null(keep(memory, "fr /large", "mot", ROOM / 2));
    assert_null(memory_find(memory, &first, "fr /large"));
    memory_close(memory);
    assert_null(memory_open(0, count_dropped));
    assert_null(keep(NULL, "fr /", "mot", BODY));
    assert_null(memory_find(NULL, &first, "fr /"));
    memory_release(NULL);
    memory_close(NULL);
}

static void what_was_made_of_a_page_goes_with_it_once(void **state)
{
    struct page_memory *memory = memory_open(ROOM, count_dropped);
    const struct kept_page *page = keep(memory, "fr /", "mot", BODY);
    int plain = 1, late = 10, compressed = 100;

    (void)state;
    dropped = 0;
    assert_null(memory_made(page, false));
    assert_ptr_equal(memory_share(page, false, &plain), &plain);
    assert_ptr_equal(memory_share(page, false, &late), &plain); /* another was first */
    assert_int_equal(dropped, 10);
    assert_null(memory_made(page, true));
    assert_ptr_equal(memory_share(page, true, &compressed), &compressed);
    assert_ptr_equal(memory_made(page, false), &plain);
    assert_null(memory_find(memory, &second, "fr /")); /* a change: out of the table */
    assert_int_equal(dropped, 10);                      /* still being sent */
    memory_release(page);
    assert_int_equal(dropped, 111);
    memory_close(memory);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_is_kept_is_found_until_it_changes),
        cmocka_unit_test(the_oldest_go_and_what_is_sent_stays),
        cmocka_unit_test(one_that_is_too_large_is_not_kept),
        cmocka_unit_test(what_was_made_of_a_page_goes_with_it_once),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
