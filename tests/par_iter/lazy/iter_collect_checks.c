/* SPDX-License-Identifier: MIT */
/* iter_collect_checks.c - arrays that iterators are collected into. */
#include "par_iter/lazy/iter_collect_checks.h"
#include "par_iter/lazy/iter_kit.h"

enum { MANY = 300001 };

/* ---- order ---- */

/* In both ways; behind the room nothing is written. */
static const char *collect_and_compare(const par_iter *it, size_t room, const uint64_t *expected,
                                       size_t n_expected)
{
    const uint64_t guard = UINT64_C(0x1234567812345678);
    uint64_t *const out = malloc((room + 1) * sizeof *out);
    size_t n = 12345;
    if (out == NULL)
        return "no memory";
    out[room] = guard;
    const int rc = par_iter_collect(it, out, room, &n);
    const char *problem = rc != 0
                              ? wrong("returned %d", rc)
                              : kit_compare((const char *)out, n, KIT_WORD, expected, n_expected);
    if (problem == NULL && out[room] != guard)
        problem = "wrote behind its room";
    free(out);
    return problem == NULL ? kit_expect(it, KIT_WORD, expected, n_expected) : problem;
}

static const char *check_order(void *arg)
{
    static const size_t some[] = {0, 1, 2, 127, 128, 129, 2049, 40000, MANY};
    static uint64_t expected[MANY];
    const char *problem = NULL;
    (void)arg;
    for (size_t i = 0; i < MANY; i++)
        expected[i] = kit_scramble(i);
    for (size_t i = 0; i < sizeof some / sizeof some[0] && problem == NULL; i++) {
        par_iter it = par_iter_range(0, some[i]);
        par_iter_map(&it, KIT_WORD, kit_scramble_all, NULL);
        problem = collect_and_compare(&it, some[i], expected, some[i]);
    }
    return problem;
}

const char *iter_collect_keeps_the_order(void)
{
    return in_every_pool(check_order, NULL);
}

/* ---- filters ---- */

/* Which numbers are kept. */
typedef struct pattern {
    uint64_t begin; /* all before are kept */
    uint64_t end;   /* all from here on are kept */
    uint64_t of;    /* between, of each so many */
    uint64_t keep;  /* so many */
} pattern;

static bool is_kept(const pattern *p, uint64_t number)
{
    return number < p->begin || number >= p->end || number % p->of < p->keep;
}

static ptrdiff_t keep_pattern(void *out, const void *in, size_t n, void *ctx)
{
    const uint64_t *from = in;
    size_t kept = 0;
    for (size_t i = 0; i < n; i++) {
        if (is_kept(ctx, from[i]))
            ((uint64_t *)out)[kept++] = from[i];
    }
    return (ptrdiff_t)kept;
}

/* All and nothing; little, half and most of each piece; only at one end; nothing for long, then
 * all, so that parts move far. */
static const pattern patterns[] = {
    {MANY, MANY, 1, 0},     {0, MANY, 1, 0},       {0, MANY, 1000, 1},      {0, MANY, 2, 1},
    {0, MANY, 1000, 999},   {10, MANY, 1, 0},      {0, MANY - 10, 1, 0},    {0, MANY / 2, 1, 0},
    {MANY / 2, MANY, 1, 0}, {1000, 250000, 1, 0},  {1000, 250000, 10, 3},   {1, 3, 1, 0},
    {0, 1, 1, 0},           {0, MANY, 5000, 2500}, {0, MANY, 40000, 39000}, {0, MANY, 40000, 1000},
};

static const char *check_patterns(void *arg)
{
    static const size_t some[] = {0, 1, 2, 129, 5000, MANY};
    static uint64_t expected[MANY];
    const char *problem = NULL;
    (void)arg;
    for (size_t i = 0; i < sizeof patterns / sizeof patterns[0]; i++) {
        for (size_t j = 0; j < sizeof some / sizeof some[0] && problem == NULL; j++) {
            pattern p = patterns[i];
            size_t n = 0;
            for (size_t k = 0; k < some[j]; k++) {
                if (is_kept(&p, k))
                    expected[n++] = k;
            }
            par_iter it = par_iter_range(0, some[j]);
            par_iter_filter(&it, keep_pattern, &p);
            problem = collect_and_compare(&it, some[j], expected, n);
            if (problem != NULL)
                problem = wrong("pattern %zu of %zu: %s", i, some[j], problem);
        }
    }
    return problem;
}

