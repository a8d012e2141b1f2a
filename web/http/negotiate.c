/* What a client would rather read. */
#include "web/http/negotiate.h"

#include <string.h>
#include <strings.h>

enum { WEIGHT_FULL = 1000 };

/* "0.85" → 850; -1 when it is no weight. */
static int weight_of(const char *text)
{
    int weight = *text == '1' ? WEIGHT_FULL : 0, unit = WEIGHT_FULL / 10;

    if (*text != '0' && *text != '1')
        return -1;
    if (*++text == '.')
        for (text++; *text >= '0' && *text <= '9' && unit; text++, unit /= 10)
            weight += (*text - '0') * unit;
    if (*text && !strchr(", \t;", *text))
        return -1;
    return weight > WEIGHT_FULL ? -1 : weight;
}

/* The weight of one element of the list: 1 unless it has a q. */
static int element_weight(const char *element, size_t length)
{
    const char *end = element + length;

    for (const char *at = element; (at = memchr(at, ';', (size_t)(end - at)));) {
        at++;
        while (at < end && (*at == ' ' || *at == '\t'))
            at++;
        if (end - at > 2 && (*at == 'q' || *at == 'Q') && at[1] == '=') {
            int weight = weight_of(at + 2);
            return weight < 0 ? 0 : weight;
        }
    }
    return WEIGHT_FULL;
}

/* An element of a list such as "a, b;q=0.5". */
struct element {
    const char *at; /* the rest of the list */
    const char *name;
    size_t name_length;
    int weight;
};

/* False at the end of the list. */
static bool next_element(struct element *element)
{
    size_t length;

    if (!element->at)
        return false;
    element->at += strspn(element->at, " \t,");
    if (!*element->at)
        return false;
    length = strcspn(element->at, ",");
    element->name = element->at;
    element->name_length = strcspn(element->at, ",; \t");
    element->weight = element_weight(element->at, length);
    element->at += length;
    return true;
}

static bool is_called(const struct element *element, const char *name)
{
    return element->name_length == strlen(name) &&
           strncasecmp(element->name, name, element->name_length) == 0;
}

bool negotiate_json(const char *accept)
{
    struct element each = {.at = accept};
    int json_weight = 0, html_weight = 0, place = 0, json_place = 0, html_place = 0;

    while (next_element(&each)) {
        place++;
        if (is_called(&each, "application/json")) {
            json_weight = each.weight;
            json_place = place;
        } else if (is_called(&each, "text/html")) {
            html_weight = each.weight;
            html_place = place;
        }
    }
    return json_weight > html_weight ||
           (json_weight && json_weight == html_weight && json_place < html_place);
}

bool negotiate_gzip(const char *accept_encoding)
{
    struct element each = {.at = accept_encoding};
    int gzip = -1, identity = -1, others = -1;

    while (next_element(&each)) {
        if (is_called(&each, "gzip") || is_called(&each, "x-gzip"))
            gzip = each.weight;
        else if (is_called(&each, "identity"))
            identity = each.weight;
        else if (is_called(&each, "*"))
            others = each.weight;
    }
    gzip = gzip < 0 ? others : gzip;
    return gzip > 0 && gzip >= identity;
}
