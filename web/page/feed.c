/* Calendars: of a session, of all, of a pole, of a skill, of a person. */
#include "web/page/feed.h"

#include "store/sessions.h"
#include "store/skills.h"
#include "store/structures.h"
#include "web/page/head.h"
#include "web/page/routes.h"

#include <inttypes.h>
#include <string.h>

static const char *skill_text(struct page *page, int64_t id)
{
    struct skill skill;
    err_code code;

    if (!id || page->code != ERR_NONE)
        return NULL;
    code = skills_get(page->ctx.db, page->request->arena, id, &skill, &page->err);
    if (code == ERR_NONE)
        return skill_name(&skill, page->request->lang);
    if (code != ERR_NOT_FOUND)
        page->code = code;
    return NULL;
}

struct ical_entry feed_entry(struct page *page, const struct session *session)
{
    const struct pole *pole = names_pole(page->names, session->pole_id);
    const struct structure *structure =
        names_structure(page->names, session->structure_id);
    const struct catalogue *catalogue = page_catalogue(page);
    const char *slug = page_slug(page, session->id, session->title);

    return (struct ical_entry){
        .session = session,
        .url = page_absolute(page, page_url(page, "session", slug)),
        .note = session->state == SESSION_CANCELLED
                    ? tr(catalogue, N_("This session is cancelled."))
                : session->state == SESSION_PROPOSED
                    ? tr(catalogue, N_("This date is offered: it is not certain yet."))
                    : NULL,
        .structure = structure ? structure->name : NULL,
        .pole = pole ? pole->name : NULL,
        .skill = skill_text(page, session->skill_id),
    };
}

static const char feed_file[] = "inline; filename=\"agenda.ics\"";

/* A feed that is too long for an answer says less of what is far away. */
static void write_calendar(struct page *page, struct ical_calendar *calendar,
                           const char *disposition)
{
    struct text *body = &page->response->body;

    calendar->site = page->ctx.config->base_url;
    calendar->lang = page->request->lang;
    calendar->online_word = tr(page_catalogue(page), N_("online"));
    if (page->code != ERR_NONE)
        return;
    page->code = ical_write(calendar, body, &page->err);
    while (page->code == ERR_LIMIT && calendar->entry_count > 1) {
        text_clear(body);
        calendar->entry_count /= 2;
        page->code = ical_write(calendar, body, &page->err);
    }
    if (page->code != ERR_NONE) {
        text_clear(body);
        return;
    }
    page->response->content_type = "text/calendar; charset=utf-8";
    if (disposition)
        response_header(page->response, "Content-Disposition", disposition);
}

/* `path`: where the feed is; `of`: what its name says after that of the site. */
static struct ical_calendar begin_feed(struct page *page, const char *of,
                                       const char *path)
{
    const char *site = page->ctx.config->site_name;
    const char *name =
        of ? arena_printf(page->request->arena, "%s – %s", site, of) : site;

    return (struct ical_calendar){.name = name ? name : site,
                                  .url = page_absolute(page, path)};
}

static void list_sessions(struct page *page, struct sessions_filter filter,
                          struct session **sessions, struct ical_entry **entries,
                          size_t *count)
{
    int64_t since = page->ctx.now - (int64_t)FEED_PAST_DAYS * DAY_S;

    filter.most = FEED_SESSIONS_MOST;
    *count = 0;
    page->code = sessions_feed(page->ctx.db, page->request->arena, since, &filter,
                               sessions, count, &page->err);
    if (page->code != ERR_NONE)
        return;
    *entries = arena_array(page->request->arena, *count, sizeof **entries);
    if (!*entries)
        page->code = err_set(&page->err, ERR_MEMORY, "no room for a calendar");
    for (size_t i = 0; page->code == ERR_NONE && i < *count; i++)
        (*entries)[i] = feed_entry(page, &(*sessions)[i]);
}

