/* A mail as it travels. */
#include "web/mail/message.h"

#include "base/calendar.h"

#include <stdio.h>
#include <string.h>
#include <time.h>

enum { LINE_BYTES = 57, WORD_BYTES = 42 }; /* 76 and 56 letters of base64 */

static void add_base64(struct text *out, const unsigned char *bytes, size_t length)
{
    static const char letters[] =
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

    for (size_t i = 0; i < length; i += 3) {
        size_t left = length - i;
        unsigned group = (unsigned)bytes[i] << 16 |
                         (left > 1 ? (unsigned)bytes[i + 1] << 8 : 0) |
                         (left > 2 ? (unsigned)bytes[i + 2] : 0);
        text_add_char(out, letters[group >> 18 & 63]);
        text_add_char(out, letters[group >> 12 & 63]);
        text_add_char(out, left > 1 ? letters[group >> 6 & 63] : '=');
        text_add_char(out, left > 2 ? letters[group & 63] : '=');
    }
}

/* Encoded words of whole characters (RFC 2047); plain ASCII stays as it is. */
static void add_words(struct text *out, const char *string)
{
    size_t length = strlen(string), at = 0;
    bool is_plain = true;

    for (size_t i = 0; i < length; i++)
        is_plain = is_plain && string[i] >= ' ' && string[i] < 0x7f &&
                   !strchr("\"<>=?", string[i]);
    if (is_plain) {
        text_add(out, string);
        return;
    }
    while (at < length) {
        size_t step = length - at < WORD_BYTES ? length - at : WORD_BYTES;
        while (at + step < length && ((unsigned char)string[at + step] & 0xc0) == 0x80)
            step--;
        text_add(out, at ? "\r\n =?UTF-8?B?" : "=?UTF-8?B?");
        add_base64(out, (const unsigned char *)string + at, step);
        text_add(out, "?=");
        at += step;
    }
}

static void add_part(struct text *out, const char *boundary, const char *type,
                     const char *disposition, const char *body)
{
    size_t length = strlen(body);

    text_printf(out,
                "--%s\r\nContent-Type: %s; charset=utf-8\r\n"
                "Content-Transfer-Encoding: base64\r\n%s%s%s\r\n",
                boundary, type, disposition ? "Content-Disposition: " : "",
                disposition ? disposition : "", disposition ? "\r\n" : "");
    for (size_t at = 0; at < length; at += LINE_BYTES) {
        size_t step = length - at < LINE_BYTES ? length - at : LINE_BYTES;
        add_base64(out, (const unsigned char *)body + at, step);
        text_add(out, "\r\n");
    }
}

static bool is_one_word(const char *string)
{
    for (; *string; string++)
        if ((unsigned char)*string <= ' ' || *string == 0x7f || strchr("<>,;\"", *string))
            return false;
    return true;
}

static void add_date(struct text *out, int64_t at)
{
    static const char *const days[] = {"Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"};
    static const char *const months[] = {"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                         "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
    time_t time = (time_t)at;
    struct tm utc;

    if (gmtime_r(&time, &utc))
        text_printf(out, "Date: %s, %d %s %d %02d:%02d:%02d +0000\r\n", days[utc.tm_wday],
                    utc.tm_mday, months[utc.tm_mon], utc.tm_year + 1900, utc.tm_hour,
                    utc.tm_min, utc.tm_sec);
}

static void add_headers(const struct message *message, const char *boundary,
                        struct text *out)
{
    text_add(out, "From: ");
    add_words(out, message->from_name);
    text_printf(out, " <%s>\r\nTo: <%s>\r\nSubject: ", message->from, message->to);
    add_words(out, message->subject);
    text_add(out, "\r\n");
    add_date(out, message->at);
    text_printf(out, "Message-ID: <%s@%s>\r\nMIME-Version: 1.0\r\n", message->id,
                message->host);
    text_add(out, "Auto-Submitted: auto-generated\r\n");
    if (message->unsubscribe_url)
        text_printf(out,
                    "List-Unsubscribe: <%s>\r\n"
                    "List-Unsubscribe-Post: List-Unsubscribe=One-Click\r\n",
                    message->unsubscribe_url);
    text_printf(out, "Content-Type: multipart/%s; boundary=\"%s\"\r\n\r\n",
                message->ics ? "mixed" : "alternative", boundary);
}

/* The calendar as a file, beside the words: every reader shows it, some add a button. */
static void add_calendar(const struct message *message, const char *boundary,
                         struct text *out)
{
    char type[80];

    snprintf(type, sizeof type, "text/calendar; method=%s",
             message->ics_method ? message->ics_method : "PUBLISH");
    add_part(out, boundary, type, "attachment; filename=\"seance.ics\"", message->ics);
}

err_code message_write(const struct message *message, struct text *out, struct err *err)
{
    char boundary[80], inner[80];

    if (!is_one_word(message->from) || !is_one_word(message->to) ||
        !is_one_word(message->id) || !is_one_word(message->host) ||
        (message->unsubscribe_url && !is_one_word(message->unsubscribe_url)))
        return err_set(err, ERR_INVALID,
                       "a mail's address holds a blank, a line end or a sign");
    snprintf(boundary, sizeof boundary, "=_%.60s", message->id); /* never in base64 */
    add_headers(message, boundary, out);
    snprintf(inner, sizeof inner, message->ics ? "=_w%.60s" : "=_%.60s", message->id);
    if (message->ics)
        text_printf(out,
                    "--%s\r\nContent-Type: multipart/alternative; "
                    "boundary=\"%s\"\r\n\r\n",
                    boundary, inner);
    add_part(out, inner, "text/plain", NULL, message->plain);
    add_part(out, inner, "text/html", NULL, message->html);
    if (message->ics) {
        text_printf(out, "--%s--\r\n", inner);
        add_calendar(message, boundary, out);
    }
    text_printf(out, "--%s--\r\n", boundary);
    return text_failed(out)
               ? err_set(err, ERR_LIMIT, "a mail is longer than %zu bytes", out->limit)
               : ERR_NONE;
}
