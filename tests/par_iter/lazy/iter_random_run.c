/* SPDX-License-Identifier: MIT */
/* iter_random_run.c - runs a random iterator, and compares with its list. */
#include "par_iter/lazy/iter_random_parts.h"

#include <par/iter_any.h>

/* ---- what a call must return ---- */

int random_code_of_list(const random_node *node)
{
    for (size_t i = 0; i < node->n; i++) {
        if (node->items[i].code != 0)
            return node->items[i].code;
    }
    return 0;
}

int random_expected_code(const random_node *node)
{
    return node->is_wrong ? EINVAL : random_code_of_list(node);
}

const char *random_judge_code(const char *call, int rc, int expected)
{
    return rc == expected ? NULL : wrong("%s returned %d, not %d", call, rc, expected);
}

/* ---- all elements ---- */

typedef struct total {
    size_t size;
    atomic_size_t n;
    atomic_size_t sum;
    atomic_size_t misused;
} total;

static ptrdiff_t add_to_total(void *out, const void *in, size_t n, void *ctx)
{
    total *all = ctx;
    size_t sum = 0;
    for (size_t i = 0; i < n; i++)
        sum += element_read((const char *)in + i * all->size, all->size) * 7 + 1;
    atomic_fetch_add(&all->n, n);
    atomic_fetch_add(&all->sum, sum);
    atomic_fetch_add(&all->misused, out != NULL || n == 0);
    return 0;
}

static const char *run_for_each(random_node *node)
{
    total all = {.size = node->size};
    size_t sum = 0;
    for (size_t i = 0; i < node->n; i++)
        sum += node->items[i].number * 7 + 1;
    const int rc = par_iter_for_each(node->it, add_to_total, &all);
    const int expected = random_expected_code(node);
    if (rc != expected || atomic_load(&all.misused) != 0)
        return random_judge_code("for_each", rc, expected);
    if (rc == 0 && (atomic_load(&all.n) != node->n || atomic_load(&all.sum) != sum))
        return wrong("for_each saw %zu elements, or others", atomic_load(&all.n));
    return NULL;
}

/* x -> a * x + b; does not commute. */
typedef struct affine {
    uint64_t a;
    uint64_t b;
} affine;

static affine follow(affine f, uint64_t number)
{
    const uint64_t a = 2 * number + 1;
    return (affine){a * f.a, a * f.b + number + 3};
}

static ptrdiff_t fold_affine(void *out, const void *in, size_t n, void *ctx)
{
    const size_t size = *(const size_t *)ctx;
    affine *acc = out;
    for (size_t i = 0; i < n; i++)
        *acc = follow(*acc, element_read((const char *)in + i * size, size));
    return 0;
}

static void merge_affine(void *left, const void *right, void *ctx)
{
    const affine f = *(const affine *)left;
    const affine g = *(const affine *)right;
    (void)ctx;
    *(affine *)left = (affine){g.a * f.a, g.a * f.b + g.b};
}

static const char *run_reduce(random_node *node)
{
    affine expected = {1, 0};
    affine acc = {1, 0};
    const int code = random_expected_code(node);
    for (size_t i = 0; i < node->n && code == 0; i++)
        expected = follow(expected, node->items[i].number);
    const int rc =
        par_iter_reduce(node->it, &acc, sizeof acc, fold_affine, merge_affine, &node->size);
    if (rc != code)
        return random_judge_code("reduce", rc, code);
    return memcmp(&acc, &expected, sizeof acc) == 0 ? NULL : "reduce gave something else";
}

/* The last of two elements, or the first, is associative and does not commute. */
typedef struct choice {
    size_t size;
    bool last;
} choice;

static ptrdiff_t fold_choice(void *out, const void *in, size_t n, void *ctx)
{
    const choice *c = ctx;
    if (c->last)
        memcpy(out, (const char *)in + (n - 1) * c->size, c->size);
    return 0;
}

static void merge_choice(void *left, const void *right, void *ctx)
{
    const choice *c = ctx;
    if (c->last)
        memcpy(left, right, c->size);
}

