/* A template, a line "----", and the JSON it is filled with. */
#include "tests/fuzz/fuzz.h"
#include "web/view/mustache.h"
#include "web/view/template.h"

static const char seam[] = "\n----\n";

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length)
{
    struct arena *arena = arena_new(16 << 20);
    char *source = input_text(arena, bytes, length);
    char *json = strstr(source, seam);
    struct tree *tree = NULL;
    struct node *nodes = NULL;
    struct text out;
    struct err err = {0};

    if (json) {
        *json = '\0';
        json += strlen(seam);
    }
    if (!json || tree_from_json(json, &tree, &err) != ERR_NONE)
        tree = tree_object();
    text_init(&out, 1 << 20);
    err = (struct err){0};
    if (mustache_render(source, tree_is_object(tree) ? tree : NULL, tree, &out, &err) ==
        ERR_NONE)
        must(!text_failed(&out), "what is rendered is whole");
    else
        must(err.text[0] != '\0', "a refusal says why");
    err = (struct err){0};
    if (mustache_compile(arena, source, true, &nodes, &err) != ERR_NONE)
        must(err.text[0] != '\0', "a refusal says why");
    text_done(&out);
    tree_free(tree);
    arena_free(arena);
    return 0;
}
