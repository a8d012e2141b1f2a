/* Where in a page of HTML the next byte stands. */
#include "web/view/place.h"

#include <string.h>

static const char *const address_attributes[] = {"href", "src",    "action", "formaction",
                                                 "cite", "poster", "data"};

static char lower(char c)
{
    return c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c;
}

static bool is_blank(char c)
{
    return c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\f';
}

static void add_to_name(struct place *place, char *name, char c)
{
    if (place->length + 1 < PLACE_NAME_MAX) {
        name[place->length++] = lower(c);
        name[place->length] = '\0';
    }
}

static void end_tag(struct place *place)
{
    bool is_raw =
        strcmp(place->element, "script") == 0 || strcmp(place->element, "style") == 0;

    place->kind = is_raw ? PLACE_RAW : PLACE_TEXT;
    place->length = 0;
}

static bool is_script(const struct place *place)
{
    return strcmp(place->element, "script") == 0;
}

/* At the end of an attribute's name, with a value or without. */
static void end_name(struct place *place)
{
    if (place->kind == PLACE_NAME && is_script(place) &&
        strcmp(place->attribute, "type") == 0)
        place->types++;
}

static void add_to_type(struct place *place, char c)
{
    size_t length = strlen(place->type);

    if (!is_script(place) || strcmp(place->attribute, "type") != 0 || place->types != 1)
        return;
    if (length + 1 < PLACE_TYPE_MAX) {
        place->type[length] = c;
        place->type[length + 1] = '\0';
    }
}

static void step_open(struct place *place, char c)
{
    if (c == '>') {
        end_tag(place);
    } else if (is_blank(c)) {
        place->kind = place->length ? PLACE_TAG : PLACE_TEXT;
    } else {
        add_to_name(place, place->element, c);
        if (strcmp(place->element, "!--") == 0) {
            place->kind = PLACE_COMMENT;
            place->length = 0;
        }
    }
}

static void step_tag(struct place *place, char c)
{
    if (c == '>' || c == '=' || c == '/' || is_blank(c))
        end_name(place);
    if (c == '>') {
        end_tag(place);
    } else if (c == '=') {
        place->kind = PLACE_EQUALS;
    } else if (is_blank(c) || c == '/') {
        place->kind = PLACE_TAG;
    } else {
        if (place->kind == PLACE_TAG)
            place->length = 0;
        place->kind = PLACE_NAME;
        add_to_name(place, place->attribute, c);
    }
}

static void step_value(struct place *place, char c)
{
    if (place->kind == PLACE_EQUALS && (c == '"' || c == '\'')) {
        place->kind = PLACE_VALUE;
        place->quote = c;
        place->has_begun = false;
    } else if (place->kind == PLACE_VALUE) {
        if (c == place->quote)
            place->kind = PLACE_TAG;
        else
            add_to_type(place, c);
        place->has_begun = true;
    } else if (c == '>') {
        end_tag(place);
    } else if (is_blank(c)) {
        place->kind = place->kind == PLACE_UNQUOTED ? PLACE_TAG : PLACE_EQUALS;
    } else {
        place->kind = PLACE_UNQUOTED; /* type=… without quotes is not taken for data */
    }
}

/* Until --> */
static void step_comment(struct place *place, char c)
{
    if (c == '>' && place->length >= 2)
        place->kind = PLACE_TEXT;
    place->length = c == '-' ? place->length + 1 : 0;
}

/* Until </script or </style, whichever opened it. */
static void step_raw(struct place *place, char c)
{
    char wanted = place->length == 0   ? '<'
                  : place->length == 1 ? '/'
                                       : place->element[place->length - 2];

    if (lower(c) != wanted)
        place->length = c == '<' ? 1 : 0;
    else
        place->length++;
    if (place->length < 2 || place->element[place->length - 2])
        return;
    place->kind = PLACE_TAG;
    place->element[0] = '\0';
}

void place_walk(struct place *place, const char *bytes, size_t length)
{
    for (size_t i = 0; i < length; i++) {
        switch (place->kind) {
        case PLACE_TEXT:
            if (bytes[i] == '<') {
                place->kind = PLACE_OPEN;
                place->length = 0;
                place->element[0] = '\0';
                place->type[0] = '\0';
                place->types = 0;
                place->is_mixed = false;
            }
            break;
        case PLACE_OPEN:
            step_open(place, bytes[i]);
            break;
        case PLACE_TAG:
        case PLACE_NAME:
            step_tag(place, bytes[i]);
            break;
        case PLACE_EQUALS:
        case PLACE_VALUE:
        case PLACE_UNQUOTED:
            step_value(place, bytes[i]);
            break;
        case PLACE_COMMENT:
            step_comment(place, bytes[i]);
            break;
        case PLACE_RAW:
            step_raw(place, bytes[i]);
            break;
        }
    }
}

void place_tag(struct place *place)
{
    if (place->kind != PLACE_TEXT && place->kind != PLACE_RAW &&
        place->kind != PLACE_COMMENT)
        place->is_mixed = true;
}

bool place_is_data(const struct place *place)
{
    return place->kind == PLACE_RAW && is_script(place) && !place->is_mixed &&
           place->types == 1 && strcmp(place->type, "application/ld+json") == 0;
}

const char *place_refuses(const struct place *place)
{
    switch (place->kind) {
    case PLACE_TEXT:
        return NULL;
    case PLACE_VALUE:
        if (strncmp(place->attribute, "on", 2) == 0 ||
            strcmp(place->attribute, "style") == 0 ||
            strcmp(place->attribute, "srcdoc") == 0)
            return "no value may stand in a script or a style";
        return NULL;
    case PLACE_RAW:
        return "no value may stand in a script or a style";
    case PLACE_COMMENT:
        return "no value may stand in an HTML comment";
    default:
        return "in a tag, a value may stand only in an attribute's quotes";
    }
}

bool place_is_address(const struct place *place)
{
    if (place->kind != PLACE_VALUE)
        return false;
    for (size_t i = 0; i < sizeof address_attributes / sizeof address_attributes[0]; i++)
        if (strcmp(place->attribute, address_attributes[i]) == 0)
            return true;
    return false;
}
