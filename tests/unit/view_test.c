/* Templates, catalogues, Markdown and the result tree keep their promises. */
#include "base/file.h"
#include "base/random.h"
#include "web/view/markdown.h"
#include "web/view/mustache.h"
#include "web/view/template.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <cmocka.h>

enum { OUT_MOST = 1 << 16 };

struct room {
    char folder[64];
    struct catalogue *french, *english;
};

static const char *asset_url(void *unused, const char *name)
{
    (void)unused;
    return strcmp(name, "a.css") == 0 ? "/s/a.css" : NULL;
}

static void path_in(const struct room *room, const char *name, char path[128])
{
    snprintf(path, 128, "%s/%s", room->folder, name);
}

static int room_make(void **state)
{
    struct room *room = calloc(1, sizeof *room);
    char folder[4096];
    const char *build = getenv("ETABLI_BUILD");

    snprintf(room->folder, sizeof room->folder, "view_test_XXXXXX");
    if (!mkdtemp(room->folder))
        return -1;
    snprintf(folder, sizeof folder, "%s/content/i18n", build ? build : ".");
    if (catalogue_open(&room->french, folder, "fr", NULL) != ERR_NONE ||
        catalogue_open(&room->english, "none", "en", NULL) != ERR_NONE)
        return -1;
    *state = room;
    return 0;
}

static int room_clear(void **state)
{
    struct room *room = *state;

    catalogue_close(room->french);
    catalogue_close(room->english);
    rmdir(room->folder);
    free(room);
    return 0;
}

/* Compiles `page` (and a partial "part") and renders it with `json`; `out` is
 * text_init'ed. */
static err_code try_page(struct room *room, const char *page, const char *json,
                         struct text *out, struct err *err)
{
    struct template_options options = {
        .folder = room->folder, .asset_url = asset_url, .zone = zone_paris};
    struct templates *templates = NULL;
    struct tree *tree = NULL;
    char path[128], part[128];
    err_code code;

    path_in(room, "page.html", path);
    path_in(room, "part.html", part);
    assert_int_equal(file_write(path, page, strlen(page), NULL), ERR_NONE);
    assert_int_equal(file_write(part, "[{{x}}]", 7, NULL), ERR_NONE);
    assert_int_equal(tree_from_json(json, &tree, NULL), ERR_NONE);
    code = templates_open(&templates, &options, err);
    if (code == ERR_NONE)
        code = templates_render(templates, "page", tree, room->french, out, err);
    templates_close(templates);
    tree_free(tree);
    unlink(path);
    unlink(part);
    return code;
}

static void assert_page(void **state, const char *page, const char *json,
                        const char *wanted)
{
    struct text out;
    struct err err = {0};

    text_init(&out, OUT_MOST);
    if (try_page(*state, page, json, &out, &err) != ERR_NONE)
        fail_msg("%s: %s", page, err.text);
    assert_string_equal(out.bytes, wanted);
    text_done(&out);
}

static void assert_refused(void **state, const char *page, const char *reason)
{
    struct text out;
    struct err err = {0};

    text_init(&out, OUT_MOST);
    if (try_page(*state, page, "{}", &out, &err) != ERR_INVALID ||
        !strstr(err.text, reason) || !strstr(err.text, "page.html") ||
        !strstr(err.text, "line 2"))
        fail_msg("%s: wanted \"%s\" on line 2, got \"%s\"", page, reason, err.text);
    text_done(&out);
}

static void a_value_is_escaped_wherever_it_stands(void **state)
{
    const char *json = "{\"x\": \"<b a='1' b=\\\"2\\\">&\"}";

    assert_page(state, "<p>{{x}}</p>", json,
                "<p>&lt;b a=&#39;1&#39; b=&quot;2&quot;&gt;&amp;</p>");
    assert_page(state, "<p title='{{x}}'>", json,
                "<p title='&lt;b a=&#39;1&#39; b=&quot;2&quot;&gt;&amp;'>");
    assert_page(state, "{{_ Salut %(x)}}", "{\"x\": \"<i>\"}", "Salut &lt;i&gt;");
    assert_page(state, "{{&x_html}}", "{\"x_html\": \"<p>\"}", "<p>");
}

