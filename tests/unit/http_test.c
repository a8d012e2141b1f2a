/* The pure parts of the HTTP room: what is refused, what is preferred, addresses. */
#include "web/http/guard.h"
#include "web/http/negotiate.h"
#include "web/http/route.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <cmocka.h>

static void json_is_given_only_to_those_who_prefer_it(void **state)
{
    (void)state;
    assert_true(negotiate_json("application/json"));
    assert_true(negotiate_json("Application/JSON; charset=utf-8"));
    assert_true(negotiate_json("application/json, text/html"));
    assert_true(negotiate_json("text/html;q=0.4, application/json ; q=0.5"));
    assert_false(negotiate_json(NULL));
    assert_false(negotiate_json(""));
    assert_false(negotiate_json("*/*"));
    assert_false(negotiate_json("text/html, application/json"));
    assert_false(negotiate_json("application/json;q=0"));
    assert_false(negotiate_json("application/json;q=x"));
    assert_false(negotiate_json("application/jsonp"));
    assert_false(negotiate_json(";;;,,,;q=;q"));
}

static void methods_are_known_refused_or_no_methods(void **state)
{
    (void)state;
    assert_int_equal(method_status("GET"), 0);
    assert_int_equal(method_status("HEAD"), 0);
    assert_int_equal(method_status("POST"), 0);
    assert_int_equal(method_status("DELETE"), 405);
    assert_int_equal(method_status("get"), 501);
    assert_int_equal(method_status("G<x>T"), 400);
    assert_int_equal(method_status(""), 400);
}

static void a_form_from_another_site_is_foreign(void **state)
{
    const char *base = "https://etabli.example";

    (void)state;
    assert_false(form_is_foreign(NULL, NULL, "a", base));
    assert_false(form_is_foreign("same-origin", base, "127.0.0.1", base));
    assert_false(form_is_foreign("none", "http://a:80", "A:80", base));
    assert_true(form_is_foreign("same-site", NULL, "a", base));
    assert_true(form_is_foreign(NULL, "null", "a", base));
    assert_true(form_is_foreign(NULL, "https://etabli.example.evil", "a", base));
    assert_true(form_is_foreign(NULL, "http://b", "a", base));
    assert_true(form_is_foreign(NULL, "http://b", NULL, base));
}

static void every_prefix_of_a_query_is_read_or_refused(void **state)
{
    static const char query[] = "q=%C3%A9t%20abli&&pole=a+b&=x&y=%zz&%FF=1&z";
    struct arena *arena = arena_new(1 << 22);
    const struct field *fields;
    size_t count;

    (void)state;
    for (size_t length = 0; length < sizeof query; length++) {
        bool is_read = fields_read(arena, query, length, &fields, &count);
        assert_true(is_read || length > 2);
        assert_true(count <= 5);
    }
    assert_true(fields_read(arena, query, 27, &fields, &count));
    assert_int_equal(count, 2);
    assert_string_equal(fields[0].value, "\xc3\xa9t abli");
    assert_string_equal(fields[1].value, "a b");
    arena_free(arena);
}

static void an_address_is_encoded_and_found_again(void **state)
{
    static const struct route routes[] = {{.name = "home", .path = "/"},
                                          {.name = "card", .path = "/personnes/{id}"}};
    static const char *const parts[] = {"a b/\xc3\xa9?"};
    struct arena *arena = arena_new(1 << 20);

    (void)state;
    assert_string_equal(route_url(arena, routes, 2, "card", "fr", parts),
                        "/personnes/a%20b%2F%C3%A9%3F");
    assert_string_equal(route_url(arena, routes, 2, "card", "en", parts),
                        "/en/personnes/a%20b%2F%C3%A9%3F");
    assert_string_equal(route_url(arena, routes, 2, "home", "fr", NULL), "/");
    assert_null(route_url(arena, routes, 2, "nothing", "fr", NULL));
    arena_free(arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(json_is_given_only_to_those_who_prefer_it),
        cmocka_unit_test(methods_are_known_refused_or_no_methods),
        cmocka_unit_test(a_form_from_another_site_is_foreign),
        cmocka_unit_test(every_prefix_of_a_query_is_read_or_refused),
        cmocka_unit_test(an_address_is_encoded_and_found_again),
    };
    return cmocka_run_group_tests_name("the HTTP room", tests, NULL, NULL);
}
