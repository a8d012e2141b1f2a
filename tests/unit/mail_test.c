/* Mails: one source for two parts, and nothing that a stranger types becomes a header. */
#include "web/mail/message.h"
#include "web/mail/plain.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <string.h>

static struct message letter(void)
{
    return (struct message){.from_name = "Établi",
                            .from = "etabli@example.org",
                            .to = "amal@example.org",
                            .subject = "Bonjour",
                            .id = "1-2",
                            .host = "example.org",
                            .plain = "Bonjour\n",
                            .html = "<p>Bonjour</p>",
                            .at = 1800000000};
}

static void expect_plain(const char *html, const char *wanted)
{
    struct text out;

    text_init(&out, 10000);
    plain_text(html, &out);
    assert_string_equal(out.bytes, wanted);
    text_done(&out);
}

static void the_text_says_what_the_html_says(void **state)
{
    (void)state;
    expect_plain(
        "<html><head><title>T</title></head><body>\n<p>Bonjour &amp; merci,</p>\n"
        "<p>Voici <a href=\"http://h/a?b=1&amp;c=2\">le lien</a>.</p>\n</body></html>",
        "Bonjour & merci,\n\nVoici le lien\nhttp://h/a?b=1&c=2.\n");
    expect_plain("<body><ul><li>un</li><li>deux &lt;b&gt;</li></ul></body>",
                 "un\n\ndeux <b>\n");
    expect_plain("<body></body>", "\n");
    expect_plain("", "\n");
    expect_plain("<body><p>a <", "a <\n");
}

static void a_title_is_the_subject(void **state)
{
    struct text out;

    (void)state;
    text_init(&out, 100);
    plain_title("<head><title>L’Établi &amp; nous</title></head>", &out);
    assert_string_equal(out.bytes, "L’Établi & nous");
    text_clear(&out);
    plain_title("<head></head>", &out);
    assert_string_equal(out.bytes, "");
    text_done(&out);
}

static void no_address_brings_a_header(void **state)
{
    static const char *const bad[] = {"a@b.org\r\nBcc: c@d.org", "a@b.org, c@d.org",
                                      "a b@c.org", "<a@b.org>", "a@b.org\n"};
    struct message message;
    struct err err = {0};
    struct text out;

    (void)state;
    text_init(&out, MESSAGE_BYTES_MOST);
    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++) {
        message = letter();
        message.to = bad[i];
        assert_int_equal(message_write(&message, &out, &err), ERR_INVALID);
        message = letter();
        message.from = bad[i];
        assert_int_equal(message_write(&message, &out, &err), ERR_INVALID);
    }
    text_done(&out);
}

static void no_subject_brings_a_header(void **state)
{
    struct message message = letter();
    struct err err = {0};
    struct text out;

    (void)state;
    text_init(&out, MESSAGE_BYTES_MOST);
    message.subject = "Bonjour\r\nBcc: c@d.org";
    message.from_name = "A\"\r\nX: y <";
    assert_int_equal(message_write(&message, &out, &err), ERR_NONE);
    assert_null(strstr(out.bytes, "Bcc"));
    assert_null(strstr(out.bytes, "X: y"));
    text_done(&out);
}

static void lines_are_short_and_end_as_mail_does(void **state)
{
    struct message message = letter();
    struct err err = {0};
    struct text out;
    const char *line;
    char words[3000];

    (void)state;
    for (size_t i = 0; i + 2 < sizeof words; i += 2)
        memcpy(words + i, "é", 3);
    message.subject = words;
    message.plain = words;
    text_init(&out, MESSAGE_BYTES_MOST);
    assert_int_equal(message_write(&message, &out, &err), ERR_NONE);
    for (line = out.bytes; *line;) {
        const char *end = strchr(line, '\n');
        assert_non_null(end);
        assert_true(end > line && end[-1] == '\r');
        assert_true(end - line <= 78);
        line = end + 1;
    }
    text_done(&out);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_text_says_what_the_html_says),
        cmocka_unit_test(a_title_is_the_subject),
        cmocka_unit_test(no_address_brings_a_header),
        cmocka_unit_test(no_subject_brings_a_header),
        cmocka_unit_test(lines_are_short_and_end_as_mail_does),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
