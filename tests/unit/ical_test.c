/* Calendars and feeds: lines, escapes, what becomes an event, what is refused. */
#include "exchange/model/ical.h"
#include "web/view/xml.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

enum { OUT_MOST = 1 << 20, LINE_MOST = 75, STARTS_AT = 1796317200, HOUR_SECONDS = 3600 };

static const struct session_date dates[] = {
    {STARTS_AT, STARTS_AT + 2 * HOUR_SECONDS, false},
    {STARTS_AT + 86400, STARTS_AT + 86400 + HOUR_SECONDS, false}};
static const struct session_date fixed[] = {
    {STARTS_AT, STARTS_AT + 2 * HOUR_SECONDS, false},
    {STARTS_AT + 86400, STARTS_AT + 86400 + HOUR_SECONDS, true}};

static struct session a_session(void)
{
    return (struct session){.id = 12,
                            .title = "Poser du placo",
                            .place = "Atelier",
                            .commune = "Voiron",
                            .dates = dates,
                            .date_count = 2,
                            .created_at = STARTS_AT - 86400,
                            .updated_at = STARTS_AT - HOUR_SECONDS,
                            .version = 3};
}

static struct ical_calendar a_calendar(const struct ical_entry *entries, size_t count)
{
    return (struct ical_calendar){.site = "https://etabli.example.org:8443",
                                  .lang = "fr",
                                  .entries = entries,
                                  .entry_count = count};
}

/* The calendar of one session; to be text_done'd. */
static struct text written(const struct session *session, enum ical_method method)
{
    static const struct ical_person site = {"Établi \"d’ici\"", "etabli@example.org"},
                                    amal = {NULL, "amal@example.org"};
    const struct ical_entry entry = {.session = session,
                                     .url = "https://e.org/seances/12"};
    struct ical_calendar calendar = a_calendar(&entry, 1);
    struct text out;
    struct err err = {0};

    calendar.method = method;
    calendar.now = STARTS_AT - 60;
    calendar.organizer = &site;
    calendar.attendee = &amal;
    text_init(&out, OUT_MOST);
    if (ical_write(&calendar, &out, &err) != ERR_NONE)
        fail_msg("%s", err.text);
    return out;
}

static size_t count_of(const struct text *out, const char *part)
{
    size_t count = 0;

    for (const char *at = out->bytes; (at = strstr(at, part)); at += strlen(part))
        count++;
    return count;
}

static void assert_has(const struct text *out, const char *part)
{
    if (!strstr(out->bytes, part))
        fail_msg("no \"%s\" in\n%s", part, out->bytes);
}

static void each_date_offered_is_a_tentative_event(void **state)
{
    struct session session = a_session();
    struct text out = written(&session, ICAL_PLAIN);

    (void)state;
    assert_int_equal(count_of(&out, "BEGIN:VEVENT\r\n"), 2);
    assert_int_equal(count_of(&out, "STATUS:TENTATIVE\r\n"), 2);
    assert_has(&out, "UID:session-12-20261203T170000Z@etabli.example.org\r\n");
    assert_has(&out, "UID:session-12-20261204T170000Z@etabli.example.org\r\n");
    assert_has(&out, "DTSTART:20261203T170000Z\r\nDTEND:20261203T190000Z\r\n");
    assert_has(&out, "LAST-MODIFIED:20261203T160000Z\r\nSEQUENCE:3\r\n");
    assert_has(&out, "LOCATION:Atelier\\, Voiron\r\n");
    assert_null(strstr(out.bytes, "METHOD"));
    assert_null(strstr(out.bytes, "ORGANIZER"));
    text_done(&out);
}

static void a_fixed_date_is_the_only_event_and_has_the_uid_of_the_session(void **state)
{
    struct session session = a_session();
    struct text out;

    (void)state;
    session.dates = fixed;
    session.state = SESSION_CONFIRMED;
    out = written(&session, ICAL_PLAIN);
    assert_int_equal(count_of(&out, "BEGIN:VEVENT\r\n"), 1);
    assert_has(&out, "UID:session-12@etabli.example.org\r\n");
    assert_has(&out, "STATUS:CONFIRMED\r\n");
    text_done(&out);
}

