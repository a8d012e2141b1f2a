/* The form and the chips of a list that its address narrows: `facets` and `filters`, as
 * the page of results has them. One value of each kind. */
#ifndef WEB_PAGE_LISTS_TREE_H
#define WEB_PAGE_LISTS_TREE_H

#include "web/page/page.h"

enum list_kind { LIST_POLE, LIST_COMMUNE, LIST_MONTH, LIST_KINDS };

/* What a list is narrowed to; NULL: not by that. */
struct list_choice {
    const char *key[LIST_KINDS];   /* as it stands in the address */
    const char *label[LIST_KINDS]; /* as readers call it */
};

/* A value and how many are left with it, the others chosen staying as they are. */
struct list_value {
    const char *key, *label;
    int64_t count;
};

/* "pole", "commune", "mois" */
const char *list_name(enum list_kind kind);
/* The address of the list with its choices but `left_out` (LIST_KINDS: all of them). */
const char *list_url(struct page *page, const char *path,
                     const struct list_choice *choice, enum list_kind left_out);
/* `filters`, `clear_url` and what the form needs. Before the facets. */
void list_show(struct page *page, const char *path, const struct list_choice *choice);
/* One of `facets`: values with none left are shown when they are chosen. */
void list_facet(struct page *page, const struct list_choice *choice, enum list_kind kind,
                const struct list_value *values, size_t count);

#endif