static const char *run_reduce_with(random_plan *plan, random_node *node)
{
    choice c = {node->size, random_pick(plan, 2) == 0};
    char *const result = random_room(plan, node->size);
    element_write(result, node->size, 1);
    const int code = random_expected_code(node);
    const int expected = code == 0 && node->n == 0 ? ENODATA : code;
    const int rc = par_iter_reduce_with(node->it, result, fold_choice, merge_choice, &c);
    if (rc != expected)
        return random_judge_code("reduce_with", rc, expected);
    const uint64_t number = rc != 0  ? element_fit(1, node->size)
                            : c.last ? node->items[node->n - 1].number
                                     : node->items[0].number;
    return element_read(result, node->size) == number ? NULL : "reduce_with gave something else";
}

static const char *run_count(random_node *node)
{
    size_t n = 12345;
    const int expected = random_expected_code(node);
    const int rc = par_iter_count(node->it, &n);
    if (rc != expected)
        return random_judge_code("count", rc, expected);
    return n == (rc == 0 ? node->n : 12345) ? NULL : wrong("count gave %zu, not %zu", n, node->n);
}

/* ---- in order ---- */

const char *random_compare_items(const random_node *node, const char *out)
{
    for (size_t i = 0; i < node->n; i++) {
        const uint64_t number = element_read(out + i * node->size, node->size);
        if (number != node->items[i].number)
            return wrong("element %zu of %zu is %llx, not %llx", i, node->n,
                         (unsigned long long)number, (unsigned long long)node->items[i].number);
    }
    return NULL;
}

static const char *run_collect(random_plan *plan, random_node *node)
{
    const size_t needed = node->has_flat ? node->n : node->places;
    const size_t capacity = random_pick(plan, 5) == 0 && needed > 0 ? needed - 1 : needed;
    char *const out = random_room(plan, (capacity + 1) * node->size);
    size_t n = 12345;
    element_write(out + capacity * node->size, node->size, 77);
    int expected = random_expected_code(node);
    if (capacity < needed && !node->is_wrong && (!node->has_flat || expected == 0))
        expected = EOVERFLOW;
    const int rc = par_iter_collect(node->it, out, capacity, &n);
    if (rc != expected)
        return random_judge_code("collect", rc, expected);
    if (element_read(out + capacity * node->size, node->size) != element_fit(77, node->size))
        return "collect wrote behind its room";
    if (n != (rc == 0 ? node->n : 12345))
        return wrong("collect gave %zu elements, not %zu", n, node->n);
    return rc == 0 ? random_compare_items(node, out) : NULL;
}

static const char *run_collect_new(random_node *node)
{
    char mark = 'a';
    void *out = &mark;
    size_t n = 12345;
    const int expected = random_expected_code(node);
    const int rc = par_iter_collect_new(node->it, &out, &n);
    if (rc != expected)
        return random_judge_code("collect_new", rc, expected);
    if (rc != 0)
        return out == &mark && n == 12345 ? NULL : "collect_new failed and changed something";
    if (n != node->n || (out == NULL) != (n == 0))
        return wrong("collect_new gave %zu elements, not %zu", n, node->n);
    const char *const problem = n > 0 ? random_compare_items(node, out) : NULL;
    free(out);
    return problem;
}

/* ---- one element ---- */

typedef struct wanted {
    size_t size;
    uint64_t divisor; /* multiples are wanted */
    bool all;
} wanted;

static bool is_wanted(const wanted *w, uint64_t number)
{
    return w->all || number % w->divisor == 0;
}

static ptrdiff_t find_wanted(const void *in, size_t n, bool last, void *ctx)
{
    const wanted *w = ctx;
    for (size_t i = 0; i < n; i++) {
        const size_t at = last ? n - 1 - i : i;
        if (is_wanted(w, element_read((const char *)in + at * w->size, w->size)))
            return (ptrdiff_t)at;
    }
    return (ptrdiff_t)n;
}

/* The index of what must be found; node->n if there is nothing. */
static size_t place_of_wanted(const random_node *node, const wanted *w, bool last)
{
    for (size_t i = 0; i < node->n; i++) {
        const size_t at = last ? node->n - 1 - i : i;
        if (is_wanted(w, node->items[at].number))
            return at;
    }
    return node->n;
}

static const char *judge_found(const random_node *node, const wanted *w, size_t which,
                               uint64_t number, size_t position)
{
    const size_t at = which == 2 ? position : place_of_wanted(node, w, which == 1);
    if (which == 2 && !node->has_positions)
        return is_wanted(w, number) ? NULL : "find_any found what was not wanted";
    if (at >= node->n || !is_wanted(w, number) || number != node->items[at].number)
        return wrong("found another element (which %zu)", which);
    if (node->has_positions && position != at)
        return wrong("found %zu, not %zu (which %zu)", position, at, which);
    return NULL;
}