static void a_cancelled_session_says_so_in_feeds_and_mails(void **state)
{
    struct session session = a_session();
    struct text out;

    (void)state;
    out = written(&session, ICAL_CANCEL);
    assert_int_equal(count_of(&out, "STATUS:CANCELLED\r\n"), 2);
    assert_has(&out, "METHOD:CANCEL\r\n");
    text_done(&out);
    session.state = SESSION_CANCELLED;
    out = written(&session, ICAL_PLAIN);
    assert_int_equal(count_of(&out, "STATUS:CANCELLED\r\n"), 2);
    text_done(&out);
}

static void an_invitation_names_who_invites_and_who_is_invited(void **state)
{
    struct session session = a_session();
    struct text out = written(&session, ICAL_REQUEST);

    (void)state;
    assert_has(&out, "METHOD:REQUEST\r\n");
    assert_has(&out, "ORGANIZER;CN=\"Établi 'd’ici'\":mailto:etabli@example.org\r\n");
    assert_has(&out, "ATTENDEE;RSVP=FALSE:mailto:amal@example.org\r\n");
    assert_has(&out, "DTSTAMP:20261203T165900Z\r\n");
    text_done(&out);
}

static void a_mail_without_them_is_refused(void **state)
{
    static const struct ical_person site = {NULL, "etabli@example.org"};
    struct ical_calendar calendar = a_calendar(NULL, 0);
    struct text out;

    (void)state;
    text_init(&out, OUT_MOST);
    calendar.method = ICAL_PUBLISH;
    assert_int_equal(ical_write(&calendar, &out, NULL), ERR_INVALID);
    calendar.organizer = &site;
    assert_int_equal(ical_write(&calendar, &out, NULL), ERR_NONE);
    calendar.method = ICAL_REQUEST;
    assert_int_equal(ical_write(&calendar, &out, NULL), ERR_INVALID);
    text_done(&out);
}

static void a_calendar_without_events_has_a_component_all_the_same(void **state)
{
    struct ical_calendar calendar = a_calendar(NULL, 0);
    struct text out;

    (void)state;
    text_init(&out, OUT_MOST);
    assert_int_equal(ical_write(&calendar, &out, NULL), ERR_NONE);
    assert_int_equal(count_of(&out, "BEGIN:VTIMEZONE\r\n"), 1);
    text_done(&out);
}

static void what_has_a_meaning_in_a_text_is_escaped(void **state)
{
    struct session session = a_session();
    struct text out;

    (void)state;
    session.title = "a,b;c\\n\"d\"\r\ne\rf\x07\xe2\x80\xa8g\tBEGIN:VEVENT";
    out = written(&session, ICAL_PLAIN);
    assert_has(&out, "SUMMARY:a\\,b\\;c\\\\n\"d\"\\ne\\nf\\ng\tBEGIN:VEVENT\r\n");
    text_done(&out);
}

/* Every line at most 75 bytes; unfolded, whole characters. */
static void assert_folded(const char *text)
{
    for (const char *line = text; *line;) {
        const char *end = strstr(line, "\r\n");
        assert_non_null(end);
        if (end - line > LINE_MOST)
            fail_msg("%d bytes: %.*s", (int)(end - line), (int)(end - line), line);
        if (*line == ' ' && ((unsigned char)line[1] & 0xc0) == 0x80)
            fail_msg("a character is cut: %.*s", (int)(end - line), line);
        assert_null(memchr(line, '\n', (size_t)(end - line)));
        line = end + 2;
    }
}

static void long_lines_are_folded_between_characters(void **state)
{
    static const char *const units[] = {"é", "€",  "🛠️", "a",
                                        ",", "\n", "\\",      "e\xcc\x81"};
    char title[800];

    (void)state;
    for (size_t i = 0; i < sizeof units / sizeof units[0]; i++)
        for (size_t lead = 0; lead < 8; lead++) {
            struct session session = a_session();
            struct text out;
            size_t used = 0;
            while (used < lead)
                title[used++] = 'x';
            while (used + strlen(units[i]) < sizeof title) {
                memcpy(title + used, units[i], strlen(units[i]));
                used += strlen(units[i]);
            }
            title[used] = '\0';
            session.title = title;
            out = written(&session, ICAL_PLAIN);
            assert_folded(out.bytes);
            text_done(&out);
        }
}

