/* SPDX-License-Identifier: MIT */
/* bridge_checks.c - what comes over a bridge is what a serial loop would have made. */
#include "par_iter/walk/bridge_checks.h"

static const size_t lengths[] = {0, 1, 2, 17, 1000, 20000};
static const size_t chunk_lengths[] = {0, 1, 3, 1000, 30000};
static const size_t windows[] = {0, 1, 2, 5, 100};
enum { LENGTHS = 6, CHUNKS = 5, WINDOWS = 5, LONGEST = 20000 };

/* ---- for each -------------------------------------------------------------------------------- */

typedef struct seen {
    size_t size;
    atomic_uchar times[LONGEST];
} seen;

static ptrdiff_t see(void *out, const void *in, size_t n, void *ctx)
{
    seen *const s = ctx;
    if (in != NULL || n == 0)
        return -1;
    for (size_t i = 0; i < n; i++)
        atomic_fetch_add(&s->times[number_at(out, s->size, i)], 1);
    memset(out, 0xff, n * s->size); /* it is ours to change */
    return 0;
}

static const char *see_all(seen *s, size_t size, size_t n, size_t chunk)
{
    numbers from = numbers_of(size, n);
    from.short_every = 3;
    s->size = size;
    for (size_t i = 0; i < LONGEST; i++)
        atomic_store(&s->times[i], 0);
    const int code = par_bridge_for_each(next_numbers, &from, size, chunk, see, s);
    if (code != 0)
        return wrong("%zu elements in chunks of %zu: returned %d", n, chunk, code);
    for (size_t i = 0; i < LONGEST; i++) {
        if (atomic_load(&s->times[i]) != (i < n))
            return wrong("element %zu of %zu, chunks of %zu", i, n, chunk);
    }
    return judge_producer(&from);
}

static const char *see_each(void *arg)
{
    static const size_t sizes[] = {3, 8, 40, 20000};
    const char *problem = NULL;
    for (size_t i = 0; i < LENGTHS * CHUNKS && problem == NULL; i++) {
        for (size_t size = 0; size < 4 && problem == NULL; size++) {
            if (sizes[size] < 100 || chunk_lengths[i % CHUNKS] < 100)
                problem = see_all(arg, sizes[size], scaled(lengths[i / CHUNKS]),
                                  chunk_lengths[i % CHUNKS]);
        }
    }
    return problem;
}

const char *bridge_for_each_works_on_each_element_once(void)
{
    static seen s;
    return in_every_pool(see_each, &s);
}

/* The first chunk ends when all others have been worked on. */
typedef struct long_chunk {
    size_t others;
    atomic_size_t done;
} long_chunk;

static ptrdiff_t await_others(void *out, const void *in, size_t n, void *ctx)
{
    long_chunk *const l = ctx;
    (void)in;
    if (number_at(out, 8, 0) == 0)
        await_count(&l->done, l->others);
    else
        atomic_fetch_add(&l->done, n);
    return 0;
}

static const char *await_all(void *arg)
{
    numbers from = numbers_of(8, 1000);
    long_chunk l = {.others = 999};
    (void)arg;
    return par_bridge_for_each(next_numbers, &from, 8, 1, await_others, &l) == 0 ? NULL : "failed";
}

const char *bridge_for_each_is_not_held_up_by_a_long_chunk(void)
{
    return in_pools_from(2, await_all, NULL);
}

/* ---- chunks ---------------------------------------------------------------------------------- */

typedef struct chunk_log {
    size_t calls;
    size_t most[2000];
} chunk_log;

static ptrdiff_t log_most(void *out, size_t most, void *ctx)
{
    chunk_log *const log = ctx;
    if (log->calls == 1000)
        return 0;
    log->most[log->calls++] = most;
    memset(out, 0, most);
    return (ptrdiff_t)most;
}

static ptrdiff_t nothing(void *out, const void *in, size_t n, void *ctx)
{
    (void)out;
    (void)in;
    (void)n;
    (void)ctx;
    return 0;
}

static const char *log_chunks(void *arg)
{
    static chunk_log log;
    static chunk_log again;
    (void)arg;
    log.calls = again.calls = 0;
    if (par_bridge_for_each(log_most, &log, 1, 0, nothing, NULL) != 0 || log.most[0] != 1)
        return "the first chunk has not one element";
    for (size_t i = 1; i < log.calls; i++) {
        if (log.most[i] < log.most[i - 1] || log.most[i] > 2 * log.most[i - 1])
            return wrong("chunk %zu has %zu elements after %zu", i, log.most[i], log.most[i - 1]);
    }
    if (log.most[999] != 16384)
        return wrong("chunks grow to %zu", log.most[999]);
    if (par_bridge_for_each(log_most, &again, 1, 77, nothing, NULL) != 0)
        return "failed";
    for (size_t i = 0; i < again.calls; i++) {
        if (again.most[i] != 77)
            return wrong("asked for %zu elements, not 77", again.most[i]);
    }
    return NULL;
}

