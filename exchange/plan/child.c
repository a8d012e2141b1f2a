/* improve() in a process of its own. */
#include "exchange/plan/child.h"

#include "base/clock.h"
#include "exchange/plan/improve.h"
#include "exchange/plan/memory.h"

#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

enum { SPARE_SECONDS = 5, SESSIONS_MOST = 1 << 20, NEEDS_MOST = 64 };
static const size_t ARENA_MOST = (size_t)256 << 20;

/* A plan on its way: a head, then for each session its five numbers, two trainers, needs.
 */
struct head {
    double value, bound;
    uint64_t session_count, number_count; /* numbers that follow */
};

struct child {
    struct arena *arena; /* the newest plan */
    pid_t pid;
    int from; /* -1: over */
    char *bytes;
    size_t length, capacity;
};

/* ---- in the child ---- */

static bool write_all(int to, const void *bytes, size_t length)
{
    const char *next = bytes;

    while (length) {
        ssize_t written = write(to, next, length);
        if (written <= 0)
            return false;
        next += written;
        length -= (size_t)written;
    }
    return true;
}

static bool send(void *self, const struct plan *plan, double bound)
{
    const int *to = self;
    struct head head = {plan->value, bound, plan->session_count, 0};

    for (size_t i = 0; i < plan->session_count; i++)
        head.number_count += 7 + plan->sessions[i].need_count;
    if (!write_all(*to, &head, sizeof head))
        return false;
    for (size_t i = 0; i < plan->session_count; i++) {
        const struct plan_session *session = &plan->sessions[i];
        int numbers[7] = {session->skill,          session->level,
                          session->date,           session->room,
                          session->trainers[0],    session->trainers[1],
                          (int)session->need_count};
        if (!write_all(*to, numbers, sizeof numbers) ||
            !write_all(*to, session->needs, session->need_count * sizeof(int)))
            return false;
    }
    return true;
}

static void limit_itself(const struct child_limits *limits)
{
    struct rlimit memory = {PLAN_CHILD_BYTES_MOST, PLAN_CHILD_BYTES_MOST};
    int nowhere = open("/dev/null", O_RDWR);

    prctl(PR_SET_PDEATHSIG, SIGKILL); /* nobody would read what it finds */
#if !defined(__SANITIZE_ADDRESS__)
    setrlimit(RLIMIT_AS, &memory);
#endif
    (void)memory;
    if (limits->deadline_ms) {
        rlim_t seconds = (rlim_t)((limits->deadline_ms - clock_monotonic_ms()) / 1000);
        struct rlimit time = {seconds + SPARE_SECONDS, seconds + SPARE_SECONDS};
        setrlimit(RLIMIT_CPU, &time);
    }
    for (int fd = STDIN_FILENO; nowhere >= 0 && fd <= STDERR_FILENO; fd++)
        dup2(nowhere, fd);
    signal(SIGPIPE, SIG_DFL);
}

static void work(const struct plan_problem *problem, const struct child_limits *limits,
                 int to)
{
    struct improve_options options = {.start = limits->start,
                                      .is_second = limits->is_second,
                                      .deadline_ms = limits->deadline_ms,
                                      .parts = limits->parts,
                                      .seed = limits->seed,
                                      .report = send,
                                      .self = &to};
    struct err err = {0};

    limit_itself(limits);
    _exit(improve(problem, &options, &err) == ERR_NONE ? 0 : 1);
}

/* ---- in the parent ---- */

err_code child_start(struct child **out, const struct plan_problem *problem,
                     const struct child_limits *limits, struct err *err)
{
    struct child *child = calloc(1, sizeof *child);
    int ends[2];

    if (child)
        child->arena = arena_new(ARENA_MOST);
    if (!child || !child->arena) {
        free(child);
        return err_set(err, ERR_MEMORY, "no memory for a process");
    }
    child->from = -1;
    if (pipe2(ends, O_CLOEXEC) != 0) {
        child_free(child);
        return err_set(err, ERR_LIMIT, "no pipe for a process");
    }
    child->from = ends[0];
    child->pid = fork();
    if (child->pid == 0) {
        close(ends[0]);
        work(problem, limits, ends[1]);
    }
    close(ends[1]);
    if (child->pid < 0) {
        close(ends[0]);
        child->from = -1;
        child_free(child);
        return err_set(err, ERR_LIMIT, "no process to plan in");
    }
    *out = child;
    return ERR_NONE;
}