static void a_value_in_a_place_it_cannot_be_made_safe_is_refused(void **state)
{
    assert_refused(state, "\n<p {{x}}>", "only in an attribute's quotes");
    assert_refused(state, "\n<p title=\"a\" {{x}}>", "only in an attribute's quotes");
    assert_refused(state, "\n<p title={{x}}>", "only in an attribute's quotes");
    assert_refused(state, "\n<p title=a{{x}}>", "only in an attribute's quotes");
    assert_refused(state, "\n<{{x}}>", "only in an attribute's quotes");
    assert_refused(state, "\n<p {{_ Help}}>", "only in an attribute's quotes");
    assert_refused(state, "\n<p onclick=\"f('{{x}}')\">", "a script or a style");
    assert_refused(state, "\n<p STYLE = 'a:{{x}}'>", "a script or a style");
    assert_refused(state, "\n<SCRIPT type=\"a\">var a = '</b>{{x}}';</script>",
                   "a script or a style");
    assert_refused(state, "\n<style>{{x}}</style>", "a script or a style");
    assert_refused(state, "\n<!-- <p> {{x}} -->", "in an HTML comment");
    assert_refused(state, "\n<p title=\"{{>part}}\">", "only between tags");
    assert_refused(state, "\n<p title=\"a>", "ends inside a tag");
    assert_page(state, "<script>1<2</script>{{x}}<!-- a -- b -->{{x}}", "{\"x\": 1}",
                "<script>1<2</script>1<!-- a -- b -->1");
}

static void an_address_takes_only_a_url_and_never_a_script(void **state)
{
    assert_refused(state, "\n<a href=\"{{x}}\">", "end in \"url\"");
    assert_refused(state, "\n<a href=\"/a?b={{x}}\">", "end in \"url\"");
    assert_refused(state, "\n<img src='{{_ Help}}'>", "end in \"url\"");
    assert_refused(state, "\n<form action=\"{{x}}\">", "end in \"url\"");
    assert_refused(state, "\n<p title=\"{{&x_html}}\">",
                   "nothing may be printed as it is");
    assert_refused(state, "\n{{&x}}", "\"_html\"");
    assert_refused(state, "\n{{{x}}}", "\"_html\"");
    assert_page(state, "<a href=\"{{url}}\">", "{\"url\": \"/a?b=1&c=2\"}",
                "<a href=\"/a?b=1&amp;c=2\">");
    assert_page(state, "<a href=\"{{url}}\">", "{\"url\": \"HTTPS://a.example\"}",
                "<a href=\"HTTPS://a.example\">");
    assert_page(state, "<a href=\"{{url}}\">", "{\"url\": \"javascript:alert(1)\"}",
                "<a href=\"#\">");
    assert_page(state, "<a href=\"{{url}}\">", "{\"url\": \" \\tjavascript:alert(1)\"}",
                "<a href=\"#\">");
    assert_page(state, "<a href=\"{{url}}\">", "{\"url\": \"data:text/html,x\"}",
                "<a href=\"#\">");
}

#define DATA "<script type=\"application/ld+json\">"

static void json_ld_cannot_leave_its_script(void **state)
{
    assert_page(state, DATA "{{a_jsonld}}</script>",
                "{\"a_jsonld\": {\"n\": \"</script><script>alert(1)//\", \"_x\": 1}}",
                DATA
                "{\n \"n\": \"\\u003c/script\\u003e\\u003cscript\\u003ealert(1)//\"\n}\n"
                "</script>");
    assert_page(state, DATA "{{a_jsonld}}</script>",
                "{\"a_jsonld\": \"<!-- &amp; ' \\u2028\\u2029 é\"}",
                DATA "\"\\u003c!-- \\u0026amp; \\u0027 \\u2028\\u2029 é\"\n</script>");
    assert_page(state, DATA "{{a_jsonld}}</script>", "{\"a_jsonld\": {\"<b>\": 1}}",
                DATA "{\n \"\\u003cb\\u003e\": 1\n}\n</script>");
    assert_page(state, DATA "{{a_jsonld}}</script>", "{}", DATA "null</script>");
    assert_page(state, "{{#_jsonld}}" DATA "{{_jsonld}}</script>{{/_jsonld}}{{x}}",
                "{\"x\": 1}", "1");
    assert_page(state,
                "<script defer TYPE='application/ld+json'>{{a_jsonld}}</SCRIPT>{{x}}",
                "{\"x\": 1}", "<script defer TYPE='application/ld+json'>null</SCRIPT>1");
}

