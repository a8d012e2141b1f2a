/* Answering under a need of the weekly digest, by its link. */
#include "web/page/form.h"
#include "web/page/routes.h"

#include "exchange/action/digest.h"

#include <string.h>

static const struct {
    const char *word;
    const char *label;
} answers[DIGEST_ANSWERS] = {[DIGEST_YES] = {"oui", N_("Yes, I can help")},
                             [DIGEST_NOT_NOW] = {"plus-tard", N_("Not now")},
                             [DIGEST_NOT_ME] = {"pas-moi", N_("Not me")},
                             [DIGEST_SOMEONE] = {"quelqu-un", N_("Suggest someone")}};

static const char *token_of(const struct page *page)
{
    return page->request->part_count ? page->request->parts[0] : "";
}

/* The need, and a button for each answer, the one asked for in the mail first. */
static void show(struct page *page)
{
    const char *wanted = request_query(page->request, "reponse"),
               *words = request_form(page->request, "mots"),
               *suggested = request_form(page->request, "qui");
    struct tree *list = tree_set(page->root, "_answers", tree_array());
    struct need need;

    page->code = digest_look(&page->ctx, token_of(page), &need, &page->err);
    if (page->code == ERR_NOT_FOUND && page->err.message_id && form_failed(page)) {
        tree_set_bool(page->root, "_is_gone", true);
        return;
    }
    if (page->code != ERR_NONE)
        return;
    tree_set(page->root, "need", entry_need(page, &need));
    tree_set_url(page->root, "_action_url",
                 page_url(page, "digest_link", token_of(page)));
    tree_set_url(page->root, "_session_url",
                 arena_printf(page->request->arena, "%s/seances/nouvelle?besoin=%lld",
                              strcmp(page->request->lang, "en") == 0 ? "/en" : "",
                              (long long)need.id));
    tree_set_bool(page->root, "_suggests", wanted && strcmp(wanted, "quelqu-un") == 0);
    tree_set_text(page->root, "_words", words ? words : "");
    tree_set_text(page->root, "_suggested", suggested ? suggested : "");
    for (int pass = 0; pass < 2; pass++)
        for (int i = 0; i < DIGEST_SOMEONE; i++) {
            bool is_wanted = wanted && strcmp(wanted, answers[i].word) == 0;
            struct tree *entry;
            if (is_wanted == (pass == 1))
                continue;
            entry = tree_add(list, tree_object());
            tree_set_text(entry, "value", answers[i].word);
            tree_set_text(entry, "label", tr(page_catalogue(page), answers[i].label));
            tree_set_bool(entry, "is_quiet", !is_wanted);
        }
}

void page_digest_link(void *hall, const struct request *request,
                      struct response *response)
{
    struct page page;

    response->is_personal = true;
    if (page_open(&page, hall, request, response))
        show(&page);
    page_close(&page, "digest");
}

void page_digest_answer(void *hall, const struct request *request,
                        struct response *response)
{
    const char *answer = request_form(request, "reponse"), *url = NULL;
    struct digest_said said = {.answer = DIGEST_ANSWERS,
                               .words = request_form(request, "mots"),
                               .suggested = request_form(request, "qui")};
    struct page page;
    bool is_answered = false;

    response->is_personal = true;
    if (page_open(&page, hall, request, response)) {
        for (int i = 0; answer && i < DIGEST_ANSWERS; i++)
            if (strcmp(answer, answers[i].word) == 0)
                said.answer = (enum digest_answer)i;
        if (said.answer < DIGEST_ANSWERS)
            page.code = digest_answer(&page.ctx, token_of(&page), &said, &url, &page.err);
        is_answered = said.answer < DIGEST_ANSWERS && page.code == ERR_NONE;
        if (url) {
            form_done(&page, arena_printf(request->arena, "%s?fait=1", url));
        } else if (is_answered || form_failed(&page)) {
            if (response->status == 410)
                tree_set_bool(page.root, "_is_gone", true);
            else
                show(&page);
            tree_set_bool(page.root, "_is_answered", is_answered);
            tree_set_bool(page.root, "_is_someone", said.answer == DIGEST_SOMEONE);
        } else if (page.code == ERR_NONE) {
            show(&page);
        }
    }
    page_close(&page, "digest");
}