const char *iter_collect_moves_what_filters_leave(void)
{
    return in_every_pool(check_patterns, NULL);
}

/* ---- flat_map ---- */

static size_t spread_of(size_t n, uint64_t *expected)
{
    size_t made = 0;
    for (uint64_t i = 0; i < n; i++) {
        for (uint64_t j = 0; j < i % 3; j++)
            expected[made++] = i + j;
    }
    return made;
}

static const char *check_flat_maps(void *arg)
{
    static const size_t some[] = {0, 1, 2, 3, 129, 5000, MANY};
    uint64_t *const expected = malloc(2 * (size_t)MANY * sizeof *expected);
    const char *problem = expected == NULL ? "no memory" : NULL;
    (void)arg;
    for (size_t i = 0; i < sizeof some / sizeof some[0] && problem == NULL; i++) {
        const size_t n = spread_of(some[i], expected);
        const par_iter end = par_iter_range(0, 0);
        par_iter it = par_iter_range(0, some[i]);
        par_iter_flat_map(&it, KIT_WORD, kit_spread, NULL);
        problem = collect_and_compare(&it, n, expected, n);
        const par_iter below = par_iter_chain(&end, &it);
        if (problem == NULL)
            problem = collect_and_compare(&below, n, expected, n);
    }
    free(expected);
    return problem;
}

const char *iter_collect_takes_what_flat_maps_make(void)
{
    return in_every_pool(check_flat_maps, NULL);
}

/* ---- room ---- */

static ptrdiff_t count_calls(void *out, const void *in, size_t n, void *ctx)
{
    (void)out;
    (void)in;
    (void)n;
    atomic_fetch_add((atomic_size_t *)ctx, 1);
    return 0;
}

const char *iter_collect_wants_room_for_all_positions(void)
{
    atomic_size_t looks = 0;
    uint64_t out[100];
    size_t n = 12345;
    par_iter it = par_iter_range(0, 100);
    par_iter_inspect(&it, count_calls, &looks);
    const int rc = par_iter_collect(&it, out, 99, &n);
    par_iter_filter(&it, kit_drop_all, NULL);
    const int filter_rc = par_iter_collect(&it, out, 99, &n);
    const int null_rc = par_iter_collect(&it, NULL, 0, &n);
    if (rc != EOVERFLOW || filter_rc != EOVERFLOW || null_rc != EOVERFLOW)
        return wrong("codes %d, %d and %d", rc, filter_rc, null_rc);
    if (atomic_load(&looks) != 0 || n != 12345)
        return "something was run or changed";
    return par_iter_collect(&it, out, 100, &n) == 0 && n == 0 ? NULL : "no room for nothing";
}

const char *iter_collect_wants_room_for_what_flat_maps_make(void)
{
    uint64_t expected[200];
    uint64_t out[200];
    const size_t made = spread_of(100, expected);
    size_t n = 12345;
    par_iter it = par_iter_range(0, 100);
    par_iter_flat_map(&it, KIT_WORD, kit_spread, NULL);
    const int rc = par_iter_collect(&it, out, made - 1, &n);
    if (rc != EOVERFLOW || n != 12345)
        return wrong("too little room: returned %d", rc);
    par_iter_filter(&it, kit_drop_all, NULL);
    if (par_iter_collect(&it, NULL, 0, &n) != 0 || n != 0)
        return "no room for nothing";
    return NULL;
}

/* ---- failures ---- */

