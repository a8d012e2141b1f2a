/* The official Mustache specification, read in place; one TAP line a case. */
#include "base/file.h"
#include "web/view/template.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { FILE_MOST = 1 << 20 };

static const char *const files[] = {"comments", "delimiters", "interpolation",
                                    "inverted", "partials",   "sections"};
static int number;

static void run_case(const char *file, const struct tree *one)
{
    const struct tree *data = tree_get(one, "data");
    const char *name = tree_text(tree_get(one, "name"));
    const char *wanted = tree_text(tree_get(one, "expected"));
    struct text out;
    struct err err = {0};
    bool is_right;

    text_init(&out, FILE_MOST);
    is_right = mustache_render(tree_text(tree_get(one, "template")),
                               tree_get(one, "partials"), data, &out, &err) == ERR_NONE &&
               strcmp(out.bytes, wanted) == 0;
    printf("%s %d - %s: %s\n", is_right ? "ok" : "not ok", ++number, file, name);
    if (!is_right)
        printf("# wanted: %s\n# got: %s %s\n", wanted, out.bytes, err.text);
    text_done(&out);
}

static void run_file(const char *folder, const char *file)
{
    char path[4200];
    struct text source;
    struct tree *all = NULL;
    struct err err = {0};

    snprintf(path, sizeof path, "%s/%s.json", folder, file);
    text_init(&source, FILE_MOST);
    if (file_read(path, &source, &err) != ERR_NONE ||
        tree_from_json(source.bytes, &all, &err) != ERR_NONE) {
        printf("ok %d # SKIP %s: %s\n", ++number, file, err.text);
    } else {
        const struct tree *tests = tree_get(all, "tests");
        for (size_t i = 0; i < tree_size(tests); i++)
            run_case(file, tree_at(tests, i));
    }
    tree_free(all);
    text_done(&source);
}

int main(void)
{
    const char *source = getenv("ETABLI_SOURCE");
    char folder[4096];

    snprintf(folder, sizeof folder, "%s/../shared/data/mustache-spec",
             source ? source : ".");
    for (size_t i = 0; i < sizeof files / sizeof files[0]; i++)
        run_file(folder, files[i]);
    printf("1..%d\n", number);
    return 0;
}