static void json_ld_stands_nowhere_else_and_nothing_else_there(void **state)
{
    static const char *const others[] = {
        "\n{{a_jsonld}}",
        "\n<p title=\"{{a_jsonld}}\">",
        "\n<style type=\"application/ld+json\">{{a_jsonld}}</style>",
        "\n<script>{{a_jsonld}}</script>",
        "\n<script type=application/ld+json>{{a_jsonld}}</script>",
        "\n<script type=\"text/javascript\">{{a_jsonld}}</script>",
        "\n<script type=\"application/ld+jsonx\">{{a_jsonld}}</script>",
        "\n<script type=\"application/ld+json; charset=utf-8\">{{a_jsonld}}</script>",
        "\n<script type=\"module\" type=\"application/ld+json\">{{a_jsonld}}</script>",
        "\n<script type=module type=\"application/ld+json\">{{a_jsonld}}</script>",
        "\n<script type type=\"application/ld+json\">{{a_jsonld}}</script>",
        "\n<script title=\"application/ld+json\">{{a_jsonld}}</script>",
        "\n<script type=\"application/ld+json{{x}}\">{{a_jsonld}}</script>",
        "\n<script type=\"{{x}}application/ld+json\">{{a_jsonld}}</script>",
        "\n<script {{#x}}type=\"application/ld+json\"{{/x}}>{{a_jsonld}}</script>",
        "\n<script type=\"{{#x}}application/ld+json{{/x}}\">{{a_jsonld}}</script>",
        "\n<script{{!x}} type=\"application/ld+json\">{{a_jsonld}}</script>",
        "\n<script type=\"application/ld+json\"></script><script>{{a_jsonld}}</script>"};

    for (size_t i = 0; i < sizeof others / sizeof others[0]; i++)
        assert_refused(state, others[i], "may stand only in <script");
    assert_refused(state, "\n" DATA "{{&a_jsonld}}</script>", "in {{ }} alone");
    assert_refused(state, "\n" DATA "{{{a_jsonld}}}</script>", "in {{ }} alone");
    assert_refused(state, "\n" DATA "{{x}}</script>", "a script or a style");
    assert_refused(state, "\n" DATA "{{x_html}}</script>", "a script or a style");
    assert_refused(state, "\n" DATA "{{&x_html}}</script>", "a script or a style");
    assert_refused(state, "\n" DATA "{{_ Help}}</script>", "a script or a style");
}

static void a_mistake_in_a_template_is_told_with_its_line(void **state)
{
    assert_refused(state, "\n{{#a}}{{x}}", "never closed");
    assert_refused(state, "\n{{#a}}{{/b}}", "not opened last");
    assert_refused(state, "\n{{/a}}", "not opened last");
    assert_refused(state, "\n{{x", "never closed");
    assert_refused(state, "\n{{ }}{{x}}", "without a name");
    assert_refused(state, "\n{{x@weekday}}", "after @ comes");
    assert_refused(state, "\n{{_n x | one}}", "a plural is");
    assert_refused(state, "\n{{>nothing}}", "no partial \"nothing\"");
    assert_refused(state, "\n<p>{{asset:b.css}}", "no file \"b.css\"");
    assert_refused(state, "\n{{=<%=}}", "delimiters needs two");
}

static void a_template_that_calls_itself_for_ever_is_stopped(void **state)
{
    struct text out;
    struct err err = {0};

    text_init(&out, OUT_MOST);
    assert_int_equal(try_page(*state, "a{{>page}}{{>page}}", "{}", &out, &err),
                     ERR_LIMIT);
    text_clear(&out);
    assert_int_equal(
        try_page(*state, "{{#a}}{{#a}}{{#a}}{{x}}{{/a}}{{/a}}{{/a}}",
                 "{\"a\": [1,2,3,4,5,6,7,8,9,10,11,12,13,14,15,16,17,18,19,20,"
                 "21,22,23,24], \"x\": \"twelve bytes\"}",
                 &out, &err),
        ERR_LIMIT);
    text_done(&out);
}

/* Pieces of templates in chance order, and bytes changed by chance: compiled, whatever it
 * is. */
