/* Who looks at a page. */
#include "web/page/visitor.h"

#include "web/http/cookie.h"
#include "web/http/route.h"

#include <string.h>

enum { AFTER_BYTES_MOST = 300 };

/* Makes the form's token from the cookie's, which pages never show. */
static const char FORM_KEY[] = "etabli: token of forms";

static void set_visitor(struct page *page)
{
    struct visitor *visitor = &page->visitor;
    struct tree *me = tree_set(page->root, "_me", tree_object());
    const struct pole *pole = visitor->actor.pole_count
                                  ? names_pole(page->names, visitor->actor.pole_ids[0])
                                  : NULL;

    page->response->is_personal = true;
    tree_set_text(page->root, "_form_token", visitor->form_token);
    tree_set_text(me, "email", visitor->account.email);
    tree_set_bool(me, "is_facilitator", visitor->actor.pole_count > 0);
    tree_set_bool(me, "is_manager", visitor->actor.structure_count > 0);
    tree_set_bool(me, "is_admin", visitor->actor.is_admin);
    tree_set_bool(me, "has_name", visitor->actor.person_id != 0);
    if (pole)
        tree_set_url(me, "desk_url", page_url(page, "desk", pole->key));
}

bool visitor_read(struct page *page)
{
    struct visitor *visitor = &page->visitor;
    char cookie[SECRET_TOKEN_TEXT_MAX];
    struct err missing = {0};
    err_code code;

    *visitor = (struct visitor){.signed_in = 0};
    page->ctx.actor = &visitor->actor;
    if (!cookie_read(page->request, page->ctx.config, COOKIE_SIGNED_IN, cookie))
        return true;
    code =
        sign_in_who(&page->ctx, cookie, &visitor->account, &visitor->signed_in, &missing);
    if (code == ERR_NOT_FOUND) {
        visitor->signed_in = 0;
        return true;
    }
    if (code == ERR_NONE)
        code = actor_read(&page->ctx, &visitor->account, &visitor->actor, &missing);
    if (code != ERR_NONE) {
        page->code = err_set(&page->err, code, "%s", missing.text);
        return false;
    }
    secret_hash(cookie, strlen(cookie), FORM_KEY, visitor->form_token);
    set_visitor(page);
    return true;
}

static bool is_form_hers(struct page *page)
{
    const struct request *request = page->request;
    enum verb verb = (enum verb)request->route->verb;
    const char *token;

    if (request->method != METHOD_POST || !page->visitor.signed_in ||
        verb == VERB_USE_LINK || verb == VERB_USE_FIRST_LINK || verb == VERB_SIGN_IN)
        return true;
    token = request_form(request, "jeton");
    if (token && secret_equal(token, page->visitor.form_token))
        return true;
    page->code = err_set(&page->err, ERR_FORBIDDEN, "the form is not of this browser");
    return false;
}

/* No field stands there twice but those that forms repeat: whoever sends one twice means
 * two things. */
static bool is_form_plain(struct page *page)
{
    static const char *const repeated[] = {"besoin",   "dates",   "format", "niveau",
                                           "personne", "present", "quand",  "sans",
                                           "savoir",   "transmet"};
    const struct request *request = page->request;

    for (size_t i = 0; i < request->form_count; i++) {
        const char *name = request->form[i].name;
        bool may_repeat = false;
        for (size_t j = 0; j < sizeof repeated / sizeof repeated[0]; j++)
            may_repeat = may_repeat || strcmp(name, repeated[j]) == 0;
        if (!may_repeat && request_form_nth(request, name, 1)) {
            page->code =
                err_set(&page->err, ERR_INVALID, "a field of the form is there twice");
            return false;
        }
    }
    return true;
}

bool visitor_let_in(struct page *page)
{
    const struct request *request = page->request;
    enum verb verb = request->route ? (enum verb)request->route->verb : VERB_READ;

    if (policy_may(verb, actor_who_anywhere(&page->visitor.actor)))
        return !request->route || (is_form_plain(page) && is_form_hers(page));
    if (page->visitor.signed_in) {
        page->code =
            actor_must(verb, actor_who_anywhere(&page->visitor.actor), &page->err);
        return false;
    }
    if (request->wants_json) {
        page->code = err_set(&page->err, ERR_FORBIDDEN, "come in first");
        return false;
    }
    page->response->status = 303;
    page->response->location =
        visitor_with_after(request, page_url(page, "sign_in", NULL),
                           request->method == METHOD_POST ? NULL : request->target);
    return false;
}

const char *visitor_after(const struct request *request)
{
    const char *after = request_query(request, "suite");

    if (!after)
        after = request_form(request, "suite");
    if (!after || after[0] != '/' || after[1] == '/' || strchr(after, '\\') ||
        strlen(after) > AFTER_BYTES_MOST)
        return NULL;
    for (const char *at = after; *at; at++)
        if ((unsigned char)*at <= ' ' || *at == 0x7f)
            return NULL;
    return after;
}

const char *visitor_with_after(const struct request *request, const char *url,
                               const char *after)
{
    struct text encoded;
    const char *made = NULL;

    if (!after || strlen(after) > AFTER_BYTES_MOST)
        return url;
    text_init(&encoded, URL_BYTES_MOST);
    url_encode(&encoded, after);
    if (!text_failed(&encoded))
        made = arena_printf(request->arena, "%s?suite=%s", url, encoded.bytes);
    text_done(&encoded);
    return made ? made : url;
}
