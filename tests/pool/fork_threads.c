/* SPDX-License-Identifier: MIT */
/* fork_threads.c - fork() in processes with running pools: the child has a library to work with,
 * and the parent notices nothing. A plain program, because nothing of Criterion may run in a child;
 * not for ThreadSanitizer, which does not follow threads made after such a fork. */
#include "verbs.h"

#include <par/block.h>
#include <par/panic.h>

#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

enum { SKIPPED = 77, CHILD_SECONDS = 30 };

/* ---- children ---- */

/* fork(), with a limit for the child: what would hang ends as SIGALRM. */
static pid_t fork_child(void)
{
    const pid_t pid = fork();
    if (pid == 0)
        alarm(CHILD_SECONDS);
    return pid;
}

static int wait_for(pid_t pid)
{
    int status = -1;
    return pid > 0 && waitpid(pid, &status, 0) == pid ? status : -1;
}

static const char *judge_status(const char *what, int status)
{
    if (WIFEXITED(status) && WEXITSTATUS(status) == 0)
        return NULL;
    return wrong("%s: the child ended by %s %d", what, WIFSIGNALED(status) ? "signal" : "exit",
                 WIFSIGNALED(status) ? WTERMSIG(status) : WEXITSTATUS(status));
}

static const char *child_uses_library(const char *what)
{
    const pid_t pid = fork_child();
    if (pid == 0)
        _exit(verbs_everywhere());
    return judge_status(what, wait_for(pid));
}

/* After a check the parent's own library must work, too. */
static const char *parent_still_works(const char *problem)
{
    if (problem != NULL)
        return problem;
    const int code = verbs_everywhere();
    return code == 0 ? NULL : wrong("afterwards the parent fails with %d", code);
}

/* ---- idle and busy parents ---- */

static const char *fork_before_first_use(void)
{
    return parent_still_works(child_uses_library("before the first use"));
}

static const char *fork_with_idle_pools(void)
{
    const char *problem = NULL;
    par_pool *pool = pool_of(3, &problem);
    if (pool == NULL || verbs_everywhere() != 0)
        return "the parent itself fails";
    for (size_t i = 0; i < scaled(20) && problem == NULL; i++)
        problem = child_uses_library("with idle pools");
    int code = 1;
    (void)par_pool_run(pool, verbs_task, &code);
    par_pool_destroy(pool);
    return parent_still_works(code == 0 ? problem : wrong("the parent's pool fails"));
}

static const char *fork_of_a_fork(void)
{
    (void)verbs_everywhere();
    const pid_t pid = fork_child();
    if (pid == 0) {
        const int before = verbs_everywhere();
        const pid_t grandchild = fork_child();
        if (grandchild == 0)
            _exit(verbs_everywhere());
        const int status = wait_for(grandchild);
        const int after = verbs_everywhere();
        _exit(before != 0 ? before : status != 0 ? 50 : after);
    }
    return parent_still_works(judge_status("of a fork", wait_for(pid)));
}

static atomic_size_t hammering;

static void hammer_verbs(size_t number, void *arg)
{
    (void)arg;
    while (atomic_load(&hammering) != 0) {
        atomic_size_t runs = 0;
        /* A sanitizer's allocator does not survive a fork in the middle of a malloc. */
        if (SUPPORT_ASAN)
            par_for_grain(0, VERBS_ITEMS, 1, verbs_piece, &runs);
        else if (number % 2 == 0)
            (void)verbs_once();
        else
            (void)par_broadcast(verbs_call, &runs);
    }
}

static void hammer_pools(size_t number, void *arg)
{
    (void)number;
    (void)arg;
    while (atomic_load(&hammering) != 0 && !SUPPORT_ASAN)
        (void)verbs_in_own_pool();
}

static const char *fork_while(crowd_fn *work, const char *what)
{
    static crowd hammers;
    atomic_store(&hammering, 1);
    crowd_start(&hammers, 4, work, NULL);
    const char *problem = NULL;
    for (size_t i = 0; i < scaled(20) && problem == NULL; i++)
        problem = child_uses_library(what);
    atomic_store(&hammering, 0);
    crowd_end(&hammers);
    return parent_still_works(problem);
}

static const char *fork_with_busy_pools(void)
{
    return fork_while(hammer_verbs, "with busy pools");
}

static const char *fork_while_pools_are_made(void)
{
    return fork_while(hammer_pools, "while pools are made");
}

/* ---- inside tasks ---- */