static void no_template_makes_the_compiler_read_outside_of_it(void **state)
{
    static const char *const pieces[] = {
        "{{", "}}",     "{{{",         "}}}",    "{{=",       "=}}",      "<% %>", "<%",
        "%>", "{{#a}}", "{{/a}}",      "{{^b}}", "{{>part}}", "{{_ ",     "{{_n ", "|",
        "%(", "@date",  "<p title=\"", "\">",    "<script>",  "</script", "<!--",  "-->",
        " ",  "\n",     "\r\n",        "url",    "href='",    "a",        "{",     "}",
        "=",  "!",      "&",           "\xc3"};
    struct arena *arena = arena_new(1 << 20);
    struct random chance;
    size_t fine = 0;

    (void)state;
    random_init(&chance, 7);
    for (int run = 0; run < 60000; run++) {
        uint32_t count = 1 + random_below(&chance, 12);
        struct node *nodes = NULL;
        struct text source;
        char *exact;
        text_init(&source, 400);
        for (uint32_t i = 0; i < count; i++)
            text_add(&source,
                     pieces[random_below(&chance, sizeof pieces / sizeof *pieces)]);
        if (random_below(&chance, 4) == 0)
            source.bytes[random_below(&chance, (uint32_t)source.length)] =
                (char)(1 + random_below(&chance, 255));
        exact = strdup(source.bytes); /* so that a byte too far is seen */
        fine += mustache_compile(arena, exact, run % 2, &nodes, NULL) == ERR_NONE;
        free(exact);
        text_done(&source);
        arena_reset(arena);
    }
    assert_true(fine > 1000 && fine < 59000);
    arena_free(arena);
}

static void sentences_plurals_and_formats_are_said_in_french(void **state)
{
    assert_page(state, "{{_ Help}} {{_nav.x}} {{_n}}",
                "{\"_nav\": {\"x\": 1}, \"_n\": 2}", "Aide 1 2");
    assert_page(state,
                "{{_n people | %(people) person needs it | %(people) people need it}}",
                "{\"people\": 0}", "0 personne en a besoin");
    assert_page(state,
                "{{_n people | %(people) person needs it | %(people) people need it}}",
                "{\"people\": 2}", "2 personnes en ont besoin");
    assert_page(state, "{{x@date}}, {{x@datetime}}, {{x@time}}", "{\"x\": 1796106600}",
                "1er décembre 2026, mardi 1er décembre 2026 à\u00a07\u00a0h\u00a030, "
                "7\u00a0h\u00a030");
    assert_page(state, "{{x@day}} {{x@month}}", "{\"x\": 1796106600}", "1 déc.");
    assert_page(state, "{{x@number}}", "{\"x\": -1234567}", "-1\u202f234\u202f567");
    assert_page(state, "<link href=\"{{asset:a.css}}\">{{>part}}", "{\"x\": 7}",
                "<link href=\"/s/a.css\">[7]");
}

static void a_page_that_is_not_there_is_not_found(void **state)
{
    struct room *room = *state;
    struct template_options options = {.folder = room->folder, .asset_url = asset_url};
    struct templates *templates = NULL;
    struct text out;

    text_init(&out, OUT_MOST);
    assert_int_equal(templates_open(&templates, &options, NULL), ERR_NONE);
    assert_int_equal(templates_render(templates, "page", NULL, room->french, &out, NULL),
                     ERR_NOT_FOUND);
    templates_close(templates);
    options.folder = "no/such/folder";
    assert_int_equal(templates_open(&templates, &options, NULL), ERR_NOT_FOUND);
    text_done(&out);
}

static void english_is_the_sentences_themselves(void **state)
{
    struct room *room = *state;
    struct catalogue *none = NULL;
    struct text out;

    text_init(&out, 200);
    assert_string_equal(tr(room->english, "Help"), "Help");
    assert_string_equal(tr_n(room->english, "one", "many", 0), "many");
    assert_string_equal(tr_n(room->english, "one", "many", 1), "one");
    say_date_time(room->english, 1796106600, zone_paris, &out);
    assert_string_equal(out.bytes, "Tuesday 1 December 2026 at 07:30");
    assert_int_equal(catalogue_open(&none, room->folder, "fr", NULL), ERR_NOT_FOUND);
    text_done(&out);
}

