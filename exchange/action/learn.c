/* Learning what words mean from what the site has. */
#include "exchange/action/learn.h"

#include "base/file.h"
#include "exchange/action/learn_files.h"
#include "exchange/model/need.h"
#include "indexer/model.h"
#include "store/change.h"
#include "store/needs.h"
#include "store/people.h"
#include "store/skills.h"
#include "store/writer.h"

#include <limits.h>
#include <stdio.h>
#include <string.h>

enum { ROWS_A_STEP = 500, STEP_ARENA_MAX = 256 << 20, LABELS_MOST = 400 };
static const char MYTHES[] = "/usr/share/mythes/th_fr_FR_v2.dat";

struct learning {
    struct learner *learner;
    size_t skills, english; /* entries; those with an English label */
};
typedef err_code (*learn_step)(struct learning *learning, struct db *db,
                               struct arena *arena, int64_t *after_id, size_t *count,
                               struct err *err);

/* The labels of a skill of the thesaurus are one concept. */
static err_code learn_skill(struct learner *learner, const struct skill *skill,
                            struct err *err)
{
    const char *labels[LABELS_MOST];
    size_t count = 0;
    err_code code;

    for (int turn = LABEL_PREFERRED; turn <= LABEL_ALTERNATIVE; turn++)
        for (size_t i = 0; i < skill->label_count && count < LABELS_MOST; i++)
            if ((int)skill->labels[i].kind == turn)
                labels[count++] = skill->labels[i].text;
    code = count ? learner_concept(learner, labels, count, err) : ERR_NONE;
    if (code == ERR_NONE)
        code = learner_words(learner, skill_name(skill, "fr"), "fr", err);
    if (code == ERR_NONE)
        code = learner_words(learner, skill->description, "fr", err);
    return code == ERR_NONE ? learner_end(learner, err) : code;
}

static bool has_english(const struct skill *skill)
{
    for (size_t i = 0; i < skill->label_count; i++)
        if (strcmp(skill->labels[i].lang, "en") == 0)
            return true;
    return false;
}

static err_code step_skills(struct learning *learning, struct db *db, struct arena *arena,
                            int64_t *after_id, size_t *count, struct err *err)
{
    struct skill *skills;
    err_code code = skills_next(db, arena, *after_id, ROWS_A_STEP, &skills, count, err);

    for (size_t i = 0; code == ERR_NONE && i < *count; i++) {
        code = learn_skill(learning->learner, &skills[i], err);
        learning->skills++;
        learning->english += has_english(&skills[i]);
        *after_id = skills[i].id;
    }
    return code;
}

/* A card that is shown to all: its skills, headline and presentation are one line. */
static err_code learn_person(struct learner *learner, const struct person *person,
                             struct err *err)
{
    err_code code;

    if (person->state != CARD_PUBLISHED || person->visibility != VISIBLE_PUBLIC)
        return ERR_NONE;
    code = learner_words(learner, person->headline, "fr", err);
    for (size_t i = 0; code == ERR_NONE && i < person->skill_count; i++)
        code = learner_words(learner, person->skills[i].label, "fr", err);
    if (code == ERR_NONE)
        code = learner_words(learner, person->about, "fr", err);
    return code == ERR_NONE ? learner_end(learner, err) : code;
}

static err_code step_people(struct learning *learning, struct db *db, struct arena *arena,
                            int64_t *after_id, size_t *count, struct err *err)
{
    struct person *people;
    err_code code = people_next(db, arena, *after_id, ROWS_A_STEP, &people, count, err);

    for (size_t i = 0; code == ERR_NONE && i < *count; i++) {
        learner_of(learning->learner, people[i].id);
        code = learn_person(learning->learner, &people[i], err);
        *after_id = people[i].id;
    }
    return code;
}

static err_code step_needs(struct learning *learning, struct db *db, struct arena *arena,
                           int64_t *after_id, size_t *count, struct err *err)
{
    struct need *needs;
    err_code code = needs_next(db, arena, *after_id, ROWS_A_STEP, &needs, count, err);

    for (size_t i = 0; code == ERR_NONE && i < *count; i++) {
        learner_of(learning->learner,
                   needs[i].person_id ? needs[i].person_id : -needs[i].id);
        if (!needs[i].is_private)
            code = learner_words(learning->learner, needs[i].text, "fr", err);
        if (code == ERR_NONE)
            code = learner_end(learning->learner, err);
        *after_id = needs[i].id;
    }
    return code;
}

