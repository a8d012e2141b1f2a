/* Acting without coming in. */
#include "web/page/confirm.h"

#include "base/json.h"
#include "exchange/action/confirm.h"
#include "exchange/action/link.h"
#include "web/page/routes.h"

#include <string.h>

enum { PAYLOAD_MOST = 16 * 1024 };

static const struct row {
    const char *what;
    confirm_function *function;
    const char *sentence;
} rows[] = {
#define CONFIRM(what, function, sentence) {what, function, sentence},
#include "web/page/confirm.def"
#undef CONFIRM
    {NULL, NULL, NULL}};

static const struct row *row_of(const char *what)
{
    const struct row *row = rows;

    while (what && row->what && strcmp(row->what, what) != 0)
        row++;
    return what && row->what ? row : NULL;
}

static void set_where(struct page *page)
{
    tree_set_bool(page->root, "_is_folder",
                  strcmp(page->ctx.config->mail_mode, "dir") == 0);
    tree_set_bool(page->root, "_is_off", strcmp(page->ctx.config->mail_mode, "off") == 0);
}

void confirm_ask(struct page *page, const char *what, int64_t subject_id,
                 const char *email, const char *title, const struct confirm_value *values,
                 size_t count)
{
    const struct row *row = row_of(what);
    struct confirming confirming = {.email = email,
                                    .address = page->request->address,
                                    .subject_id = subject_id,
                                    .title = title,
                                    .life_s = CONFIRM_LINK_S,
                                    .email_hour = CONFIRM_EMAIL_HOUR,
                                    .address_hour = CONFIRM_ADDRESS_HOUR};
    struct text payload;

    if (!row) {
        page->code = err_set(&page->err, ERR_NOT_FOUND, "nothing is called %s", what);
        return;
    }
    confirming.sentence = tr(page_catalogue(page), row->sentence);
    text_init(&payload, PAYLOAD_MOST);
    json_open(&payload, NULL, '{');
    json_text(&payload, "what", what);
    json_text(&payload, "title", title);
    for (size_t i = 0; i < count; i++)
        if (values[i].value)
            json_text(&payload, values[i].name, values[i].value);
    json_close(&payload, '}');
    confirming.payload = payload.bytes;
    page->code = text_failed(&payload)
                     ? err_set(&page->err, ERR_LIMIT, "the form is too long")
                     : confirm_send(&page->ctx, &confirming, &page->err);
    text_done(&payload);
    if (page->code == ERR_NONE)
        form_done(page, page_url(page, "confirm_sent", NULL));
}

void page_confirm_sent(void *hall, const struct request *request,
                       struct response *response)
{
    struct page page;

    if (page_open(&page, hall, request, response))
        set_where(&page);
    page_close(&page, "confirm_sent");
}

/* The link of the address, with what it is to do. False: page->code, or a mistake shown.
 */
static const struct row *find(struct page *page, struct link *link, struct tree **values)
{
    const struct row *row = NULL;

    *values = NULL;
    page->code = link_read(page->ctx.db, page->request->arena, page->request->parts[0],
                           LINK_CONFIRM, page->ctx.now, link, &page->err);
    if (page->code == ERR_NONE && link->used_at)
        page->code = err_set_field(
            &page->err, ERR_NOT_FOUND, "link",
            N_("This link was used already or is too old. Ask for another one."));
    if (page->code == ERR_NONE && link->payload)
        page->code = tree_from_json(link->payload, values, &page->err);
    if (page->code == ERR_NONE)
        row = row_of(tree_text(tree_get(*values, "what")));
    if (page->code == ERR_NONE && !row)
        page->code = err_set(&page->err, ERR_NOT_FOUND, "this link does nothing");
    if (row) {
        tree_set_text(page->root, "sentence", tr(page_catalogue(page), row->sentence));
        tree_set_text(page->root, "title", tree_text(tree_get(*values, "title")));
        tree_set_url(page->root, "_action_url",
                     page_url(page, "confirm_do", page->request->parts[0]));
    }
    return row;
}

void page_confirm(void *hall, const struct request *request, struct response *response)
{
    struct tree *values = NULL;
    struct link link;
    struct page page;

    if (page_open(&page, hall, request, response))
        find(&page, &link, &values);
    form_failed(&page);
    tree_free(values);
    page_close(&page, "confirm");
}

void page_confirm_do(void *hall, const struct request *request, struct response *response)
{
    struct tree *values = NULL;
    const struct row *row;
    struct link link;
    struct page page;

    if (page_open(&page, hall, request, response)) {
        row = find(&page, &link, &values);
        if (row) {
            page.ctx.link_id = link.id;
            row->function(&page, &link, values);
        }
    }
    form_failed(&page);
    tree_free(values);
    page_close(&page, "confirm");
}
