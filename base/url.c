/* Parts of addresses. */
#include "base/url.h"

#include <string.h>

void url_encode(struct text *out, const char *part)
{
    for (; *part; part++) {
        bool is_plain = (*part >= 'a' && *part <= 'z') ||
                        (*part >= 'A' && *part <= 'Z') ||
                        (*part >= '0' && *part <= '9') || strchr("-._~", *part);
        if (is_plain)
            text_add_char(out, *part);
        else
            text_printf(out, "%%%02X", (unsigned char)*part);
    }
}
