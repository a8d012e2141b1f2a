/* XML for other programs: escaped text and elements, and Atom feeds (RFC 4287) made of them.
 *
 * Pages for people are templates; this is for the few documents that only machines read. Element
 * names are ours, values are anyone's: they are escaped, and what XML 1.0 cannot hold (control
 * characters, U+FFFE, U+FFFF) is left out. */
#ifndef WEB_VIEW_XML_H
#define WEB_VIEW_XML_H

#include "base/text.h"

#include <stddef.h>
#include <stdint.h>

/* For text and for values in double quotes. */
void xml_add(struct text *out, const char *value);
/* <name>value</name> and a line end; nothing when value is NULL. */
void xml_element(struct text *out, const char *name, const char *value);

struct atom_entry {
    const char *id;      /* an address that never changes */
    const char *url;     /* of its page */
    const char *title;   /* never NULL */
    const char *summary; /* NULL when none */
    const char *category; /* NULL when none */
    int64_t published_at, updated_at;
};

struct atom_feed {
    const char *id;     /* the address of the feed itself */
    const char *url;    /* of the page that shows the same */
    const char *title;  /* never NULL */
    const char *author; /* never NULL: RFC 4287 wants one */
    const char *author_url;
    const char *lang;
    const struct atom_entry *entries;
    size_t entry_count;
};

/* A feed says that it was updated when its latest entry was; without one, in 1970: it has no
 * clock, so that an unchanged feed stays the same. ERR_LIMIT when `out` is full. */
MUST_USE err_code atom_write(const struct atom_feed *feed, struct text *out,
                             struct err *err);

#endif
