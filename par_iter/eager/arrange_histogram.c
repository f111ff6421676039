/* SPDX-License-Identifier: MIT */
/* arrange_histogram.c - par_histogram: a table of counts for each task, added up at the end. Counts
 * are whole numbers, so the cut may depend on the threads. A table has one
 * place more than bins, so that none is empty. */
#include <par/arrange.h>
#include <par/loop.h>
#include <par/pool.h>

#include "par_iter/base/apart.h"
#include "par_iter/base/count.h"
#include "par_iter/base/travel.h"

#include <stdlib.h>

enum {
    TASKS = 2,       /* for each thread */
    AT_ONCE = 1024,  /* bin numbers between the user's function and the count */
    LARGE = 1 << 16, /* elements from which a task is worth waking a thread */
};

struct histogram {
    const char *in;
    size_t size;
    size_t n;
    size_t bins;
    par_block_fn *bin;
    void *ctx;
    size_t tasks;
    size_t *tables;
    size_t *counts;
};

static size_t lesser(size_t a, size_t b)
{
    return a < b ? a : b;
}

static size_t begin_of(const struct histogram *histogram, size_t task)
{
    const size_t each = histogram->n / histogram->tasks;
    return task * each + lesser(task, histogram->n % histogram->tasks);
}

/* False if a number is out of range: then only some are counted. */
static bool count(size_t *table, size_t bins, const uint32_t *numbers, size_t n)
{
    size_t i = 0;
    for (; n - i >= 4; i += 4) {
        const uint32_t a = numbers[i];
        const uint32_t b = numbers[i + 1];
        const uint32_t c = numbers[i + 2];
        const uint32_t d = numbers[i + 3];
        if (a >= bins || b >= bins || c >= bins || d >= bins)
            return false;
        table[a]++;
        table[b]++;
        table[c]++;
        table[d]++;
    }
    for (; i < n; i++) {
        if (numbers[i] >= bins)
            return false;
        table[numbers[i]]++;
    }
    return true;
}

static int count_some(const struct histogram *histogram, size_t *table, size_t begin, size_t n)
{
    uint32_t numbers[AT_ONCE];
    const char *const in = histogram->in + begin * histogram->size;
    const ptrdiff_t value = histogram->bin(numbers, in, n, histogram->ctx);
    ws_count_check("par_histogram", 0, value, n, true);
    const int code = ws_array_code(value);
    if (code != 0)
        return code;
    return count(table, histogram->bins, numbers, n) ? 0 : EINVAL;
}

static int count_task(const struct histogram *histogram, size_t task)
{
    const size_t end = begin_of(histogram, task + 1);
    size_t *const table = histogram->tables + task * (histogram->bins + 1);
    int code = 0;
    for (size_t at = begin_of(histogram, task); at < end && code == 0; at += AT_ONCE)
        code = par_canceled() ? ECANCELED
                              : count_some(histogram, table, at, lesser(AT_ONCE, end - at));
    return code;
}

static int count_tasks(size_t begin, size_t end, void *arg)
{
    int code = 0;
    for (size_t task = begin; task < end && code == 0; task++)
        code = count_task(arg, task);
    return code;
}

static void add_bins(size_t begin, size_t end, void *arg)
{
    const struct histogram *histogram = arg;
    for (size_t bin = begin; bin < end; bin++) {
        size_t sum = 0;
        for (size_t task = 0; task < histogram->tasks; task++)
            sum += histogram->tables[task * (histogram->bins + 1) + bin];
        histogram->counts[bin] = sum;
    }
}

/* No more counts than elements, and at least one task. */
static size_t tasks_for(size_t n, size_t bins)
{
    const size_t wanted = lesser(TASKS * par_num_threads(), n);
    const size_t most = bins > 0 ? n / bins : n;
    const size_t tasks = lesser(wanted, most);
    return tasks > 0 ? tasks : 1;
}

static int run(struct histogram *histogram)
{
    par_loop_options options = PAR_LOOP_OPTIONS_INIT;
    options.grain = histogram->n / histogram->tasks >= LARGE ? 1 : 0;
    if (histogram->bins == SIZE_MAX)
        return ENOMEM;
    histogram->tables = calloc(histogram->bins + 1, histogram->tasks * sizeof(size_t));
    if (histogram->tables == NULL)
        return ENOMEM;
    PAR_DEFER(free, histogram->tables);
    const int code = ws_travel_for(0, histogram->tasks, count_tasks, histogram, &options);
    if (code == 0)
        par_for(0, histogram->bins, add_bins, histogram); /* all or nothing: cannot be stopped */
    return code;
}

int par_histogram(size_t *counts, size_t bins, const void *in, size_t size, size_t n,
                  par_block_fn *bin, void *ctx)
{
    if (bin == NULL || (counts == NULL && bins > 0))
        return EINVAL;
    const int code = ws_array_check(in, size, n);
    if (code != 0)
        return code;
    if (n > 0 && bins <= PTRDIFF_MAX / sizeof *counts)
        ws_apart_check("par_histogram", counts, bins * sizeof *counts, in, n * size);
    struct histogram histogram = {.in = in,
                                  .size = size,
                                  .n = n,
                                  .bins = bins,
                                  .bin = bin,
                                  .ctx = ctx,
                                  .tasks = tasks_for(n, bins),
                                  .counts = counts};
    return run(&histogram);
}
