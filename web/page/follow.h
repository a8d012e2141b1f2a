/* What the pages about needs share: the form, the parts that follow a need. */
#ifndef WEB_PAGE_FOLLOW_H
#define WEB_PAGE_FOLLOW_H

#include "exchange/action/need_follow.h"
#include "exchange/action/introduction.h"
#include "web/page/form.h"

/* The form that states or amends a need: its fields in "form", its mistakes, what was sent. */
void need_form_show(struct page *page, const struct need_form *form);
void need_form_mistakes(struct page *page, const struct need_mistakes *mistakes);
struct need_form need_form_of(const struct request *request);

/* On a need's page: « moi aussi », the usual wait of its pole, the way to one's own follow page. */
void follow_need_part(struct page *page, struct tree *entry, const struct need *need);
/* What state it is in and why, in a sentence of the page's language. */
const char *follow_state(const struct page *page, const struct need *need);
/* What happens at its next step; NULL when there is none. */
const char *follow_next(const struct page *page, const struct need *need);
/* "median_days" of the object: the usual wait of that pole, when enough is known. */
void follow_median(struct page *page, struct tree *object, int64_t pole_id);

/* What a contact is to the one who looks: an entry of "contacts" for /moi and its own page. */
void contact_entry(struct page *page, struct tree *entry,
                   const struct introduction *introduction, bool is_asker);
/* Sections of /moi: her needs with their next step, her supports, who asked her, her quota. */
MUST_USE err_code me_exchange(struct page *page);

#endif
