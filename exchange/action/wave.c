/* Waves: the best resource people for a need, a few at a time. */
#include "exchange/action/wave.h"

#include "exchange/action/introduction.h"
#include "exchange/action/introduction_mail.h"
#include "store/change.h"
#include "store/need_follow.h"
#include "store/needs.h"
#include "store/people.h"
#include "store/skills.h"

enum { WAVE_ARENA_MAX = 4 << 20 };

/* What the facilitator called it; NULL: nobody has. */
static const char *called(struct ctx *ctx, const struct need *need)
{
    struct skill skill;
    const char *name = NULL;

    if (need->skill_id &&
        skills_get(ctx->db, ctx->arena, need->skill_id, &skill, NULL) == ERR_NONE)
        name = skill_name(&skill, ctx->config->languages[0]);
    return name && *name ? name : NULL;
}

/* A skill that matched and that she agrees to pass on. */
static bool shares(const struct hit *hit)
{
    for (size_t i = 0; i < hit->skill_count; i++)
        if (hit->skills[i].is_match && hit->skills[i].is_shared)
            return true;
    return false;
}

static int64_t asker_of(const struct need *need)
{
    for (size_t i = 0; !need->person_id && i < need->support_count; i++)
        if (need->supports[i].person_id)
            return need->supports[i].person_id;
    return need->person_id;
}

/* Who answers, once: by what it is called and by her own words in turn. */
static void add_candidate(struct wave *wave, const struct query_answer *answer, size_t i)
{
    const struct hit *hit = i < answer->count ? &answer->hits[i] : NULL;

    if (!hit || hit->is_far || !shares(hit) || wave->count == WAVE_CANDIDATES_MOST)
        return;
    for (size_t j = 0; j < wave->count; j++)
        if (wave->resource_ids[j] == hit->id)
            return;
    wave->resource_ids[wave->count++] = hit->id;
}

err_code wave_find(struct ctx *ctx, const struct need *need, size_t most, bool is_more,
                   struct wave *out, struct err *err)
{
    struct query_request wanted = {.kind = KIND_PERSON,
                                   .lang = ctx->config->languages[0],
                                   .limit = WAVE_CANDIDATES_MOST,
                                   .now = ctx->now};
    struct query_answer said = {.count = 0}, named = {.count = 0};
    err_code code;

    *out = (struct wave){.config = ctx->config,
                         .need = need,
                         .asker_id = asker_of(need),
                         .most = most,
                         .is_more = is_more,
                         .now = ctx->now};
    if (!need_is_open(need->state) || need->expires_at <= ctx->now || need->merged_into)
        return err_set_field(err, ERR_INVALID, "need",
                             N_("This need is closed: nobody is asked any more."));
    if (!out->asker_id)
        return err_set_field(err, ERR_INVALID, "need",
                             N_("Nobody could be told the answers: the author of this "
                                "need has not confirmed her or his address."));
    if (!ctx->search)
        return err_set(err, ERR_BUSY, "the index is being rebuilt");
    wanted.text = called(ctx, need);
    code = wanted.text ? search_query(ctx->search, ctx->arena, &wanted, &named, err)
                       : ERR_NONE;
    wanted.text = need->text;
    if (code == ERR_NONE)
        code = search_query(ctx->search, ctx->arena, &wanted, &said, err);
    for (size_t i = 0; code == ERR_NONE && (i < named.count || i < said.count); i++) {
        add_candidate(out, &named, i);
        add_candidate(out, &said, i);
    }
    return code;
}

static bool is_for_herself(const struct need *need, int64_t person_id)
{
    for (size_t i = 0; i < need->support_count; i++)
        if (need->supports[i].person_id == person_id)
            return true;
    return need->person_id == person_id;
}

/* Confirmed by a human and not sinking: someone who answers. */
static bool is_live(const struct wave *wave, const struct person *person)
{
    enum freshness freshness = person_freshness(
        person, wave->now, (int)wave->config->to_confirm_months,
        (int)wave->config->sinks_months, (int)wave->config->hidden_months);

    return person->state == CARD_PUBLISHED && person->email && person->confirmed_at &&
           freshness < SINKING && person->pause_until <= wave->now;
}

/* A card for her structure only is for askers of her structure. */
static err_code may_see(struct db *db, struct arena *arena, const struct wave *wave,
                        const struct person *person, bool *may, struct err *err)
{
    struct person asker;
    err_code code = ERR_NONE;

    *may = true;
    if (person->visibility != VISIBLE_STRUCTURE)
        return ERR_NONE;
    code = people_get(db, arena, wave->asker_id, &asker, err);
    if (code == ERR_NONE)
        *may = asker.structure_id && asker.structure_id == person->structure_id;
    return code;
}