typedef struct forked {
    atomic_size_t begun;
    pid_t pid;
    bool is_child;
    par_pool *pool;
    int code;
    size_t b_runs;
} forked;

static void fork_and_use(void *arg)
{
    forked *all = arg;
    all->pid = fork_child();
    if (all->pid == 0)
        _exit(verbs_everywhere());
}

static void await_begun(void *arg)
{
    await_count(&((forked *)arg)->begun, 1);
}

static void begin_and_fork(void *arg)
{
    atomic_fetch_add(&((forked *)arg)->begun, 1);
    fork_and_use(arg);
}

static void fork_on_thief(void *arg)
{
    par_join(await_begun, arg, begin_and_fork, arg);
}

static void fork_in_piece(size_t begin, size_t end, void *arg)
{
    if (begin <= 50 && 50 < end)
        fork_and_use(arg);
}

static void fork_in_loop(void *arg)
{
    par_for_grain(0, 100, 1, fork_in_piece, arg);
}

static const char *fork_inside_tasks(void)
{
    static par_fn *const ways[] = {fork_and_use, fork_on_thief, fork_in_loop};
    const char *problem = NULL;
    for (size_t i = 0; i < 6 * scaled(4) && problem == NULL; i++) {
        forked all = {.pool = pool_of(2, &problem)};
        if (all.pool == NULL)
            break;
        if (i % 2 == 0)
            (void)par_pool_run(all.pool, ways[i / 2 % 3], &all);
        else
            (void)on_worker(all.pool, ways[i / 2 % 3], &all);
        problem = judge_status("inside a task", wait_for(all.pid));
        par_pool_destroy(all.pool);
    }
    return parent_still_works(problem);
}

/* ---- inside a wait ---- */

static int fork_in_wait(void *arg)
{
    forked *all = arg;
    all->pid = fork_child();
    all->is_child = all->pid == 0;
    return 0;
}

/* The child comes back from the wait: its core is nobody's, and it has no pool. */
static void fork_while_lent(void *arg)
{
    forked *all = arg;
    (void)par_block(fork_in_wait, all);
    if (all->is_child)
        _exit(verbs_everywhere());
}

static const char *fork_inside_a_wait(void)
{
    const char *problem = NULL;
    for (size_t i = 0; i < 2 * scaled(10) && problem == NULL; i++) {
        forked all = {.pool = pool_of(2, &problem)};
        if (all.pool == NULL)
            break;
        if (i % 2 == 0)
            (void)par_pool_run(all.pool, fork_while_lent, &all);
        else
            (void)on_worker(all.pool, fork_while_lent, &all);
        problem = judge_status("inside a wait", wait_for(all.pid));
        par_pool_destroy(all.pool);
    }
    return parent_still_works(problem);
}

/* ---- children that return from what they were forked in ---- */

static void fork_here(void *arg)
{
    forked *all = arg;
    all->pid = fork_child();
    all->is_child = all->pid == 0;
}

static void count_b(void *arg)
{
    ((forked *)arg)->b_runs++;
}

static void fork_in_first_side(void *arg)
{
    forked *all = arg;
    par_join(fork_here, all, count_b, all);
    if (all->is_child)
        _exit(all->b_runs == 1 ? verbs_everywhere() : 60);
}

static void fork_and_panic(void *arg)
{
    forked *all = arg;
    fork_here(all);
    if (all->is_child)
        par_panic(61, "in the child");
}

static void panic_in_first_side(void *arg)
{
    par_join(fork_and_panic, arg, count_b, arg);
}

static void catch_in_child(void *arg)
{
    forked *all = arg;
    const int code = par_catch(panic_in_first_side, all, NULL);
    if (all->is_child)
        _exit(code == 61 && all->b_runs == 1 ? verbs_everywhere() : 62);
}

/* The other side is run before the panic travels, in the child too. */
static const char *fork_then_panic(void)
{
    const char *problem = NULL;
    forked all = {.pool = pool_of(1, &problem)};
    if (all.pool == NULL)
        return problem;
    (void)on_worker(all.pool, catch_in_child, &all);
    problem = judge_status("with a panic", wait_for(all.pid));
    par_pool_destroy(all.pool);
    return parent_still_works(problem);
}

/* Alone in its pool, so nobody took the other side: the child goes on. */
static const char *fork_then_join_what_is_there(void)
{
    const char *problem = NULL;
    forked all = {.pool = pool_of(1, &problem)};
    if (all.pool == NULL)
        return problem;
    (void)on_worker(all.pool, fork_in_first_side, &all);
    problem = judge_status("a join whose other side is there", wait_for(all.pid));
    par_pool_destroy(all.pool);
    if (problem == NULL && all.b_runs != 1)
        problem = wrong("in the parent b ran %zu times", all.b_runs);
    return parent_still_works(problem);
}

