/* Words for the codes that records keep. */
#include "web/page/labels.h"

#include "base/unicode.h"

#include <string.h>

struct label {
    const char *code, *words;
};

static const struct label structure_kinds[] = {
    {"association", N_("association")},
    {"cae", N_("activity and employment cooperative")},
    {"couveuse", N_("business incubator")},
    {"public", N_("public body")},
    {"reseau", N_("network")},
    {"scic", N_("cooperative of collective interest (SCIC)")},
    {"scop", N_("workers’ cooperative (SCOP)")},
    {"tiers-lieu", N_("shared workplace")}};
static const struct label pole_kinds[] = {{"trade", N_("trade pole")},
                                          {"service", N_("service pole")},
                                          {"sales", N_("sales pole")}};
static const struct label languages[] = {{"ar", N_("Arabic")},
                                         {"bm", N_("Bambara")},
                                         {"de", N_("German")},
                                         {"dyu", N_("Dyula")},
                                         {"el", N_("Greek")},
                                         {"en", N_("English")},
                                         {"es", N_("Spanish")},
                                         {"fa", N_("Persian")},
                                         {"ff", N_("Fula")},
                                         {"fr", N_("French")},
                                         {"fsl", N_("French Sign Language")},
                                         {"hy", N_("Armenian")},
                                         {"it", N_("Italian")},
                                         {"ja", N_("Japanese")},
                                         {"kab", N_("Kabyle")},
                                         {"ku", N_("Kurdish")},
                                         {"ln", N_("Lingala")},
                                         {"mos", N_("Mossi")},
                                         {"pl", N_("Polish")},
                                         {"pt", N_("Portuguese")},
                                         {"ro", N_("Romanian")},
                                         {"ru", N_("Russian")},
                                         {"snk", N_("Soninke")},
                                         {"sr", N_("Serbian")},
                                         {"sus", N_("Susu")},
                                         {"sv", N_("Swedish")},
                                         {"tr", N_("Turkish")},
                                         {"uk", N_("Ukrainian")},
                                         {"vi", N_("Vietnamese")},
                                         {"wo", N_("Wolof")},
                                         {"zh", N_("Chinese")}};

static const char *find(const struct catalogue *catalogue, const struct label *labels,
                        size_t count, const char *code)
{
    for (size_t i = 0; code && i < count; i++)
        if (strcmp(labels[i].code, code) == 0)
            return tr(catalogue, labels[i].words);
    return code;
}
#define FIND(catalogue, labels, code)                                                    \
    find(catalogue, labels, sizeof(labels) / sizeof((labels)[0]), code)

const char *label_level(const struct catalogue *catalogue, enum skill_level level)
{
    static const char *const names[] = {"", N_("notions"), N_("practises"), N_("masters"),
                                        N_("can train")};

    return level ? tr(catalogue, names[level]) : NULL;
}

void label_formats(const struct catalogue *catalogue, unsigned formats,
                   struct tree *names)
{
    static const struct {
        enum format format;
        const char *words;
    } all[] = {{FORMAT_CALL, N_("a 15-minute call")},
               {FORMAT_ONE_TO_ONE, N_("one to one")},
               {FORMAT_WORKSHOP, N_("workshop")},
               {FORMAT_VISIT, N_("visit")},
               {FORMAT_CIRCLE, N_("circle")}};

    for (size_t i = 0; i < sizeof all / sizeof all[0]; i++)
        if (formats & all[i].format)
            tree_add_text(names, tr(catalogue, all[i].words));
}

const char *label_structure_kind(const struct catalogue *catalogue, const char *kind)
{
    return FIND(catalogue, structure_kinds, kind);
}

const char *label_pole_kind(const struct catalogue *catalogue, const char *kind)
{
    return FIND(catalogue, pole_kinds, kind);
}

const char *label_language(const struct catalogue *catalogue, const char *code)
{
    return FIND(catalogue, languages, code);
}

static bool is_called(struct arena *arena, const char *folded, const char *name)
{
    const char *other = unicode_fold(arena, name);

    return other && strcmp(folded, other) == 0;
}

const char *label_language_code(struct arena *arena, const struct catalogue *catalogue,
                                const char *name, bool *is_blank)
{
    char *folded = unicode_fold(arena, name);
    size_t length;

    while (folded && (*folded == ' ' || *folded == '\t'))
        folded++;
    length = folded ? strlen(folded) : 0;
    while (length && (folded[length - 1] == ' ' || folded[length - 1] == '.'))
        folded[--length] = '\0';
    *is_blank = length == 0;
    for (size_t i = 0; length && i < sizeof languages / sizeof languages[0]; i++)
        if (is_called(arena, folded, languages[i].code) ||
            is_called(arena, folded, languages[i].words) ||
            is_called(arena, folded, tr(catalogue, languages[i].words)))
            return languages[i].code;
    return NULL;
}

void label_languages(const struct catalogue *catalogue, struct tree *names)
{
    for (size_t i = 0; i < sizeof languages / sizeof languages[0]; i++)
        tree_add_text(names, tr(catalogue, languages[i].words));
}
