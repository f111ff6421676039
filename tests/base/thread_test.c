/* SPDX-License-Identifier: MIT */
/* thread_test.c - how threads are started: their signals, stacks and names, and what becomes of a
 * system that refuses. The linker puts `create_or_refuse` in the place of pthread_create in the
 * library's file. */
#include "base/thread.h"
#include "support.h"

#include <criterion/criterion.h>
#include <signal.h>
#include <unistd.h>

typedef int create_fn(pthread_t *thread, const pthread_attr_t *attributes, void *(*run)(void *),
                      void *arg);
create_fn create_in_earnest __asm__("__real_pthread_create");
create_fn create_or_refuse __asm__("__wrap_pthread_create");

static int refusal;
static size_t refusals_left;
static size_t tries;

int create_or_refuse(pthread_t *thread, const pthread_attr_t *attributes, void *(*run)(void *),
                     void *arg)
{
    tries++;
    if (refusals_left == 0)
        return create_in_earnest(thread, attributes, run, arg);
    refusals_left--;
    return refusal;
}

/* What a thread finds when it looks at itself. */
typedef struct self_portrait {
    sigset_t blocked;
    size_t stack_size;
    bool ran;
} self_portrait;

static void *look_at_self(void *arg)
{
    self_portrait *self = arg;
    pthread_attr_t attributes;
    pthread_sigmask(SIG_SETMASK, NULL, &self->blocked);
    if (pthread_getattr_np(pthread_self(), &attributes) == 0) {
        pthread_attr_getstacksize(&attributes, &self->stack_size);
        pthread_attr_destroy(&attributes);
    }
    self->ran = true;
    return self;
}

static self_portrait start_and_join(size_t stack_size)
{
    self_portrait self = {.ran = false};
    pthread_t thread;
    void *result = NULL;
    cr_assert_eq(ws_thread_start(&thread, stack_size, look_at_self, &self), 0);
    cr_assert_eq(pthread_join(thread, &result), 0);
    cr_assert_eq(result, &self);
    cr_assert(self.ran);
    return self;
}

Test(thread, takes_only_signals_of_its_own_faults)
{
    static const int own[] = {SIGSEGV, SIGBUS, SIGFPE, SIGILL, SIGTRAP, SIGABRT};
    static const int others[] = {SIGINT, SIGTERM, SIGHUP, SIGALRM, SIGCHLD, SIGUSR1, SIGPIPE};
    const self_portrait self = start_and_join(0);
    for (size_t i = 0; i < sizeof own / sizeof own[0]; i++)
        cr_assert_eq(sigismember(&self.blocked, own[i]), 0, "signal %d", own[i]);
    for (size_t i = 0; i < sizeof others / sizeof others[0]; i++)
        cr_assert_eq(sigismember(&self.blocked, others[i]), 1, "signal %d", others[i]);
    for (int i = SIGRTMIN; i <= SIGRTMAX; i++)
        cr_assert_eq(sigismember(&self.blocked, i), 1, "signal %d", i);
}

static void assert_same_signals(const sigset_t *a, const sigset_t *b)
{
    for (int i = 1; i <= SIGRTMAX; i++)
        cr_assert_eq(sigismember(a, i), sigismember(b, i), "signal %d", i);
}

Test(thread, leaves_the_starter_its_signals)
{
    sigset_t mine;
    sigset_t after;
    sigemptyset(&mine);
    sigaddset(&mine, SIGUSR2);
    sigaddset(&mine, SIGSEGV);
    pthread_sigmask(SIG_SETMASK, &mine, NULL);
    start_and_join(0);
    pthread_sigmask(SIG_SETMASK, NULL, &after);
    assert_same_signals(&mine, &after);
}

Test(thread, has_the_stack_that_was_asked_for)
{
    static const size_t sizes[] = {1 << 20, 3 << 20, 64 << 20, (1 << 20) + 1};
    const size_t page = (size_t)sysconf(_SC_PAGESIZE);
    for (size_t i = 0; i < sizeof sizes / sizeof sizes[0]; i++) {
        const self_portrait self = start_and_join(sizes[i]);
        cr_assert_geq(self.stack_size, sizes[i]);
        cr_assert_lt(self.stack_size, sizes[i] + 64 * page);
    }
}

Test(thread, has_the_systems_stack_if_none_is_asked_for)
{
    pthread_attr_t attributes;
    size_t usual = 0;
    pthread_attr_init(&attributes);
    pthread_attr_getstacksize(&attributes, &usual);
    pthread_attr_destroy(&attributes);
    const self_portrait self = start_and_join(0);
    cr_assert_geq(self.stack_size, usual);
    cr_assert_lt(self.stack_size, 2 * usual);
}

Test(thread, has_the_least_stack_if_less_is_asked_for)
{
    const self_portrait self = start_and_join(1);
    cr_assert_geq(self.stack_size, (size_t)sysconf(_SC_THREAD_STACK_MIN));
    cr_assert_lt(self.stack_size, 1 << 20);
}

Test(thread, is_tried_again_when_the_system_is_short)
{
    refusal = EAGAIN;
    refusals_left = 3;
    start_and_join(1 << 20);
    cr_assert_eq(tries, 4);
}

Test(thread, is_given_up_after_a_few_tries)
{
    pthread_t thread;
    sigset_t before;
    sigset_t after;
    refusal = EAGAIN;
    refusals_left = SIZE_MAX;
    pthread_sigmask(SIG_SETMASK, NULL, &before);
    cr_assert_eq(ws_thread_start(&thread, 0, look_at_self, NULL), EAGAIN);
    pthread_sigmask(SIG_SETMASK, NULL, &after);
    cr_assert_gt(tries, 1);
    cr_assert_lt(tries, 100);
    assert_same_signals(&before, &after);
}

Test(thread, is_not_tried_again_when_it_is_forbidden)
{
    pthread_t thread;
    refusal = EPERM;
    refusals_left = SIZE_MAX;
    cr_assert_eq(ws_thread_start(&thread, 0, look_at_self, NULL), EPERM);
    cr_assert_eq(tries, 1);
}

Test(thread, refuses_an_impossible_stack)
{
    pthread_t thread;
    const int rc = ws_thread_start(&thread, (size_t)1 << 60, look_at_self, NULL);
    cr_assert(rc == EAGAIN || rc == ENOMEM || rc == EINVAL, "%s", strerror(rc));
}

static void *name_self(void *name)
{
    static char kept[64];
    ws_thread_name(name);
    pthread_getname_np(pthread_self(), kept, sizeof kept);
    return kept;
}

static const char *name_of_thread_named(char *name)
{
    pthread_t thread;
    void *kept = NULL;
    cr_assert_eq(ws_thread_start(&thread, 0, name_self, name), 0);
    cr_assert_eq(pthread_join(thread, &kept), 0);
    return kept;
}

Test(thread, has_the_name_that_it_takes)
{
    char name[] = "par-17";
    cr_assert_str_eq(name_of_thread_named(name), "par-17");
}

Test(thread, has_as_much_of_a_long_name_as_the_system_keeps)
{
    char name[] = "a-name-that-is-too-long-for-it";
    cr_assert_str_eq(name_of_thread_named(name), "a-name-that-is-");
}

Test(thread, names_are_not_formats)
{
    char name[] = "%s%n%d";
    cr_assert_str_eq(name_of_thread_named(name), "%s%n%d");
}
