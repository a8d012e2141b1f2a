/* Writing iCalendar. */
#include "exchange/model/ical.h"

#include "base/calendar.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

enum { LINE_BYTES_MOST = 75, TIME_BYTES = 24, YEAR_DIGITS = 10000 };

struct line {
    struct text *out;
    size_t length; /* of the physical line so far, in bytes */
};

/* One piece that must not be cut: it goes to the next physical line when it does not fit.
 */
static void put(struct line *line, const char *bytes, size_t length)
{
    if (line->length + length > LINE_BYTES_MOST) {
        text_add(line->out, "\r\n ");
        line->length = 1;
    }
    text_add_bytes(line->out, bytes, length);
    line->length += length;
}

static size_t sequence_length(const char *at)
{
    size_t length = 1;

    while (length < 4 && ((unsigned char)at[length] & 0xc0) == 0x80)
        length++;
    return length;
}

static bool is_control(const char *at)
{
    unsigned char c = (unsigned char)*at;

    return (c < ' ' && c != '\t') || c == 0x7f;
}

/* U+2028, U+2029 and U+0085, which some readers take for the end of a line. */
static size_t odd_line_end(const char *at)
{
    if (strncmp(at, "\xe2\x80\xa8", 3) == 0 || strncmp(at, "\xe2\x80\xa9", 3) == 0)
        return 3;
    return strncmp(at, "\xc2\x85", 2) == 0 ? 2 : 0;
}

/* As it is, without what would end the line. */
static void put_plain(struct line *line, const char *value)
{
    while (*value) {
        size_t length = sequence_length(value);
        if (!is_control(value) && !odd_line_end(value))
            put(line, value, length);
        value += length;
    }
}

/* A value of type TEXT: RFC 5545 3.3.11. */
static void put_text(struct line *line, const char *value)
{
    while (*value) {
        size_t length = sequence_length(value), end = odd_line_end(value);
        char escaped[2] = {'\\', *value};
        if (*value == '\n' || (*value == '\r' && value[1] != '\n') || end)
            put(line, "\\n", 2);
        else if (strchr("\\;,", *value))
            put(line, escaped, sizeof escaped);
        else if (!is_control(value))
            put(line, value, length);
        value += end ? end : length;
    }
}

/* A quoted parameter, which can hold neither quotes nor controls. */
static void put_parameter(struct line *line, const char *value)
{
    put(line, "\"", 1);
    while (*value) {
        size_t length = sequence_length(value);
        if (*value == '"')
            put(line, "'", 1);
        else if (!is_control(value) && !odd_line_end(value))
            put(line, value, length);
        value += length;
    }
    put(line, "\"", 1);
}

static struct line line_begin(struct text *out, const char *name)
{
    struct line line = {.out = out};

    put_plain(&line, name);
    return line;
}

static void line_end(struct line *line)
{
    text_add(line->out, "\r\n");
}

static void add_line(struct text *out, const char *name, const char *value)
{
    struct line line = line_begin(out, name);

    put_plain(&line, value);
    line_end(&line);
}

static void add_text(struct text *out, const char *name, const char *value)
{
    struct line line;

    if (!value || !*value)
        return;
    line = line_begin(out, name);
    put_text(&line, value);
    line_end(&line);
}

static void time_text(int64_t at, char written[TIME_BYTES])
{
    struct civil c = calendar_civil(at, zone_utc);

    snprintf(written, TIME_BYTES, "%04d%02d%02dT%02d%02d%02dZ",
             (unsigned)c.year % YEAR_DIGITS, c.month % 100, c.day % 100, c.hour % 100,
             c.minute % 100, c.second % 100);
}

static void add_time(struct text *out, const char *name, int64_t at)
{
    char written[TIME_BYTES];

    time_text(at, written);
    add_line(out, name, written);
}

static void add_number(struct text *out, const char *name, int64_t number)
{
    text_printf(out, "%s%" PRId64 "\r\n", name, number);
}

static void add_person(struct text *out, const char *name,
                       const struct ical_person *person)
{
    struct line line;

    if (!person)
        return;
    line = line_begin(out, name);
    if (person->name && *person->name) {
        put_plain(&line, ";CN=");
        put_parameter(&line, person->name);
    }
    put_plain(&line, ":mailto:");
    put_plain(&line, person->email);
    line_end(&line);
}

