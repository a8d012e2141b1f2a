/* Odd sessions by chance: `ical_made SEED COUNT CALENDAR TRUTH` writes them as our
 * calendar into one file, and what a reader must find there as JSON into the other. */
#include "base/arena.h"
#include "base/calendar.h"
#include "base/file.h"
#include "base/random.h"
#include "exchange/model/ical.h"
#include "web/view/tree.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum {
    WITH_BACKSLASH = 3,
    /* the last of the pieces: one reader misreads them */ OUT_MOST = 64 << 20,
    WORD_MOST = 400,
    DATES = 4,
    HOUR_SECONDS = 3600
};

/* What people write, what has a meaning in a calendar, and what readers trip over. */
static const char *const pieces[] = {"a",
                                     "é",
                                     "œ",
                                     "’",
                                     "«\u00a0",
                                     "\u00a0»",
                                     "€",
                                     "🛠️",
                                     "👩🏽‍🔧",
                                     "e\u0301",
                                     "الحساب",
                                     "中文",
                                     "\n",
                                     "\n\n",
                                     "\t",
                                     " ",
                                     "  ",
                                     ",",
                                     ";",
                                     ":",
                                     "\"",
                                     "'",
                                     "^n",
                                     "=",
                                     "&amp;",
                                     "<b>",
                                     "BEGIN:VEVENT",
                                     "\nEND:VCALENDAR",
                                     "\u200b",
                                     "\u202e",
                                     "\ufeff",
                                     "\ufffd",
                                     "\u2028",
                                     "\u2029",
                                     "\xc2\x85",
                                     "%0A",
                                     "DTSTART:",
                                     ";VALUE=DATE",
                                     "une phrase assez longue pour passer à la ligne",
                                     "https://example.org/a?b=1,2;c#d",
                                     "\\",
                                     "\\n",
                                     "\\,"};

static char *a_text(struct arena *arena, struct random *chance, bool may_be_none)
{
    struct text out;
    char *copy;
    uint32_t count = random_below(chance, 30), choices = sizeof pieces / sizeof *pieces;

    if (may_be_none && random_below(chance, 5) == 0)
        return NULL;
    if (random_below(chance, 3))
        choices -= WITH_BACKSLASH;
    text_init(&out, WORD_MOST);
    text_add(&out, "x"); /* readers may trim blanks around a value */
    for (uint32_t i = 0; i < count; i++)
        text_add(&out, pieces[random_below(chance, choices)]);
    copy = arena_printf(arena, "%sy", out.bytes);
    text_done(&out);
    return copy;
}

/* Close to the nights on which the clocks of Paris change, as often as not. */
static int64_t a_moment(struct random *chance)
{
    static const int64_t changes[] = {1774746000,  /* 2026-03-29 01:00 UTC */
                                      1792890000}; /* 2026-10-25 01:00 UTC */

    if (random_below(chance, 2))
        return changes[random_below(chance, 2)] - 3 * HOUR_SECONDS +
               (int64_t)random_below(chance, 6 * HOUR_SECONDS);
    return (int64_t)random_below(chance, 2000000000u) + HOUR_SECONDS;
}

static void fill(struct arena *arena, struct random *chance, struct session *session,
                 struct ical_entry *entry)
{
    size_t count = 1 + random_below(chance, DATES);
    struct session_date *dates = arena_array(arena, count, sizeof *dates);

    for (size_t i = 0; i < count; i++) {
        dates[i].starts_at = a_moment(chance);
        dates[i].ends_at =
            dates[i].starts_at + 60 * (1 + (int64_t)random_below(chance, 3000));
        dates[i].is_fixed = random_below(chance, 6) == 0;
    }
    session->title = a_text(arena, chance, false);
    session->about = a_text(arena, chance, true);
    session->place = a_text(arena, chance, true);
    session->commune = a_text(arena, chance, true);
    session->access = a_text(arena, chance, true);
    session->is_online = random_below(chance, 3) == 0;
    session->state = (enum session_state)random_below(chance, 4);
    session->dates = dates;
    session->date_count = count;
    session->created_at = a_moment(chance);
    session->updated_at = a_moment(chance);
    session->version = 1 + random_below(chance, 1000);
    *entry = (struct ical_entry){
        .session = session,
        .url = arena_printf(arena, "https://e.org/seances/%d-x", (int)session->id),
        .note = a_text(arena, chance, true),
        .structure = a_text(arena, chance, true),
        .pole = a_text(arena, chance, true),
        .skill = a_text(arena, chance, true),
        .is_busy = random_below(chance, 2) == 0};
}

