/* Sentences about a need: its state, why, what comes next, what was done. */
#include "web/page/follow_words.h"

#include "web/page/follow.h"

#include <string.h>

static const char *closed_state(const char *reason)
{
    static const char *const sentences[][2] = {
        {NEED_UNANSWERED, N_("Closed: we have found nobody who could help.")},
        {NEED_EXPIRED, N_("Closed: its time is over.")},
        {NEED_WITHDRAWN, N_("Withdrawn by its author.")},
        {NEED_MET_CONTACT, N_("Settled, thanks to someone met here.")},
        {NEED_MET_SESSION, N_("Settled, in a session.")},
        {NEED_SESSION_HELD, N_("Settled, in a session.")},
        {NEED_MET_ELSEWHERE, N_("Settled, in another way.")}};

    for (size_t i = 0; reason && i < sizeof sentences / sizeof sentences[0]; i++)
        if (strcmp(reason, sentences[i][0]) == 0)
            return sentences[i][1];
    return NULL;
}

static const char *state(const struct need *need)
{
    const char *closed = need_is_open(need->state) ? NULL : closed_state(need->reason);

    if (closed)
        return closed;
    if (need->state == NEED_MET)
        return N_("Settled.");
    if (need->state == NEED_GIVEN_UP)
        return N_("Closed by the facilitator.");
    if (need->answered_at)
        return N_("Answered: someone can show you, or a session is planned.");
    if (need->state == NEED_GROUPED && need->reason &&
        strcmp(need->reason, "session") == 0)
        return N_("A session is proposed: who would give it has not answered yet.");
    if (need->state == NEED_GROUPED || need->merged_into)
        return N_("Grouped with needs like it: one answer for all.");
    if (need->state == NEED_QUALIFIED)
        return N_("Qualified: we look for people who know how.");
    return N_("Stated: a facilitator has to read it before people are asked.");
}

const char *follow_state(const struct page *page, const struct need *need)
{
    return tr(page_catalogue(page), state(need));
}

const char *follow_next(const struct page *page, const struct need *need)
{
    static const char *const steps[] = {
        NULL,
        N_("the first people who know how are asked"),
        N_("the next people are asked, and the facilitator looks at it"),
        N_("without an answer, you choose what becomes of it"),
        N_("without an answer, it is closed honestly, with what else you can do"),
        N_("its time ends")};
    enum need_step_kind kind = need_next_step(page->ctx.config, need, page->ctx.now).kind;

    if (!steps[kind])
        return NULL;
    if (need->answered_at && kind != NEED_STEP_END)
        return tr(page_catalogue(page), N_("we look whether it is settled"));
    if (!need->person_id && kind == NEED_STEP_FIRST)
        return tr(page_catalogue(page), N_("the first people who know how are asked, if "
                                           "your address is confirmed by then"));
    return tr(page_catalogue(page), steps[kind]);
}

const char *follow_done(const struct page *page)
{
    static const char *const sentences[][2] = {
        {"confirmer", N_("Your address is confirmed: people can be asked for you now.")},
        {"modifier", N_("Your need is amended.")},
        {"retirer", N_("Your need is withdrawn. Nobody is asked any more.")},
        {"regle", N_("Good news! Your need is settled.")},
        {"prolonger", N_("Your need stays open.")},
        {"mots", N_("Your words are changed.")},
        {"quitter", N_("You have left this need.")}};
    const char *done = request_query(page->request, "fait");

    for (size_t i = 0; done && i < sizeof sentences / sizeof sentences[0]; i++)
        if (strcmp(done, sentences[i][0]) == 0)
            return tr(page_catalogue(page), sentences[i][1]);
    return NULL;
}
