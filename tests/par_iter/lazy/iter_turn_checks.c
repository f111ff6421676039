/* SPDX-License-Identifier: MIT */
/* iter_turn_checks.c - blocks one after the other: the same elements, and none of a block before
 * the block in front of it has ended. */
#include "par_iter/lazy/iter_turn_checks.h"
#include "par_iter/lazy/iter_kit.h"

#include <par/iter_any.h>
#include <par/iter_unzip.h>

enum { MANY = 20000 };

static uint64_t divisor = 3;

/* In turns of `first`, which grow or do not. */
static par_iter in_turns(par_iter it, size_t first, bool grow)
{
    if (grow)
        par_iter_by_exponential_blocks(&it, first);
    else
        par_iter_by_uniform_blocks(&it, first);
    return it;
}

static par_iter filtered(size_t n)
{
    par_iter it = par_iter_range(0, n);
    par_iter_filter(&it, kit_drop_multiples, &divisor);
    return it;
}

static par_iter spread(size_t n)
{
    par_iter it = par_iter_range(0, n);
    par_iter_flat_map(&it, KIT_WORD, kit_spread, NULL);
    return it;
}

/* ---- the same elements ---- */

static uint64_t expected[MANY];

static size_t list_of(size_t which, size_t n)
{
    size_t count = 0;
    for (uint64_t i = 0; i < n; i++) {
        const uint64_t times = which == 0 ? 1 : which == 1 ? i % 3 != 0 : i % 3;
        for (uint64_t k = 0; k < times; k++)
            expected[count++] = i + k;
    }
    return count;
}

static bool is_even(uint64_t number)
{
    return number % 2 == 0;
}

PAR_DEFINE_SIDES(evens, uint64_t, is_even)

/* The calls that store elsewhere than in a new array. */
static const char *check_stored(const par_iter *it, size_t room, size_t n_expected)
{
    static uint64_t out[MANY];
    static uint64_t odd[MANY];
    size_t n = 0;
    const int rc = par_iter_collect(it, out, room, &n);
    if (rc != 0)
        return wrong("collect returned %d", rc);
    const char *problem = kit_compare((const char *)out, n, KIT_WORD, expected, n_expected);
    par_side left = {out, KIT_WORD, room, 0};
    par_side right = {odd, KIT_WORD, room, 0};
    if (problem == NULL && par_iter_partition(it, &left, &right, evens_sides, NULL) != 0)
        problem = "partition fails";
    size_t lefts = 0;
    for (size_t i = 0; i < n_expected && problem == NULL; i++) {
        const bool even = is_even(expected[i]);
        if (expected[i] != (even ? out[lefts] : odd[i - lefts]))
            problem = wrong("element %zu stands elsewhere", i);
        lefts += even;
    }
    return problem == NULL && left.n + right.n != n_expected ? "partition lost some" : problem;
}

static const char *check_same(void *arg)
{
    static const size_t lengths[] = {0, 1, 2, 1000, MANY};
    static const size_t turns[] = {1000, 3, 128, MANY, SIZE_MAX};
    const char *problem = NULL;
    (void)arg;
    for (size_t i = 0; i < 5 * 5 * 3 * 2 && problem == NULL; i++) {
        const size_t n = lengths[i % 5];
        const size_t turn = n == MANY && i / 5 % 5 == 1 ? 777 : turns[i / 5 % 5];
        const size_t which = i / 25 % 3;
        const par_iter plain = which == 0   ? par_iter_range(0, n)
                               : which == 1 ? filtered(n)
                                            : spread(n);
        const par_iter it = in_turns(plain, turn, i / 75 == 1);
        const size_t count = list_of(which, n);
        uint64_t sum = 0;
        uint64_t expected_sum = 0;
        for (size_t k = 0; k < count; k++)
            expected_sum += expected[k];
        problem = kit_expect(&it, KIT_WORD, expected, count);
        if (problem == NULL)
            problem = check_stored(&it, which == 2 ? count : n, count);
        const int rc = par_iter_reduce_with(&it, &sum, kit_add, kit_add_up, NULL);
        if (problem == NULL && (rc != (count == 0 ? ENODATA : 0) || sum != expected_sum))
            problem = wrong("reduce_with returned %d", rc);
        if (problem != NULL)
            problem = wrong("%s; %zu in turns of %zu", problem, n, turn);
    }
    return problem;
}

const char *iter_turn_gives_what_one_turn_gives(void)
{
    return in_every_pool(check_same, NULL);
}

/* ---- one after the other ---- */

enum { TURN = 100 };

typedef struct witness {
    atomic_size_t ended[MANY / TURN]; /* elements of each turn that were seen */
    atomic_size_t early;              /* seen before the turn in front had ended */
} witness;

static size_t turn_of(uint64_t number, bool grow)
{
    size_t turn = 0;
    for (uint64_t end = TURN; number >= end; turn++)
        end += grow ? (uint64_t)TURN << (turn + 1) : TURN;
    return turn;
}

typedef struct watch {
    witness *w;
    bool grow;
} watch;

static ptrdiff_t see(void *out, const void *in, size_t n, void *ctx)
{
    const watch *seen = ctx;
    (void)out;
    for (size_t i = 0; i < n; i++) {
        const size_t turn = turn_of(((const uint64_t *)in)[i], seen->grow);
        const size_t before = seen->grow ? (size_t)TURN << (turn > 0 ? turn - 1 : 0) : TURN;
        if (turn > 0 && atomic_load(&seen->w->ended[turn - 1]) < before)
            atomic_fetch_add(&seen->w->early, 1);
        atomic_fetch_add(&seen->w->ended[turn], 1);
    }
    return 0;
}

