/* SPDX-License-Identifier: MIT */
/* lock_fork_threads.c - locks that the forking thread holds, while others wait for them, work in
 * the child, in which those others do not exist. A plain program, because nothing of Criterion may
 * run in a child. */
#include "sync/sync_steps.h"

#include <sys/wait.h>
#include <unistd.h>

enum { SKIPPED = 77, WAITERS = 3, CHILD_SECONDS = 30 };

typedef struct forked {
    par_mutex mutex;
    par_condvar condvar;
    par_rwlock rwlock;
    size_t entries;
} forked;

static void use_once(size_t number, void *arg)
{
    forked *all = arg;
    par_mutex_lock(&all->mutex);
    if (number == 0)
        (void)par_condvar_wait(&all->condvar, &all->mutex);
    all->entries++;
    par_mutex_unlock(&all->mutex);
    if (number % 2 == 0) {
        (void)par_rwlock_write(&all->rwlock);
        par_rwlock_end_write(&all->rwlock);
    } else {
        (void)par_rwlock_read(&all->rwlock);
        par_rwlock_end_read(&all->rwlock);
    }
}

/* Gives everything back, and has new threads wait and be served again. */
static int use_in_child(forked *all)
{
    static crowd threads;
    (void)alarm(CHILD_SECONDS);
    par_condvar_notify_all(&all->condvar);
    crowd_start(&threads, WAITERS, use_once, all);
    steps_await_lock(&all->mutex.lock_, WAITERS);
    par_mutex_unlock(&all->mutex);
    par_rwlock_end_write(&all->rwlock);
    steps_await_condition(&all->condvar, 1);
    par_condvar_notify_all(&all->condvar);
    crowd_end(&threads);
    return all->entries == WAITERS && all->mutex.lock_.queue == 0 ? 0 : 1;
}

static void wait_at_mutex(size_t number, void *arg)
{
    use_once(number + 1, arg);
}

static const char *lock_fork_leaves_locks_that_work(void)
{
    static crowd threads;
    static crowd one;
    static forked all;
    par_rwlock_write(&all.rwlock);
    crowd_start(&one, 1, use_once, &all); /* waits for the condition */
    steps_await_condition(&all.condvar, 1);
    par_mutex_lock(&all.mutex);
    crowd_start(&threads, WAITERS, wait_at_mutex, &all);
    steps_await_lock(&all.mutex.lock_, WAITERS);
    const pid_t pid = fork();
    if (pid == 0)
        _exit(use_in_child(&all));
    int status = -1;
    (void)waitpid(pid, &status, 0);
    par_condvar_notify_all(&all.condvar);
    par_mutex_unlock(&all.mutex);
    par_rwlock_end_write(&all.rwlock);
    crowd_end(&threads);
    crowd_end(&one);
    if (status != 0)
        return wrong("the child ended with status %x", (unsigned)status);
    return all.entries == WAITERS + 1 ? NULL : wrong("%zu entries in the parent", all.entries);
}

/* ---- misuse ends the child with a message ---- */

static void unlock_twice(forked *all)
{
    par_mutex_lock(&all->mutex);
    par_mutex_unlock(&all->mutex);
    par_mutex_unlock(&all->mutex);
}

static void unlock_at_once(forked *all)
{
    par_mutex_unlock(&all->mutex);
}

static void end_a_read_of_nobody(forked *all)
{
    par_rwlock_end_read(&all->rwlock);
}

static void end_a_write_of_nobody(forked *all)
{
    par_rwlock_end_write(&all->rwlock);
}

static const char *lock_fork_ends_what_is_misused(void)
{
    static void (*const misuses[])(forked * all) = {unlock_twice, unlock_at_once,
                                                    end_a_read_of_nobody, end_a_write_of_nobody};
    enum { DIED = 70 };
    for (size_t i = 0; i < sizeof misuses / sizeof misuses[0]; i++) {
        forked all = {.mutex = PAR_MUTEX_INIT};
        const pid_t pid = fork();
        if (pid == 0) {
            (void)close(STDERR_FILENO);
            misuses[i](&all);
            _exit(0);
        }
        int status = -1;
        if (pid < 0 || waitpid(pid, &status, 0) != pid)
            return "there is no child";
        if (!WIFEXITED(status) || WEXITSTATUS(status) != DIED)
            return wrong("misuse %zu ended with %d", i, status);
    }
    return NULL;
}

#define LOCK_FORK_CHECKS(X)                                                                        \
    X(lock_fork, leaves_locks_that_work)                                                           \
    X(lock_fork, ends_what_is_misused)

const check checks[] = {LOCK_FORK_CHECKS(CHECK_ROW){NULL, NULL}};

int main(int argc, char **argv)
{
    return SUPPORT_TSAN ? SKIPPED : checks_main(argc, argv);
}