/* A code counts only if no element is found before it is met. */
static const char *run_find(random_plan *plan, random_node *node)
{
    static int (*const calls[])(const par_iter *, void *, size_t *, par_find_fn *, void *) = {
        par_iter_find_first, par_iter_find_last, par_iter_find_any};
    const size_t which = random_pick(plan, 3);
    wanted w = {node->size, 1 + random_pick(plan, node->n + 5), random_pick(plan, 8) == 0};
    char *const result = random_room(plan, node->size);
    size_t position = 12345;
    element_write(result, node->size, 1);
    const int rc =
        calls[which](node->it, result, node->has_positions ? &position : NULL, find_wanted, &w);
    const uint64_t number = element_read(result, node->size);
    const int code = random_expected_code(node);
    if (rc == 0 && !node->is_wrong && random_code_of_list(node) == 0)
        return judge_found(node, &w, which, number, position);
    if (number != element_fit(1, node->size) || position != 12345)
        return code != 0 && rc == 0 && !node->is_wrong ? NULL
                                                       : "a find failed and changed something";
    if (code != 0)
        return rc == 0 && !node->is_wrong ? NULL : random_judge_code("find", rc, code);
    return rc == ENODATA && place_of_wanted(node, &w, false) == node->n
               ? NULL
               : wrong("find %zu returned %d", which, rc);
}

/* ---- all of it ---- */

static const char *run_any(random_plan *plan, random_node *node)
{
    switch (random_pick(plan, 12)) {
    case 0:
        return run_for_each(node);
    case 1:
        return run_reduce(node);
    case 2:
        return run_reduce_with(plan, node);
    case 3:
        return run_count(node);
    case 4:
    case 5:
        return run_collect(plan, node);
    case 6:
        return run_collect_new(node);
    case 7:
        return random_run_partition(plan, node);
    case 8:
        return random_run_unzip(plan, node);
    case 9:
        return random_run_compare(plan, node);
    default:
        return run_find(plan, node);
    }
}

static const char *judge_length(const random_node *node)
{
    size_t n = 12345;
    const bool known = node->has_positions && !node->is_wrong;
    if (par_iter_length(node->it, &n) != known)
        return "the length is known and must not be, or the other way";
    return n == (known ? node->n : 12345) ? NULL : wrong("the length is %zu, not %zu", n, node->n);
}

static const char *judge_states(const random_plan *plan)
{
    for (size_t i = 0; i < plan->n_fns; i++) {
        random_fn *const f = plan->fns[i];
        if (atomic_load(&f->made) != atomic_load(&f->ended) || atomic_load(&f->misused) != 0)
            return wrong("%zu states were made and %zu ended", atomic_load(&f->made),
                         atomic_load(&f->ended));
    }
    return NULL;
}

static void run_in_turns(random_plan *plan, par_iter *it)
{
    const size_t n = it->n_ < SIZE_MAX ? it->n_ + 1 : it->n_;
    const size_t first = 1 + n / 30 + random_pick(plan, n);
    random_say(plan, "(in turns of %zu)", first);
    if (random_pick(plan, 2) == 0)
        par_iter_by_uniform_blocks(it, first);
    else
        par_iter_by_exponential_blocks(it, first);
}

const char *random_consume(random_plan *plan, random_node *node)
{
    par_iter copy = *node->it;
    if (random_pick(plan, 3) == 0)
        par_iter_pieces(&copy, random_pick(plan, 50), random_pick(plan, 50), random_pick(plan, 4));
    node->it = &copy;
    if (random_pick(plan, 5) == 0)
        run_in_turns(plan, &copy);
    if (!plan->has_failure && !node->is_wrong && random_pick(plan, 10) == 0 &&
        node->n_stages < PAR_ITER_MAX_STAGES) {
        random_say(plan, ".take_any(%zu)", node->n); /* exactly all, and then nothing more runs */
        par_iter_take_any(&copy, node->n);
        node->n_stages++;
        node->has_positions = false;
    }
    const char *problem = judge_length(node);
    if (problem == NULL)
        problem = run_any(plan, node);
    return problem != NULL ? problem : judge_states(plan);
}
