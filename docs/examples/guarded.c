/* SPDX-License-Identifier: MIT */
/* guarded.c - accounts whose balance is touched under their mutex alone. clang -Wthread-safety
 * checks that. */
#include <par/loop.h>
#include <par/mutex.h>
#include <stdio.h>

struct account {
    par_mutex mutex;
    long balance PAR_FIELD_GUARDED_BY(mutex);
};

static void add(struct account *account, long amount) PAR_REQUIRES(account->mutex);

static void add(struct account *account, long amount)
{
    account->balance += amount;
}

static void deposit(struct account *account, long amount)
{
    PAR_LOCK_GUARD(guard, &account->mutex); /* until the end of the block */
    add(account, amount);
}

static long balance_of(struct account *account)
{
    PAR_LOCK_GUARD(guard, &account->mutex);
    return account->balance;
}

static struct account shared = {.mutex = PAR_MUTEX_INIT};

static void pay_in(size_t begin, size_t end, void *arg)
{
    for (size_t i = begin; i < end; i++)
        deposit(arg, 5);
}

int main(void)
{
    par_for(0, 1000, pay_in, &shared);
    printf("%ld\n", balance_of(&shared));
}
