/* The gaps of the whole site: skill by pole, and which poles are quiet. */
#include "base/calendar.h"
#include "exchange/action/desk.h"
#include "web/page/gaps_page.h"
#include "web/page/routes.h"

/* Its gaps when they are hers to see, else its public page. */
static const char *pole_gaps_url(struct page *page, const struct pole *pole)
{
    bool is_hers = actor_sees_desk(page->ctx.actor, pole->id);

    return page_url(page, is_hers ? "desk_gaps" : "pole", pole->key);
}

/* Poles nobody acted in for long, the quietest first as they come. */
static err_code set_quiet(struct page *page)
{
    struct tree *quiet = tree_set(page->root, "quiet", tree_array());
    struct tree *poles = tree_set(page->root, "poles", tree_array());
    err_code code = ERR_NONE;

    for (size_t i = 0; code == ERR_NONE && i < page->names->pole_count; i++) {
        const struct pole *pole = &page->names->poles[i];
        struct tree *entry = tree_add(poles, tree_object());
        int64_t days = 0;
        code = desk_quiet_days(&page->ctx, pole->id, &days, &page->err);
        tree_set_text(entry, "name", pole->name);
        tree_set_int(entry, "quiet_days", days);
        tree_set_url(entry, "url", pole_gaps_url(page, pole));
        if (code != ERR_NONE || days < page->ctx.config->pole_alert_days)
            continue;
        entry = tree_add(quiet, tree_object());
        tree_set_text(entry, "name", pole->name);
        tree_set_int(entry, "quiet_days", days);
        tree_set_url(entry, "url", pole_gaps_url(page, pole));
    }
    tree_set_bool(page->root, "_has_quiet", tree_size(quiet) > 0);
    return code;
}

void page_gaps(void *hall, const struct request *request, struct response *response)
{
    struct page page;

    if (page_open(&page, hall, request, response)) {
        page.response->is_personal = true;
        tree_set_url(page.root, "csv_url", page_url(&page, "gaps_csv", NULL));
        gaps_fill(&page, 0, NULL);
        if (page.code == ERR_NONE)
            page.code = set_quiet(&page);
    }
    page_close(&page, "gaps");
}

void page_gaps_csv(void *hall, const struct request *request, struct response *response)
{
    struct page page;

    if (page_open(&page, hall, request, response)) {
        page.response->is_personal = true;
        gaps_answer_csv(&page, 0, "site");
    }
    page_close(&page, NULL);
}
