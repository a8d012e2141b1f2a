/* Sessions as an iCalendar (RFC 5545): one writer for a mail's .ics, a download and a feed.
 *
 * Pure: no I/O, no clock; the same values give the same bytes. Each date of a session is an
 * event of its own. The UID of the only date, or the fixed one, is that of the session,
 * "session-12@host": wherever it is moved to, a mail with a higher SEQUENCE moves the event in the
 * calendars that have it. Where there are several dates a UID holds the moment it starts as well,
 * "session-12-20261203T173000Z@host", so that each stays the same event whatever happens to the
 * others. Weak side: a date that is offered with others and then chosen is another event than
 * before; a calendar that follows a feed forgets the old one, and no mail sends offered dates.
 *
 * Times are written in UTC ("Z"), not with a VTIMEZONE: our events do not recur, so nothing has
 * to be computed from a rule; every reader knows UTC and shows the hour of the place it is in,
 * while definitions of zones are ignored by some and matched by name against their own tables
 * by others. Not for repeated events: those need a zone.
 *
 * Without a method (feeds, downloads) DTSTAMP is the last change of the record, as RFC 5545
 * 3.8.7.2 wants it, so that an unchanged feed stays byte for byte the same. */
#ifndef EXCHANGE_MODEL_ICAL_H
#define EXCHANGE_MODEL_ICAL_H

#include "base/text.h"
#include "exchange/model/session.h"

enum ical_method {
    ICAL_PLAIN,   /* a feed or a download: no METHOD */
    ICAL_PUBLISH, /* a mail that informs */
    ICAL_REQUEST, /* a mail that invites, or tells of a change */
    ICAL_CANCEL   /* a mail that takes back: every event is CANCELLED */
};

struct ical_person {
    const char *name;  /* NULL when unsaid */
    const char *email; /* "amal@example.org" */
};

/* What the writer cannot know from the record. Texts are UTF-8; each may be NULL. */
struct ical_entry {
    const struct session *session; /* never NULL */
    const char *url;      /* of its page, absolute */
    const char *note;     /* a sentence in front of the description, "Date proposée" */
    const char *location; /* in place of the session's place and commune */
    const char *structure, *pole, *skill; /* names: CATEGORIES */
    bool is_busy;         /* she takes part: the time is not free (OPAQUE) */
    bool shows_online;    /* the address of an online session is for who reads it */
};

struct ical_calendar {
    enum ical_method method;
    const char *site;        /* base_url: its host is the right part of the UIDs */
    const char *name;        /* of the calendar; NULL for the file of one session */
    const char *url;         /* its own address, absolute; NULL when it has none */
    const char *lang;        /* "fr" */
    const char *online_word; /* where an online session is; NULL: "online" */
    int64_t now;             /* DTSTAMP when there is a method; unused for ICAL_PLAIN */
    const struct ical_person *organizer, *attendee; /* for mails; NULL when none */
    const struct ical_entry *entries;
    size_t entry_count;
};

enum { ICAL_DATES_MOST = 64 }; /* of a session; more are left out */

/* Adds the calendar to `out`. A date that is fixed leaves out those that were only offered.
 * Without any event there is a definition of UTC instead: RFC 5545 wants one component.
 * ERR_INVALID when ICAL_REQUEST has no organizer or attendee, or another method no organizer
 * (RFC 5546 3.2); ERR_LIMIT when `out` is full. `out` may hold a part then. */
MUST_USE err_code ical_write(const struct ical_calendar *calendar, struct text *out,
                             struct err *err);

/* "tentative", "confirmed" or "cancelled": what the events of a session are. */
const char *ical_status_word(enum session_state state);
/* The dates an event is made of: the fixed ones, else all. Writes at most `most` positions of
 * session->dates; returns how many there are. */
size_t ical_dates(const struct session *session, size_t *positions, size_t most);

#endif
