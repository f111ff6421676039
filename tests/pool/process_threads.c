/* SPDX-License-Identifier: MIT */
/* process_threads.c - whole processes: what the environment says, and processes that end while
 * work is under way. Runs itself again as the process in question. */
#include "child.h"

#include <par/join.h>
#include <par/loop.h>
#include <par/scope.h>

/* ---- the processes ---- */

static void store_threads(void *arg)
{
    *(size_t *)arg = par_num_threads();
}

/* The threads of the default pool, and of one whose options say nothing. */
static int print_threads(void)
{
    const size_t threads = par_num_threads();
    size_t own = 0;
    for (size_t i = 0; i < 2; i++) {
        par_pool *pool = NULL;
        if (par_pool_create(&pool, NULL) != 0 || par_pool_run(pool, store_threads, &own) != 0)
            return 2;
        par_pool_destroy(pool);
    }
    printf("%zu %zu\n", threads, own);
    return 0;
}

/* The threads of a pool whose options ask for two. */
static int print_two(void)
{
    const char *problem = NULL;
    par_pool *pool = pool_of(2, &problem);
    size_t threads = 0;
    if (pool == NULL || par_pool_run(pool, store_threads, &threads) != 0)
        return 2;
    par_pool_destroy(pool);
    printf("%zu\n", threads);
    return 0;
}

static int print_on_one_cpu(void)
{
    cpu_set_t one;
    CPU_ZERO(&one);
    CPU_SET((size_t)sched_getcpu(), &one);
    return sched_setaffinity(0, sizeof one, &one) == 0 ? print_threads() : 2;
}

enum { EXIT_CODE = 7, RETURN_CODE = 3, QUEUED_TASKS = 100000 };

static void leave_process(void *arg)
{
    (void)arg;
    exit(EXIT_CODE);
}

static atomic_size_t begun;

static void begin_and_leave(void *arg)
{
    atomic_fetch_add(&begun, 1);
    leave_process(arg);
}

static void await_begin(void *arg)
{
    (void)arg;
    await_count(&begun, 1);
}

static int exit_in_side(void)
{
    const char *problem = NULL;
    par_pool *pool = pool_of(1, &problem);
    return pool == NULL ? 2 : on_worker(pool, leave_process, NULL);
}

static void exit_in_join(void *arg)
{
    par_join(await_begin, arg, begin_and_leave, arg);
}

/* exit() on the thread that took a side, while the other waits for it. */
static int exit_in_stolen_side(void)
{
    const char *problem = NULL;
    par_pool *pool = pool_of(2, &problem);
    return pool == NULL ? 2 : par_pool_run(pool, exit_in_join, NULL);
}

static void exit_in_middle(size_t begin, size_t end, void *arg)
{
    if (begin <= 500 && 500 < end)
        leave_process(arg);
}

static int exit_in_piece(void)
{
    par_for_grain(0, 1000, 1, exit_in_middle, NULL);
    return 2;
}

static void exit_in_task(par_scope *scope, void *arg)
{
    (void)scope;
    leave_process(arg);
}

static void spawn_exit(par_scope *scope, void *arg)
{
    (void)par_scope_spawn(scope, exit_in_task, arg);
}

static int exit_in_scope(void)
{
    (void)par_scope_run(spawn_exit, NULL);
    return 2;
}

static void yield_once(void *arg)
{
    (void)arg;
    sched_yield();
}

/* Returns from main with a pool that is not ended and full queues. */
static int return_with_queue(void)
{
    const char *problem = NULL;
    par_pool *pool = pool_of(3, &problem);
    if (pool == NULL)
        return 2;
    for (size_t i = 0; i < QUEUED_TASKS; i++) {
        if (par_pool_spawn(i % 2 == 0 ? NULL : pool, yield_once, NULL) != 0)
            return 2;
    }
    return RETURN_CODE;
}

/* Uses the library from atexit, after it has been used in main. */
static void join_at_exit(void)
{
    static atomic_size_t done;
    par_join(yield_once, NULL, yield_once, NULL);
    if (atomic_fetch_add(&done, 1) == 0)
        puts("joined at exit");
}

