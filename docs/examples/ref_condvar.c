/* SPDX-License-Identifier: MIT */
/* ref_condvar.c - a box for one message, between two tasks. */
#include <par/condvar.h>
#include <par/scope.h>
#include <stdio.h>

struct box {
    par_mutex mutex;
    par_condvar changed;
    int message; /* 0: empty */
};

static void send(par_scope *scope, void *arg)
{
    (void)scope;
    struct box *box = arg;
    for (int i = 1; i <= 3; i++) {
        PAR_LOCK_GUARD(guard, &box->mutex);
        while (box->message != 0)
            par_condvar_wait(&box->changed, &box->mutex);
        box->message = i;
        par_condvar_notify_one(&box->changed);
    }
}

static void talk(par_scope *scope, void *arg)
{
    struct box *box = arg;
    (void)par_scope_spawn(scope, send, box);
    for (int i = 1; i <= 3; i++) {
        PAR_LOCK_GUARD(guard, &box->mutex);
        while (box->message == 0)
            par_condvar_wait(&box->changed, &box->mutex);
        printf("message %d\n", box->message);
        box->message = 0;
        par_condvar_notify_one(&box->changed);
    }
    PAR_LOCK_GUARD(guard, &box->mutex);
    const par_deadline soon = par_in(PAR_MS(1));
    if (par_condvar_wait_until(&box->changed, &box->mutex, soon, NULL) == ETIMEDOUT)
        puts("no more of them");
}

int main(void)
{
    struct box box = {.mutex = PAR_MUTEX_INIT, .changed = PAR_CONDVAR_INIT};
    return par_scope_run(talk, &box);
}