static ptrdiff_t fail_at(void *out, const void *in, size_t n, void *ctx)
{
    const uint64_t *from = in;
    const uint64_t at = *(const uint64_t *)ctx;
    for (size_t i = 0; i < n; i++) {
        if (from[i] == at)
            return -1 - (ptrdiff_t)at;
    }
    memcpy(out, in, n * KIT_WORD);
    return (ptrdiff_t)n;
}

/* With known positions, behind a filter and behind a flat_map, which take three ways. */
static par_iter failing(size_t way, uint64_t *at)
{
    static uint64_t divisor = 1000;
    par_iter it = par_iter_range(1, 301);
    par_iter_map(&it, KIT_WORD, fail_at, at);
    if (way == 1)
        par_iter_filter(&it, kit_drop_multiples, &divisor);
    if (way == 2)
        par_iter_flat_map(&it, KIT_WORD, kit_spread, NULL);
    return it;
}

static const char *check_failures(void *arg)
{
    (void)arg;
    for (uint64_t at = 1; at <= 300; at += 13) {
        for (size_t way = 0; way < 3; way++) {
            uint64_t out[600];
            size_t n = 12345;
            const par_iter it = failing(way, &at);
            const int rc = par_iter_collect(&it, out, 600, &n);
            if (rc != -1 - (int)at || n != 12345)
                return wrong("way %zu at %llu: returned %d", way, (unsigned long long)at, rc);
        }
    }
    return NULL;
}

const char *iter_collect_leaves_the_number_after_a_failure(void)
{
    return in_every_pool(check_failures, NULL);
}

static const char *check_new_failures(void *arg)
{
    const char *problem = NULL;
    (void)arg;
    for (uint64_t at = 1; at <= 300 && problem == NULL; at += 13) {
        for (size_t way = 0; way < 3 && problem == NULL; way++) {
            const par_iter it = failing(way, &at);
            problem = kit_fails(&it, -1 - (int)at);
        }
    }
    return problem;
}

const char *iter_collect_new_leaves_both_after_a_failure(void)
{
    void *out = NULL;
    size_t n = 12345;
    const par_iter all =
        par_iter_range(0, SIZE_MAX); /* the arithmetic says that there is no room */
    if (par_iter_collect_new(&all, &out, &n) != ENOMEM || out != NULL || n != 12345)
        return "the largest array was not refused";
    return in_every_pool(check_new_failures, NULL);
}

const char *iter_collect_new_gives_null_for_nothing(void)
{
    par_iter its[4];
    for (size_t i = 0; i < 4; i++)
        its[i] = par_iter_range(0, i == 0 ? 0 : 1000);
    par_iter_filter(&its[1], kit_drop_all, NULL);
    par_iter_take(&its[2], 0);
    par_iter_filter(&its[3], kit_drop_all, NULL);
    par_iter_flat_map(&its[3], KIT_WORD, kit_spread, NULL);
    for (size_t i = 0; i < 4; i++) {
        char mark;
        void *out = &mark;
        size_t n = 12345;
        const int rc = par_iter_collect_new(&its[i], &out, &n);
        if (rc != 0 || out != NULL || n != 0)
            return wrong("iterator %zu: code %d, %zu elements", i, rc, n);
    }
    return NULL;
}

const char *iter_collect_refuses_bad_arguments(void)
{
    const par_iter it = par_iter_range(0, 5);
    uint64_t numbers[5];
    void *out = NULL;
    size_t n = 12345;
    const int rcs[] = {
        par_iter_collect(NULL, numbers, 5, &n),  par_iter_collect(&it, NULL, 5, &n),
        par_iter_collect(&it, numbers, 5, NULL), par_iter_collect_new(NULL, &out, &n),
        par_iter_collect_new(&it, NULL, &n),     par_iter_collect_new(&it, &out, NULL),
    };
    for (size_t i = 0; i < sizeof rcs / sizeof rcs[0]; i++) {
        if (rcs[i] != EINVAL)
            return wrong("call %zu returned %d", i, rcs[i]);
    }
    return n == 12345 && out == NULL ? NULL : "something was changed";
}
