/* Reads a calendar with libical, not with our code: standard input to JSON on standard
 * output,
 * {"name", "method", "troubles": […], "events": [{"uid", "starts_at", …}]}. `troubles`
 * are what libical finds wrong with the lines, and what its table of RFC 5545's
 * restrictions refuses. */
#include "base/text.h"
#include "web/view/tree.h"

#include <libical/ical.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { INPUT_MOST = 64 << 20 };

static const struct {
    icalproperty_kind kind;
    const char *name;
} texts[] = {{ICAL_UID_PROPERTY, "uid"},
             {ICAL_SUMMARY_PROPERTY, "summary"},
             {ICAL_DESCRIPTION_PROPERTY, "description"},
             {ICAL_LOCATION_PROPERTY, "location"},
             {ICAL_URL_PROPERTY, "url"},
             {ICAL_STATUS_PROPERTY, "status"},
             {ICAL_TRANSP_PROPERTY, "transp"}};
static const struct {
    icalproperty_kind kind;
    const char *name;
} times[] = {{ICAL_DTSTART_PROPERTY, "starts_at"},
             {ICAL_DTEND_PROPERTY, "ends_at"},
             {ICAL_DTSTAMP_PROPERTY, "stamped_at"},
             {ICAL_LASTMODIFIED_PROPERTY, "updated_at"}};

/* As the value's own type gives it: texts without their escapes. */
static void set_text(struct tree *event, const char *name, icalproperty *property)
{
    icalvalue *value = icalproperty_get_value(property);
    const char *text = icalvalue_isa(value) == ICAL_TEXT_VALUE
                           ? icalvalue_get_text(value)
                           : icalproperty_get_value_as_string(property);

    tree_set_text(event, name, text);
}

static void read_event(icalcomponent *component, struct tree *event)
{
    icalproperty *property;
    struct tree *categories;

    for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++)
        if ((property = icalcomponent_get_first_property(component, texts[i].kind)))
            set_text(event, texts[i].name, property);
    for (size_t i = 0; i < sizeof times / sizeof times[0]; i++) {
        property = icalcomponent_get_first_property(component, times[i].kind);
        if (!property)
            continue;
        struct icaltimetype at = icalvalue_get_datetime(icalproperty_get_value(property));
        tree_set_int(event, times[i].name, icaltime_as_timet_with_zone(at, at.zone));
        if (!icaltime_is_utc(at))
            tree_set_bool(event, "is_local", true);
    }
    property = icalcomponent_get_first_property(component, ICAL_SEQUENCE_PROPERTY);
    if (property)
        tree_set_int(event, "sequence", icalproperty_get_sequence(property));
    categories = tree_set(event, "categories", tree_array());
    property = icalcomponent_get_first_property(component, ICAL_CATEGORIES_PROPERTY);
    for (; property;
         property = icalcomponent_get_next_property(component, ICAL_CATEGORIES_PROPERTY))
        tree_add_text(categories, icalproperty_get_categories(property));
}

static void read_troubles(icalcomponent *component, struct tree *troubles)
{
    icalproperty *wrong =
        icalcomponent_get_first_property(component, ICAL_XLICERROR_PROPERTY);

    for (; wrong;
         wrong = icalcomponent_get_next_property(component, ICAL_XLICERROR_PROPERTY))
        tree_add_text(troubles, icalproperty_get_xlicerror(wrong));
    icalcomponent *inside =
        icalcomponent_get_first_component(component, ICAL_ANY_COMPONENT);
    for (; inside;
         inside = icalcomponent_get_next_component(component, ICAL_ANY_COMPONENT))
        read_troubles(inside, troubles);
}

int main(void)
{
    struct text input, output;
    char bytes[4096];
    size_t length;
    struct tree *root = tree_object(), *troubles, *events;
    icalcomponent *calendar, *event;

    text_init(&input, INPUT_MOST);
    text_init(&output, INPUT_MOST);
    while ((length = fread(bytes, 1, sizeof bytes, stdin)) > 0)
        text_add_bytes(&input, bytes, length);
    calendar = icalparser_parse_string(input.bytes);
    if (!calendar || text_failed(&input)) {
        fputs("not a calendar\n", stderr);
        return 1;
    }
    troubles = tree_set(root, "troubles", tree_array());
    (void)icalrestriction_check(calendar); /* adds what it finds to the components */
    read_troubles(calendar, troubles);
    events = tree_set(root, "events", tree_array());
    event = icalcomponent_get_first_component(calendar, ICAL_VEVENT_COMPONENT);
    for (; event;
         event = icalcomponent_get_next_component(calendar, ICAL_VEVENT_COMPONENT))
        read_event(event, tree_add(events, tree_object()));
    if (icalcomponent_isa(calendar) != ICAL_VCALENDAR_COMPONENT ||
        tree_to_json(root, &output, NULL) != ERR_NONE)
        return 1;
    fwrite(output.bytes, 1, output.length, stdout);
    icalcomponent_free(calendar);
    tree_free(root);
    text_done(&input);
    text_done(&output);
    return 0;
}