static int use_at_exit(void)
{
    if (atexit(join_at_exit) != 0)
        return 2;
    par_join(yield_once, NULL, yield_once, NULL);
    return RETURN_CODE;
}

typedef struct process {
    const char *name;
    int (*run)(void);
} process;

static const process processes[] = {
    {"threads", print_threads},       {"two", print_two},
    {"one-cpu", print_on_one_cpu},    {"exit-in-side", exit_in_side},
    {"exit-in-piece", exit_in_piece}, {"exit-in-stolen-side", exit_in_stolen_side},
    {"exit-in-scope", exit_in_scope}, {"return-with-queue", return_with_queue},
    {"use-at-exit", use_at_exit},
};

/* ---- the checks ---- */

static child_end seen;

static const char *run_process(const char *name, const char *setting, int code)
{
    const char *arguments[] = {"--process", name, NULL};
    const char *environment[] = {setting, NULL};
    const char *problem = child_run(&seen, arguments, environment);
    if (problem == NULL)
        problem = child_judge(&seen, code);
    return problem == NULL ? NULL : wrong("%s with %s: %s", name, setting, problem);
}

/* Runs "threads" with a setting that is no good: the defaults, and `lines` lines on stderr, in
 * which `name` and `value` are named. */
static const char *compare_setting(const char *setting, size_t lines, const char *name,
                                   const char *value)
{
    static char expected[64];
    if (expected[0] == '\0') {
        const char *problem = run_process("threads", NULL, 0);
        if (problem != NULL)
            return problem;
        if (seen.err[0] != '\0')
            return wrong("without any setting stderr has: %.200s", seen.err);
        (void)snprintf(expected, sizeof expected, "%.60s", seen.out);
    }
    const char *problem = run_process("threads", setting, 0);
    if (problem != NULL)
        return problem;
    if (strcmp(seen.out, expected) != 0)
        return wrong("%s: threads %s instead of %s", setting, seen.out, expected);
    if (child_lines(seen.err) != lines)
        return wrong("%s: %zu lines on stderr: %.300s", setting, child_lines(seen.err), seen.err);
    if (strstr(seen.err, name) == NULL || strstr(seen.err, value) == NULL)
        return wrong("%s: the message does not name it: %.300s", setting, seen.err);
    return NULL;
}

static const char *process_reports_bad_numbers_once(void)
{
    static const char *const values[] = {"0",   "-3",  "abc", "99999999999999999999", "2x", "1e1",
                                         "0x2", "3.5", "4097"};
    for (size_t i = 0; i < sizeof values / sizeof values[0]; i++) {
        char setting[64];
        (void)snprintf(setting, sizeof setting, "PAR_NUM_THREADS=%s", values[i]);
        const char *problem = compare_setting(setting, 1, "PAR_NUM_THREADS", values[i]);
        if (problem != NULL)
            return problem;
    }
    return NULL;
}

static const char *process_reports_other_settings_once(void)
{
    static const char *const settings[][3] = {
        {"PAR_SPIN_US=-1", "PAR_SPIN_US", "-1"},
        {"PAR_WAIT=sometimes", "PAR_WAIT", "sometimes"},
        {"PAR_STACK_SIZE=12", "PAR_STACK_SIZE", "12"},
        {"PAR_AFFINITY=maybe", "PAR_AFFINITY", "maybe"},
        {"PAR_NUM_THREAD=3", "PAR_NUM_THREADS", "PAR_NUM_THREAD"},
        {"PAR_SPINUS=3", "PAR_SPIN_US", "PAR_SPINUS"}};
    for (size_t i = 0; i < sizeof settings / sizeof settings[0]; i++) {
        const char *problem = compare_setting(settings[i][0], 1, settings[i][1], settings[i][2]);
        if (problem != NULL)
            return problem;
    }
    const char *problem = compare_setting("PAR_NUM_THREADS=", 0, "", "");
    return problem != NULL ? problem : compare_setting("PAR_SOMETHING_OF_THE_USERS=1", 0, "", "");
}

