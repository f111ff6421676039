/* SPDX-License-Identifier: MIT */
/* sieve.c - counting the primes below a number, by crossing out multiples in segments that fit in a
 * cache. A loop over the segments. */
#include "suite/suite.h"

#include <par/loop.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>

/* Numbers in a segment. Only the odd ones are stored. */
enum { segment = 1 << 16 };

typedef struct sieve {
    size_t limit;
    uint32_t *primes; /* the odd ones whose square may be below the limit */
    size_t n_primes;
    atomic_size_t answer;
    size_t expected; /* of the first run, or known; SIZE_MAX: neither */
} sieve;

/* Primes in segment number `index`. */
static size_t count_segment(const sieve *s, size_t index)
{
    uint8_t crossed[segment / 2] = {0};
    const size_t begin = index * segment;
    const size_t end = begin + segment < s->limit ? begin + segment : s->limit;
    for (size_t i = 0; i < s->n_primes; i++) {
        const size_t prime = s->primes[i];
        size_t multiple = (begin + prime - 1) / prime * prime;
        if (multiple < prime * prime)
            multiple = prime * prime;
        if (multiple % 2 == 0)
            multiple += prime;
        if (prime * prime >= end)
            break;
        for (; multiple < end; multiple += 2 * prime)
            crossed[(multiple - begin) / 2] = 1;
    }
    /* The odd numbers from begin + 1 on; 1 is no prime, and 2 takes its place. */
    size_t count = 0;
    for (size_t odd = begin + 1; odd < end; odd += 2)
        count += crossed[(odd - begin) / 2] == 0;
    return count - (begin == 0 && end == 2 ? 1 : 0);
}

static size_t segments_of(const sieve *s)
{
    return (s->limit + segment - 1) / segment;
}

static void count_range(size_t begin, size_t end, void *arg)
{
    sieve *const s = arg;
    size_t count = 0;
    for (size_t index = begin; index < end; index++)
        count += count_segment(s, index);
    atomic_fetch_add_explicit(&s->answer, count, memory_order_relaxed);
}

static void serial(void *state)
{
    count_range(0, segments_of(state), state);
}

static void parallel(void *state)
{
    par_for_grain(0, segments_of(state), 1, count_range, state);
}

static void prepare(void *state)
{
    sieve *const s = state;
    atomic_store(&s->answer, 0);
}

static bool is_right(void *state)
{
    sieve *const s = state;
    const size_t answer = atomic_load(&s->answer);
    if (s->expected == SIZE_MAX)
        s->expected = answer;
    atomic_store(&s->answer, SIZE_MAX);
    return answer == s->expected;
}

/* Primes below powers of ten. */
static size_t known(size_t limit)
{
    static const size_t counts[] = {0, 4, 25, 168, 1229, 9592, 78498, 664579, 5761455, 50847534};
    size_t power = 1;
    for (size_t i = 0; i < sizeof counts / sizeof *counts; i++, power *= 10)
        if (limit == power)
            return counts[i];
    return SIZE_MAX;
}

/* The odd primes below the root of the limit, and a few more. False: no memory. */
static bool find_small_primes(sieve *s)
{
    size_t root = 3;
    while (root * root <= s->limit)
        root++;
    uint8_t *const crossed = calloc(root + 1, 1);
    s->primes = calloc(root, sizeof *s->primes);
    for (size_t i = 3; i <= root && crossed != NULL && s->primes != NULL; i += 2) {
        if (crossed[i] != 0)
            continue;
        s->primes[s->n_primes++] = (uint32_t)i;
        for (size_t multiple = i * i; multiple <= root; multiple += 2 * i)
            crossed[multiple] = 1;
    }
    free(crossed);
    return s->n_primes > 0;
}

static void destroy(void *state)
{
    sieve *const s = state;
    free(s->primes);
    free(s);
}

static void *create(size_t size)
{
    sieve *const s = calloc(1, sizeof *s);
    if (s == NULL)
        return NULL;
    s->limit = size;
    s->expected = known(size);
    if (find_small_primes(s))
        return s;
    destroy(s);
    return NULL;
}

int main(int argc, char **argv)
{
    const suite_program program = {
        .name = "sieve",
        .about = "counting primes, segment by segment",
        .size = "the number they are below",
        .sizes = {100000000},
        .quick = 1000000,
        .largest = 10000000000,
        .create = create,
        .destroy = destroy,
        .prepare = prepare,
        .serial = serial,
        .parallel = parallel,
        .is_right = is_right,
    };
    return suite_main(&program, argc, argv);
}
