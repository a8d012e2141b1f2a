/* The form of a card: read from what was sent, shown as it was typed. */
#ifndef WEB_PAGE_CARD_FORM_H
#define WEB_PAGE_CARD_FORM_H

#include "exchange/action/card.h"
#include "web/page/page.h"

struct card_editing {
    struct page *page;
    struct card_access access;
    struct person person; /* of the records, then as filled in */
    bool is_hers;
    struct card_form form;
    const char *languages;   /* as typed; NULL: from the codes */
    bool has_odd_language;   /* one we do not know */
    size_t empty_lines;      /* shown below those that are filled in */
};

/* The card of the records as the form shows it first. */
void card_form_of_person(struct card_editing *editing);
/* What was sent. */
void card_form_read(struct card_editing *editing);
/* Sets "form"; `mistakes` (may be NULL) go beside their lines. */
void card_form_show(struct card_editing *editing, const struct card_mistakes *mistakes);

#endif
