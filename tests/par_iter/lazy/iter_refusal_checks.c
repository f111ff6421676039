/* SPDX-License-Identifier: MIT */
/* iter_refusal_checks.c - stages that are refused, and iterators that keep what is wrong. */
#include "par_iter/lazy/iter_kit.h"
#include "par_iter/lazy/iter_stage_checks.h"

/* ---- limits ---- */

const char *iter_stage_takes_no_more_than_the_most(void)
{
    uint64_t expected[] = {0, 1, 2};
    par_iter it = par_iter_range(0, 3);
    for (size_t i = 0; i < PAR_ITER_MAX_STAGES; i++) {
        for (size_t j = 0; j < 3 && i % 2 == 0; j++)
            expected[j] = kit_scramble(expected[j]);
        if (i % 2 == 0)
            par_iter_map(&it, KIT_WORD, kit_scramble_all, NULL);
        else
            par_iter_inspect(&it, kit_see_nothing, NULL);
    }
    par_iter_rev(&it);
    par_iter_rev(&it); /* no stages */
    const char *problem = kit_expect(&it, KIT_WORD, expected, 3);
    if (problem != NULL)
        return problem;
    par_iter below = par_iter_chain(&it, &it);
    par_iter_inspect(&below, kit_see_nothing, NULL); /* has its own */
    par_iter_take(&below, 3);
    problem = kit_expect(&below, KIT_WORD, expected, 3);
    if (problem != NULL)
        return problem;
    par_iter_inspect(&it, kit_see_nothing, NULL);
    return kit_refused(&it, EINVAL);
}

typedef void stage_fn(par_iter *it);

static void map_without_function(par_iter *it)
{
    par_iter_map(it, 8, NULL, NULL);
}

static void map_to_nothing(par_iter *it)
{
    par_iter_map(it, 0, kit_scramble_all, NULL);
}

static void map_to_too_much(par_iter *it)
{
    par_iter_map(it, PAR_ITER_MAX_SIZE + 1, kit_scramble_all, NULL);
}

static void filter_without_function(par_iter *it)
{
    par_iter_filter(it, NULL, NULL);
}

static void filter_map_to_nothing(par_iter *it)
{
    par_iter_filter_map(it, 0, kit_scramble_all, NULL);
}

static void flat_map_without_function(par_iter *it)
{
    par_iter_flat_map(it, 8, NULL, NULL);
}

static void flat_map_to_too_much(par_iter *it)
{
    par_iter_flat_map(it, PAR_ITER_MAX_SIZE + 1, kit_spread, NULL);
}

static void inspect_without_function(par_iter *it)
{
    par_iter_inspect(it, NULL, NULL);
}

static void enumerate_over_itself(par_iter *it)
{
    par_iter_enumerate(it, 16, 7);
}

static void enumerate_beyond_the_end(par_iter *it)
{
    par_iter_enumerate(it, 15, 8);
}

static void enumerate_to_too_much(par_iter *it)
{
    par_iter_enumerate(it, PAR_ITER_MAX_SIZE + 1, 8);
}

static void enumerate_at_a_huge_offset(par_iter *it)
{
    par_iter_enumerate(it, 16, SIZE_MAX);
}

static void step_by_nothing(par_iter *it)
{
    par_iter_step_by(it, 0);
}

const char *iter_stage_refuses_bad_arguments(void)
{
    static stage_fn *const stages[] = {
        map_without_function,     map_to_nothing,           map_to_too_much,
        filter_without_function,  filter_map_to_nothing,    flat_map_without_function,
        flat_map_to_too_much,     inspect_without_function, enumerate_over_itself,
        enumerate_beyond_the_end, enumerate_to_too_much,    enumerate_at_a_huge_offset,
        step_by_nothing};
    const char *problem = NULL;
    for (size_t i = 0; i < sizeof stages / sizeof stages[0]; i++) {
        par_iter it = par_iter_range(0, 10);
        stages[i](&it);
        problem = kit_refused(&it, EINVAL);
        if (problem != NULL)
            return wrong("stage %zu: %s", i, problem);
        stages[i](NULL); /* does nothing */
    }
    par_iter_rev(NULL);
    par_iter_take(NULL, 1);
    par_iter_skip(NULL, 1);
    par_iter_pieces(NULL, 1, 1, 1);
    return NULL;
}

/* ---- the first thing ---- */

