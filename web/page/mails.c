/* What she gets by mail: her choices when signed in, or by the link in a mail's foot. */
#include "web/page/form.h"
#include "web/page/routes.h"

#include "exchange/action/mail_choice.h"

#include <string.h>

static void set_choice(struct page *page, const struct mail_choice *choice,
                       const char *save_url)
{
    tree_set_text(page->root, "email", choice->email);
    tree_set_bool(page->root, "digest", choice->wants_digest);
    tree_set_bool(page->root, "asked_only", choice->is_asked_only);
    tree_set_url(page->root, "_save_url", save_url);
    tree_set_bool(page->root, "_is_saved",
                  request_query(page->request, "enregistre") != NULL);
}

static const char *token_of(const struct page *page)
{
    return page->request->part_count ? page->request->parts[0] : "";
}

/* What the form says; both sorts of mail are unticked boxes and radios. */
static void read_form(struct page *page, struct mail_choice *choice)
{
    const char *which = request_form(page->request, "courriels");

    choice->wants_digest = request_form(page->request, "resume") != NULL;
    choice->is_asked_only = which && strcmp(which, "demandes") == 0;
}

static void save(struct page *page, struct mail_choice *choice, const char *back_url)
{
    read_form(page, choice);
    if (form_is_other(page, "courriels", "tous demandes ", "which",
                      N_("Choose which mails you get."))) {
        set_choice(page, choice, back_url);
        return;
    }
    page->code = mail_choice_save(&page->ctx, choice, &page->err);
    if (page->code == ERR_NONE)
        form_done(page,
                  arena_printf(page->request->arena, "%s?enregistre=oui", back_url));
}

/* A link that is used up or too old is told as such, with another way. */
static void tell_gone(struct page *page)
{
    if (page->code == ERR_NOT_FOUND && form_failed(page))
        tree_set_bool(page->root, "_is_gone", true);
    tree_set_url(page->root, "_mine_url", page_url(page, "mails", NULL));
}

void page_mails_by_link(void *hall, const struct request *request,
                        struct response *response)
{
    struct page page;
    struct mail_choice choice;

    response->is_personal = true;
    if (page_open(&page, hall, request, response)) {
        page.code = mail_choice_of_link(&page.ctx, token_of(&page), &choice, &page.err);
        if (page.code == ERR_NONE)
            set_choice(&page, &choice, page_url(&page, "mails_by_link", token_of(&page)));
        tell_gone(&page);
    }
    page_close(&page, "mails");
}

/* The form of that page, or what a mail reader sends when its own button is pressed: no
 * cookie, no Origin, one field (RFC 8058). */
void page_mails_by_link_save(void *hall, const struct request *request,
                             struct response *response)
{
    const char *one_click = request_form(request, "List-Unsubscribe");
    struct page page;
    struct mail_choice choice;

    response->is_personal = true;
    if (page_open(&page, hall, request, response)) {
        const char *url = page_url(&page, "mails_by_link", token_of(&page));
        bool is_one = one_click && strcmp(one_click, "One-Click") == 0;
        if (is_one)
            page.code = mail_choice_stop(&page.ctx, token_of(&page), &page.err);
        if (page.code == ERR_NONE)
            page.code =
                mail_choice_of_link(&page.ctx, token_of(&page), &choice, &page.err);
        if (page.code == ERR_NONE && is_one) {
            set_choice(&page, &choice, url);
            tree_set_bool(page.root, "_is_saved", true);
        } else if (page.code == ERR_NONE) {
            save(&page, &choice, url);
        }
        tell_gone(&page);
    }
    page_close(&page, "mails");
}

void page_mails(void *hall, const struct request *request, struct response *response)
{
    struct page page;
    struct mail_choice choice;

    if (page_open(&page, hall, request, response)) {
        page.code =
            mail_choice_read(&page.ctx, page.visitor.account.email, &choice, &page.err);
        if (page.code == ERR_NONE)
            set_choice(&page, &choice, page_url(&page, "mails", NULL));
    }
    page_close(&page, "mails");
}

void page_mails_save(void *hall, const struct request *request, struct response *response)
{
    struct page page;
    struct mail_choice choice = {.email = NULL};

    if (page_open(&page, hall, request, response)) {
        choice.email = page.visitor.account.email;
        save(&page, &choice, page_url(&page, "mails", NULL));
    }
    page_close(&page, "mails");
}