static const char *check_one_by_one(void *arg)
{
    static witness w;
    const char *problem = NULL;
    (void)arg;
    for (size_t i = 0; i < 8 && problem == NULL; i++) {
        watch seen = {&w, i % 2 == 1};
        size_t n = 0;
        uint64_t sum = 0;
        memset(&w, 0, sizeof w);
        par_iter it = in_turns(par_iter_range(0, MANY / 10), TURN, seen.grow);
        par_iter_inspect(&it, see, &seen);
        const int rc = i / 2 == 0   ? par_iter_for_each(&it, kit_see_nothing, NULL)
                       : i / 2 == 1 ? par_iter_count(&it, &n)
                       : i / 2 == 2
                           ? par_iter_collect(&it, expected, MANY, &n)
                           : par_iter_reduce(&it, &sum, sizeof sum, kit_add, kit_add_up, NULL);
        if (rc != 0 || atomic_load(&w.early) != 0)
            problem = wrong("call %zu: code %d, %zu were seen early", i, rc, atomic_load(&w.early));
    }
    return problem;
}

const char *iter_turn_begins_when_the_one_before_has_ended(void)
{
    return in_every_pool(check_one_by_one, NULL);
}

/* ---- ends ---- */

typedef struct wanted {
    uint64_t number;
    atomic_size_t seen;
} wanted;

static ptrdiff_t look_for(const void *in, size_t n, bool last, void *ctx)
{
    wanted *w = ctx;
    (void)last;
    atomic_fetch_add(&w->seen, n);
    for (size_t i = 0; i < n; i++) {
        if (((const uint64_t *)in)[i] == w->number)
            return (ptrdiff_t)i;
    }
    return (ptrdiff_t)n;
}

static const char *check_found(void *arg)
{
    (void)arg;
    for (size_t i = 0; i < 4; i++) {
        wanted w = {.number = 450};
        uint64_t number = 0;
        size_t position = 0;
        const par_iter it = in_turns(par_iter_range(0, SIZE_MAX), TURN, i / 2 == 1);
        const int rc = i % 2 == 0 ? par_iter_find_first(&it, &number, &position, look_for, &w)
                                  : par_iter_find_any(&it, &number, &position, look_for, &w);
        const size_t most = i / 2 == 1 ? 700 : 500;
        if (rc != 0 || number != 450 || position != 450 || atomic_load(&w.seen) > most)
            return wrong("call %zu: code %d, found %zu, %zu were seen", i, rc, position,
                         atomic_load(&w.seen));
    }
    wanted none = {.number = MANY};
    par_iter few = in_turns(par_iter_range(0, SIZE_MAX), TURN, false);
    par_iter_take_any(&few, 250);
    if (par_iter_find_first(&few, NULL, NULL, look_for, &none) != ENODATA ||
        atomic_load(&none.seen) != 250)
        return wrong("%zu of 250 were seen", atomic_load(&none.seen));
    return NULL;
}

const char *iter_turn_ends_with_the_turn_that_finds(void)
{
    return in_every_pool(check_found, NULL);
}

static ptrdiff_t fail_at_450(void *out, const void *in, size_t n, void *ctx)
{
    (void)out;
    atomic_fetch_add((atomic_size_t *)ctx, n);
    for (size_t i = 0; i < n; i++) {
        if (((const uint64_t *)in)[i] == 450)
            return -6;
    }
    return 0;
}

static const char *check_code(void *arg)
{
    atomic_size_t seen = 0;
    uint64_t sum = 7;
    par_iter it = in_turns(par_iter_range(0, SIZE_MAX), TURN, false);
    (void)arg;
    par_iter_inspect(&it, fail_at_450, &seen);
    if (par_iter_for_each(&it, kit_see_nothing, NULL) != -6 || atomic_load(&seen) > 500)
        return wrong("for_each saw %zu", atomic_load(&seen));
    atomic_store(&seen, 0);
    if (par_iter_reduce(&it, &sum, sizeof sum, kit_add, kit_add_up, NULL) != -6 || sum != 7 ||
        atomic_load(&seen) > 500)
        return wrong("reduce saw %zu, or changed its result", atomic_load(&seen));
    par_iter_take(&it, MANY); /* for which there is memory */
    return kit_fails(&it, -6);
}

const char *iter_turn_ends_with_a_code(void)
{
    return in_every_pool(check_code, NULL);
}

static const char *check_positions(void *arg)
{
    wanted w = {.number = MANY - 1 - 4321};
    size_t position = 0;
    par_iter it = par_iter_range(0, MANY);
    (void)arg;
    par_iter_rev(&it);
    it = in_turns(it, 1000, false);
    if (par_iter_find_last(&it, NULL, &position, look_for, &w) != 0 || position != 4321)
        return wrong("the last stands at %zu", position);
    if (par_iter_find_first(&it, NULL, &position, look_for, &w) != 0 || position != 4321)
        return wrong("the first stands at %zu", position);
    for (size_t i = 0; i < MANY; i++)
        expected[i] = i;
    par_iter_positions(&it, look_for, &w);
    const uint64_t at = 4321;
    return kit_expect(&it, sizeof(size_t), &at, 1);
}

const char *iter_turn_knows_positions(void)
{
    return in_every_pool(check_positions, NULL);
}

const char *iter_turn_refuses_no_length(void)
{
    const par_iter uniform = in_turns(par_iter_range(0, 10), 0, false);
    const par_iter growing = in_turns(par_iter_range(0, 10), 0, true);
    const char *problem = kit_refused(&uniform, EINVAL);
    par_iter_by_uniform_blocks(NULL, 1);
    par_iter_by_exponential_blocks(NULL, 1);
    return problem == NULL ? kit_refused(&growing, EINVAL) : problem;
}
