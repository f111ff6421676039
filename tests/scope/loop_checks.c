/* SPDX-License-Identifier: MIT */
/* loop_checks.c - loops cut a range into pieces that together are the range, whatever its size,
 * place and grain. */
#include "scope/loop_checks.h"

#include <par/loop.h>

/* ---- pieces ---- */

typedef struct record {
    size_t begin;
    size_t n;
    size_t grain;
    atomic_uchar *counts; /* visits of begin + i */
    atomic_size_t empty;
    atomic_size_t outside;
    atomic_size_t too_large;
} record;

static void visit_piece(size_t begin, size_t end, void *arg)
{
    record *seen = arg;
    if (begin >= end) {
        atomic_fetch_add(&seen->empty, 1);
        return;
    }
    if (begin < seen->begin || end - seen->begin > seen->n) {
        atomic_fetch_add(&seen->outside, 1);
        return;
    }
    if (seen->grain > 0 && end - begin > seen->grain)
        atomic_fetch_add(&seen->too_large, 1);
    for (size_t i = begin; i < end; i++)
        atomic_fetch_add_explicit(&seen->counts[i - seen->begin], 1, memory_order_relaxed);
}

static int try_visit_piece(size_t begin, size_t end, void *arg)
{
    visit_piece(begin, end, arg);
    return 0;
}

enum { BY_FOR, BY_GRAIN, BY_TRY, VERBS };

static int run_loop(int verb, record *seen)
{
    const size_t end = seen->begin + seen->n;
    par_loop_options options = PAR_LOOP_OPTIONS_INIT;
    options.grain = seen->grain;
    if (verb == BY_TRY)
        return par_try_for(seen->begin, end, try_visit_piece, seen, &options);
    if (verb == BY_GRAIN)
        par_for_grain(seen->begin, end, seen->grain, visit_piece, seen);
    else
        par_for(seen->begin, end, visit_piece, seen);
    return 0;
}

static const char *judge(const record *seen, int rc)
{
    if (rc != 0)
        return wrong("the loop returned %d", rc);
    if (atomic_load(&seen->empty) + atomic_load(&seen->outside) + atomic_load(&seen->too_large))
        return wrong("%zu pieces are empty, %zu outside, %zu larger than the grain %zu",
                     atomic_load(&seen->empty), atomic_load(&seen->outside),
                     atomic_load(&seen->too_large), seen->grain);
    for (size_t i = 0; i < seen->n; i++) {
        const unsigned visits = atomic_load_explicit(&seen->counts[i], memory_order_relaxed);
        if (visits != 1)
            return wrong("of %zu from %zu by %zu, index %zu was visited %u times", seen->n,
                         seen->begin, seen->grain, i, visits);
    }
    return NULL;
}

static const char *visit_range(int verb, size_t begin, size_t n, size_t grain)
{
    atomic_uchar *counts = calloc(n + 1, sizeof *counts);
    if (counts == NULL)
        return "no memory";
    record seen = {.begin = begin, .n = n, .grain = verb == BY_FOR ? 0 : grain, .counts = counts};
    const int rc = run_loop(verb, &seen);
    const char *problem = judge(&seen, rc);
    free(counts);
    return problem;
}

static const char *visit_ranges(void *arg)
{
    (void)arg;
    const size_t sizes[] = {0, 1, 2, 3, 97, 1009, scaled(20000) + 11};
    for (size_t i = 0; i < sizeof sizes / sizeof sizes[0]; i++) {
        const size_t n = sizes[i];
        const size_t begins[] = {0, 5, SIZE_MAX / 2, SIZE_MAX - n};
        const size_t grains[] = {0, 1, 7, 64, n, SIZE_MAX};
        for (size_t j = 0; j < VERBS * 4 * 6; j++) {
            const char *problem =
                visit_range((int)(j % VERBS), begins[j / VERBS % 4], n, grains[j / VERBS / 4]);
            if (problem != NULL)
                return problem;
        }
    }
    return NULL;
}

const char *loop_visits_every_index_once(void)
{
    const char *problem = in_every_pool(visit_ranges, NULL);
    return problem != NULL ? problem : visit_range(BY_FOR, 0, scaled(3000000) + 7, 0);
}

