/* What is like a card or a skill, by the index: nothing while there is none. */
#ifndef WEB_PAGE_ALIKE_H
#define WEB_PAGE_ALIKE_H

#include "exchange/model/person.h"
#include "exchange/model/skill.h"
#include "web/page/page.h"

/* Sets `alike`: people who have some skill of hers too, with those skills; those like her
 * first. */
MUST_USE err_code alike_people(struct page *page, const struct person *person);
/* Sets `near`: thesaurus entries whose labels or meaning are near. */
MUST_USE err_code alike_skills(struct page *page, const struct skill *skill);

#endif
