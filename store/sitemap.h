/* What a site map lists: the ids and names of the pages anyone may find. Whether a person is
 * among them is her own wish (is_indexable). */
#ifndef STORE_SITEMAP_H
#define STORE_SITEMAP_H

#include "base/arena.h"
#include "store/driver.h"

#include <stdint.h>

struct sitemap_item {
    int64_t id;
    const char *name; /* of the page's slug; never NULL */
};

enum sitemap_kind { SITEMAP_SESSION, SITEMAP_NEED, SITEMAP_SKILL, SITEMAP_PERSON };

/* At most `most` of that kind, in the caller's arena. `since`: sessions with a date after it, needs
 * open at it, people whose card was confirmed (or made, when never confirmed) after it, skills that
 * these people, a session or an open need name. */
MUST_USE err_code sitemap_list(struct db *db, struct arena *arena, enum sitemap_kind kind,
                               int64_t since, size_t most, struct sitemap_item **out,
                               size_t *count, struct err *err);

#endif