const char *bridge_chunks_grow_unless_they_are_given(void)
{
    return in_every_pool(log_chunks, NULL);
}

/* ---- reduce ---------------------------------------------------------------------------------- */

/* x -> a x + b, which do not commute. */
typedef struct line {
    uint64_t a;
    uint64_t b;
} line;

static void then(line *first, line second)
{
    *first = (line){first->a * second.a, first->b * second.a + second.b};
}

static ptrdiff_t fold_lines(void *out, const void *in, size_t n, void *ctx)
{
    const size_t size = *(const size_t *)ctx;
    for (size_t i = 0; i < n; i++)
        then(out, (line){number_at(in, size, i) * 2 + 3, number_at(in, size, i) ^ 0x55});
    return 0;
}

static void merge_lines(void *left, const void *right, void *ctx)
{
    (void)ctx;
    then(left, *(const line *)right);
}

static const char *reduce_all(void *arg)
{
    (void)arg;
    for (size_t i = 0; i < LENGTHS * CHUNKS; i++) {
        const size_t n = scaled(lengths[i / CHUNKS]);
        numbers from = numbers_of(8, n);
        size_t size = 8;
        line expected = {1, 0};
        line got = {1, 0};
        for (size_t number = 0; number < n; number++)
            (void)fold_lines(&expected, &number, 1, &size);
        from.short_every = 2;
        const int code = par_bridge_reduce(next_numbers, &from, 8, chunk_lengths[i % CHUNKS], &got,
                                           sizeof got, fold_lines, merge_lines, &size);
        if (code != 0 || got.a != expected.a || got.b != expected.b)
            return wrong("%zu elements: code %d, or another result", n, code);
    }
    return NULL;
}

const char *bridge_reduce_is_in_order(void)
{
    return in_every_pool(reduce_all, NULL);
}

static ptrdiff_t fold_floats(void *out, const void *in, size_t n, void *ctx)
{
    float sum = *(const float *)out;
    (void)ctx;
    for (size_t i = 0; i < n; i++)
        sum += 1.0f / (float)(1 + number_at(in, 8, i));
    *(float *)out = sum;
    return 0;
}

static void merge_floats(void *left, const void *right, void *ctx)
{
    (void)ctx;
    *(float *)left += *(const float *)right;
}

static const char *sum_floats(void *arg)
{
    float *const before = arg;
    float sum = 0;
    numbers from = numbers_of(8, LONGEST);
    if (par_bridge_reduce(next_numbers, &from, 8, 0, &sum, sizeof sum, fold_floats, merge_floats,
                          NULL) != 0)
        return "failed";
    if (*before == 0)
        *before = sum;
    return memcmp(&sum, before, sizeof sum) == 0 ? NULL : wrong("%a after %a", sum, *before);
}

const char *bridge_reduce_has_the_same_bits_in_every_pool(void)
{
    float sum = 0;
    return in_every_pool(sum_floats, &sum);
}

/* ---- map ------------------------------------------------------------------------------------- */

/* From elements of 8 bytes to results of the receiver's size, leaving out what is no multiple of
 * its step. */
static ptrdiff_t map_numbers(void *out, const void *in, size_t n, void *ctx)
{
    const receiver *const to = ctx;
    size_t count = 0;
    for (size_t i = 0; i < n; i++) {
        const size_t number = number_at(in, 8, i);
        if (number % to->step == 0)
            memcpy((char *)out + to->size * count++, &number, to->size < 8 ? to->size : 8);
    }
    return (ptrdiff_t)count;
}

static const char *map_all(size_t n, size_t chunk, size_t window, size_t size, size_t step)
{
    numbers from = numbers_of(8, n);
    receiver to = {.size = size, .step = step, .fail_at = NO_FAILURE};
    from.short_every = 5;
    const int code = par_bridge_map(next_numbers, &from, 8, chunk, window, size, map_numbers, &to,
                                    put_numbers, &to);
    if (code != 0)
        return wrong("returned %d", code);
    if (to.is_wrong || to.expected != (n + step - 1) / step * step)
        return wrong("%zu in chunks of %zu, window %zu: wrong before %zu", n, chunk, window,
                     to.expected);
    if (atomic_load(&to.overlaps) > 0)
        return "the receiver was called by two at once";
    return judge_producer(&from);
}

