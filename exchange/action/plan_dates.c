/* Half-days, rooms and communes of a problem of the planner. */
#include "exchange/action/plan_problem.h"

#include "base/unicode.h"
#include "exchange/model/holiday.h"
#include "exchange/model/week.h"
#include "store/rooms.h"

#include <string.h>

enum {
    SLOTS = WEEK_DAY_PARTS,
    SATURDAY = 6,
    SUNDAY = 7,
    COMMUNES_MOST = 256,
    ROOMS_MOST = 40,
    FOUND_MOST = 5, /* communes where a place could be found */
    FOUND_CAPACITY = 12
};

/* Two and a half hours each, inside the half-days of exchange/model/week.h. */
static const struct {
    int hour, minute, length_min;
} slots[SLOTS] = {{9, 30, 150}, {14, 0, 150}, {18, 30, 120}};

static bool is_refused(const struct plan_without *without, const struct civil *day)
{
    int64_t number = day->year * 10000 + day->month * 100 + day->day;

    for (size_t i = 0; i < without->day_count; i++)
        if (without->days[i] == number)
            return true;
    return false;
}

static bool is_wanted(const struct pole_problem *problem, const struct civil *day,
                      int slot)
{
    return day->weekday != SUNDAY && !(day->weekday == SATURDAY && slot == SLOTS - 1) &&
           !is_holiday(day->year, day->month, day->day) &&
           !is_refused(&problem->without, day);
}

err_code plan_dates_make(struct pole_problem *problem, struct err *err)
{
    struct zone zone = problem->ctx->config->zone;
    size_t days = (size_t)problem->wish->weeks * 7;
    struct plan_date *dates =
        arena_array(problem->ctx->arena, days * SLOTS, sizeof *dates);
    size_t count = 0;

    if (!dates)
        return err_set(err, ERR_MEMORY, "no room for dates");
    for (size_t i = 0; i < days; i++) {
        /* Noon stays on its day, whatever the clocks do. */
        struct civil day = calendar_civil(problem->ctx->now, zone);
        int64_t noon = 0;
        day.hour = 12;
        day.minute = day.second = 0;
        if (!calendar_instant(day, zone, &noon))
            continue;
        day = calendar_civil(noon + (int64_t)(PLAN_FIRST_DAY + i) * DAY_S, zone);
        for (int slot = 0; slot < SLOTS; slot++) {
            struct civil start = day;
            start.hour = slots[slot].hour;
            start.minute = slots[slot].minute;
            start.second = 0;
            if (!is_wanted(problem, &day, slot) ||
                !calendar_instant(start, zone, &dates[count].starts_at))
                continue;
            dates[count].ends_at =
                dates[count].starts_at + slots[slot].length_min * MINUTE_S;
            count++;
        }
    }
    problem->problem.dates = dates;
    problem->problem.date_count = count;
    return ERR_NONE;
}

int plan_date_at(const struct pole_problem *problem, int64_t starts_at)
{
    for (size_t i = 0; i < problem->problem.date_count; i++)
        if (problem->problem.dates[i].starts_at == starts_at)
            return (int)i + 1;
    return 0;
}

/* The half-day of a date, as a bit. */
static unsigned part_of(const struct pole_problem *problem, size_t date)
{
    struct civil at = calendar_civil(problem->problem.dates[date].starts_at,
                                     problem->ctx->config->zone);
    struct weekly_window window = {.weekday = at.weekday,
                                   .start_min = at.hour * 60 + at.minute,
                                   .end_min = at.hour * 60 + at.minute + 1};

    return week_parts(&window, 1);
}

uint64_t *plan_dates_of(const struct pole_problem *problem, unsigned parts, int64_t from,
                        int64_t until)
{
    size_t count = problem->problem.date_count;
    uint64_t *bits = arena_array(problem->ctx->arena, count / 64 + 1, sizeof *bits);

    for (size_t i = 0; bits && i < count; i++) {
        const struct plan_date *date = &problem->problem.dates[i];
        if ((!parts || (parts & part_of(problem, i))) && date->starts_at >= from &&
            (!until || date->starts_at < until))
            bits[i / 64] |= (uint64_t)1 << (i % 64);
    }
    return bits;
}

