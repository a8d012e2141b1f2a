/* Pages in schema.org's words. */
#include "web/page/jsonld.h"

#include "exchange/model/ical.h"
#include "web/page/head.h"

#include <string.h>

static const char schema[] = "https://schema.org/";

static void set_word(struct page *page, struct tree *object, const char *key,
                     const char *word)
{
    tree_set_text(object, key, arena_printf(page->request->arena, "%s%s", schema, word));
}

static void set_known(struct tree *object, const char *key, const char *value)
{
    if (value && *value)
        tree_set_text(object, key, value);
}

static struct tree *set_typed(struct tree *object, const char *key, const char *type)
{
    struct tree *made = tree_set(object, key, tree_object());

    tree_set_text(made, "@type", type);
    return made;
}

static void set_moment(struct tree *object, const char *key, int64_t at)
{
    char written[CALENDAR_TEXT_MAX];

    calendar_iso(at, written);
    tree_set_text(object, key, written);
}

/* The structure when there is one, else the site. */
static void set_organizer(struct page *page, struct tree *object, const char *key,
                          int64_t structure_id)
{
    const struct structure *structure = names_structure(page->names, structure_id);
    struct tree *organizer = set_typed(object, key, "Organization");

    if (structure) {
        tree_set_text(organizer, "name", structure->name);
        tree_set_text(organizer, "url",
                      page_absolute(page, page_url(page, "structure", structure->key)));
    } else {
        tree_set_text(organizer, "name", page->ctx.config->site_name);
        tree_set_text(organizer, "url", page->ctx.config->base_url);
    }
}

static bool is_on_the_spot(const struct session *session)
{
    return session->commune || (session->place && !session_place_is_online(session));
}

static void set_place(struct tree *event, const struct session *session, const char *url)
{
    bool is_somewhere = is_on_the_spot(session);
    struct tree *places = tree_set(event, "location", tree_array());

    if (is_somewhere || !session->is_online) {
        struct tree *place = tree_add(places, tree_object());
        struct tree *address;
        tree_set_text(place, "@type", "Place");
        set_known(place, "name", session->place ? session->place : session->commune);
        address = set_typed(place, "address", "PostalAddress");
        set_known(address, "addressLocality", session->commune);
        tree_set_text(address, "addressCountry", "FR");
    }
    if (session->is_online) {
        struct tree *online = tree_add(places, tree_object());
        tree_set_text(online, "@type", "VirtualLocation");
        tree_set_text(online, "url", url);
    }
}

static const char *attendance(const struct session *session)
{
    if (!session->is_online)
        return "OfflineEventAttendanceMode";
    return is_on_the_spot(session) ? "MixedEventAttendanceMode"
                                   : "OnlineEventAttendanceMode";
}

static void set_offer(struct page *page, struct tree *event,
                      const struct session *session, const char *url)
{
    struct tree *offer = set_typed(event, "offers", "Offer");
    bool is_full = session->seats <= (int)session_seats_taken(session);

    tree_set_text(offer, "price", "0");
    tree_set_text(offer, "priceCurrency", "EUR");
    tree_set_text(offer, "url", url);
    set_word(page, offer, "availability", is_full ? "SoldOut" : "InStock");
    set_moment(offer, "validFrom", session->created_at);
    tree_set_bool(event, "isAccessibleForFree", true);
}

bool jsonld_may_name(const struct person *person)
{
    return person->is_indexable && person->state == CARD_PUBLISHED &&
           person->visibility == VISIBLE_PUBLIC;
}

static void set_person(struct page *page, struct tree *object,
                       const struct person *person)
{
    const char *slug = page_slug(page, person->id, person->name);

    tree_set_text(object, "@type", "Person");
    tree_set_text(object, "name", person->name);
    tree_set_text(object, "url", page_absolute(page, page_url(page, "person", slug)));
}

static void add_event(struct page *page, struct tree *events,
                      const struct session *session, const struct session_date *date,
                      const struct person *trainers, size_t trainer_count)
{
    struct tree *event = tree_add(events, tree_object()), *performers;
    const char *slug = page_slug(page, session->id, session->title);
    const char *url = page_absolute(page, page_url(page, "session", slug));

    tree_set_text(event, "@type", "EducationEvent");
    tree_set_text(event, "name", session->title);
    set_known(event, "description", session->about);
    set_moment(event, "startDate", date->starts_at);
    set_moment(event, "endDate", date->ends_at);
    if (session->state == SESSION_CANCELLED)
        set_word(page, event, "eventStatus", "EventCancelled");
    else if (session->state != SESSION_PROPOSED)
        set_word(page, event, "eventStatus", "EventScheduled");
    set_word(page, event, "eventAttendanceMode", attendance(session));
    set_place(event, session, url);
    set_organizer(page, event, "organizer", session->structure_id);
    set_offer(page, event, session, url);
    tree_set_int(event, "maximumAttendeeCapacity", session->seats);
    tree_set_text(event, "inLanguage", page->ctx.config->languages[0]);
    tree_set_text(event, "url", url);
    performers = tree_array();
    for (size_t i = 0; i < trainer_count; i++)
        if (jsonld_may_name(&trainers[i]))
            set_person(page, tree_add(performers, tree_object()), &trainers[i]);
    if (tree_size(performers))
        tree_set(event, "performer", performers);
    else
        tree_free(performers);
}

void jsonld_session(struct page *page, const struct session *session,
                    const struct person *trainers, size_t trainer_count)
{
    struct tree *whole = tree_set(page->root, "_jsonld", tree_object());
    struct tree *events;
    size_t positions[ICAL_DATES_MOST];
    size_t count = ical_dates(session, positions, ICAL_DATES_MOST);

    tree_set_text(whole, "@context", "https://schema.org");
    events = tree_set(whole, "@graph", tree_array());
    for (size_t i = 0; i < count && i < ICAL_DATES_MOST; i++)
        add_event(page, events, session, &session->dates[positions[i]], trainers,
                  trainer_count);
}

void jsonld_person(struct page *page, const struct person *person)
{
    struct tree *whole, *knows;

    tree_set_bool(page->root, "_is_indexable", jsonld_may_name(person));
    if (!jsonld_may_name(person))
        return;
    whole = tree_set(page->root, "_jsonld", tree_object());
    tree_set_text(whole, "@context", "https://schema.org");
    set_person(page, whole, person);
    set_known(whole, "jobTitle", person->headline);
    set_known(whole, "description", person->about);
    if (person->commune)
        tree_set_text(set_typed(whole, "homeLocation", "Place"), "name", person->commune);
    if (person->structure_id)
        set_organizer(page, whole, "memberOf", person->structure_id);
    knows = tree_set(whole, "knowsAbout", tree_array());
    for (size_t i = 0; i < person->skill_count; i++)
        tree_add_text(knows, person->skills[i].label);
}