static const char *map_each(void *arg)
{
    const size_t step = *(const size_t *)arg;
    const char *problem = NULL;
    for (size_t i = 0; i < LENGTHS * CHUNKS * WINDOWS && problem == NULL; i++) {
        const size_t size = i % 2 == 0 ? 4 : 24;
        problem = map_all(scaled(lengths[i / CHUNKS / WINDOWS]), chunk_lengths[i % CHUNKS],
                          windows[i / CHUNKS % WINDOWS], size, step);
    }
    return problem;
}

const char *bridge_map_is_in_order(void)
{
    size_t step = 1;
    return in_every_pool(map_each, &step);
}

const char *bridge_map_may_leave_some_out(void)
{
    size_t step = 11;
    return in_every_pool(map_each, &step);
}

/* ---- window ---------------------------------------------------------------------------------- */

typedef struct watched {
    numbers from;
    receiver to;
    atomic_size_t under_way; /* chunks */
    atomic_size_t most;
} watched;

static ptrdiff_t next_watched(void *out, size_t most, void *ctx)
{
    watched *const w = ctx;
    const size_t now = atomic_fetch_add(&w->under_way, 1) + 1;
    size_t seen_most = atomic_load(&w->most);
    while (now > seen_most && !atomic_compare_exchange_weak(&w->most, &seen_most, now))
        continue;
    return next_numbers(out, most, &w->from);
}

static int put_watched(const void *results, size_t n, void *ctx)
{
    watched *const w = ctx;
    const int code = put_numbers(results, n, &w->to);
    atomic_fetch_sub(&w->under_way, 1);
    return code;
}

static const char *watch(void *arg)
{
    (void)arg;
    for (size_t window = 1; window < 12; window++) {
        watched w = {.from = numbers_of(8, 500),
                     .to = {.size = 8, .step = 1, .fail_at = NO_FAILURE}};
        const int code =
            par_bridge_map(next_watched, &w, 8, 1, window, 8, map_numbers, &w.to, put_watched, &w);
        if (code != 0 || w.to.expected != 500)
            return wrong("code %d, put %zu", code, w.to.expected);
        if (atomic_load(&w.most) > window)
            return wrong("%zu chunks in a window of %zu", atomic_load(&w.most), window);
    }
    return NULL;
}

const char *bridge_window_bounds_what_is_under_way(void)
{
    return in_every_pool(watch, NULL);
}

/* A receiver that ends only when the chunk behind its own is asked for. */
static int put_when_next(const void *results, size_t n, void *ctx)
{
    watched *const w = ctx;
    const size_t asked_for = w->to.puts + 2;
    if (asked_for <= w->from.n)
        await_count(&w->under_way, asked_for);
    return put_numbers(results, n, &w->to);
}

/* A window of 2 is full again and again, so that all who could produce have left. */
static const char *receive_slowly(void *arg)
{
    watched w = {.from = numbers_of(8, scaled(1000)),
                 .to = {.size = 8, .step = 1, .fail_at = NO_FAILURE}};
    (void)arg;
    const int code =
        par_bridge_map(next_watched, &w, 8, 1, 2, 8, map_numbers, &w.to, put_when_next, &w);
    return code == 0 && w.to.expected == w.from.n ? NULL : wrong("code %d", code);
}

const char *bridge_producer_goes_on_while_results_are_received(void)
{
    return in_pools_from(2, receive_slowly, NULL);
}

/* ---- slow functions -------------------------------------------------------------------------- */

static ptrdiff_t map_slowly(void *out, const void *in, size_t n, void *ctx)
{
    yield_times(number_at(in, 8, 0) * 7 % 50);
    return map_numbers(out, in, n, ctx);
}

static const char *run_slowly(void *arg)
{
    (void)arg;
    for (size_t which = 0; which < 8; which++) {
        numbers from = numbers_of(8, scaled(2000));
        receiver to = {.size = 8, .step = 1, .fail_at = NO_FAILURE};
        from.yields = which & 1 ? 20 : 0;
        to.yields = which & 2 ? 20 : 0;
        const int code = par_bridge_map(next_numbers, &from, 8, 4, which & 4 ? 3 : 0, 8, map_slowly,
                                        &to, put_numbers, &to);
        if (code != 0 || to.is_wrong || to.expected != from.n)
            return wrong("case %zu: code %d, put %zu", which, code, to.expected);
    }
    return NULL;
}

const char *bridge_slow_functions_change_nothing(void)
{
    return in_every_pool(run_slowly, NULL);
}