/* A .mo of three sentences, in the byte order asked for. */
static size_t make_mo(char bytes[512], bool is_swapped, const char *rule)
{
    static const char *const originals[] = {"", "Help", "%(n) one"};
    const char *said[] = {rule, "Aide", "%(n) un"};
    static const size_t order[] = {0, 2, 1}; /* as strcmp sorts */
    uint32_t head[7] = {0x950412de, 0, 3, 28, 52, 0, 76}, tables[12];
    size_t at = 76;

    memset(bytes, 0, 512);
    for (size_t table = 0; table < 2; table++)
        for (size_t i = 0; i < 3; i++) {
            const char *one = table ? said[order[i]] : originals[order[i]];
            size_t length = strlen(one);
            memcpy(bytes + at, one, length);
            if (order[i] == 2) { /* a second form */
                memcpy(bytes + at + length + 1, "%(n) many", 9);
                length += 10;
            }
            tables[table * 6 + i * 2] = (uint32_t)length;
            tables[table * 6 + i * 2 + 1] = (uint32_t)at;
            at += length + 1;
        }
    for (size_t i = 0; i < 7; i++)
        head[i] = is_swapped ? __builtin_bswap32(head[i]) : head[i];
    for (size_t i = 0; i < 12; i++)
        tables[i] = is_swapped ? __builtin_bswap32(tables[i]) : tables[i];
    memcpy(bytes, head, sizeof head);
    memcpy(bytes + 28, tables, sizeof tables);
    return at;
}

static err_code open_mo(struct room *room, const char *bytes, size_t length,
                        struct catalogue **out)
{
    char path[128];
    err_code code;

    path_in(room, "xx.mo", path);
    assert_int_equal(file_write(path, bytes, length, NULL), ERR_NONE);
    code = catalogue_open(out, room->folder, "xx", NULL);
    unlink(path);
    return code;
}

static const char few[] = "Plural-Forms: nplurals=2; plural=(n > 1);\n";

static void a_catalogue_of_either_byte_order_is_read(void **state)
{
    for (int is_swapped = 0; is_swapped < 2; is_swapped++) {
        struct catalogue *catalogue = NULL;
        char bytes[512];
        size_t length = make_mo(bytes, is_swapped, few);
        assert_int_equal(open_mo(*state, bytes, length, &catalogue), ERR_NONE);
        assert_string_equal(tr(catalogue, "Help"), "Aide");
        assert_string_equal(tr_n(catalogue, "%(n) one", "%(n) many", 0), "%(n) un");
        assert_string_equal(tr_n(catalogue, "%(n) one", "%(n) many", 2), "%(n) many");
        assert_string_equal(tr_n(catalogue, "Help", "Helps", 2), "Helps");
        catalogue_close(catalogue);
    }
}

static void an_unknown_plural_rule_is_refused(void **state)
{
    struct catalogue *catalogue = NULL;
    char bytes[512];
    size_t length =
        make_mo(bytes, false, "Plural-Forms: nplurals=3; plural=(n == 1 ? 0 : 2);\n");

    assert_int_equal(open_mo(*state, bytes, length, &catalogue), ERR_INVALID);
}

static void no_damage_to_a_catalogue_makes_it_read_outside_of_itself(void **state)
{
    static const char flips[] = {'\x01', '\x80', '\xff'};
    char whole[512], bytes[512];
    size_t length = make_mo(whole, false, few), refused = 0;

    for (size_t i = 0; i < length; i++)
        for (size_t flip = 0; flip < sizeof flips; flip++) {
            struct catalogue *catalogue = NULL;
            memcpy(bytes, whole, length);
            bytes[i] = (char)(bytes[i] ^ flips[flip]);
            if (open_mo(*state, bytes, length, &catalogue) != ERR_NONE) {
                refused++;
                continue;
            }
            assert_non_null(tr(catalogue, "Help"));
            assert_true(strlen(tr_n(catalogue, "%(n) one", "%(n) many", 5)) < length);
            catalogue_close(catalogue);
        }
    for (size_t cut = 0; cut < length; cut++) {
        struct catalogue *catalogue = NULL;
        assert_int_equal(open_mo(*state, whole, cut, &catalogue), ERR_INVALID);
    }
    assert_true(refused > length);
}