static void write_feed(struct page *page, struct sessions_filter filter, const char *of,
                       const char *path)
{
    struct ical_calendar calendar;
    struct ical_entry *entries = NULL;
    struct session *sessions;
    size_t count;

    if (page->code != ERR_NONE)
        return;
    list_sessions(page, filter, &sessions, &entries, &count);
    calendar = begin_feed(page, of, path);
    calendar.entries = entries;
    calendar.entry_count = count;
    write_calendar(page, &calendar, feed_file);
}

static bool is_waiting(const struct session *session, int64_t person_id)
{
    for (size_t i = 0; i < session->registration_count; i++)
        if (session->registrations[i].person_id == person_id &&
            session->registrations[i].state == REGISTRATION_WAITING)
            return true;
    return false;
}

void feed_private(struct page *page, int64_t person_id, const char *path)
{
    const char *waiting = tr(page_catalogue(page), N_("You are on the waitlist."));
    struct ical_calendar calendar;
    struct ical_entry *entries = NULL;
    struct session *sessions;
    size_t count;

    list_sessions(page, (struct sessions_filter){.person_id = person_id}, &sessions,
                  &entries, &count);
    for (size_t i = 0; page->code == ERR_NONE && i < count; i++) {
        bool waits = is_waiting(&sessions[i], person_id);
        if (waits && sessions[i].state == SESSION_CONFIRMED)
            entries[i].note = waiting;
        entries[i].is_busy = !waits;
        entries[i].shows_online = !waits;
    }
    calendar = begin_feed(page, tr(page_catalogue(page), N_("My sessions")), path);
    calendar.entries = entries;
    calendar.entry_count = count;
    write_calendar(page, &calendar, feed_file);
}

void page_calendar(void *hall, const struct request *request, struct response *response)
{
    struct page page;

    if (page_open(&page, hall, request, response))
        write_feed(&page, (struct sessions_filter){0}, NULL,
                   page_url(&page, "calendar", NULL));
    page_close(&page, NULL);
}

void page_pole_calendar(void *hall, const struct request *request,
                        struct response *response)
{
    struct page page;
    int64_t id = 0;

    if (page_open(&page, hall, request, response))
        page.code = poles_find(page.ctx.db, request->parts[0], &id, &page.err);
    if (page.code == ERR_NONE) {
        const struct pole *pole = names_pole(page.names, id);
        if (!pole)
            page.code = err_set(&page.err, ERR_NOT_FOUND, "no such pole");
        else
            write_feed(&page, (struct sessions_filter){.pole_id = id}, pole->name,
                       page_url(&page, "pole_calendar", pole->key));
    }
    page_close(&page, NULL);
}

void page_skill_calendar(void *hall, const struct request *request,
                         struct response *response)
{
    struct page page;
    struct skill skill;

    if (page_open(&page, hall, request, response))
        page.code =
            skills_get(page.ctx.db, request->arena, page_id(&page), &skill, &page.err);
    if (page.code == ERR_NONE) {
        const char *name = skill_name(&skill, request->lang);
        write_feed(&page, (struct sessions_filter){.skill_id = skill.id}, name,
                   page_url(&page, "skill_calendar", page_slug(&page, skill.id, name)));
    }
    page_close(&page, NULL);
}

void page_session_calendar(void *hall, const struct request *request,
                           struct response *response)
{
    struct page page;
    struct session session;

    if (page_open(&page, hall, request, response))
        page.code = sessions_get(page.ctx.db, request->arena, page_id(&page), &session,
                                 &page.err);
    if (page.code == ERR_NONE) {
        struct ical_entry entry = feed_entry(&page, &session);
        struct ical_calendar calendar = {.entries = &entry, .entry_count = 1};
        const char *file =
            arena_printf(request->arena,
                         "attachment; filename=\"seance-%" PRId64 ".ics\"", session.id);
        entry.is_busy = true;
        write_calendar(&page, &calendar, file);
    }
    page_close(&page, NULL);
}
