/* SPDX-License-Identifier: MIT */
/* typed_find_checks.c - searches find what serial loops find, and prefer what they promise. */
#include "par_iter/base/lengths.h"
#include "par_iter/typed/typed_checks.h"

#include <par/typed_find.h>

/* An element whose key decides, and whose place tells which one it was. */
typedef struct item {
    uint32_t key;
    uint32_t place;
} item;

static inline bool is_marked(item one)
{
    return one.key == 0;
}

static inline bool is_below(item one, const uint32_t *limit)
{
    return one.key < *limit;
}

static inline bool has_less(item a, item b)
{
    return a.key < b.key;
}

PAR_DEFINE_FIND(marked, item, is_marked)
PAR_DEFINE_FIND_CTX(below, item, uint32_t, is_below)
PAR_DEFINE_EXTREMES(by_key, item, has_less)

/* Made and never called: must give no warning. */
PAR_DEFINE_FIND(unused_find, item, is_marked)
PAR_DEFINE_FIND_CTX(unused_find_ctx, item, uint32_t, is_below)
PAR_DEFINE_EXTREMES(unused_extremes, item, has_less)

/* Each `distance`-th item is marked, from `begin` on. */
static size_t mark(item *items, size_t n, size_t begin, size_t distance)
{
    size_t marks = 0;
    for (size_t i = 0; i < n; i++) {
        const bool is_hit = i >= begin && (i - begin) % distance == 0;
        items[i] = (item){is_hit ? 0 : 1 + (uint32_t)(i % 5), (uint32_t)i};
        marks += is_hit;
    }
    return marks;
}

/* ---- find ---- */

static const char *find_marks(const item *items, size_t n, size_t begin, size_t distance)
{
    const bool has = begin < n;
    const int code = has ? 0 : ENODATA;
    const size_t end = has ? begin + (n - 1 - begin) / distance * distance : SIZE_MAX;
    size_t first = SIZE_MAX;
    size_t last = SIZE_MAX;
    size_t any = SIZE_MAX;
    if (marked_first(items, n, &first) != code || first != (has ? begin : SIZE_MAX))
        return wrong("n %zu, from %zu: the first is %zu", n, begin, first);
    if (marked_last(items, n, &last) != code || last != end)
        return wrong("n %zu, from %zu: the last is %zu, not %zu", n, begin, last, end);
    if (marked_any(items, n, &any) != code || (has ? items[any].key != 0 : any != SIZE_MAX))
        return wrong("n %zu, from %zu: any is %zu", n, begin, any);
    if (marked_first(items, n, NULL) != code)
        return "the index is not optional";
    return NULL;
}

static const char *find_everywhere(void *arg)
{
    item *const items = arg;
    const char *problem = NULL;
    for (size_t i = 0; i < LENGTHS; i++) {
        const size_t n = lengths[i];
        const size_t begins[] = {0, 1, n / 3, n / 2 + 1, n > 0 ? n - 1 : 0, n};
        for (size_t k = 0; k < sizeof begins / sizeof begins[0] && problem == NULL; k++) {
            const size_t distance = k % 2 == 0 ? 3 : SIZE_MAX;
            (void)mark(items, n, begins[k], distance);
            problem = find_marks(items, n, begins[k], distance);
        }
    }
    return problem;
}

static const char *with_items(inside_fn *fn)
{
    item *const items = malloc(LENGTH_MAX * sizeof *items);
    if (items == NULL)
        return "no memory";
    const char *problem = in_every_pool(fn, items);
    free(items);
    return problem;
}

const char *typed_find_finds_the_first_the_last_and_any(void)
{
    return with_items(find_everywhere);
}

static const char *answer_everywhere(void *arg)
{
    item *const items = arg;
    for (size_t i = 0; i < LENGTHS; i++) {
        const size_t n = lengths[i];
        const size_t distances[] = {1, 2, 1000, SIZE_MAX};
        for (size_t k = 0; k < 2 * sizeof distances / sizeof distances[0]; k++) {
            const size_t begin = k % 2 == 0 ? 0 : n / 2;
            const size_t expected = mark(items, n, begin, distances[k / 2]);
            size_t count = SIZE_MAX;
            bool is_any = expected == 0;
            bool is_all = expected != n;
            if (marked_count(items, n, &count) != 0 || marked_is_any(items, n, &is_any) != 0 ||
                marked_is_all(items, n, &is_all) != 0)
                return "returned a code";
            if (count != expected || is_any != (expected > 0) || is_all != (expected == n))
                return wrong("%zu of %zu: counted %zu, any %d, all %d", expected, n, count, is_any,
                             is_all);
        }
    }
    return NULL;
}

const char *typed_find_answers_and_counts(void)
{
    return with_items(answer_everywhere);
}

/* ---- extremes ---- */

/* Where a serial loop finds them. */
static size_t least_of(const item *items, size_t n)
{
    size_t best = 0;
    for (size_t i = 1; i < n; i++)
        best = items[i].key < items[best].key ? i : best;
    return best;
}

static size_t greatest_of(const item *items, size_t n)
{
    size_t best = 0;
    for (size_t i = 1; i < n; i++)
        best = items[i].key >= items[best].key ? i : best;
    return best;
}

