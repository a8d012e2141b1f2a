/* The counts of the gaps that are kept say what the records say, whatever was done and
 * whenever the job came by. ETABLI_GAP_STEPS: how many steps a seed takes. */
#include "tests/store/place.h"

#include "base/calendar.h"
#include "base/random.h"
#include "exchange/action/erase.h"
#include "exchange/action/gap_report.h"
#include "exchange/action/jobs.h"
#include "exchange/action/personal.h"
#include "store/change.h"
#include "store/introductions.h"
#include "store/need_groups.h"
#include "store/word_groups.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum {
    SKILLS = 14,
    PEOPLE = 24,
    NEEDS = 40,
    SESSIONS = 6,
    GROUPS = 6,
    POLES = 3,
    STRUCTURES = 4,
    STEPS = 80
};

struct world {
    struct place *place;
    struct random chance;
    struct config config;
    struct arena *arena; /* of one step */
    int64_t now;
    int64_t skills[SKILLS], poles[POLES], structures[STRUCTURES];
    int64_t people[PEOPLE], needs[NEEDS], sessions[SESSIONS], asked[200], groups[GROUPS];
    size_t people_count, need_count, session_count, asked_count, group_count;
};

static void must(err_code code, const struct err *err)
{
    if (code != ERR_NONE)
        fail_msg("%s", err->text);
}

static int64_t below(struct world *world, uint32_t bound)
{
    return (int64_t)random_below(&world->chance, bound);
}

static struct weekly_window *some_time(struct world *world, size_t *count)
{
    struct weekly_window *window = arena_alloc(world->arena, sizeof *window);

    *window = (struct weekly_window){
        .weekday = 1 + (int)below(world, 5), .start_min = 540, .end_min = 600};
    *count = below(world, 3) > 0;
    return window;
}

static err_code write_skill(struct db *db, void *argument, struct err *err)
{
    struct world *world = argument;
    size_t place = (size_t)below(world, SKILLS);
    /* Few names, so that some are called the same. */
    struct skill_label labels[] = {
        {"fr", LABEL_PREFERRED,
         arena_printf(world->arena, "savoir %" PRId64, below(world, 11))},
        {"fr", LABEL_ALTERNATIVE,
         arena_printf(world->arena, "autre %" PRId64, below(world, 30))}};
    struct skill skill = {.id = world->skills[place],
                          .source = "site",
                          .code = arena_printf(world->arena, "c%zu", place),
                          .parent_code = below(world, 3)
                                             ? NULL
                                             : arena_printf(world->arena, "c%zu",
                                                            place ? place - 1 : SKILLS),
                          .labels = labels,
                          .label_count = 2};
    err_code code = skills_save(db, &skill, false, world->now, err);

    world->skills[place] = skill.id;
    return code == ERR_NONE ? skills_set_parent(db, &skill, err) : code;
}

static err_code write_person(struct db *db, void *argument, struct err *err)
{
    struct world *world = argument;
    struct person_skill skills[3];
    bool is_new = world->people_count < PEOPLE && !below(world, 4);
    size_t place = is_new ? world->people_count
                          : (size_t)below(world, (uint32_t)world->people_count);
    struct person person = {0};
    err_code code = ERR_NONE;

    if (!is_new)
        code = people_get(db, world->arena, world->people[place], &person, err);
    if (code != ERR_NONE)
        return code;
    person.name = "Quelqu’un";
    person.email =
        below(world, 8)
            ? arena_printf(world->arena, "p%" PRId64 "@example.org", below(world, 18))
            : NULL;
    person.structure_id =
        below(world, 5) ? world->structures[below(world, STRUCTURES)] : 0;
    person.quota_month = (int)below(world, 4) - 1;
    person.pause_until =
        below(world, 4) ? 0 : world->now + (below(world, 60) - 20) * DAY_S;
    person.state = below(world, 6) ? CARD_PUBLISHED : CARD_HIDDEN;
    person.confirmed_at = world->now - below(world, 400) * DAY_S;
    person.declined_at = below(world, 15) ? 0 : world->now;
    person.skill_count = (size_t)below(world, 4);
    for (size_t i = 0; i < person.skill_count; i++)
        skills[i] = (struct person_skill){.skill_id = world->skills[below(world, SKILLS)],
                                          .label = "x",
                                          .is_shared = below(world, 4) > 0};
    person.skills = skills;
    person.pole_ids = &world->poles[below(world, POLES)];
    person.pole_count = (size_t)below(world, 2);
    person.windows = some_time(world, &person.window_count);
    code = people_save(db, &person, world->now, err);
    world->people[place] = person.id;
    world->people_count += is_new;
    return code;
}

