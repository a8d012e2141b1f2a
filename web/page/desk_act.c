/* What a facilitator does from a row of her Monday page, and comes back to it: ask about
 * a silent card, decide about a session short of people. */
#include "exchange/action/card_ask.h"
#include "exchange/action/session_decide.h"
#include "web/page/desk.h"
#include "web/page/routes.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

/* Back to the basket, with what was done; what could not be done is said on the page
 * itself. */
static void finish(struct page *page, const struct pole *pole, enum basket basket,
                   const char *done)
{
    if (page->code == ERR_NONE)
        form_done(page, arena_printf(page->request->arena, "%s?geste=%s#panier-%d",
                                     desk_url(page, pole->key, ""), done, (int)basket));
    if (page->code == ERR_NONE)
        return;
    snprintf(page->err.field, sizeof page->err.field, "panier-%d", (int)basket);
    if (form_failed(page))
        desk_fill(page, pole);
}

void page_desk_card(void *hall, const struct request *request, struct response *response)
{
    struct page page;
    const struct pole *pole = NULL;

    if (page_open(&page, hall, request, response))
        pole = desk_pole(&page);
    if (pole) {
        page.code = card_ask(&page.ctx, pole->id,
                             form_int(request, "fiche", 1, INT64_MAX, 0), &page.err);
        finish(&page, pole, BASKET_SILENT, "fiche");
    }
    page_close(&page, "desk");
}

static const char *decide(struct page *page)
{
    static const char *const deeds[] = {"confirmer", "prolonger", "annuler"};
    int64_t id = form_int(page->request, "seance", 1, INT64_MAX, 0);
    const char *deed = request_form(page->request, "geste");
    size_t which = 0;

    while (which < 3 && !(deed && strcmp(deed, deeds[which]) == 0))
        which++;
    switch (which) {
    case 0:
        page->code = session_confirm(&page->ctx, id, 0, &page->err);
        break;
    case 1:
        page->code = session_prolong(&page->ctx, id, &page->err);
        break;
    case 2:
        page->code = session_cancel(&page->ctx, id, request_form(page->request, "mots"),
                                    &page->err);
        break;
    default:
        page->code =
            err_set(&page->err, ERR_INVALID, "geste is confirmer, prolonger or annuler");
        return NULL;
    }
    return deeds[which];
}

void page_desk_session(void *hall, const struct request *request,
                       struct response *response)
{
    struct page page;
    const struct pole *pole = NULL;

    if (page_open(&page, hall, request, response))
        pole = desk_pole(&page);
    if (pole) {
        const char *deed = decide(&page);
        finish(&page, pole, BASKET_UNDER_THRESHOLD, deed ? deed : "");
    }
    page_close(&page, "desk");
}
