/* SPDX-License-Identifier: MIT */
#include "base/thread.h"

#include <errno.h>
#include <limits.h>
#include <signal.h>
#include <stdio.h>
#include <unistd.h>

enum { START_TRIES = 5, NAME_SIZE = 16 };

static size_t usable_stack(size_t size)
{
    const size_t least = (size_t)sysconf(_SC_THREAD_STACK_MIN);
    const size_t page = (size_t)sysconf(_SC_PAGESIZE);
    const size_t wanted = size < least ? least : size;
    return (wanted + page - 1) / page * page;
}

static int start_with_retries(pthread_t *thread, const pthread_attr_t *attributes,
                              void *(*run)(void *), void *arg)
{
    int rc = EAGAIN;
    for (unsigned attempt = 0; rc == EAGAIN && attempt < START_TRIES; attempt++) {
        if (attempt > 0)
            usleep(500U << attempt);
        rc = pthread_create(thread, attributes, run, arg);
    }
    return rc;
}

static void block_signals(sigset_t *before)
{
    sigset_t blocked;
    sigfillset(&blocked);
    sigdelset(&blocked, SIGSEGV);
    sigdelset(&blocked, SIGBUS);
    sigdelset(&blocked, SIGFPE);
    sigdelset(&blocked, SIGILL);
    sigdelset(&blocked, SIGTRAP);
    sigdelset(&blocked, SIGABRT);
    sigdelset(&blocked, SIGPROF);
    pthread_sigmask(SIG_SETMASK, &blocked, before);
}

int ws_thread_start(pthread_t *thread, size_t stack_size, void *(*run)(void *), void *arg)
{
    pthread_attr_t attributes;
    int rc = pthread_attr_init(&attributes);
    if (rc != 0)
        return rc;
    if (stack_size != 0)
        rc = pthread_attr_setstacksize(&attributes, usable_stack(stack_size));
    if (rc == 0) {
        sigset_t before;
        block_signals(&before);
        rc = start_with_retries(thread, &attributes, run, arg);
        pthread_sigmask(SIG_SETMASK, &before, NULL);
    }
    pthread_attr_destroy(&attributes);
    return rc;
}

void ws_thread_name(const char *name)
{
    char cut[NAME_SIZE];
    snprintf(cut, sizeof cut, "%s", name);
    pthread_setname_np(pthread_self(), cut);
}
