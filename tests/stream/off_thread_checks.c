/* SPDX-License-Identifier: MIT */
#include "stream/off_thread_checks.h"

#include "par_iter/walk/bridge_checks.h"

#include <par/join.h>
#include <par/off_thread.h>
#include <par/panic.h>

/* ---- all of them ---- */

static const char *take_all(size_t size, size_t capacity, size_t n)
{
    numbers from = numbers_of(size, n);
    from.short_every = 3;
    from.yields = n % 2;
    par_off_thread *source = NULL;
    const int code = par_off_thread_start(&source, size, capacity, next_numbers, &from);
    if (code != 0)
        return wrong("start: code %d", code);
    char element[300];
    size_t taken = 0;
    int end = 0;
    while ((end = par_off_thread_next(source, element)) == 0) {
        const size_t low = size < 8 ? taken & 255 : taken;
        if (number_at(element, size, 0) != low)
            return wrong("element %zu is %zu", taken, number_at(element, size, 0));
        taken++;
    }
    const bool stays = par_off_thread_next(source, element) == end;
    par_off_thread_end(source, NULL, NULL);
    if (taken != n || end != EPIPE || !stays)
        return wrong("%zu of %zu taken, then code %d", taken, n, end);
    return judge_producer(&from);
}

const char *off_thread_gives_all_in_order(void)
{
    static const size_t sizes[] = {1, 8, 24, 300};
    static const size_t capacities[] = {0, 1, 2, 64, 65, 1000};
    const size_t lengths[] = {0, 1, 63, 64, 65, 129, 2000};
    const char *problem = NULL;
    for (size_t i = 0; i < 4 * 6 * 7 && problem == NULL; i++)
        problem = take_all(sizes[i % 4], capacities[i / 4 % 6], lengths[i / 24]);
    return problem;
}

/* ---- working ahead ---- */

typedef struct endless {
    size_t most; /* that it gives in one call */
    atomic_size_t made;
    atomic_size_t largest; /* that it was asked for */
    size_t fail_at;
    bool panics;
} endless;

static ptrdiff_t next_endless(void *out, size_t most, void *ctx)
{
    endless *self = ctx;
    size_t *elements = out;
    const size_t made = atomic_load(&self->made);
    const size_t n = most < self->most ? most : self->most;
    if (most > atomic_load(&self->largest))
        atomic_store(&self->largest, most);
    if (made >= self->fail_at && self->panics)
        par_panic(21, "at %zu", made);
    if (made >= self->fail_at)
        return -21;
    for (size_t i = 0; i < n; i++)
        elements[i] = made + i;
    atomic_store(&self->made, made + n);
    return (ptrdiff_t)n;
}

static endless endless_of(size_t most)
{
    return (endless){.most = most, .fail_at = SIZE_MAX};
}

const char *off_thread_works_ahead_as_far_as_it_may(void)
{
    static const size_t capacities[] = {1, 10, 64, 1000};
    for (size_t i = 0; i < 4; i++) {
        endless all = endless_of(1 + i);
        const size_t room = capacities[i] + 128;
        par_off_thread *source = NULL;
        if (par_off_thread_start(&source, sizeof(size_t), capacities[i], next_endless, &all) != 0)
            return "it does not start";
        await_count(&all.made, capacities[i]); /* before anybody has taken one */
        bool is_too_far = false;
        for (size_t taken = 0; taken < 3000; taken++) {
            size_t number = 0;
            is_too_far = is_too_far || atomic_load(&all.made) > taken + room;
            if (par_off_thread_next(source, &number) != 0 || number != taken)
                return wrong("element %zu is %zu", taken, number);
        }
        par_off_thread_end(source, NULL, NULL);
        if (is_too_far)
            return wrong("more was made than there is room for, with a capacity of %zu",
                         capacities[i]);
    }
    return NULL;
}

const char *off_thread_asks_for_small_batches_only(void)
{
    static const size_t capacities[] = {0, 1, 7, 64, 1000};
    static const size_t batches[] = {64, 1, 7, 64, 64};
    for (size_t i = 0; i < 5; i++) {
        endless all = endless_of(100);
        par_off_thread *source = NULL;
        if (par_off_thread_start(&source, sizeof(size_t), capacities[i], next_endless, &all) != 0)
            return "it does not start";
        await_count(&all.made, 1);
        par_off_thread_end(source, NULL, NULL);
        if (atomic_load(&all.largest) != batches[i])
            return wrong("%zu were asked for, with a capacity of %zu", atomic_load(&all.largest),
                         capacities[i]);
    }
    return NULL;
}