static err_code write_need(struct db *db, void *argument, struct err *err)
{
    struct world *world = argument;
    bool is_new = world->need_count < NEEDS && below(world, 2);
    size_t place = is_new || !world->need_count
                       ? world->need_count
                       : (size_t)below(world, (uint32_t)world->need_count);
    struct need_support supports[2];
    struct need need = {0};
    err_code code = ERR_NONE;

    if (place < world->need_count)
        code = needs_get(db, world->arena, world->needs[place], &need, err);
    if (code != ERR_NONE)
        return code;
    need.text = "un besoin";
    need.state = (enum need_state)(below(world, 5) ? below(world, 3) : below(world, 5));
    need.person_id =
        below(world, 3) ? world->people[below(world, (uint32_t)world->people_count)] : 0;
    need.structure_id = below(world, 3) ? 0 : world->structures[below(world, STRUCTURES)];
    need.pole_id = below(world, 4) ? world->poles[below(world, POLES)] : 0;
    need.skill_id = below(world, 4) ? world->skills[below(world, SKILLS)] : 0;
    need.created_at =
        need.created_at ? need.created_at : world->now - below(world, 380) * DAY_S;
    need.expires_at = world->now + (below(world, 100) - 5) * DAY_S;
    need.answered_at = below(world, 2) ? 0 : need.created_at + below(world, 30) * DAY_S;
    need.is_private = !below(world, 6);
    need.support_count = (size_t)below(world, 3);
    for (size_t i = 0; i < need.support_count; i++)
        supports[i] = (struct need_support){
            .person_id = below(world, 3)
                             ? world->people[below(world, (uint32_t)world->people_count)]
                             : 0};
    need.supports = supports;
    need.windows = some_time(world, &need.window_count);
    code = needs_save(db, &need, world->now, err);
    world->needs[place] = need.id;
    world->need_count += place == world->need_count;
    return code;
}

/* A session for some needs is proposed, changed, held or cancelled. */
static err_code write_session(struct db *db, void *argument, struct err *err)
{
    struct world *world = argument;
    bool is_new = world->session_count < SESSIONS && below(world, 2);
    size_t place = is_new || !world->session_count
                       ? world->session_count
                       : (size_t)below(world, (uint32_t)world->session_count);
    struct session session = {0};
    struct session_date date = {0};
    err_code code = ERR_NONE;

    if (!world->need_count)
        return change_note(db, THING_MAIL, 0, world->now, err);
    if (place < world->session_count)
        code = sessions_get(db, world->arena, world->sessions[place], &session, err);
    if (code != ERR_NONE)
        return code;
    session.title = "Une séance";
    session.seats = 8;
    session.state = (enum session_state)below(world, 4);
    session.pole_id = below(world, 3) ? world->poles[below(world, POLES)] : 0;
    session.trainer_ids = &world->people[below(world, (uint32_t)world->people_count)];
    session.trainer_count = (size_t)below(world, 2);
    date.starts_at = world->now - below(world, 500) * DAY_S;
    date.ends_at = date.starts_at + DAY_S;
    session.dates = &date;
    session.date_count = 1;
    session.need_ids = &world->needs[below(world, (uint32_t)world->need_count)];
    session.need_count = (size_t)below(world, 2);
    code = sessions_save(db, &session, world->now, err);
    world->sessions[place] = session.id;
    world->session_count += place == world->session_count;
    return code;
}