static const char *compare_output(const char *name, const char *setting, const char *expected)
{
    const char *problem = run_process(name, setting, 0);
    if (problem != NULL)
        return problem;
    if (strcmp(seen.out, expected) != 0)
        return wrong("%s with %s prints %.50s instead of %s", name, setting, seen.out, expected);
    return seen.err[0] == '\0' ? NULL : wrong("%s: stderr has %.200s", setting, seen.err);
}

static const char *process_takes_threads_from_the_environment(void)
{
    const char *problem = compare_output("threads", "PAR_NUM_THREADS=5", "5 5\n");
    if (problem == NULL)
        problem = compare_output("threads", "PAR_NUM_THREADS=1", "1 1\n");
    if (problem == NULL) /* a call's options go before */
        problem = compare_output("two", "PAR_NUM_THREADS=5", "2\n");
    if (problem == NULL)
        problem = compare_output("threads", "PAR_TOPOLOGY=pack:2 numa:2 core:8 pu:2", "32 32\n");
    if (problem == NULL) /* one per core that the process may use */
        problem = compare_output("one-cpu", "PAR_AFFINITY=auto", "1 1\n");
    return problem;
}

static const char *process_displays_its_settings(void)
{
    static const char *const names[] = {"PAR_NUM_THREADS", "PAR_AFFINITY", "PAR_WAIT",
                                        "PAR_SPIN_US",     "PAR_STATS",    "PAR_TOPOLOGY"};
    const char *problem = run_process("threads", "PAR_DISPLAY_ENV=1", 0);
    for (size_t i = 0; problem == NULL && i < sizeof names / sizeof names[0]; i++) {
        if (strstr(seen.err, names[i]) == NULL && strstr(seen.out, names[i]) == NULL)
            problem = wrong("%s is not displayed", names[i]);
    }
    return problem;
}

static const char *process_exits_from_inside(void)
{
    static const char *const ways[] = {"exit-in-side", "exit-in-stolen-side", "exit-in-piece",
                                       "exit-in-scope"};
    for (size_t i = 0; i < 4 * scaled(20); i++) {
        const char *problem =
            run_process(ways[i % 4], i % 8 < 4 ? "PAR_STATS=0" : "PAR_STATS=1", EXIT_CODE);
        if (problem != NULL)
            return problem;
    }
    return NULL;
}

static const char *process_returns_with_queued_tasks(void)
{
    for (size_t i = 0; i < scaled(20); i++) {
        const char *problem = run_process("return-with-queue", "PAR_STATS=0", RETURN_CODE);
        if (problem != NULL)
            return problem;
    }
    return NULL;
}

static const char *process_may_join_at_exit(void)
{
    const char *problem = run_process("use-at-exit", "PAR_STATS=0", RETURN_CODE);
    if (problem == NULL && strcmp(seen.out, "joined at exit\n") != 0)
        problem = wrong("what ran at exit printed '%.50s'", seen.out);
    return problem;
}

#define PROCESS_CHECKS(X)                                                                          \
    X(process, reports_bad_numbers_once)                                                           \
    X(process, reports_other_settings_once)                                                        \
    X(process, takes_threads_from_the_environment)                                                 \
    X(process, displays_its_settings)                                                              \
    X(process, exits_from_inside)                                                                  \
    X(process, returns_with_queued_tasks)                                                          \
    X(process, may_join_at_exit)

const check checks[] = {PROCESS_CHECKS(CHECK_ROW){NULL, NULL}};

int main(int argc, char **argv)
{
    if (argc != 3 || strcmp(argv[1], "--process") != 0)
        return checks_main(argc, argv);
    for (size_t i = 0; i < sizeof processes / sizeof processes[0]; i++) {
        if (strcmp(processes[i].name, argv[2]) == 0)
            return processes[i].run();
    }
    return 127;
}
