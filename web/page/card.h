/* A whole card as others see it: its page, and its preview before it is published. */
#ifndef WEB_PAGE_CARD_H
#define WEB_PAGE_CARD_H

#include "web/page/page.h"

/* entry_person() with all that the card's page shows. */
struct tree *entry_card(struct page *page, const struct person *person);

/* « Ma fiche » of /moi: sets "card". */
MUST_USE err_code me_card(struct page *page);

/* Where the card is filled in: by link when `token`, of someone else when `id`, else one's own. */
const char *card_edit_url(struct page *page, const char *token, int64_t id);

/* Half-days of a form: "_parts" (names of columns) and "_days" (rows of cells: value, label,
 * is_chosen) of `entry`; the boxes are called "quand". */
void week_set(struct page *page, struct tree *entry, unsigned parts);
unsigned week_read(const struct request *request);

#endif