/* Two needs become one, or a merged one stands alone again. */
static err_code write_group(struct db *db, void *argument, struct err *err)
{
    struct world *world = argument;
    struct need one = {0}, other = {0};
    err_code code;

    if (world->need_count < 2)
        return change_note(db, THING_MAIL, 0, world->now, err);
    code = needs_get(db, world->arena,
                     world->needs[below(world, (uint32_t)world->need_count)], &one, err);
    if (code == ERR_NONE)
        code = needs_get(db, world->arena,
                         world->needs[below(world, (uint32_t)world->need_count)], &other,
                         err);
    if (code != ERR_NONE)
        return code;
    if (one.merged_into)
        return needs_split(db, one.id, world->now, err);
    if (one.id == other.id || other.merged_into || one.merged_people)
        return change_note(db, THING_MAIL, 0, world->now, err);
    return needs_merge(db, one.id, other.id, world->now, err);
}

static err_code write_need_erased(struct db *db, void *argument, struct err *err)
{
    struct world *world = argument;
    size_t place;
    err_code code;

    if (!world->need_count || world->asked_count) /* contacts refer to needs */
        return change_note(db, THING_MAIL, 0, world->now, err);
    place = (size_t)below(world, (uint32_t)world->need_count);
    code = needs_erase(db, world->needs[place], world->now, err);
    world->needs[place] = world->needs[--world->need_count];
    return code;
}

/* Needs go into a group, groups come together, apart, get their near skills, or go. */
static err_code write_words(struct db *db, void *argument, struct err *err)
{
    struct world *world = argument;
    struct word_group made = {.pole_id = world->poles[below(world, POLES)],
                              .name = "mots"};
    int64_t one = 0, skill_id = world->skills[below(world, SKILLS)];
    struct word_change change = {.id = 0};
    err_code code = ERR_NONE;

    if (!world->group_count || (world->group_count < GROUPS && !below(world, 3))) {
        code = word_groups_add(db, &made, world->now, err);
        world->groups[world->group_count++] = one = made.id;
    } else {
        one = world->groups[below(world, (uint32_t)world->group_count)];
    }
    change.id = one;
    if (code == ERR_NONE && world->need_count && below(world, 3))
        code = word_groups_put(
            db, world->needs[below(world, (uint32_t)world->need_count)], one, err);
    else if (code == ERR_NONE && below(world, 2))
        code = word_groups_tell(db, &change, "d’autres mots", &skill_id, 1, err);
    else if (code == ERR_NONE) /* the first one takes the others in; it is in none */
        code = word_groups_merge(
            db, one, one == world->groups[0] || below(world, 2) ? 0 : world->groups[0],
            err);
    if (code == ERR_NONE && one == world->groups[world->group_count - 1] &&
        world->group_count > 1 && !below(world, 5)) {
        code = word_groups_drop(db, one, err);
        world->group_count--;
    }
    return code == ERR_NONE ? change_note(db, THING_MAIL, 0, world->now, err) : code;
}

static err_code write_asked(struct db *db, void *argument, struct err *err)
{
    struct world *world = argument;
    struct introduction asked = {
        .asker_id = world->people[below(world, (uint32_t)world->people_count)],
        .resource_id = world->people[below(world, (uint32_t)world->people_count)],
        .created_at = world->now - below(world, 40) * DAY_S,
        .expires_at = world->now};
    err_code code = ERR_NONE;

    if (world->asked_count && below(world, 2)) {
        enum introduction_state was;
        int64_t id = world->asked[below(world, (uint32_t)world->asked_count)];
        code = introductions_get(db, world->arena, id, &asked, err);
        if (code == ERR_NOT_FOUND) /* went with someone who was erased */
            return change_note(db, THING_MAIL, 0, world->now, err);
        was = asked.state;
        asked.state = (enum introduction_state)below(world, 6);
        if (code == ERR_NONE)
            code = introductions_change(db, &asked, was, err);
    } else {
        code = introductions_add(db, &asked, err);
        world->asked[world->asked_count++ % 200] = asked.id;
        world->asked_count = world->asked_count > 200 ? 200 : world->asked_count;
    }
    return code == ERR_NONE ? change_note(db, THING_MAIL, 0, world->now, err) : code;
}

