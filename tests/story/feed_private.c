/* The private calendar of one person, without the address it will have: `feed_private
 * DATA CONTENT PERSON` prints what feed_private() answers. */
#include "store/driver.h"
#include "web/page/feed.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

enum { ARENA_MOST = 64 << 20 };

static int64_t no_clock(void *state)
{
    (void)state;
    return 0;
}

int main(int count, char **words)
{
    struct arena *arena = arena_new(ARENA_MOST);
    struct request request = {.method = METHOD_GET,
                              .path = "/x",
                              .target = "/x",
                              .lang = "fr",
                              .arena = arena,
                              .now = (int64_t)time(NULL)};
    struct response response = {.status = 200};
    struct config config;
    struct hall_options options = {.config = &config, .now = no_clock};
    struct hall *hall = NULL;
    struct page page;
    struct err err = {0};

    if (count != 4 || config_defaults(arena, &config, &err) != ERR_NONE)
        return 2;
    config.data_folder = words[1];
    config.base_url = "https://etabli.example.org";
    options.address = store_address(arena, words[1]);
    options.content_folder = words[2];
    if (hall_open(&hall, &options, &err) != ERR_NONE) {
        fprintf(stderr, "%s\n", err.text);
        return 1;
    }
    text_init(&response.body, RESPONSE_BODY_MAX);
    page_begin(&page, hall, &request, &response);
    page.code = hall_enter(hall, &page.ctx, &page.reader, &page.err);
    if (page.code == ERR_NONE) {
        page.names = reader_names(page.reader);
        feed_private(&page, strtoll(words[3], NULL, 10), "/agendas/secret.ics");
    }
    page_close(&page, NULL);
    fwrite(response.body.bytes, 1, response.body.length, stdout);
    text_done(&response.body);
    hall_close(hall);
    arena_free(arena);
    return page.code == ERR_NONE ? 0 : 1;
}