static void markdown_lets_no_script_through(void **state)
{
    struct text out, title;

    (void)state;
    text_init(&out, OUT_MOST);
    text_init(&title, 100);
    assert_int_equal(
        markdown_to_html("# Vie *privée*\n\n## Un\n\n> # Deux\n\n"
                         "<script>alert(1)</script>\n\n[a](javascript:b) "
                         "<i onclick=x>c</i> ![d](data:text/html,e) [f](/g)\n",
                         &out, &title, NULL),
        ERR_NONE);
    assert_string_equal(title.bytes, "Vie privée");
    assert_null(strstr(out.bytes, "<h1"));
    assert_null(strstr(out.bytes, "privée"));
    assert_non_null(strstr(out.bytes, "<h2>Un</h2>"));
    assert_non_null(strstr(out.bytes, "<h2>Deux</h2>"));
    assert_null(strstr(out.bytes, "<script"));
    assert_null(strstr(out.bytes, "onclick"));
    assert_null(strstr(out.bytes, "javascript:"));
    assert_null(strstr(out.bytes, "data:"));
    assert_non_null(strstr(out.bytes, "<a href=\"/g\">f</a>"));
    text_done(&out);
    text_init(&out, 3);
    assert_int_equal(markdown_to_html("long", &out, NULL, NULL), ERR_MEMORY);
    text_done(&out);
    text_done(&title);
}

static void a_tree_prints_in_order_without_what_is_for_templates(void **state)
{
    struct tree *tree = tree_object(), *read = NULL;
    struct text out;
    struct err err = {0};

    (void)state;
    text_init(&out, 300);
    tree_set_int(tree, "z", INT64_MAX);
    tree_set_text(tree, "a", "é\"\n<");
    tree_set_text(tree, "_secret", "no");
    tree_set_text(tree, "none", NULL);
    tree_add_text(tree_set(tree, "list", tree_array()), "x");
    assert_int_equal(tree_to_json(tree, &out, NULL), ERR_NONE);
    assert_string_equal(out.bytes,
                        "{\n \"z\": 9223372036854775807,\n \"a\": \"é\\\"\\n<\",\n"
                        " \"none\": null,\n \"list\": [\n  \"x\"\n ]\n}\n");
    assert_int_equal(tree_from_json(out.bytes, &read, NULL), ERR_NONE);
    assert_int_equal(tree_int(tree_get(read, "z")), INT64_MAX);
    assert_int_equal(tree_from_json("{\n \"a\": }", &read, &err), ERR_INVALID);
    assert_non_null(strstr(err.text, "2:"));
    tree_free(tree);
    tree_free(read);
    text_done(&out);
    text_init(&out, 3);
    tree = tree_object();
    tree_set_int(tree, "z", 1);
    assert_int_equal(tree_to_json(tree, &out, NULL), ERR_MEMORY);
    tree_free(tree);
    text_done(&out);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_value_is_escaped_wherever_it_stands),
        cmocka_unit_test(a_value_in_a_place_it_cannot_be_made_safe_is_refused),
        cmocka_unit_test(an_address_takes_only_a_url_and_never_a_script),
        cmocka_unit_test(json_ld_cannot_leave_its_script),
        cmocka_unit_test(json_ld_stands_nowhere_else_and_nothing_else_there),
        cmocka_unit_test(a_mistake_in_a_template_is_told_with_its_line),
        cmocka_unit_test(a_template_that_calls_itself_for_ever_is_stopped),
        cmocka_unit_test(no_template_makes_the_compiler_read_outside_of_it),
        cmocka_unit_test(sentences_plurals_and_formats_are_said_in_french),
        cmocka_unit_test(a_page_that_is_not_there_is_not_found),
        cmocka_unit_test(english_is_the_sentences_themselves),
        cmocka_unit_test(a_catalogue_of_either_byte_order_is_read),
        cmocka_unit_test(an_unknown_plural_rule_is_refused),
        cmocka_unit_test(no_damage_to_a_catalogue_makes_it_read_outside_of_itself),
        cmocka_unit_test(markdown_lets_no_script_through),
        cmocka_unit_test(a_tree_prints_in_order_without_what_is_for_templates),
    };

    return cmocka_run_group_tests_name("view", tests, room_make, room_clear);
}
