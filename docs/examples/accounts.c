/* SPDX-License-Identifier: MIT */
/* accounts.c - transfers between accounts, each with a lock of its own, and one that fails in the
 * middle. */
#include <par/loop.h>
#include <par/mutex.h>
#include <par/panic.h>
#include <stdio.h>

enum { ACCOUNTS = 8 };

struct account {
    par_mutex mutex;
    long cents;
};

static struct account accounts[ACCOUNTS];

/* The one that stands first in memory is locked first, whichever pays. */
static void transfer(struct account *from, struct account *to, long cents)
{
    PAR_LOCK_GUARD(first, from < to ? &from->mutex : &to->mutex);
    PAR_LOCK_GUARD(second, from < to ? &to->mutex : &from->mutex);
    from->cents -= cents;
    if (from->cents < -1000000)
        par_panic(ERANGE, "an account is overdrawn"); /* nothing has arrived yet */
    to->cents += cents;
}

static void pay_around(size_t begin, size_t end, void *arg)
{
    (void)arg;
    for (size_t i = begin; i < end; i++)
        transfer(&accounts[i % ACCOUNTS], &accounts[(i + 3) % ACCOUNTS], (long)(i % 100));
}

static void pay_too_much(void *arg)
{
    (void)arg;
    transfer(&accounts[1], &accounts[0], 5000000);
}

static long count_all(void)
{
    long sum = 0;
    for (size_t i = 0; i < ACCOUNTS; i++)
        sum += accounts[i].cents;
    return sum;
}

int main(void)
{
    par_for(0, 100000, pay_around, NULL);
    printf("after many transfers: %ld cents in all\n", count_all());

    par_failure failure;
    if (par_catch(pay_too_much, NULL, &failure) != 0)
        printf("%s\n", failure.message);
    if (par_mutex_lock(&accounts[1].mutex) == EOWNERDEAD) { /* told, and locked */
        accounts[1].cents += 5000000;
        par_mutex_clear_poison(&accounts[1].mutex);
        printf("put right: %ld cents in all\n", count_all());
    }
    par_mutex_unlock(&accounts[1].mutex);
    return 0;
}
