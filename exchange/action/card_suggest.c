/* Skills recognised in what someone wrote of herself. */
#include "exchange/action/card_suggest.h"

#include "exchange/action/card.h"
#include "store/skills.h"

#include <string.h>

enum { SENTENCES_MOST = 30, LOOKED_AT = 3 };
static const double CONFIDENCE_LEAST = 0.9;

static bool has_skill(const struct person *person, const struct hit *hit)
{
    for (size_t i = 0; i < person->skill_count; i++)
        if (person->skills[i].skill_id == hit->id ||
            strcmp(person->skills[i].label, hit->title) == 0)
            return true;
    return false;
}

/* Keeps the surest, in order. */
static void add(struct card_suggestion *out, size_t *count, const struct hit *hit)
{
    size_t at = 0;

    for (size_t i = 0; i < *count; i++)
        if (out[i].skill_id == hit->id)
            return;
    while (at < *count && out[at].confidence >= hit->fullness)
        at++;
    if (at == CARD_SUGGESTIONS_MOST)
        return;
    *count += *count < CARD_SUGGESTIONS_MOST;
    memmove(out + at + 1, out + at, (*count - at - 1) * sizeof *out);
    out[at] = (struct card_suggestion){hit->id, hit->title, hit->fullness};
}

static err_code read_sentence(struct ctx *ctx, const struct person *person,
                              const char *sentence, struct card_suggestion *out,
                              size_t *count, struct err *err)
{
    const struct query_request wanted = {.kind = KIND_SKILL,
                                         .text = sentence,
                                         .lang = "fr",
                                         .limit = LOOKED_AT,
                                         .now = ctx->now};
    struct query_answer answer = {.count = 0};
    err_code code = search_query(ctx->search, ctx->arena, &wanted, &answer, err);

    for (size_t i = 0; code == ERR_NONE && i < answer.count; i++)
        if (answer.hits[i].fullness >= CONFIDENCE_LEAST &&
            !has_skill(person, &answer.hits[i]))
            add(out, count, &answer.hits[i]);
    return code;
}

err_code card_suggest(struct ctx *ctx, const struct person *person,
                      struct card_suggestion *out, size_t *count, struct err *err)
{
    char *text =
        arena_printf(ctx->arena, "%s. %s", person->headline ? person->headline : "",
                     person->about ? person->about : "");
    char *save = NULL;
    size_t sentences = 0;
    err_code code = ERR_NONE;

    *count = 0;
    if (!text)
        return err_set(err, ERR_MEMORY, "no room for suggestions");
    if (!ctx->search)
        return ERR_NONE;
    for (char *sentence = strtok_r(text, ".!?;:\n", &save);
         code == ERR_NONE && sentence && sentences++ < SENTENCES_MOST;
         sentence = strtok_r(NULL, ".!?;:\n", &save))
        if (sentence[strspn(sentence, " \t\r")])
            code = read_sentence(ctx, person, sentence, out, count, err);
    return code;
}

err_code card_suggest_take(struct ctx *ctx, int64_t skill_id, struct err *err)
{
    const struct card_access own = {0};
    struct person person;
    struct person_skill *skills;
    struct skill skill;
    bool is_hers;
    err_code code = card_read_for(ctx, &own, &person, &is_hers, err);

    if (code == ERR_NONE)
        code = skills_get(ctx->db, ctx->arena, skill_id, &skill, err);
    if (code != ERR_NONE)
        return code;
    for (size_t i = 0; i < person.skill_count; i++)
        if (person.skills[i].skill_id == skill_id)
            return ERR_NONE;
    if (person.skill_count >= CARD_SKILLS_MOST)
        return err_set_field(err, ERR_LIMIT, "competence",
                             N_("Your card has thirty skills: take one off first."));
    skills = arena_array(ctx->arena, person.skill_count + 1, sizeof *skills);
    if (!skills)
        return err_set(err, ERR_MEMORY, "no room for a skill");
    if (person.skill_count)
        memcpy(skills, person.skills, person.skill_count * sizeof *skills);
    skills[person.skill_count++] = (struct person_skill){
        .skill_id = skill_id, .label = skill_name(&skill, "fr"), .is_shared = true};
    person.skills = skills;
    return card_save(ctx, &own, &person, person.version, CARD_KEEP, false, err);
}