int plan_commune(struct pole_problem *problem, const char *name)
{
    const char *folded = name ? unicode_fold(problem->ctx->arena, name) : NULL;

    if (!folded || !*folded)
        return 0;
    if (!problem->communes) {
        problem->communes =
            arena_array(problem->ctx->arena, COMMUNES_MOST, sizeof *problem->communes);
        if (!problem->communes)
            return 0;
        problem->communes[problem->commune_count++] = "";
    }
    for (size_t i = 1; i < problem->commune_count; i++)
        if (strcmp(problem->communes[i], folded) == 0)
            return (int)i;
    if (problem->commune_count == COMMUNES_MOST)
        return 0;
    problem->communes[problem->commune_count] = folded;
    return (int)problem->commune_count++;
}

/* When it is open and nobody has it. */
static err_code room_dates(struct pole_problem *problem, const struct room *room,
                           uint64_t *bits, struct err *err)
{
    const struct plan_problem *plan = &problem->problem;
    err_code code = ERR_NONE;

    for (size_t i = 0; code == ERR_NONE && i < plan->date_count; i++) {
        int64_t booked = 0;
        if (!room_is_open(room, plan->dates[i].starts_at, plan->dates[i].ends_at,
                          problem->ctx->config->zone))
            continue;
        if (room->id)
            code = rooms_booked(problem->ctx->db, room->id, plan->dates[i].starts_at,
                                plan->dates[i].ends_at, 0, &booked, err);
        if (!booked)
            bits[i / 64] |= (uint64_t)1 << (i % 64);
    }
    return code;
}

/* Where most of those live who could teach: a place can be found there. */
static void add_found(struct pole_problem *problem)
{
    for (size_t i = 0;
         i < problem->trainer_count && problem->room_count < ROOMS_MOST + FOUND_MOST;
         i++) {
        const char *commune = problem->trainers[i].person.commune;
        bool is_known = !commune;
        size_t found = 0;
        for (size_t j = 0; !is_known && j < problem->room_count; j++) {
            found += problem->rooms[j].id == 0;
            is_known = problem->rooms[j].id == 0 &&
                       strcmp(problem->rooms[j].commune, commune) == 0;
        }
        if (!is_known && found < FOUND_MOST)
            problem->rooms[problem->room_count++] =
                (struct room){.commune = commune, .name = "", .capacity = FOUND_CAPACITY};
    }
}

err_code plan_rooms_read(struct pole_problem *problem, struct err *err)
{
    struct arena *arena = problem->ctx->arena;
    struct room *rooms = NULL;
    struct plan_room *out;
    size_t count = 0;
    err_code code = rooms_list(problem->ctx->db, arena, 0, &rooms, &count, err);

    count = count < ROOMS_MOST ? count : ROOMS_MOST;
    problem->rooms = arena_array(arena, count + FOUND_MOST, sizeof *problem->rooms);
    out = arena_array(arena, count + FOUND_MOST, sizeof *out);
    if (code == ERR_NONE && (!problem->rooms || !out))
        code = err_set(err, ERR_MEMORY, "no room for rooms");
    if (code != ERR_NONE)
        return code;
    if (count)
        memcpy(problem->rooms, rooms, count * sizeof *rooms);
    problem->room_count = count;
    add_found(problem);
    for (size_t i = 0; code == ERR_NONE && i < problem->room_count; i++) {
        const struct room *room = &problem->rooms[i];
        uint64_t *bits =
            arena_array(arena, problem->problem.date_count / 64 + 1, sizeof *bits);
        if (!bits)
            return err_set(err, ERR_MEMORY, "no room for rooms");
        code = room_dates(problem, room, bits, err);
        out[i] = (struct plan_room){.commune = plan_commune(problem, room->commune),
                                    .capacity = room->capacity,
                                    .is_step_free = room->is_step_free,
                                    .dates = bits};
    }
    problem->problem.rooms = out;
    problem->problem.room_count = problem->room_count;
    return code;
}
