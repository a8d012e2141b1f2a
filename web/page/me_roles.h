/* What she answers for, on her own page: the desks of her structures and poles. */
#ifndef WEB_PAGE_ME_ROLES_H
#define WEB_PAGE_ME_ROLES_H

#include "web/page/page.h"

/* Sets _desks (name, url) and _has_desks for the partial me_roles. */
void me_roles(struct page *page);

#endif