static err_code may_ask(struct db *db, struct arena *arena, const struct wave *wave,
                        int64_t person_id, bool *may, struct err *err)
{
    struct person person;
    struct err missing = {0};
    bool was_asked = false;
    int64_t quota = 0, used = 0, refused = 0;
    err_code code = people_get(db, arena, person_id, &person, &missing);

    *may = false;
    if (code == ERR_NOT_FOUND) /* gone since it was indexed */
        return ERR_NONE;
    if (code != ERR_NONE)
        return err_set(err, code, "%s", missing.text);
    if (!is_live(wave, &person) || is_for_herself(wave->need, person_id))
        return ERR_NONE;
    code = introductions_was_asked(db, wave->need->id, person_id, &was_asked, err);
    if (code == ERR_NONE)
        code =
            introduction_quota(db, wave->config, &person, wave->now, &quota, &used, err);
    if (code == ERR_NONE)
        code = introductions_count_refused(db, person_id, wave->now - INTRODUCTION_REST_S,
                                           &refused, err);
    if (code == ERR_NONE && !was_asked && used < quota && !refused)
        code = may_see(db, arena, wave, &person, may, err);
    return code;
}

static err_code ask_one(struct db *db, struct arena *arena, const struct wave *wave,
                        int number, int64_t person_id, struct err *err)
{
    struct introduction introduction = {
        .need_id = wave->need->id,
        .asker_id = wave->asker_id,
        .resource_id = person_id,
        .wave = number,
        .state = INTRODUCTION_ASKED,
        .created_at = wave->now,
        .expires_at = wave->now + wave->config->introduction_days * DAY_S};
    const struct telling telling = {.db = db,
                                    .arena = arena,
                                    .config = wave->config,
                                    .introduction = &introduction,
                                    .need = wave->need,
                                    .now = wave->now};
    err_code code = introductions_add(db, &introduction, err);

    return code == ERR_NONE ? introduction_mail_asked(&telling, err) : code;
}

err_code wave_write(struct db *db, const struct wave *wave, int *asked, struct err *err)
{
    struct arena *arena = arena_new(WAVE_ARENA_MAX);
    size_t done = 0;
    int number = 0;
    err_code code = arena ? introductions_last_wave(db, wave->need->id, &number, err)
                          : err_set(err, ERR_MEMORY, "no room for a wave");

    if (code == ERR_NONE && (!wave->is_more || !number))
        number++;
    for (size_t i = 0; code == ERR_NONE && i < wave->count && done < wave->most; i++) {
        bool may = false;
        code = may_ask(db, arena, wave, wave->resource_ids[i], &may, err);
        if (code == ERR_NONE && may) {
            code = ask_one(db, arena, wave, number, wave->resource_ids[i], err);
            done++;
        }
    }
    if (code == ERR_NONE)
        code = change_note(db, THING_NEED, wave->need->id, wave->now, err);
    arena_free(arena);
    if (code == ERR_NONE)
        *asked = (int)done;
    return code;
}

struct sending {
    const struct wave *wave;
    int asked;
};

static err_code write_sending(struct db *db, void *argument, struct err *err)
{
    struct sending *sending = argument;

    return wave_write(db, sending->wave, &sending->asked, err);
}

err_code wave_route_on(struct ctx *ctx, int64_t need_id, struct err *err)
{
    struct need need;
    struct wave *wave = arena_alloc(ctx->arena, sizeof *wave);
    struct sending sending = {.wave = wave};
    int64_t *sessions = NULL;
    size_t count = 0;
    err_code code = wave ? needs_get(ctx->db, ctx->arena, need_id, &need, err)
                         : err_set(err, ERR_MEMORY, "no room for a wave");

    if (code != ERR_NONE || need.answered_at || !need_is_open(need.state) ||
        need.expires_at <= ctx->now || need.merged_into || !ctx->search)
        return code;
    /* a session that is proposed only is no answer, but somebody has been asked */
    code =
        needs_sessions(ctx->db, ctx->arena, need_id, ctx->now, 1, &sessions, &count, err);
    if (code != ERR_NONE || count)
        return code;
    code = wave_find(ctx, &need, 1, true, wave, err);
    return code == ERR_NONE ? writer_do(ctx->writer, write_sending, &sending, err) : code;
}
