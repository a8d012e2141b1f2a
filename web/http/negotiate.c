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

bool negotiate_json(const char *accept)
{
    static const char json[] = "application/json", html[] = "text/html";
    int json_weight = 0, html_weight = 0, place = 0, json_place = 0, html_place = 0;

    while (accept && *accept) {
        size_t length, name;
        accept += strspn(accept, " \t,");
        length = strcspn(accept, ",");
        name = strcspn(accept, ",; \t");
        place++;
        if (name == strlen(json) && strncasecmp(accept, json, name) == 0) {
            json_weight = element_weight(accept, length);
            json_place = place;
        } else if (name == strlen(html) && strncasecmp(accept, html, name) == 0) {
            html_weight = element_weight(accept, length);
            html_place = place;
        }
        accept += length;
    }
    return json_weight > html_weight ||
           (json_weight && json_weight == html_weight && json_place < html_place);
}
