/* More labels for a skill: those of the learnt concept it is. */
#include "indexer/widen.h"

#include <string.h>

enum { LABELS_ADDED_MOST = 60 };

static const struct model_concept *concept_of(const struct model *model,
                                              struct arena *arena, const char *label)
{
    struct tokens tokens;

    if (analysis_text(arena, label, "fr", &tokens, NULL) != ERR_NONE)
        return NULL;
    return model_concept(model, model_label_key(&tokens));
}

static bool has_label(const struct skill_label *labels, size_t count, const char *text)
{
    for (size_t i = 0; i < count; i++)
        if (strcmp(labels[i].text, text) == 0)
            return true;
    return false;
}

/* Adds the labels of a concept that are not there yet; false when the arena is full. */
static bool add_labels(const struct model *model, struct arena *arena,
                       const struct model_concept *concept, struct skill *wide)
{
    struct skill_label *labels =
        arena_array(arena, wide->label_count + LABELS_ADDED_MOST, sizeof *labels);
    char *texts = arena_strdup(arena, model_text(model, concept->text)), *save = NULL;
    size_t count = wide->label_count, added = 0;

    if (!labels || !texts)
        return false;
    if (count)
        memcpy(labels, wide->labels, count * sizeof *labels);
    for (char *text = strtok_r(texts, "\n", &save); text && added < LABELS_ADDED_MOST;
         text = strtok_r(NULL, "\n", &save))
        if (!has_label(labels, count, text)) {
            labels[count++] = (struct skill_label){
                .lang = "fr", .kind = LABEL_ALTERNATIVE, .text = text};
            added++;
        }
    wide->labels = labels;
    wide->label_count = count;
    return true;
}

const struct skill *widen_skill(const struct model *model, struct arena *arena,
                                const struct skill *skill, struct skill *wide)
{
    const struct model_concept *concept =
        model ? concept_of(model, arena, skill_name(skill, "fr")) : NULL;

    if (!concept || !concept->is_preferred)
        return skill;
    *wide = *skill;
    return add_labels(model, arena, concept, wide) ? wide : NULL;
}
