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
                             [DIGEST_NOT_ME] = {"pas-moi", N_("Not me")}};

static const char *token_of(const struct page *page)
{
    return page->request->part_count ? page->request->parts[0] : "";
}

/* The need, and a button for each answer, the one asked for in the mail first. */
static void show(struct page *page)
{
    const char *wanted = request_query(page->request, "reponse");
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
    for (int pass = 0; pass < 2; pass++)
        for (int i = 0; i < DIGEST_ANSWERS; i++) {
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
    const char *answer = request_form(request, "reponse");
    struct page page;
    int chosen = DIGEST_ANSWERS;

    response->is_personal = true;
    if (page_open(&page, hall, request, response)) {
        for (int i = 0; answer && i < DIGEST_ANSWERS; i++)
            if (strcmp(answer, answers[i].word) == 0)
                chosen = i;
        if (chosen < DIGEST_ANSWERS)
            page.code = digest_answer(&page.ctx, token_of(&page),
                                      (enum digest_answer)chosen, &page.err);
        if (page.code == ERR_NONE || page.code == ERR_NOT_FOUND) {
            page.code = ERR_NONE;
            page.err = (struct err){0};
            show(&page);
            tree_set_bool(page.root, "_is_answered", chosen < DIGEST_ANSWERS);
            tree_set_bool(page.root, "_is_yes", chosen == DIGEST_YES);
        }
    }
    page_close(&page, "digest");
}