static void erase_someone(struct world *world, struct ctx *ctx)
{
    size_t place = (size_t)below(world, (uint32_t)world->people_count);
    struct identity identity;
    struct need need;
    struct err err = {0};
    size_t used = 0;

    if (world->people_count < 4)
        return;
    must(identity_of_person(ctx->db, ctx->arena, world->people[place], &identity, &err),
         &err);
    must(person_erase(ctx, &identity, "job", &err), &err);
    for (size_t i = 0; i < world->people_count; i++) { /* all cards of her address */
        struct person person;
        if (people_get(ctx->db, ctx->arena, world->people[i], &person, &err) == ERR_NONE)
            world->people[used++] = world->people[i];
    }
    world->people_count = used;
    used = 0;
    for (size_t i = 0; i < world->need_count; i++)
        if (needs_get(ctx->db, ctx->arena, world->needs[i], &need, &err) == ERR_NONE)
            world->needs[used++] = world->needs[i];
    world->need_count = used;
}

static void tell_row(struct text *out, const struct gap_row *row, size_t columns)
{
    text_printf(out, "%" PRId64 " ask %" PRId64 " wait %" PRId64 " of", row->skill_id,
                row->tally.asking, row->tally.waiting);
    for (int i = 0; i < KNOW_STATES; i++)
        text_printf(out, " %" PRId64, row->tally.knowing[i]);
    text_printf(out,
                " here %" PRId64 " cause %d needs %" PRId64 " oldest %" PRId64 "/%" PRId64
                " one %" PRId64 " cells",
                row->tally.live_here, row->cause, row->needs, row->oldest_at,
                row->oldest_id, row->one_id);
    for (size_t i = 0; row->cells && i < columns; i++)
        text_printf(out, " %" PRId64 "/%" PRId64 "/%" PRId64 "/%" PRId64,
                    row->cells[i].asking, row->cells[i].waiting, row->cells[i].live,
                    row->cells[i].known);
    text_printf(out, "\n");
}

static void tell_trend(struct text *out, const struct gap_trend *trend)
{
    text_printf(
        out,
        "year ask %" PRId64 " served %" PRId64 " answered %" PRId64 " wait %" PRId64
        " sessions %" PRId64 " of %" PRId64 ", %" PRId64 " of the %" PRId64 " busiest\n",
        trend->asking, trend->served, trend->answered, trend->median_wait_s,
        trend->sessions, trend->trainers, trend->busiest_sessions, trend->busiest);
    for (int i = 0; i < GAP_TREND_MONTHS; i++)
        text_printf(out, "month %" PRId64 " stated %" PRId64 " answered %" PRId64 "\n",
                    trend->months[i].at, trend->months[i].stated,
                    trend->months[i].answered);
}

static void tell(struct text *out, struct ctx *ctx, int64_t pole_id, bool from_records)
{
    struct gap_report report;
    struct err err = {0};

    must(gap_report_make(ctx, pole_id, from_records, &report, &err), &err);
    text_printf(
        out, "asking %" PRId64 " needs %" PRId64 " bare %" PRId64 " oldest %" PRId64 "\n",
        report.asking, report.needs, report.unqualified, report.oldest_at);
    tell_trend(out, &report.trend);
    for (size_t i = 0; i < report.column_count; i++)
        text_printf(out, "column %" PRId64 "\n", report.columns[i].id);
    for (size_t i = 0; i < report.row_count; i++)
        tell_row(out, &report.rows[i], report.column_count);
    for (size_t i = 0; i < report.risk_count; i++)
        tell_row(out, &report.risks[i], 0);
}

static void compare(struct world *world, struct ctx *ctx, const char *step)
{
    for (int i = -1; i < POLES; i++) {
        int64_t pole = i < 0 ? 0 : world->poles[i];
        struct text kept, counted;
        text_init(&kept, 1 << 20);
        text_init(&counted, 1 << 20);
        tell(&kept, ctx, pole, false);
        tell(&counted, ctx, pole, true);
        if (strcmp(kept.bytes, counted.bytes) != 0)
            fail_msg("after %s, pole %" PRId64 ": kept\n%s\ncounted\n%s", step, pole,
                     kept.bytes, counted.bytes);
        text_done(&kept);
        text_done(&counted);
    }
}