static void all_stages(par_iter *it)
{
    par_iter_map(it, KIT_WORD, kit_scramble_all, NULL);
    par_iter_filter(it, kit_drop_all, NULL);
    par_iter_filter_map(it, KIT_WORD, kit_scramble_all, NULL);
    par_iter_flat_map(it, KIT_WORD, kit_spread, NULL);
    par_iter_enumerate(it, 16, 8);
    par_iter_rev(it);
    par_iter_step_by(it, 0);
    par_iter_map(it, 0, NULL, NULL);
}

const char *iter_stage_keeps_the_first_thing_that_is_wrong(void)
{
    const par_iter fine = par_iter_range(0, 5);
    par_iter bad = par_iter_grid(SIZE_MAX, 2);
    all_stages(&bad);
    if (kit_refused(&bad, EOVERFLOW) != NULL)
        return "EOVERFLOW of a source was forgotten";
    par_iter invalid = par_iter_over(NULL, 8, 1);
    const par_iter its[] = {
        par_iter_chain(&bad, &invalid),      par_iter_chain(&fine, &bad),
        par_iter_zip(&bad, &invalid, 16, 8), par_iter_zip_eq(&fine, &bad, 16, 8),
        par_iter_interleave(&bad, &invalid), par_iter_chunks_of(&bad, 0),
        par_iter_zip(&bad, &fine, 1, 0),
    };
    for (size_t i = 0; i < sizeof its / sizeof its[0]; i++) {
        if (kit_refused(&its[i], EOVERFLOW) != NULL)
            return wrong("combination %zu forgot EOVERFLOW", i);
    }
    all_stages(&invalid);
    const par_iter late = par_iter_chain(&invalid, &bad);
    return kit_refused(&late, EINVAL);
}

/* ---- positions ---- */

static void filter_some(par_iter *it)
{
    par_iter_filter(it, kit_drop_all, NULL);
}

static void filter_map_some(par_iter *it)
{
    par_iter_filter_map(it, KIT_WORD, kit_scramble_all, NULL);
}

static void flatten(par_iter *it)
{
    par_iter_flat_map(it, KIT_WORD, kit_spread, NULL);
}

static void take_some(par_iter *it)
{
    par_iter_take(it, 1);
}

static void skip_some(par_iter *it)
{
    par_iter_skip(it, 1);
}

static void step(par_iter *it)
{
    par_iter_step_by(it, 2);
}

static void enumerate(par_iter *it)
{
    par_iter_enumerate(it, 16, 8);
}

/* After each of the three; in a chain too. */
static const char *check_unknown(const par_iter *it)
{
    static stage_fn *const moves[] = {par_iter_rev, take_some, skip_some, step, enumerate};
    const par_iter fine = par_iter_range(0, 5);
    const par_iter its[] = {
        par_iter_zip(it, &fine, 16, 8),    par_iter_zip(&fine, it, 16, 8),
        par_iter_zip_eq(&fine, it, 16, 8), par_iter_interleave(it, &fine),
        par_iter_interleave(&fine, it),    par_iter_chunks_of(it, 2),
    };
    size_t n = 0;
    if (par_iter_length(it, &n) || par_iter_count(it, &n) != 0)
        return "the length is known, or it does not run";
    for (size_t i = 0; i < sizeof moves / sizeof moves[0]; i++) {
        par_iter moved = *it;
        moves[i](&moved);
        if (kit_refused(&moved, EINVAL) != NULL)
            return wrong("move %zu was not refused", i);
    }
    for (size_t i = 0; i < sizeof its / sizeof its[0]; i++) {
        if (kit_refused(&its[i], EINVAL) != NULL)
            return wrong("combination %zu was not refused", i);
    }
    return NULL;
}

const char *iter_stage_refuses_positions_that_nobody_knows(void)
{
    static stage_fn *const stages[] = {filter_some, filter_map_some, flatten};
    const par_iter fine = par_iter_range(0, 5);
    const char *problem = NULL;
    for (size_t i = 0; i < 3 && problem == NULL; i++) {
        par_iter it = fine;
        stages[i](&it);
        const par_iter first = par_iter_chain(&it, &fine);
        const par_iter second = par_iter_chain(&fine, &it);
        par_iter mapped = it;
        par_iter_map(&mapped, KIT_WORD, kit_scramble_all, NULL);
        problem = check_unknown(&it);
        if (problem == NULL)
            problem = check_unknown(&first);
        if (problem == NULL)
            problem = check_unknown(&second);
        if (problem == NULL)
            problem = check_unknown(&mapped);
    }
    return problem;
}
