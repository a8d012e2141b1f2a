/* Where in a page of HTML the next byte stands, told from the bytes before it.
 *
 * For templates only: knows tags, quoted values, comments, script and style; not entities,
 * CDATA or the parser's repairs. A template is written so that this is enough, and a value
 * that stands anywhere else is refused when the template is compiled. */
#ifndef WEB_VIEW_PLACE_H
#define WEB_VIEW_PLACE_H

#include <stdbool.h>
#include <stddef.h>

enum place_kind {
    PLACE_TEXT,     /* between tags */
    PLACE_OPEN,     /* in the name of a tag */
    PLACE_TAG,      /* in a tag, between its attributes */
    PLACE_NAME,     /* in the name of an attribute */
    PLACE_EQUALS,   /* after its = */
    PLACE_VALUE,    /* in its value, quoted */
    PLACE_UNQUOTED, /* in its value, not quoted */
    PLACE_COMMENT,
    PLACE_RAW       /* in a script or a style */
};

enum { PLACE_NAME_MAX = 16, PLACE_TYPE_MAX = 24 };

struct place {
    enum place_kind kind;
    char element[PLACE_NAME_MAX];   /* lower case, with / in front when it closes; cut */
    char attribute[PLACE_NAME_MAX]; /* lower case; cut */
    size_t length;                  /* of the name being read, or of the end being matched */
    char quote;
    bool has_begun; /* the attribute's value has at least one byte */
    char type[PLACE_TYPE_MAX];      /* of a script: its first type="", as it is written; cut */
    int types;                      /* how many of them so far */
    bool is_mixed;                  /* a tag of the template stands in the script's own tag */
};

/* A zeroed struct is the start of a page. */
void place_walk(struct place *place, const char *bytes, size_t length);

/* A tag of the template (a value, a section, a remark) stands here. */
void place_tag(struct place *place);

/* True in a <script type="application/ld+json"> whose tag is written out plainly: data, which
 * no browser runs. */
bool place_is_data(const struct place *place);

/* NULL when a value may stand here, else the sentence that says why not. */
const char *place_refuses(const struct place *place);
/* True in the value of an attribute that holds an address: href, src, action, … */
bool place_is_address(const struct place *place);

#endif