static void start(struct world *world)
{
    struct err err = {0};

    must(config_defaults(world->place->arena, &world->config, &err), &err);
    world->config.data_folder = world->place->folder;
    world->config.mail_mode = "off";
    for (int i = 0; i < POLES; i++) {
        struct pole pole = {.key = arena_printf(world->arena, "pole%d", i),
                            .name = "Pôle",
                            .kind = "trade"};
        run(world->place, save_pole, &pole);
        world->poles[i] = pole.id;
    }
    for (int i = 0; i < STRUCTURES; i++) {
        struct structure structure = {.key = arena_printf(world->arena, "s%d", i),
                                      .name = "Structure"};
        run(world->place, save_structure, &structure);
        world->structures[i] = structure.id;
    }
    for (int i = 0; i < SKILLS; i++) {
        const struct skill_label label = {"fr", LABEL_PREFERRED,
                                          arena_printf(world->arena, "savoir %d", i)};
        struct skill skill = {.source = "site",
                              .code = arena_printf(world->arena, "c%d", i),
                              .labels = &label,
                              .label_count = 1};
        run(world->place, save_skill, &skill);
        world->skills[i] = skill.id;
    }
    for (int i = 0; i < 5; i++) {
        struct person person = someone("Amal");
        run(world->place, save_person, &person);
        world->people[world->people_count++] = person.id;
    }
}

static void live(struct place *place, uint64_t seed, long steps)
{
    static const struct {
        const char *name;
        write_job job;
    } deeds[] = {{"a skill", write_skill},
                 {"a person", write_person},
                 {"a person", write_person},
                 {"a need", write_need},
                 {"a need", write_need},
                 {"needs merged", write_group},
                 {"a group of words", write_words},
                 {"a need erased", write_need_erased},
                 {"a session", write_session},
                 {"a contact", write_asked}};
    struct world world = {.place = place, .arena = arena_new(64 << 20), .now = NOW};
    struct err err = {0};

    random_init(&world.chance, seed);
    start(&world);
    for (long i = 0; i < steps; i++) {
        size_t deed = (size_t)below(&world, sizeof deeds / sizeof deeds[0] + 2);
        struct ctx ctx = {.arena = world.arena,
                          .db = place->db,
                          .writer = place->writer,
                          .config = &world.config,
                          .lang = "fr"};
        const char *name = "time";
        arena_reset(world.arena);
        if (deed < sizeof deeds / sizeof deeds[0]) {
            name = deeds[deed].name;
            run(place, deeds[deed].job, &world);
        }
        if (deed == sizeof deeds / sizeof deeds[0])
            world.now += below(&world, 20) * DAY_S;
        ctx.now = world.now;
        if (deed > sizeof deeds / sizeof deeds[0]) {
            name = "an erasure";
            erase_someone(&world, &ctx);
        }
        if (!below(&world, 3))
            must(job_gaps(&ctx, &err), &err);
        compare(&world, &ctx, name);
    }
    arena_free(world.arena);
}

static void what_is_kept_equals_what_is_counted(void **state)
{
    const char *wanted = getenv("ETABLI_GAP_STEPS");
    long steps = wanted ? strtol(wanted, NULL, 10) : STEPS;

    live(*state, 1, steps);
}

static void so_it_does_for_another_seed(void **state)
{
    const char *wanted = getenv("ETABLI_GAP_STEPS");
    long steps = wanted ? strtol(wanted, NULL, 10) : STEPS;

    live(*state, 2, steps);
}

int main(void)
{
    const struct CMUnitTest tests[] = {RECORDS_TEST(what_is_kept_equals_what_is_counted),
                                       RECORDS_TEST(so_it_does_for_another_seed)};

    return cmocka_run_group_tests(tests, NULL, NULL);
}