/* From all equal to nearly all different. */
static const char *compare_extremes(void *arg)
{
    item *const items = arg;
    uint64_t state = 7;
    for (size_t i = 1; i < LENGTHS; i++) {
        const size_t n = lengths[i];
        for (size_t keys = 1; keys < 100000; keys *= 7) {
            for (size_t k = 0; k < n; k++)
                items[k] = (item){(uint32_t)random_below(&state, keys), (uint32_t)k};
            size_t min = SIZE_MAX;
            size_t max = SIZE_MAX;
            if (by_key_min(items, n, &min) != 0 || by_key_max(items, n, &max) != 0)
                return "returned a code";
            if (min != least_of(items, n) || max != greatest_of(items, n))
                return wrong("%zu keys, n %zu: the least is %zu, the greatest %zu", keys, n, min,
                             max);
        }
    }
    return NULL;
}

const char *typed_find_prefers_by_place_what_is_equal(void)
{
    return with_items(compare_extremes);
}

/* ---- the rest ---- */

static const char *use_contexts(void *arg)
{
    enum { N = 10000 };
    item *const items = arg;
    for (size_t i = 0; i < N; i++)
        items[i] = (item){(uint32_t)(N - i), (uint32_t)i};
    for (uint32_t limit = 1; limit < N; limit += 777) {
        size_t first = 0;
        size_t last = 0;
        size_t any = 0;
        size_t count = 0;
        bool is_any = limit == 1;
        bool is_all = true;
        const int code = limit == 1 ? ENODATA : 0; /* keys are at least 1 */
        if (below_first(items, N, &first, &limit) != code ||
            below_last(items, N, &last, &limit) != code ||
            below_any(items, N, &any, &limit) != code ||
            below_count(items, N, &count, &limit) != 0 ||
            below_is_any(items, N, &is_any, &limit) != 0 ||
            below_is_all(items, N, &is_all, &limit) != 0)
            return "returned a code";
        if (count != limit - 1 || is_any != (code == 0) || is_all)
            return wrong("limit %u: counted %zu, any %d, all %d", limit, count, is_any, is_all);
        if (code == 0 && (first != N + 1 - limit || last != N - 1 || items[any].key >= limit))
            return wrong("limit %u: the first is %zu, the last %zu", limit, first, last);
    }
    return NULL;
}

const char *typed_find_hands_a_context_on(void)
{
    return with_items(use_contexts);
}

/* The keys are those of a serial loop over every other item. */
static const char *search_iterators(void *arg)
{
    item *const items = arg;
    for (size_t i = 4; i < LENGTHS; i++) {
        const size_t n = lengths[i];
        item found = {1, 0};
        item least = {0, 0};
        item greatest = {0, 0};
        size_t count = 0;
        size_t position = 0;
        (void)mark(items, n, 6, 10);
        par_iter it = par_iter_over(items, sizeof *items, n);
        par_iter_step_by(&it, 2);
        if (par_iter_find_last(&it, &found, &position, marked_find, NULL) != 0 ||
            par_iter_reduce_with(&it, &least, by_key_min_fold, by_key_min_merge, NULL) != 0 ||
            par_iter_reduce_with(&it, &greatest, by_key_max_fold, by_key_max_merge, NULL) != 0 ||
            par_iter_reduce(&it, &count, sizeof count, marked_count_fold, marked_count_merge,
                            NULL) != 0)
            return "returned a code";
        const size_t marks = (n - 7) / 10 + 1;
        const size_t last = 6 + (marks - 1) * 10;
        if (found.place != last || position != last / 2 || count != marks)
            return wrong("n %zu: the last of %zu stood at %u", n, count, found.place);
        if (least.place != 6 || greatest.key != 5 || greatest.place + 10 < n)
            return wrong("n %zu: the least stood at %u, the greatest at %u", n, least.place,
                         greatest.place);
    }
    return NULL;
}

const char *typed_find_takes_what_an_iterator_gives(void)
{
    return with_items(search_iterators);
}

const char *typed_find_returns_codes(void)
{
    const item items[2] = {{0, 0}, {1, 1}};
    size_t index = 7;
    bool answer = false;
    if (marked_first(NULL, 2, &index) != EINVAL || marked_is_any(items, 2, NULL) != EINVAL ||
        marked_is_all(NULL, 2, &answer) != EINVAL || marked_count(items, 2, NULL) != EINVAL ||
        by_key_min(items, 2, NULL) != EINVAL || by_key_max(NULL, 2, &index) != EINVAL)
        return "NULL was taken";
    if (marked_last(items, SIZE_MAX, &index) != EOVERFLOW ||
        marked_count(items, SIZE_MAX, &index) != EOVERFLOW ||
        by_key_min(items, SIZE_MAX, &index) != EOVERFLOW)
        return "items were beyond memory";
    if (marked_first(NULL, 0, &index) != ENODATA || by_key_min(NULL, 0, &index) != ENODATA ||
        by_key_max(NULL, 0, &index) != ENODATA || index != 7)
        return "something was found in nothing";
    if (marked_is_all(NULL, 0, &answer) != 0 || !answer)
        return "not all of nothing match";
    if (marked_is_any(NULL, 0, &answer) != 0 || answer)
        return "some of nothing match";
    return marked_count(NULL, 0, &index) == 0 && index == 0 ? NULL : "nothing was counted";
}
