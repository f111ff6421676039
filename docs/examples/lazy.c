/* SPDX-License-Identifier: MIT */
/* lazy.c - globals that many threads use: one that is computed at first use, one that cannot always
 * be had, and a count. */
#include <errno.h>
#include <par/loop.h>
#include <par/once.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>

enum { LIMIT = 1000 };

struct primes {
    bool is[LIMIT];
};

static struct primes sieve(void)
{
    struct primes primes = {{false}};
    for (int i = 2; i < LIMIT; i++)
        primes.is[i] = true;
    for (int i = 2; i * i < LIMIT; i++)
        for (int k = i * i; primes.is[i] && k < LIMIT; k += i)
            primes.is[k] = false;
    return primes;
}

PAR_LAZY(struct primes, primes, sieve)

/* How many numbers to look at: from the environment, which may have nonsense. */
static int read_limit(size_t *limit)
{
    const char *text = getenv("LAZY_LIMIT");
    *limit = text == NULL ? LIMIT : strtoul(text, NULL, 10);
    return *limit > 0 && *limit <= LIMIT ? 0 : EDOM;
}

PAR_TRY_LAZY(size_t, limit, read_limit)

static atomic_size_t found;

static void count(size_t begin, size_t end, void *arg)
{
    size_t here = 0; /* one addition for each piece, not for each number */
    (void)arg;
    for (size_t i = begin; i < end; i++)
        here += primes()->is[i];
    atomic_fetch_add(&found, here);
}

int main(void)
{
    size_t *n;
    if (limit(&n) != 0) {
        fputs("LAZY_LIMIT must be 1 to 1000\n", stderr);
        return EXIT_FAILURE;
    }
    par_for(0, *n, count, NULL);
    printf("%zu primes below %zu\n", atomic_load(&found), *n);
}