static const char *fork_then_leave_the_pool(void)
{
    const char *problem = NULL;
    forked all = {.pool = pool_of(2, &problem)};
    if (all.pool == NULL)
        return problem;
    (void)par_pool_run(all.pool, fork_here, &all);
    if (all.is_child)
        _exit(par_thread_index() == PAR_NO_INDEX ? verbs_everywhere() : 61);
    problem = judge_status("a par_pool_run that the child leaves", wait_for(all.pid));
    par_pool_destroy(all.pool);
    return parent_still_works(problem);
}

typedef struct lost {
    atomic_size_t b_begun;
    atomic_size_t forked;
    pid_t pid;
    int message; /* where the child's stderr goes */
    bool b_returned;
} lost;

static void fork_after_theft(void *arg)
{
    lost *all = arg;
    await_count(&all->b_begun, 1);
    all->pid = fork_child();
    if (all->pid == 0)
        (void)dup2(all->message, STDERR_FILENO);
    else
        atomic_fetch_add(&all->forked, 1);
}

static void stay_until_forked(void *arg)
{
    lost *all = arg;
    atomic_fetch_add(&all->b_begun, 1);
    await_count(&all->forked, 1);
    all->b_returned = true;
}

static void join_lost(void *arg)
{
    lost *all = arg;
    par_join(fork_after_theft, all, stay_until_forked, all);
    if (all->pid == 0)
        _exit(0); /* which would be the failure */
}

/* The other side is in a thread that the child does not have. */
static const char *fork_then_join_what_was_taken(void)
{
    const char *problem = NULL;
    par_pool *pool = pool_of(2, &problem);
    for (size_t i = 0; i < 2 * scaled(10) && problem == NULL; i++) {
        lost all = {.pid = -1, .message = memfd_create("message", 0)};
        if (i % 2 == 0)
            (void)par_pool_run(pool, join_lost, &all);
        else
            (void)on_worker(pool, join_lost, &all);
        const int status = wait_for(all.pid);
        char text[256] = "";
        const ssize_t n = pread(all.message, text, sizeof text - 1, 0);
        close(all.message);
        if (!WIFEXITED(status) || WEXITSTATUS(status) == 0 || n <= 0)
            problem = wrong("the child that joined what was taken: status %#x, said '%s'",
                            (unsigned)status, text);
        else if (strncmp(text, "par: ", 5) != 0 || strchr(text, '\n') != text + n - 1)
            problem = wrong("the message is '%s'", text);
        else if (!all.b_returned)
            problem = wrong("in the parent the join returned too early");
    }
    if (pool != NULL)
        par_pool_destroy(pool);
    return parent_still_works(problem);
}

/* A child may still have the handle of a pool whose threads it does not have. */
static const char *fork_then_use_the_old_pool(void)
{
    const char *problem = NULL;
    par_pool *pool = pool_of(3, &problem);
    if (pool == NULL)
        return problem;
    const pid_t pid = fork_child();
    if (pid == 0) {
        int code = 0;
        const int rc = par_pool_run(pool, verbs_task, &code);
        _exit(rc != 0 ? 100 + rc : code);
    }
    const int status = wait_for(pid);
    par_pool_destroy(pool);
    if (WIFEXITED(status) && WEXITSTATUS(status) == 100 + ECANCELED)
        return parent_still_works(NULL);
    return parent_still_works(judge_status("with the parent's pool", status));
}

#define FORK_CHECKS(X)                                                                             \
    X(fork, before_first_use)                                                                      \
    X(fork, with_idle_pools)                                                                       \
    X(fork, with_busy_pools)                                                                       \
    X(fork, while_pools_are_made)                                                                  \
    X(fork, of_a_fork)                                                                             \
    X(fork, inside_tasks)                                                                          \
    X(fork, inside_a_wait)                                                                         \
    X(fork, then_join_what_is_there)                                                               \
    X(fork, then_panic)                                                                            \
    X(fork, then_leave_the_pool)                                                                   \
    X(fork, then_join_what_was_taken)                                                              \
    X(fork, then_use_the_old_pool)

const check checks[] = {FORK_CHECKS(CHECK_ROW){NULL, NULL}};

int main(int argc, char **argv)
{
    return SUPPORT_TSAN ? SKIPPED : checks_main(argc, argv);
}
