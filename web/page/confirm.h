/* Acting without coming in: the page's form asks for an e-mail address (and a name), a
 * mail brings a link, and the link's button does what was asked for. Known and unknown
 * addresses get the same answer. Not for who has come in: she acts at once. */
#ifndef WEB_PAGE_CONFIRM_H
#define WEB_PAGE_CONFIRM_H

#include "store/links.h"
#include "web/page/form.h"

enum {
    CONFIRM_LINK_S = 2 * 24 * 3600, /* a link is good this long */
    CONFIRM_EMAIL_HOUR = 5,         /* links an hour for an e-mail address */
    CONFIRM_ADDRESS_HOUR = 20       /* links an hour from a network address */
};

/* Does what was asked for, as who holds link->email (proven now): `values` are what
 * confirm_ask was given, link->subject_id the record. What it writes goes through
 * link_do, which uses the link up in the same transaction. Ends with form_done(page,
 * url), or leaves page->code; the link stays good then. */
typedef void confirm_function(struct page *page, const struct link *link,
                              const struct tree *values);

#define CONFIRM(what, function, sentence) confirm_function function;
#include "web/page/confirm.def"
#undef CONFIRM

struct confirm_value {
    const char *name, *value; /* value NULL: left out */
};

/* Mails the link and answers 303 to the page that waits for it. `what` is a row of
 * confirm.def; `title` names the record (a need's sentence). ERR_INVALID on field "email"
 * for what is no address, ERR_LIMIT past the number of links an hour: page->code, ready
 * for form_failed(). */
void confirm_ask(struct page *page, const char *what, int64_t subject_id,
                 const char *email, const char *title, const struct confirm_value *values,
                 size_t count);

#endif
