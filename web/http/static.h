/* Static files, read once at start and served under an address that changes with their
 * content, so that browsers may keep them for a year. */
#ifndef WEB_HTTP_STATIC_H
#define WEB_HTTP_STATIC_H

#include "base/text.h"

struct static_files;

struct static_file {
    char name[64];    /* "etabli.css" */
    char url[128];    /* "/statique/1a2b3c4d5e6f-etabli.css" */
    const char *type; /* its media type */
    struct text bytes;
    struct text gzip; /* empty when it is not worth it */
};

/* Reads the files of style/, script/ and icons/ below `folder`; those of `override_folder` (may be
 * NULL) take their place. */
MUST_USE err_code static_open(struct static_files **out, const char *folder,
                              const char *override_folder, struct err *err);
void static_close(struct static_files *files); /* accepts NULL */
/* NULL when there is no file of that name. */
const char *static_url(const struct static_files *files, const char *name);
const struct static_file *static_find(const struct static_files *files, const char *url);

#endif
