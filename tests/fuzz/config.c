/* A configuration file: read, or each mistake told with its place. */
#include "base/unicode.h"
#include "config/config.h"
#include "tests/fuzz/fuzz.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length)
{
    struct arena *arena = arena_new(16 << 20);
    const char *path = input_file(bytes, length);
    struct config config = {0};
    struct text mistakes;
    struct err err = {0};

    text_init(&mistakes, 1 << 20);
    if (config_read(arena, path, &config, &mistakes, &err) == ERR_NONE) {
        must(mistakes.length == 0, "a good file has no mistakes");
        must(config.language_count > 0 && strcmp(config.languages[0], "fr") == 0,
             "French comes first");
        must(config.listen_port >= 0 && config.listen_port <= 65535,
             "a port is in range");
        must(unicode_is_valid(config.site_name, strlen(config.site_name)),
             "names are UTF-8");
        for (size_t i = 0; i < config.pole_count; i++)
            must(config.poles[i].key && *config.poles[i].key && config.poles[i].name,
                 "a pole has a key and a name");
    } else {
        must(err.text[0] != '\0', "a refusal says why");
        must(strncmp(mistakes.bytes, path, strlen(mistakes.bytes) ? strlen(path) : 0) ==
                 0,
             "a mistake names its file");
    }
    text_done(&mistakes);
    arena_free(arena);
    return 0;
}