static void put_paragraph(struct line *line, bool *has_begun, const char *value)
{
    if (!value || !*value)
        return;
    if (*has_begun)
        put_plain(line, "\\n\\n");
    put_text(line, value);
    *has_begun = true;
}

/* Many calendars show the description and not the URL: so it stands there as well. */
static void add_description(struct text *out, const struct ical_entry *entry)
{
    const struct session *session = entry->session;
    struct line line = line_begin(out, "DESCRIPTION:");
    bool has_begun = false;

    put_paragraph(&line, &has_begun, entry->note);
    put_paragraph(&line, &has_begun, session->about);
    put_paragraph(&line, &has_begun, session->access);
    if (entry->shows_online)
        put_paragraph(&line, &has_begun, session->online_url);
    put_paragraph(&line, &has_begun, entry->url);
    line_end(&line);
}

static void add_location(const struct ical_calendar *calendar,
                         const struct ical_entry *entry, struct text *out)
{
    const struct session *session = entry->session;
    const char *parts[] = {session->place, session->commune, NULL};
    struct line line;
    bool has_begun = false;

    if (entry->location) {
        add_text(out, "LOCATION:", entry->location);
        return;
    }
    if (session->is_online && !session_place_is_online(session))
        parts[2] = calendar->online_word ? calendar->online_word : "online";
    line = line_begin(out, "LOCATION:");
    for (size_t i = 0; i < sizeof parts / sizeof parts[0]; i++) {
        if (!parts[i] || !*parts[i])
            continue;
        put_plain(&line, has_begun ? "\\, " : "");
        put_text(&line, parts[i]);
        has_begun = true;
    }
    line_end(&line);
}

/* A property each: libical takes a quotation mark in one of several values for the start
 * of a quoted one, and then misses the comma between them. */
static void add_categories(struct text *out, const struct ical_entry *entry)
{
    add_text(out, "CATEGORIES:", entry->pole);
    add_text(out, "CATEGORIES:", entry->skill);
    add_text(out, "CATEGORIES:", entry->structure);
}

static const char *status(const struct ical_calendar *calendar,
                          const struct session *session)
{
    if (calendar->method == ICAL_CANCEL || session->state == SESSION_CANCELLED)
        return "CANCELLED";
    return session->state == SESSION_PROPOSED ? "TENTATIVE" : "CONFIRMED";
}

/* `starts_at` 0: of the session, wherever it is moved to. */
static void add_uid(const struct ical_calendar *calendar, const struct session *session,
                    int64_t starts_at, struct text *out)
{
    char number[TIME_BYTES], starts[TIME_BYTES];
    struct line line = line_begin(out, "UID:session-");
    const char *host = strstr(calendar->site, "://");
    size_t length;

    snprintf(number, sizeof number, "%" PRId64, session->id);
    put_plain(&line, number);
    if (starts_at) {
        time_text(starts_at, starts);
        put_plain(&line, "-");
        put_plain(&line, starts);
    }
    put_plain(&line, "@");
    host = host ? host + 3 : calendar->site;
    length = strcspn(host, *host == '[' ? "]/" : ":/"); /* without a port */
    for (size_t i = 0; i < length; i++)
        if (host[i] != '[')
            put(&line, host + i, 1);
    line_end(&line);
}

static void add_event(const struct ical_calendar *calendar,
                      const struct ical_entry *entry, const struct session_date *date,
                      bool is_only, struct text *out)
{
    const struct session *session = entry->session;
    bool is_mail = calendar->method != ICAL_PLAIN;

    text_add(out, "BEGIN:VEVENT\r\n");
    add_uid(calendar, session, is_only ? 0 : date->starts_at, out);
    add_time(out, "DTSTAMP:", is_mail ? calendar->now : session->updated_at);
    add_time(out, "DTSTART:", date->starts_at);
    if (date->ends_at > date->starts_at)
        add_time(out, "DTEND:", date->ends_at);
    add_time(out, "CREATED:", session->created_at);
    add_time(out, "LAST-MODIFIED:", session->updated_at);
    add_number(out, "SEQUENCE:", session->version > 0 ? session->version : 0);
    add_line(out, "STATUS:", status(calendar, session));
    add_text(out, "SUMMARY:", session->title);
    if (entry->note || session->about || session->access || entry->url ||
        (entry->shows_online && session->online_url))
        add_description(out, entry);
    if (entry->location || session->place || session->commune || session->is_online)
        add_location(calendar, entry, out);
    if (entry->url && *entry->url)
        add_line(out, "URL:", entry->url);
    add_categories(out, entry);
    add_line(out, "TRANSP:", entry->is_busy ? "OPAQUE" : "TRANSPARENT");
    if (is_mail) {
        add_person(out, "ORGANIZER", calendar->organizer);
        add_person(out, "ATTENDEE;RSVP=FALSE", calendar->attendee);
    }
    text_add(out, "END:VEVENT\r\n");
}