/* Parts with `between` them, those that are not NULL. */
static const char *joined(struct arena *arena, const char *between,
                          const char *const *parts, size_t count)
{
    const char *made = NULL;

    for (size_t i = 0; i < count; i++)
        if (parts[i])
            made =
                made ? arena_printf(arena, "%s%s%s", made, between, parts[i]) : parts[i];
    return made;
}

/* `is_only`: the date of the session, or the one fixed. */
static void tell(struct arena *arena, const struct ical_entry *entry,
                 const struct session_date *date, bool is_only, struct tree *event)
{
    static const char *const states[] = {"TENTATIVE", "CONFIRMED", "CONFIRMED",
                                         "CANCELLED"};
    const struct session *s = entry->session;
    struct tree *categories = tree_set(event, "categories", tree_array());
    const char *const names[] = {entry->pole, entry->skill, entry->structure};
    struct civil c = calendar_civil(date->starts_at, zone_utc);

    tree_set_text(event, "uid",
                  is_only
                      ? arena_printf(arena, "session-%d@e.org", (int)s->id)
                      : arena_printf(arena, "session-%d-%04d%02d%02dT%02d%02d%02dZ@e.org",
                                     (int)s->id, c.year, c.month, c.day, c.hour, c.minute,
                                     c.second));
    tree_set_int(event, "starts_at", date->starts_at);
    tree_set_int(event, "ends_at", date->ends_at);
    tree_set_int(event, "stamped_at", s->updated_at);
    tree_set_int(event, "updated_at", s->updated_at);
    tree_set_int(event, "sequence", s->version);
    tree_set_text(event, "summary", s->title);
    tree_set_text(
        event, "description",
        joined(arena, "\n\n",
               (const char *const[]){entry->note, s->about, s->access, entry->url}, 4));
    if (s->place || s->commune || s->is_online)
        tree_set_text(event, "location",
                      joined(arena, ", ",
                             (const char *const[]){s->place, s->commune,
                                                   s->is_online ? "online" : NULL},
                             3));
    tree_set_text(event, "url", entry->url);
    tree_set_text(event, "status", states[s->state]);
    tree_set_text(event, "transp", entry->is_busy ? "OPAQUE" : "TRANSPARENT");
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++)
        if (names[i])
            tree_add_text(categories, names[i]);
}

int main(int count, char **words)
{
    struct arena *arena = arena_new(OUT_MOST);
    size_t made = count == 5 ? (size_t)strtoul(words[2], NULL, 10) : 0;
    struct session *sessions = arena_array(arena, made, sizeof *sessions);
    struct ical_entry *entries = arena_array(arena, made, sizeof *entries);
    struct ical_calendar calendar = {.site = "https://e.org:8443",
                                     .name = "Établi, l’agenda; \"odd\"",
                                     .url = "https://e.org/agenda.ics",
                                     .entries = entries,
                                     .entry_count = made};
    struct tree *truth = tree_array();
    struct random chance;
    struct text out, json;

    if (!made || !sessions || !entries)
        return 2;
    random_init(&chance, strtoul(words[1], NULL, 10));
    for (size_t i = 0; i < made; i++) {
        size_t fixed = 0;
        sessions[i].id = (int64_t)i + 1;
        fill(arena, &chance, &sessions[i], &entries[i]);
        for (size_t j = 0; j < sessions[i].date_count; j++)
            fixed += sessions[i].dates[j].is_fixed;
        for (size_t j = 0; j < sessions[i].date_count; j++)
            if (!fixed || sessions[i].dates[j].is_fixed)
                tell(arena, &entries[i], &sessions[i].dates[j],
                     fixed == 1 || (!fixed && sessions[i].date_count == 1),
                     tree_add(truth, tree_object()));
    }
    text_init(&out, OUT_MOST);
    text_init(&json, OUT_MOST);
    if (ical_write(&calendar, &out, NULL) != ERR_NONE ||
        tree_to_json(truth, &json, NULL) != ERR_NONE || arena_failed(arena) ||
        file_write(words[3], out.bytes, out.length, NULL) != ERR_NONE ||
        file_write(words[4], json.bytes, json.length, NULL) != ERR_NONE)
        return 1;
    text_done(&out);
    text_done(&json);
    tree_free(truth);
    arena_free(arena);
    return 0;
}