/* ---- ends ---- */

static const char *deliver_failures(bool panics)
{
    static const size_t counts[] = {0, 1, 10, 64, 200};
    for (size_t i = 0; i < 5; i++) {
        endless all = endless_of(1);
        all.fail_at = counts[i];
        all.panics = panics;
        par_off_thread *source = NULL;
        if (par_off_thread_start(&source, sizeof(size_t), 100, next_endless, &all) != 0)
            return "it does not start";
        size_t taken = 0;
        size_t number = 0;
        int code = 0;
        while ((code = par_off_thread_next(source, &number)) == 0 && number == taken)
            taken++;
        const int again = par_off_thread_next(source, &number);
        const ptrdiff_t pulled = par_off_thread_pull(&number, 1, source);
        par_off_thread_end(source, NULL, NULL);
        if (taken != counts[i] || code != -21 || again != -21 || pulled != -21)
            return wrong("%zu of %zu, then codes %d, %d, %td", taken, counts[i], code, again,
                         pulled);
    }
    return NULL;
}

const char *off_thread_delivers_a_failure_after_the_last_element(void)
{
    return deliver_failures(false);
}

const char *off_thread_delivers_a_panic_likewise(void)
{
    return deliver_failures(true);
}

typedef struct dropped {
    size_t expected;
    size_t n;
    bool is_wrong;
} dropped;

static void drop_number(void *element, void *ctx)
{
    dropped *all = ctx;
    all->is_wrong = all->is_wrong || *(const size_t *)element != all->expected + all->n;
    all->n++;
}

static const char *leave_after(size_t taken, size_t capacity, bool drops)
{
    endless all = endless_of(1 + taken % 70);
    par_off_thread *source = NULL;
    if (par_off_thread_start(&source, sizeof(size_t), capacity, next_endless, &all) != 0)
        return "it does not start";
    for (size_t i = 0; i < taken; i++) {
        size_t number = 0;
        if (par_off_thread_next(source, &number) != 0 || number != i)
            return wrong("element %zu is %zu", i, number);
    }
    dropped rest = {.expected = taken};
    par_off_thread_end(source, drops ? drop_number : NULL, &rest);
    const size_t made = atomic_load(&all.made);
    if (drops && (rest.is_wrong || taken + rest.n != made))
        return wrong("%zu made, %zu taken, %zu dropped", made, taken, rest.n);
    return NULL;
}

const char *off_thread_ends_when_the_consumer_leaves(void)
{
    const char *problem = NULL;
    for (size_t i = 0; i < scaled(300) && problem == NULL; i++)
        problem = leave_after(i, 1 + i % 7 * 30, false);
    par_off_thread_end(NULL, NULL, NULL);
    return problem;
}

const char *off_thread_drops_in_order_what_was_not_taken(void)
{
    const char *problem = NULL;
    for (size_t i = 0; i < scaled(300) && problem == NULL; i++)
        problem = leave_after(i, 1 + i % 7 * 30, true);
    return problem;
}

/* ---- as a producer of others ---- */

static ptrdiff_t copy_numbers(void *out, const void *in, size_t n, void *ctx)
{
    (void)ctx;
    memcpy(out, in, n * sizeof(size_t));
    return (ptrdiff_t)n;
}

static const char *bridge_from(size_t fail_at, int expected)
{
    numbers from = numbers_of(sizeof(size_t), 5000);
    from.fail_at = fail_at;
    receiver to = {.size = sizeof(size_t), .step = 1, .fail_at = SIZE_MAX};
    par_off_thread *source = NULL;
    if (par_off_thread_start(&source, sizeof(size_t), 0, next_numbers, &from) != 0)
        return "it does not start";
    const int code = par_bridge_map(par_off_thread_pull, source, sizeof(size_t), 0, 0,
                                    sizeof(size_t), copy_numbers, NULL, put_numbers, &to);
    par_off_thread_end(source, NULL, NULL);
    if (code != expected || to.is_wrong || (code == 0 && to.expected != 5000))
        return wrong("code %d; %zu put", code, to.expected);
    return judge_producer(&from);
}

static const char *feed_bridge(void *arg)
{
    (void)arg;
    return bridge_from(NO_FAILURE, 0);
}

const char *off_thread_feeds_a_bridge(void)
{
    return in_every_pool(feed_bridge, NULL);
}