static err_code learn_records(struct learning *learning, const char *address,
                              struct err *err)
{
    static const learn_step steps[] = {step_skills, step_people, step_needs};
    struct arena *arena = arena_new(STEP_ARENA_MAX);
    struct db *db = NULL;
    err_code code = arena ? db_open(&db, address, DB_READ, err)
                          : err_set(err, ERR_MEMORY, "no memory for learning");

    for (size_t i = 0; code == ERR_NONE && i < sizeof steps / sizeof steps[0]; i++) {
        int64_t after_id = 0;
        size_t count = 1;
        while (code == ERR_NONE && count > 0) {
            arena_reset(arena);
            code = steps[i](learning, db, arena, &after_id, &count, err);
        }
        learner_of(learning->learner, 0);
    }
    db_close(db);
    arena_free(arena);
    return code;
}

static err_code learn_content(struct learner *learner, const char *const folders[2],
                              struct err *err)
{
    err_code code = ERR_NONE;

    for (int i = 0; code == ERR_NONE && i < 2; i++) {
        char path[PATH_MAX];
        if (!folders[i] || !*folders[i])
            continue;
        snprintf(path, sizeof path, "%s/lexicon", folders[i]);
        code = learn_lexicon(learner, path, err);
        if (code != ERR_NONE)
            break;
        snprintf(path, sizeof path, "%s/situations", folders[i]);
        code = learn_situations(learner, path, err);
    }
    return code;
}

static err_code learn_all(struct learning *learning, const struct config *config,
                          const char *address, const struct learn_sources *sources,
                          struct err *err)
{
    const char *const folders[] = {sources->content, config->content_folder};
    struct learner *learner = learning->learner;
    struct err absent = {0};
    err_code code = ERR_NONE;

    if (sources->has_records)
        code = learn_records(learning, address, err);
    if (code == ERR_NONE && sources->esco)
        code = learn_esco(learner, sources->esco, err);
    if (code == ERR_NONE && sources->rome)
        code = learn_rome(learner, sources->rome, err);
    for (size_t i = 0; code == ERR_NONE && i < sources->list_count; i++)
        code = learn_list(learner, sources->lists[i], err);
    if (code == ERR_NONE)
        code = learn_content(learner, folders, err);
    if (code == ERR_NONE)
        code = learner_everyday(learner, err);
    if (code == ERR_NONE && sources->synonyms)
        code = learner_synonyms(learner, sources->synonyms, err);
    else if (code == ERR_NONE) {
        code = learner_synonyms(learner, MYTHES, &absent);
        code = code == ERR_NOT_FOUND ? ERR_NONE : code;
        if (code != ERR_NONE)
            code = err_set(err, code, "%s", absent.text);
    }
    return code;
}

/* Whoever keeps the index makes it anew. */
static err_code note(struct db *db, void *argument, struct err *err)
{
    const int64_t *now = argument;

    return change_note(db, THING_SKILL, 0, *now, err);
}

static err_code note_learnt(const char *address, int64_t now, struct err *err)
{
    struct writer *writer;
    err_code code = writer_open(&writer, address, err);

    if (code != ERR_NONE)
        return code;
    code = writer_do(writer, note, &now, err);
    writer_close(writer);
    return code;
}

err_code learn_run(const struct config *config, const char *address,
                   const struct learn_sources *sources, int64_t now,
                   struct progress *progress, struct learnt *out, struct err *err)
{
    struct learner *learner = learner_new(progress, config->has_concepts);
    struct learning learning = {.learner = learner};
    char path[PATH_MAX];
    err_code code;

    if (!learner)
        return err_set(err, ERR_MEMORY, "no memory for learning");
    snprintf(path, sizeof path, "%s/%s", config->data_folder, MODEL_FILE);
    if (progress)
        progress_start(progress, "reading", 0);
    code = learn_all(&learning, config, address, sources, err);
    if (code == ERR_NONE)
        code = learner_write(learner, path, out, err);
    out->skills = learning.skills;
    out->english = learning.english;
    if (progress)
        progress_end(progress);
    learner_free(learner);
    return code == ERR_NONE ? note_learnt(address, now, err) : code;
}
