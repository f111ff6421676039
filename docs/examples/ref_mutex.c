/* SPDX-License-Identifier: MIT */
/* ref_mutex.c - a guard, a lock that does not wait, and one that gives up. */
#include <par/loop.h>
#include <par/mutex.h>
#include <stdio.h>

struct tally {
    par_mutex mutex;
    size_t calls;
    size_t items;
};

static void count(size_t begin, size_t end, void *arg)
{
    struct tally *tally = arg;
    PAR_LOCK_GUARD(guard, &tally->mutex);
    tally->calls++;
    tally->items += end - begin;
}

int main(void)
{
    struct tally tally = {.mutex = PAR_MUTEX_INIT};
    par_for_grain(0, 1000, 10, count, &tally);
    printf("%zu items, %s\n", tally.items, tally.calls >= 100 ? "in pieces" : "?");

    int code = 0;
    PAR_WITH_LOCK(code, &tally.mutex)
    {
        printf("held, and once more: %s\n",
               par_mutex_lock(&tally.mutex) == EDEADLK ? "EDEADLK" : "?");
        printf("without waiting: %s\n",
               par_mutex_try_lock(&tally.mutex) == EAGAIN ? "EAGAIN" : "?");
        par_mutex_poison(&tally.mutex); /* as a panic would */
    }
    if (par_mutex_lock_until(&tally.mutex, par_in(PAR_MS(5)), NULL) == EOWNERDEAD) {
        puts("poisoned, and held");
        par_mutex_clear_poison(&tally.mutex);
        par_mutex_unlock(&tally.mutex);
    }
}