static const char *fail_bridge(void *arg)
{
    (void)arg;
    return bridge_from(1234, NEXT_CODE);
}

const char *off_thread_passes_a_failure_through_a_bridge(void)
{
    return in_every_pool(fail_bridge, NULL);
}

const char *off_thread_feeds_one_from_another(void)
{
    numbers from = numbers_of(sizeof(size_t), 3000);
    par_off_thread *first = NULL;
    par_off_thread *second = NULL;
    if (par_off_thread_start(&first, sizeof(size_t), 10, next_numbers, &from) != 0 ||
        par_off_thread_start(&second, sizeof(size_t), 20, par_off_thread_pull, first) != 0)
        return "they do not start";
    size_t taken = 0;
    size_t number = 0;
    while (par_off_thread_next(second, &number) == 0 && number == taken)
        taken++;
    par_off_thread_end(second, NULL, NULL);
    par_off_thread_end(first, NULL, NULL);
    return taken == 3000 ? NULL : wrong("%zu of 3000", taken);
}

/* ---- inside a task ---- */

typedef struct lent {
    atomic_size_t done;
    int code;
} lent;

/* Waits for a task that only the consumer's core can run. */
static ptrdiff_t next_after_task(void *out, size_t most, void *ctx)
{
    (void)out;
    (void)most;
    await_count(&((lent *)ctx)->done, 1);
    return 0;
}

static void consume(void *arg)
{
    lent *all = arg;
    par_off_thread *source = NULL;
    char element = 0;
    all->code = par_off_thread_start(&source, 1, 0, next_after_task, all);
    if (all->code != 0)
        return;
    all->code = par_off_thread_next(source, &element);
    par_off_thread_end(source, NULL, NULL);
}

static void do_task(void *arg)
{
    atomic_fetch_add(&((lent *)arg)->done, 1);
}

static const char *lend_core(void *arg)
{
    lent all = {.code = 0};
    (void)arg;
    par_join(consume, &all, do_task, &all);
    return all.code == EPIPE ? NULL : wrong("code %d", all.code);
}

const char *off_thread_lends_the_core_of_a_consumer(void)
{
    return in_every_pool(lend_core, NULL);
}

/* ---- types and refusals ---- */

typedef struct pair {
    double number;
    double square;
} pair;

static ptrdiff_t next_pair(pair *out, size_t most, void *ctx)
{
    int *at = ctx;
    (void)most;
    if (*at == 100)
        return 0;
    out[0] = (pair){*at, (double)*at * *at};
    ++*at;
    return 1;
}

PAR_DEFINE_OFF_THREAD(pairs, pair, next_pair)

const char *off_thread_has_types(void)
{
    int at = 0;
    double sum = 0;
    pair next;
    par_off_thread *source = NULL;
    if (pairs_start(&source, 5, &at) != 0)
        return "it does not start";
    while (pairs_next(source, &next) == 0)
        sum += next.square - next.number;
    par_off_thread_end(source, NULL, NULL);
    return sum == 328350 - 4950 ? NULL : wrong("the sum is %g", sum);
}

static void leave_in_crowd(size_t number, void *arg)
{
    for (size_t i = 0; i < 20; i++) {
        if (leave_after(number + i * 3, 1 + i, true) != NULL)
            atomic_fetch_add((atomic_size_t *)arg, 1);
    }
}

const char *off_thread_serves_many_at_once(void)
{
    atomic_size_t failed = 0;
    crowd_run(6, leave_in_crowd, &failed);
    return atomic_load(&failed) == 0 ? NULL : wrong("%zu failed", atomic_load(&failed));
}

const char *off_thread_refuses_bad_arguments(void)
{
    endless all = endless_of(1);
    par_off_thread *source = NULL;
    if (par_off_thread_start(NULL, 8, 1, next_endless, &all) != EINVAL ||
        par_off_thread_start(&source, 0, 1, next_endless, &all) != EINVAL ||
        par_off_thread_start(&source, 8, 1, NULL, &all) != EINVAL)
        return "bad arguments are taken";
    if (par_off_thread_start(&source, SIZE_MAX, 1, next_endless, &all) != ENOMEM ||
        par_off_thread_start(&source, SIZE_MAX / 64, 2, next_endless, &all) != ENOMEM ||
        par_off_thread_start(&source, 8, SIZE_MAX - 1, next_endless, &all) != ENOMEM)
        return "more is taken than there can be";
    return source == NULL && atomic_load(&all.made) == 0 ? NULL : "something was begun";
}
