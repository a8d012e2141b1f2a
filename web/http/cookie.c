/* Cookies that hold a token. */
#include "web/http/cookie.h"

#include <string.h>

static const char TOKEN_LETTERS[] =
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

static bool is_secure(const struct config *config)
{
    return strncmp(config->base_url, "https://", strlen("https://")) == 0;
}

bool cookie_read(const struct request *request, const struct config *config,
                 const char *name, char out[SECRET_TOKEN_TEXT_MAX])
{
    const char *prefix = is_secure(config) ? "__Host-" : "", *at = request->cookies;
    size_t prefix_length = strlen(prefix), name_length = strlen(name);

    while (at && *at) {
        const char *value;
        at += strspn(at, " ;");
        value = at + prefix_length + name_length + 1;
        if (strncmp(at, prefix, prefix_length) == 0 &&
            strncmp(at + prefix_length, name, name_length) == 0 &&
            at[prefix_length + name_length] == '=' &&
            strspn(value, TOKEN_LETTERS) == SECRET_TOKEN_TEXT_MAX - 1) {
            memcpy(out, value, SECRET_TOKEN_TEXT_MAX - 1);
            out[SECRET_TOKEN_TEXT_MAX - 1] = '\0';
            return true;
        }
        at += strcspn(at, ";");
    }
    return false;
}

void cookie_set(const struct request *request, const struct config *config,
                const char *name, const char *token, int seconds,
                struct response *response)
{
    const char *value = arena_printf(
        request->arena, "%s%s=%s; Path=/; Max-Age=%d; HttpOnly; SameSite=Lax%s",
        is_secure(config) ? "__Host-" : "", name, token, seconds,
        is_secure(config) ? "; Secure" : "");

    if (value)
        response_header(response, "Set-Cookie", value);
}
