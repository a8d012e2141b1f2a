/* 200 people race for the last seat, again and again: exactly one has it,
 * everybody else waits, and the waitlist is in order of arrival. ETABLI_RACES
 * says how often (20 unless said otherwise; the thousand takes some minutes:
 * ETABLI_RACES=1000 make check TESTS=tests/story/last_seat_test). */
#include "tests/store/place.h"

#include "exchange/action/session_register.h"

#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { RUNNERS = 200, RACES_USUAL = 20, RUNNER_ARENA = 4 << 20 };

struct runner {
  struct ctx ctx;
  int64_t session_id;
  char email[40];
  pthread_t thread;
  unsigned before, after; /* on a clock that only counts */
  struct session_place got;
  err_code code;
  struct err err;
};

static atomic_uint ticks;
static pthread_barrier_t gate;
static struct runner runners[RUNNERS];

static void *race(void *argument) {
  struct runner *runner = argument;
  const struct session_wish wish = {.session_id = runner->session_id,
                                    .email = runner->email,
                                    .name = "Quelqu’une"};

  pthread_barrier_wait(&gate);
  runner->before = atomic_fetch_add(&ticks, 1);
  runner->code =
      session_register(&runner->ctx, &wish, &runner->got, &runner->err);
  runner->after = atomic_fetch_add(&ticks, 1);
  return NULL;
}

static int64_t make_session(struct place *place) {
  const struct session_date date = {.starts_at = NOW + 30 * DAY_S,
                                    .ends_at = NOW + 30 * DAY_S + HOUR_S};
  struct session session = {.title = "Une seule place",
                            .format = FORMAT_WORKSHOP,
                            .seats = 1,
                            .threshold = 1,
                            .state = SESSION_PROPOSED,
                            .dates = &date,
                            .date_count = 1};

  run(place, save_session, &session);
  return session.id;
}

static const struct runner *runner_of(int64_t person_id) {
  for (int i = 0; i < RUNNERS; i++)
    if (runners[i].got.person_id == person_id)
      return &runners[i];
  fail_msg("nobody is person %lld", (long long)person_id);
  return NULL;
}

/* Whoever was done before another began stands before her. */
static void check_order(const struct session *session) {
  const struct runner *line[RUNNERS];

  for (size_t i = 0; i < session->registration_count; i++) {
    line[i] = runner_of(session->registrations[i].person_id);
    assert_int_equal(line[i]->got.rank, i); /* the first is seated: 0 */
    for (size_t j = 0; j < i; j++)
      assert_false(line[i]->after < line[j]->before);
  }
}

static void run_race(struct place *place, const struct config *config) {
  int64_t session_id = make_session(place);
  struct session session;
  struct err err = {0};
  size_t seated = 0;

  for (int i = 0; i < RUNNERS; i++) {
    struct runner *runner = &runners[i];
    *runner = (struct runner){.session_id = session_id};
    runner->ctx = (struct ctx){.arena = arena_new(RUNNER_ARENA),
                               .writer = place->writer,
                               .config = config,
                               .now = NOW,
                               .lang = "fr"};
    snprintf(runner->email, sizeof runner->email, "runner%d@example.org", i);
    assert_int_equal(pthread_create(&runner->thread, NULL, race, runner), 0);
  }
  for (int i = 0; i < RUNNERS; i++) {
    pthread_join(runners[i].thread, NULL);
    if (runners[i].code != ERR_NONE)
      fail_msg("%s", runners[i].err.text);
    seated += runners[i].got.registration.state == REGISTRATION_SEATED;
    arena_free(runners[i].ctx.arena);
  }
  assert_int_equal(seated, 1);
  assert_int_equal(
      sessions_get(place->db, place->arena, session_id, &session, &err),
      ERR_NONE);
  assert_int_equal(session.registration_count, RUNNERS);
  assert_int_equal(
      seats_taken(session.registrations, session.registration_count), 1);
  check_order(&session);
}

static void one_of_two_hundred_gets_the_last_seat(void **state) {
  struct place *place = *state;
  const char *wanted = getenv("ETABLI_RACES");
  long races = wanted ? strtol(wanted, NULL, 10) : RACES_USUAL;
  struct config config;
  struct err err = {0};
  struct arena *kept = arena_new(1 << 20);

  assert_int_equal(config_defaults(kept, &config, &err), ERR_NONE);
  config.mail_mode = "off"; /* who gets which mail is told by the stories */
  pthread_barrier_init(&gate, NULL, RUNNERS);
  for (long i = 0; i < races; i++) {
    run_race(place, &config);
    arena_reset(place->arena);
  }
  pthread_barrier_destroy(&gate);
  arena_free(kept);
  printf("# %ld races of %d\n", races, RUNNERS);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      RECORDS_TEST(one_of_two_hundred_gets_the_last_seat)};

  return cmocka_run_group_tests(tests, NULL, NULL);
}
