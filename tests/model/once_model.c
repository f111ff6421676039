/* SPDX-License-Identifier: MIT */
/* once_model.c - threads that want something to have happened once. It includes the source, whose
 * `innermost` every thread of the model must have for itself. */
#include "harnesses.h"
#include "waits.h"

#include "sync/once.c"

static struct state {
    par_once once;
    size_t runs;
    size_t value;
    bool fails_first;
} * shared;

static int init(void *arg)
{
    (void)arg;
    const size_t before = model_rmw(&shared->runs, MODEL_ADD, 1, MODEL_SITE);
    if (shared->fails_first && before == 0)
        return EIO;
    model_assert(before == (shared->fails_first ? 1 : 0));
    model_store(&shared->value, 7, MODEL_SITE);
    return 0;
}

/* Whoever is told that it has happened sees what it wrote. */
static void *want(void *arg)
{
    (void)arg;
    const int code = par_detail_once_run_v1(&shared->once, init, NULL);
    model_assert(code == 0 || (code == EIO && shared->fails_first));
    if (code == 0)
        model_assert(model_load(&shared->value, MODEL_SITE) == 7);
    return NULL;
}

static void *want_soon(void *arg)
{
    (void)arg;
    const int code = par_once_run_until(&shared->once, init, NULL, WAITS_SOON, NULL);
    model_assert(code == 0 || code == ETIMEDOUT);
    if (code == 0)
        model_assert(model_load(&shared->value, MODEL_SITE) == 7);
    return NULL;
}

static void happened(void)
{
    model_assert(shared->once.state_ == PAR_DETAIL_ONCE_DONE && shared->value == 7);
}

static void make(bool fails_first)
{
    shared = model_new(sizeof *shared);
    shared->fails_first = fails_first;
    waits_make(false);
    model_local((void **)(void *)&innermost);
    model_local(&ws_group_outside);
    model_name(&shared->once, sizeof shared->once, "once");
    model_name(&shared->value, sizeof shared->value, "value");
    model_thread("one", want, NULL);
    model_thread("two", want, NULL);
}

static void set_up_three(void)
{
    make(false);
    model_thread("three", want, NULL);
}

const model_harness once_three_harness = {.name = "once_three",
                                          .set_up = set_up_three,
                                          .check = happened,
                                          .short_bound = 3,
                                          .long_bound = 5};

/* The first try fails, and somebody who waits for its end is the next. */
static void set_up_retry(void)
{
    make(true);
    model_thread("three", want, NULL);
}

const model_harness once_retry_harness = {.name = "once_retry",
                                          .set_up = set_up_retry,
                                          .check = happened,
                                          .short_bound = 3,
                                          .long_bound = 5};

/* Who gives up is taken out of the lot. */
static void set_up_until(void)
{
    make(false);
    model_thread("soon", want_soon, NULL);
}

const model_harness once_until_harness = {.name = "once_until",
                                          .set_up = set_up_until,
                                          .check = happened,
                                          .short_bound = 3,
                                          .long_bound = 5};