size_t ical_dates(const struct session *session, size_t *positions, size_t most)
{
    bool has_fixed = false;
    size_t used = 0;

    for (size_t i = 0; i < session->date_count; i++)
        has_fixed = has_fixed || session->dates[i].is_fixed;
    for (size_t i = 0; i < session->date_count; i++) {
        if (has_fixed && !session->dates[i].is_fixed)
            continue;
        if (used < most)
            positions[used] = i;
        used++;
    }
    return used;
}

const char *ical_status_word(enum session_state state)
{
    if (state == SESSION_CANCELLED)
        return "cancelled";
    return state == SESSION_PROPOSED ? "tentative" : "confirmed";
}

static void add_head(const struct ical_calendar *calendar, struct text *out)
{
    static const char *const methods[] = {NULL, "PUBLISH", "REQUEST", "CANCEL"};
    const char *lang = calendar->lang ? calendar->lang : "fr";

    text_add(out, "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nCALSCALE:GREGORIAN\r\n");
    add_line(out, "PRODID:-//Etabli//Etabli//", strcmp(lang, "en") == 0 ? "EN" : "FR");
    if (methods[calendar->method])
        add_line(out, "METHOD:", methods[calendar->method]);
    add_text(out, "NAME:", calendar->name); /* RFC 7986 */
    add_text(out, "X-WR-CALNAME:", calendar->name);
    if (calendar->url) {
        add_line(out, "SOURCE;VALUE=URI:", calendar->url);
        text_add(out, "REFRESH-INTERVAL;VALUE=DURATION:PT4H\r\nX-PUBLISHED-TTL:PT4H\r\n");
    }
}

static err_code check(const struct ical_calendar *calendar, struct err *err)
{
    if (calendar->method == ICAL_PLAIN)
        return ERR_NONE;
    if (!calendar->organizer || !calendar->organizer->email)
        return err_set(err, ERR_INVALID, "a calendar that is sent needs an organizer");
    if (calendar->method == ICAL_REQUEST &&
        (!calendar->attendee || !calendar->attendee->email))
        return err_set(err, ERR_INVALID, "an invitation needs someone invited");
    return ERR_NONE;
}

err_code ical_write(const struct ical_calendar *calendar, struct text *out,
                    struct err *err)
{
    err_code code = check(calendar, err);
    size_t events = 0;

    if (code != ERR_NONE)
        return code;
    add_head(calendar, out);
    for (size_t i = 0; i < calendar->entry_count; i++) {
        const struct ical_entry *entry = &calendar->entries[i];
        size_t positions[ICAL_DATES_MOST];
        size_t count = ical_dates(entry->session, positions, ICAL_DATES_MOST);
        for (size_t j = 0; j < count && j < ICAL_DATES_MOST; j++)
            add_event(calendar, entry, &entry->session->dates[positions[j]], count == 1,
                      out);
        events += count;
    }
    if (!events)
        text_add(out, "BEGIN:VTIMEZONE\r\nTZID:Etc/UTC\r\nBEGIN:STANDARD\r\n"
                      "DTSTART:19700101T000000\r\nTZOFFSETFROM:+0000\r\n"
                      "TZOFFSETTO:+0000\r\nTZNAME:UTC\r\nEND:STANDARD\r\n"
                      "END:VTIMEZONE\r\n");
    text_add(out, "END:VCALENDAR\r\n");
    return text_failed(out) ? err_set(err, ERR_LIMIT,
                                      "a calendar is longer than %zu bytes", out->limit)
                            : ERR_NONE;
}