static void end(struct child *child)
{
    if (child->from < 0)
        return;
    close(child->from);
    child->from = -1;
    kill(child->pid, SIGKILL);
    while (waitpid(child->pid, NULL, 0) < 0)
        ;
}

void child_free(struct child *child)
{
    if (!child)
        return;
    end(child);
    arena_free(child->arena);
    free(child->bytes);
    free(child);
}

bool child_is_over(const struct child *child)
{
    return child->from < 0;
}

static bool make_room(struct child *child, size_t more)
{
    size_t capacity = 2 * (child->length + more);
    char *bytes;

    if (child->length + more <= child->capacity)
        return true;
    bytes = realloc(child->bytes, capacity);
    if (!bytes)
        return false;
    child->bytes = bytes;
    child->capacity = capacity;
    return true;
}

/* Reads what is there, waiting for the first byte; false when nothing came in time. */
static bool read_some(struct child *child, int wait_ms)
{
    struct pollfd watched = {.fd = child->from, .events = POLLIN};
    ssize_t got;

    if (child->from < 0 || poll(&watched, 1, wait_ms) <= 0)
        return false;
    if (!make_room(child, 1 << 16)) {
        end(child);
        return false;
    }
    got = read(child->from, child->bytes + child->length, 1 << 16);
    if (got <= 0) {
        end(child);
        return false;
    }
    child->length += (size_t)got;
    return true;
}

/* How long the first message is; 0 when it is not whole yet. */
static size_t message_length(struct child *child)
{
    struct head head;
    size_t length;

    if (child->length < sizeof head)
        return 0;
    memcpy(&head, child->bytes, sizeof head);
    if (head.session_count > SESSIONS_MOST ||
        head.number_count > head.session_count * (7 + NEEDS_MOST)) {
        end(child);
        child->length = 0;
        return 0;
    }
    length = sizeof head + head.number_count * sizeof(int);
    return child->length < length ? 0 : length;
}

/* The plan of a whole message; false when it is none or memory is out. */
static bool parse(struct child *child, struct plan *out, double *bound)
{
    struct head head;
    const char *next = child->bytes + sizeof head;
    size_t left;
    struct plan plan;

    arena_reset(child->arena);
    memcpy(&head, child->bytes, sizeof head);
    left = head.number_count;
    plan = (struct plan){
        arena_array(child->arena, head.session_count + 1, sizeof *plan.sessions),
        head.session_count, head.value};
    for (size_t i = 0; plan.sessions && i < plan.session_count; i++) {
        struct plan_session *session = &plan.sessions[i];
        int numbers[7];
        if (left < 7)
            return false;
        memcpy(numbers, next, sizeof numbers);
        next += sizeof numbers;
        left -= 7;
        if (numbers[6] < 0 || (size_t)numbers[6] > left)
            return false;
        *session = (struct plan_session){.skill = numbers[0],
                                         .level = numbers[1],
                                         .date = numbers[2],
                                         .room = numbers[3],
                                         .trainers = {numbers[4], numbers[5]}};
        session->need_count = (size_t)numbers[6];
        session->needs = arena_array(child->arena, session->need_count + 1, sizeof(int));
        if (!session->needs)
            return false;
        memcpy(session->needs, next, session->need_count * sizeof(int));
        next += session->need_count * sizeof(int);
        left -= session->need_count;
    }
    *out = plan;
    *bound = head.bound;
    return plan.sessions != NULL;
}

bool child_read(struct child *child, int wait_ms, struct plan *plan, double *bound)
{
    bool is_new = false;
    size_t length;

    while (read_some(child, wait_ms == -1 ? -1 : is_new ? 0 : wait_ms))
        while ((length = message_length(child)) > 0) {
            is_new = parse(child, plan, bound) || is_new;
            child->length -= length;
            memmove(child->bytes, child->bytes + length, child->length);
        }
    return is_new;
}
