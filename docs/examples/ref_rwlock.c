/* SPDX-License-Identifier: MIT */
/* ref_rwlock.c - a cache that is read often and filled once. */
#include <par/loop.h>
#include <par/rwlock.h>
#include <stdio.h>

enum { ENTRIES = 16 };

struct cache {
    par_rwlock lock;
    long squares[ENTRIES]; /* 0: not known yet */
    size_t filled;
};

static long look_up(struct cache *cache, size_t i)
{
    {
        PAR_READ_GUARD(guard, &cache->lock);
        if (cache->squares[i] != 0)
            return cache->squares[i];
    }
    PAR_WRITE_GUARD(guard, &cache->lock);
    if (cache->squares[i] == 0) { /* another thread may have been faster */
        cache->squares[i] = (long)((i + 1) * (i + 1));
        cache->filled++;
    }
    return cache->squares[i];
}

static void use(size_t begin, size_t end, void *arg)
{
    for (size_t i = begin; i < end; i++)
        (void)look_up(arg, i % ENTRIES);
}

int main(void)
{
    struct cache cache = {.lock = PAR_RWLOCK_INIT};
    par_for(0, 10000, use, &cache);
    printf("%zu entries, the last is %ld\n", cache.filled, look_up(&cache, ENTRIES - 1));

    par_rwlock_write(&cache.lock);
    cache.squares[0] = 100;
    par_rwlock_downgrade(&cache.lock); /* others may read it with me from here on */
    printf("downgraded: %ld\n", cache.squares[0]);
    par_rwlock_end_read(&cache.lock);
}
