/* What a reader is told when a page cannot be shown: what happened and what to do next.
 */
#include "web/page/head.h"
#include "web/page/page.h"
#include "web/page/routes.h"

static const struct told {
    int status;
    const char *title, *detail;
} all[] = {
    {400, N_("This request was not understood"),
     N_("The address or the form was damaged on its way. Go back, reload the page and "
        "try "
        "again.")},
    {403, N_("This is not allowed from here"),
     N_("Forms are taken from the pages of this site only. Open the page again and send "
        "the "
        "form from there.")},
    {404, N_("Page not found"),
     N_("It may have been moved, or withdrawn because its time was over. A search will "
        "find "
        "what comes close to it.")},
    {405, N_("This address cannot be used that way"),
     N_("Open the page from the menu, then use its form or its buttons.")},
    {408, N_("The connection was too slow"),
     N_("What you sent did not arrive in time. Check your connection and send it "
        "again.")},
    {409, N_("It changed in the meantime"),
     N_("Someone changed it while you were looking at it. Open the page again to see it "
        "as it "
        "is now.")},
    {413, N_("That is too much at once"),
     N_("What you sent is larger than this site takes. Go back, shorten your text and "
        "send it "
        "again.")},
    {414, N_("This address is too long"),
     N_("Shorten your search: one sentence is enough to find someone.")},
    {415, N_("This form cannot be read"),
     N_("Please use the form on this site’s own page: other formats are not taken.")},
    {421, N_("This address is not that of this site"),
     N_("Check the name of the site in your browser’s address bar.")},
    {422, N_("Something in the form has to be corrected"),
     N_("Go back to the form: what has to be corrected is written beside each field.")},
    {429, N_("That was a lot of requests"),
     N_("Wait a minute, then try again. Nothing was lost.")},
    {431, N_("Your browser sent too much about itself"),
     N_("Try with another browser, or without its extensions.")},
    {501, N_("This address cannot be used that way"),
     N_("Open the page from the menu, then use its form or its buttons.")},
    {503, N_("Busy for a moment"),
     N_("Please try again in a few seconds. What you had already sent is not lost.")},
    {505, N_("Your browser speaks another protocol"),
     N_("This site speaks HTTP/1.1. Try with another browser.")},
    {507, N_("There is no room left to write"),
     N_("You can still read everything. Try again later, and tell those who keep this "
        "site.")},
};
/* She only followed a link. */
static const struct told not_hers = {
    403, N_("This page is not for you"),
    N_("It is for the people who keep this pole, this structure or this session. If you "
       "should be one of them, write to them, or sign in with another address.")};
static const struct told other = {
    500, N_("Something went wrong on our side"),
    N_("Please try again. If it happens again, tell those who keep this site.")};

static const struct told *told_of(int status)
{
    for (size_t i = 0; i < sizeof all / sizeof all[0]; i++)
        if (all[i].status == status)
            return &all[i];
    return &other;
}

void page_error(void *hall, const struct request *request, struct response *response)
{
    struct page page;
    int status = response->status;
    const struct told *told =
        status == 403 && request->method == METHOD_GET ? &not_hers : told_of(status);

    page_begin(&page, hall, request, response);
    page_no_canonical(&page);
    tree_set_text(page.root, "type", "about:blank");
    tree_set_text(page.root, "title", tr(page_catalogue(&page), told->title));
    tree_set_int(page.root, "status", status);
    tree_set_text(page.root, "detail", tr(page_catalogue(&page), told->detail));
    tree_set_text(page.root, "request", request->id);
    tree_set_bool(page.root, "_is_missing", status == 404);
    tree_set_bool(page.root, "_is_ours", status >= 500 && status != 501 && status != 505);
    page_print(&page, "error");
    if (request->wants_json)
        response->content_type = "application/problem+json";
    response->status = status;
    page_end(&page);
}
