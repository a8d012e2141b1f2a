/* Targets, queries and forms, and the headers that tell what a client would rather read.
 */
#include "base/unicode.h"
#include "tests/fuzz/fuzz.h"
#include "web/http/guard.h"
#include "web/http/head.h"
#include "web/http/negotiate.h"
#include "web/http/route.h"

#include <strings.h>

static void check_fields(const struct field *fields, size_t count)
{
    must(count <= FORM_FIELDS_MOST, "fields are bounded");
    for (size_t i = 0; i < count; i++)
        must(unicode_is_valid(fields[i].name, strlen(fields[i].name)) &&
                 unicode_is_valid(fields[i].value, strlen(fields[i].value)),
             "fields are UTF-8");
}

static bool has_control(const char *text)
{
    for (; *text; text++)
        if ((unsigned char)*text < ' ' || *text == 0x7f)
            return true;
    return false;
}

/* What was understood, encoded and read again, is the same. */
static void read_again(struct arena *arena, const struct request *request)
{
    struct request again = {.arena = arena};
    struct text url;
    bool needs_slash_cut;

    text_init(&url, 16 * TARGET_BYTES_MOST);
    for (const char *at = request->path; *at; at++) {
        char one[2] = {*at, '\0'};
        if (*at == '/')
            text_add_char(&url, '/');
        else
            url_encode(&url, one);
    }
    if (url.length <= TARGET_BYTES_MOST && strncmp(request->path, "/en/", 4) != 0 &&
        strcmp(request->path, "/en") != 0 && !strstr(request->path, ".json")) {
        must(target_read(arena, url.bytes, &again, &needs_slash_cut) == 0,
             "an encoded path is accepted");
        must(strcmp(again.path, request->path) == 0, "and is the same path");
    }
    text_done(&url);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length)
{
    struct arena *arena = arena_new(32 << 20);
    char *string = input_text(arena, bytes, length);
    struct request request = {.arena = arena};
    const struct field *fields;
    bool needs_slash_cut;
    size_t count;
    int status;

    if (fields_read(arena, (const char *)bytes, length, FORM_FIELDS_MOST, &fields, &count))
        check_fields(fields, count);
    status = target_read(arena, string, &request, &needs_slash_cut);
    must(status == 0 || status == 400 || status == 414, "a target is read or refused");
    if (status == 0) {
        must(*request.path == '/' && !strstr(request.path, "/../") &&
                 !has_control(request.path) &&
                 unicode_is_valid(request.path, strlen(request.path)),
             "a path is plain");
        check_fields(request.query, request.query_count);
        read_again(arena, &request);
    }
    negotiate_json(string);
    negotiate_gzip(string);
    must(!host_is_ours(string, "https://etabli.example", "", "127.0.0.1", 8080) ||
             strncasecmp(string, "etabli.example", 14) == 0 ||
             strncasecmp(string, "localhost:8080", 14) == 0 ||
             strncmp(string, "127.0.0.1:8080", 14) == 0 ||
             strncmp(string, "[::1]:8080", 10) == 0,
         "only our hosts are ours");
    form_is_foreign(NULL, string, "a", "https://etabli.example");
    must(method_status(string) != 0 || length >= 3, "methods have three letters");
    arena_free(arena);
    return 0;
}