static const char *visit_nothing(void *arg)
{
    (void)arg;
    static const size_t ranges[][2] = {
        {0, 0},   {7, 7},        {SIZE_MAX, SIZE_MAX}, {1, 0},
        {100, 3}, {SIZE_MAX, 0}, {SIZE_MAX, 100},      {SIZE_MAX, SIZE_MAX - 1}};
    for (size_t i = 0; i < sizeof ranges / sizeof ranges[0]; i++) {
        const size_t begin = ranges[i][0];
        const size_t end = ranges[i][1];
        record seen = {.begin = begin};
        par_for(begin, end, visit_piece, &seen);
        par_for_grain(begin, end, 3, visit_piece, &seen);
        const int rc = par_try_for(begin, end, try_visit_piece, &seen, NULL);
        const size_t calls = atomic_load(&seen.empty) + atomic_load(&seen.outside);
        if (rc != 0 || calls != 0)
            return wrong("from %zu to %zu: code %d, %zu pieces", begin, end, rc, calls);
    }
    return NULL;
}

const char *loop_does_nothing_for_empty_and_reversed_ranges(void)
{
    return in_every_pool(visit_nothing, NULL);
}

/* ---- huge ranges ---- */

enum { MANY_PIECES = 10000000 };

/* The sums of end - begin and of end^2 - begin^2 over the pieces of a range telescope, modulo 2^64,
 * to those of the whole. */
typedef struct huge_sums {
    atomic_size_t pieces;
    _Atomic uint64_t lengths;
    _Atomic uint64_t squares;
} huge_sums;

static int add_piece(size_t begin, size_t end, void *arg)
{
    huge_sums *sums = arg;
    const uint64_t b = begin;
    const uint64_t e = end;
    atomic_fetch_add(&sums->lengths, e - b);
    atomic_fetch_add(&sums->squares, e * e - b * b);
    return atomic_fetch_add(&sums->pieces, 1) < MANY_PIECES ? 0 : E2BIG;
}

static const char *cover_range(size_t begin, size_t end, size_t grain)
{
    huge_sums sums = {0, 0, 0};
    par_loop_options options = PAR_LOOP_OPTIONS_INIT;
    options.grain = grain;
    const int rc = par_try_for(begin, end, add_piece, &sums, &options);
    if (rc == E2BIG)
        return wrong("%zu to %zu by %zu takes more than %d pieces", begin, end, grain, MANY_PIECES);
    const uint64_t b = begin;
    const uint64_t e = end;
    if (rc != 0 || atomic_load(&sums.lengths) != e - b ||
        atomic_load(&sums.squares) != e * e - b * b)
        return wrong("%zu to %zu by %zu is not covered, code %d", begin, end, grain, rc);
    return NULL;
}

static const char *cover_huge_ranges(void *arg)
{
    (void)arg;
    static const size_t grains[] = {SIZE_MAX, SIZE_MAX / 2 + 1, SIZE_MAX / 1000, 0};
    for (size_t i = 0; i < sizeof grains / sizeof grains[0]; i++) {
        const char *problem = cover_range(0, SIZE_MAX, grains[i]);
        if (problem == NULL)
            problem = cover_range(SIZE_MAX / 3, SIZE_MAX - 1, grains[i]);
        if (problem != NULL)
            return problem;
    }
    return NULL;
}

const char *loop_covers_huge_ranges(void)
{
    return in_every_pool(cover_huge_ranges, NULL);
}

/* ---- bad options ---- */

const char *loop_rejects_options_of_unknown_size(void)
{
    const size_t known = sizeof(par_loop_options);
    const size_t sizes[] = {0, 1, known - 1, known + 1, SIZE_MAX};
    for (size_t i = 0; i < sizeof sizes / sizeof sizes[0]; i++) {
        atomic_uchar counts[1] = {0};
        record seen = {.n = 1, .counts = counts};
        par_loop_options options = PAR_LOOP_OPTIONS_INIT;
        options.size = sizes[i];
        const int rc = par_try_for(0, 1, try_visit_piece, &seen, &options);
        if (rc != EINVAL || atomic_load(&counts[0]) != 0)
            return wrong("size %zu: code %d, %d visits", sizes[i], rc, atomic_load(&counts[0]));
    }
    return NULL;
}
