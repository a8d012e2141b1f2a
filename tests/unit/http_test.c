/* The pure parts of the HTTP room: what is refused, what is preferred, addresses. */
#include "web/http/guard.h"
#include "base/gzip.h"
#include "web/http/head.h"
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

static void gzip_is_given_to_those_who_take_it(void **state)
{
    (void)state;
    assert_true(negotiate_gzip("gzip"));
    assert_true(negotiate_gzip("br;q=1.0, *;q=0.1"));
    assert_false(negotiate_gzip(NULL));
    assert_false(negotiate_gzip("gzip;q=0.000"));
    assert_false(negotiate_gzip("*, gzip;q=0"));
    assert_false(negotiate_gzip("identity;q=0.6, gzip;q=0.5"));
    assert_false(negotiate_gzip(",,;q=1,"));
}

static void gzip_suits_text_that_is_long_enough(void **state)
{
    char same[GZIP_LEAST + 1] = {0}, noise[GZIP_LEAST + 1];
    struct text out;

    (void)state;
    memset(same, 'a', GZIP_LEAST);
    for (size_t i = 0; i < sizeof noise; i++)
        noise[i] = (char)(i * i * 2654435761u >> 13 ^ i * 40503u >> 5);
    text_init(&out, 1 << 20);
    assert_true(gzip_make(same, GZIP_LEAST, GZIP_BEST, &out));
    assert_true(out.length > 0 && out.length < 100);
    assert_false(gzip_make(same, GZIP_LEAST - 1, GZIP_BEST, &out));
    assert_int_equal(out.length, 0);
    text_done(&out);
    text_init(&out, 10); /* no room */
    assert_false(gzip_make(noise, sizeof noise, GZIP_BEST, &out));
    assert_int_equal(out.length, 0);
    text_done(&out);
    assert_true(gzip_suits("text/html; charset=utf-8"));
    assert_false(gzip_suits("image/png"));
    assert_false(gzip_suits(NULL));
}

static void only_our_own_hosts_are_ours(void **state)
{
    const char *base = "https://etabli.example:8443",
               *hosts = " www.a.example  10.0.0.5:81 ";

    (void)state;
    assert_true(host_is_ours(NULL, base, "", "0.0.0.0", 80));
    assert_true(host_is_ours("Etabli.Example:8443", base, "", "0.0.0.0", 80));
    assert_false(host_is_ours("etabli.example", base, "", "0.0.0.0", 80));
    assert_true(host_is_ours("www.a.example", base, hosts, "0.0.0.0", 80));
    assert_true(host_is_ours("www.a.example:9", base, hosts, "0.0.0.0", 80));
    assert_true(host_is_ours("10.0.0.5:81", base, hosts, "0.0.0.0", 80));
    assert_false(host_is_ours("10.0.0.5", base, hosts, "0.0.0.0", 80));
    assert_false(host_is_ours("10.0.0.5:81 ", base, hosts, "0.0.0.0", 80));
    assert_false(host_is_ours("www.a.example:", base, hosts, "0.0.0.0", 80));
    assert_false(host_is_ours("www.a.exampl", base, hosts, "0.0.0.0", 80));
    assert_false(host_is_ours("", base, hosts, "0.0.0.0", 80));
    assert_true(host_is_ours("localhost", base, "", "0.0.0.0", 80));
    assert_true(host_is_ours("[::1]:8080", base, "", "0.0.0.0", 8080));
    assert_false(host_is_ours("::1:8080", base, "", "0.0.0.0", 8080));
    assert_false(host_is_ours("localhost", base, "", "0.0.0.0", 8080));
    assert_true(host_is_ours("[fd00::5]:8080", base, "", "fd00::5", 8080));
    assert_true(host_is_ours("192.168.1.5:8080", base, "", "192.168.1.5", 8080));
    assert_false(host_is_ours("192.168.1.5:80801", base, "", "192.168.1.5", 8080));
    assert_true(host_is_ours("[::2]:5", "http://[::2]", "", "::", 8080));
}

/* A head as libmicrohttpd leaves it: blanks, colons and line ends overwritten. */
static int account_for(const char *bytes, size_t size, size_t value_at)
{
    struct head head;

    head_start(&head, bytes, bytes + 4, 1, bytes + 6);
    head_add(&head, bytes + 16, bytes + value_at);
    head_end(&head, size);
    return head_status(&head);
}

static void a_head_is_accounted_for_byte_by_byte(void **state)
{
    static const char plain[] = "GET\0/\0HTTP/1.1\0\0Host\0 a\0\0\0\0";
    static const char tight[] = "GET\0/\0HTTP/1.1\0\0Host\0a\0\0\0\0";
    static const char nul[] = "GET\0/\0HTTP/1.1\0\0Host\0 a\0b\0\0\0\0";
    static const char hidden[] = "GET\0/\0HTTP/1.1\0\0Host\0 a\0\0x\0\0\0\0";
    static const char moved[] = "GET\0/\0HTTP/1.1\0\0Host\0xa\0\0\0\0";
    static const char early[] = "GET\0/\0HTTP/1.1\0 Host\0 a\0\0\0\0";

    (void)state;
    assert_int_equal(account_for(plain, sizeof plain - 1, 22), 0);
    assert_int_equal(account_for(tight, sizeof tight - 1, 21), 0);
    assert_int_equal(account_for(plain, sizeof plain - 2, 22), 400);
    assert_int_equal(account_for(nul, sizeof nul - 1, 22), 400);
    assert_int_equal(account_for(nul, sizeof nul - 3, 22), 400);
    assert_int_equal(account_for(hidden, sizeof hidden - 1, 22), 400);
    assert_int_equal(account_for(moved, sizeof moved - 1, 22), 400);
    assert_int_equal(account_for(early, sizeof early - 1, 10), 400);
}

static void every_prefix_of_a_query_is_read_or_refused(void **state)
{
    static const char query[] = "q=%C3%A9t%20abli&&pole=a+b&=x&y=%zz&%FF=1&z";
    struct arena *arena = arena_new(1 << 22);
    const struct field *fields;
    size_t count;

    (void)state;
    for (size_t length = 0; length < sizeof query; length++) {
        bool is_read = fields_read(arena, query, length, FIELDS_MOST, &fields, &count);
        assert_true(is_read || length > 2);
        assert_true(count <= 5);
    }
    assert_true(fields_read(arena, query, 27, FIELDS_MOST, &fields, &count));
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
        cmocka_unit_test(gzip_is_given_to_those_who_take_it),
        cmocka_unit_test(gzip_suits_text_that_is_long_enough),
        cmocka_unit_test(only_our_own_hosts_are_ours),
        cmocka_unit_test(a_head_is_accounted_for_byte_by_byte),
        cmocka_unit_test(every_prefix_of_a_query_is_read_or_refused),
        cmocka_unit_test(an_address_is_encoded_and_found_again),
    };
    return cmocka_run_group_tests_name("the HTTP room", tests, NULL, NULL);
}