static void a_full_buffer_is_a_limit(void **state)
{
    struct session session = a_session();
    const struct ical_entry entry = {.session = &session};
    struct ical_calendar calendar = a_calendar(&entry, 1);
    struct text out;

    (void)state;
    text_init(&out, 300);
    assert_int_equal(ical_write(&calendar, &out, NULL), ERR_LIMIT);
    text_done(&out);
}

static void the_address_of_an_online_session_is_told_to_those_who_come(void **state)
{
    struct session session = a_session();
    struct ical_entry entry = {.session = &session};
    struct ical_calendar calendar = a_calendar(&entry, 1);
    struct text out;

    (void)state;
    session.is_online = true;
    session.online_url = "https://visio.example.org/secret";
    text_init(&out, OUT_MOST);
    assert_int_equal(ical_write(&calendar, &out, NULL), ERR_NONE);
    assert_null(strstr(out.bytes, "secret"));
    assert_has(&out, "LOCATION:Atelier\\, Voiron\\, online\r\n");
    assert_has(&out, "TRANSP:TRANSPARENT\r\n");
    text_clear(&out);
    entry.shows_online = true;
    entry.is_busy = true;
    session.place = "En ligne";
    session.commune = NULL;
    assert_int_equal(ical_write(&calendar, &out, NULL), ERR_NONE);
    assert_has(&out, "DESCRIPTION:https://visio.example.org/secret\r\n");
    assert_has(&out, "LOCATION:En ligne\r\n");
    assert_has(&out, "TRANSP:OPAQUE\r\n");
    text_done(&out);
}

static void what_is_markup_or_no_xml_is_no_trouble_in_a_feed(void **state)
{
    const struct atom_entry entry = {.id = "https://e.org/1",
                                     .url = "https://e.org/1?a=1&b=\"2\"",
                                     .title =
                                         "</title><script>&amp;\x01\x0b\xef\xbf\xbf🛠",
                                     .published_at = 1,
                                     .updated_at = 86400};
    const struct atom_feed feed = {.id = "https://e.org/a.atom",
                                   .url = "https://e.org/a",
                                   .title = "a",
                                   .author = "b",
                                   .lang = "fr",
                                   .entries = &entry,
                                   .entry_count = 1};
    struct text out;

    (void)state;
    text_init(&out, OUT_MOST);
    assert_int_equal(atom_write(&feed, &out, NULL), ERR_NONE);
    assert_has(&out, "<title>&lt;/title&gt;&lt;script&gt;&amp;amp;🛠</title>");
    assert_has(&out, "href=\"https://e.org/1?a=1&amp;b=&quot;2&quot;\"");
    assert_int_equal(count_of(&out, "<updated>1970-01-02T00:00:00Z</updated>"), 2);
    text_done(&out);
    text_init(&out, 100);
    assert_int_equal(atom_write(&feed, &out, NULL), ERR_LIMIT);
    text_done(&out);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_date_offered_is_a_tentative_event),
        cmocka_unit_test(a_fixed_date_is_the_only_event_and_has_the_uid_of_the_session),
        cmocka_unit_test(a_cancelled_session_says_so_in_feeds_and_mails),
        cmocka_unit_test(an_invitation_names_who_invites_and_who_is_invited),
        cmocka_unit_test(a_mail_without_them_is_refused),
        cmocka_unit_test(a_calendar_without_events_has_a_component_all_the_same),
        cmocka_unit_test(what_has_a_meaning_in_a_text_is_escaped),
        cmocka_unit_test(long_lines_are_folded_between_characters),
        cmocka_unit_test(a_full_buffer_is_a_limit),
        cmocka_unit_test(the_address_of_an_online_session_is_told_to_those_who_come),
        cmocka_unit_test(what_is_markup_or_no_xml_is_no_trouble_in_a_feed),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
