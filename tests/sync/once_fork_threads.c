/* SPDX-License-Identifier: MIT */
/* once_fork_threads.c - a process that forks while one of its threads is in an init: in the child
 * nobody will end it, so it begins anew there. */
#include "support.h"

#include <par/latch.h>
#include <par/once.h>
#include <sys/wait.h>
#include <unistd.h>

typedef struct held {
    par_once once;
    par_latch never;
    atomic_size_t begun;
    atomic_size_t let_go;
} held;

static int hold(void *arg)
{
    held *self = arg;
    atomic_store(&self->begun, 1);
    await_count(&self->let_go, 1);
    return 0;
}

static void hold_once(size_t number, void *arg)
{
    held *self = arg;
    if (number == 0)
        (void)par_once_run(&self->once, hold, self);
    else if (number == 1)
        par_latch_wait_until(&self->never, PAR_FOREVER, NULL);
    else
        (void)par_once_run(&self->once, hold, self);
}

static int store(void *arg)
{
    *(int *)arg = 5;
    return 0;
}

/* Also wakes those who wait in the parent, and are not here. */
static int use_in_child(held *self)
{
    int value = 0;
    par_latch_count_down(&self->never, 1);
    if (par_once_run(&self->once, store, &value) != 0 || value != 5)
        return 1;
    return par_once_is_done(&self->once) ? 0 : 2;
}

typedef struct parted {
    par_once once;
    pid_t pid;
    atomic_size_t runs;
} parted;

/* The child goes on in the init, and finds itself in it. */
static int part(void *arg)
{
    parted *self = arg;
    atomic_fetch_add(&self->runs, 1);
    self->pid = fork();
    if (self->pid != 0)
        return 0;
    return par_once_run(&self->once, part, self) == EDEADLK ? 0 : 1;
}

static void use_elsewhere(size_t number, void *arg)
{
    parted *self = arg;
    (void)number;
    (void)par_once_run(&self->once, part, self);
}

static const char *once_fork_goes_on_in_the_child(void)
{
    parted self = {.once = PAR_ONCE_INIT};
    const int code = par_once_run(&self.once, part, &self);
    if (self.pid == 0) {
        crowd_run(1, use_elsewhere, &self);
        const bool is_right = code == 0 && par_once_is_done(&self.once) && self.runs == 1;
        _exit(is_right ? 0 : 1);
    }
    int status = -1;
    const bool ended = self.pid > 0 && waitpid(self.pid, &status, 0) == self.pid;
    return ended && status == 0 && code == 0 ? NULL : wrong("the child ended with %d", status);
}

static const char *once_fork_begins_anew(void)
{
    static crowd threads;
    held self = {.once = PAR_ONCE_INIT, .never = PAR_LATCH_INIT(1)};
    crowd_start(&threads, 3, hold_once, &self);
    await_count(&self.begun, 1);
    yield_times(100);
    const pid_t pid = fork();
    if (pid == 0)
        _exit(use_in_child(&self));
    int status = -1;
    const bool ended = pid > 0 && waitpid(pid, &status, 0) == pid;
    atomic_store(&self.let_go, 1);
    par_latch_count_down(&self.never, 1);
    crowd_end(&threads);
    return ended && status == 0 ? NULL : wrong("the child ended with %d", status);
}

const check checks[] = {{"once_fork.begins_anew", once_fork_begins_anew},
                        {"once_fork.goes_on_in_the_child", once_fork_goes_on_in_the_child},
                        {NULL, NULL}};

int main(int argc, char **argv)
{
    if (SUPPORT_TSAN)
        return 77;
    return checks_main(argc, argv);
}
