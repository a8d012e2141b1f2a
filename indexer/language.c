/* Which language a need is written in. */
#include "indexer/language.h"

#include "indexer/analysis.h"
#include "indexer/entry.h"

/* How many words are known in one language. */
static err_code count_known(struct arena *arena, const char *text,
                            const struct vocabulary *vocabulary,
                            const struct model *model, bool is_english, size_t *out,
                            struct err *err)
{
    struct tokens tokens;
    err_code code = analysis_text(arena, text, is_english ? "en" : "fr", &tokens, err);

    *out = 0;
    for (size_t i = 0; code == ERR_NONE && i < tokens.count; i++) {
        uint32_t word = entry_word(tokens.items[i].family);
        if (tokens.items[i].is_stop || tokens.items[i].is_joined)
            continue;
        *out +=
            vocabulary_has(vocabulary, word) || model_is_said(model, word, is_english);
    }
    return code;
}

err_code language_of_need(struct arena *arena, const char *text,
                          const struct vocabulary *vocabulary, const struct model *model,
                          const char *otherwise, const char **out, struct err *err)
{
    size_t french = 0, english = 0;
    err_code code = ERR_NONE;

    *out = analysis_language(arena, text, NULL);
    if (*out)
        return ERR_NONE;
    if (model)
        code = count_known(arena, text, vocabulary, model, false, &french, err);
    if (code == ERR_NONE && model)
        code = count_known(arena, text, vocabulary, model, true, &english, err);
    *out = french > english ? "fr" : english > french ? "en" : otherwise;
    return code;
}
