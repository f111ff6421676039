/* SPDX-License-Identifier: MIT */
/* arc_model.c - threads that have references to one object: who is alone, who ends it, who
 * gets the inside. Ending it, moving it out, and freeing it are items: each happens once, or what
 * stands for it does. */
#include "harnesses.h"

#include "sync/arc.h"

#include <par/arc.h>

enum { ENDED, FREED, ITEMS };

static struct {
    ws_arc head;
    size_t value; /* the object */
} thing;

static size_t alone; /* not 0: a thread has been told that it is, and shares nothing since */
static par_weak *weak;

void arc_model_free(void *memory);

void arc_model_free(void *memory)
{
    model_assert(memory == (void *)&thing);
    model_took(FREED);
    model_end_of(&thing, sizeof thing);
}

static void end(void *object)
{
    model_assert(object == (void *)&thing.value);
    model_took(ENDED);
}

/* ---- ending it ------------------------------------------------------------------------------- */

static void *drop(void *object)
{
    par_arc_drop(object);
    return NULL;
}

/* Gives up a reference and tries to come back. */
static void *drop_and_upgrade(void *object)
{
    par_weak *mine = par_arc_downgrade(object);
    par_arc_drop(object);
    void *up = par_weak_upgrade(mine);
    if (up != NULL) {
        model_assert(!model_was_taken(ENDED));
        model_assert(model_load(&alone, MODEL_SITE) == 0);
        par_arc_drop(up);
    }
    par_weak_drop(mine);
    return NULL;
}

static void make(size_t references)
{
    alone = 0;
    weak = NULL;
    thing.head = (ws_arc){
        .strong = references, .weak = 1, .drop = end, .size = sizeof thing.value, .align = 16};
    thing.value = 5;
    model_keep(&thing, sizeof thing);
    model_keep(&alone, sizeof alone);
    model_name(&thing, sizeof thing, "thing");
    model_name(&alone, sizeof alone, "alone");
    model_items(ITEMS);
}

static void set_up_end(void)
{
    make(2);
    model_thread("dropper", drop, &thing.value);
    model_thread("upgrader", drop_and_upgrade, &thing.value);
}

const model_harness arc_end_harness = {
    .name = "arc_end", .set_up = set_up_end, .short_bound = MODEL_ALL, .long_bound = MODEL_ALL};

static void set_up_three(void)
{
    make(3);
    model_thread("dropper", drop, &thing.value);
    model_thread("upgrader", drop_and_upgrade, &thing.value);
    model_thread("another", drop_and_upgrade, &thing.value);
}

const model_harness arc_three_harness = {
    .name = "arc_three", .set_up = set_up_three, .short_bound = 3, .long_bound = MODEL_ALL};

/* ---- being alone ----------------------------------------------------------------------------- */

static void *write_if_alone(void *object)
{
    if (par_arc_get_mut(object) != NULL)
        model_store(&alone, 1, MODEL_SITE);
    par_arc_drop(object);
    return NULL;
}

static void set_up_alone(void)
{
    make(2);
    model_thread("writer", write_if_alone, &thing.value);
    model_thread("upgrader", drop_and_upgrade, &thing.value);
}

const model_harness arc_alone_harness = {
    .name = "arc_alone", .set_up = set_up_alone, .short_bound = MODEL_ALL, .long_bound = MODEL_ALL};

/* ---- getting the inside ---------------------------------------------------------------------- */

/* Gives up a reference in one of the two ways that may give the inside. */
static void take_inside(void *object)
{
    size_t out = 5;
    bool taken = true;
    if (model_choose(2) == 0) {
        taken = par_arc_into_inner(object, &out);
    } else if (!par_arc_try_unwrap(object, &out)) {
        taken = false;
        par_arc_drop(object);
    }
    model_assert(out == 5);
    if (taken)
        model_took(ENDED);
}

static void *take_own(void *object)
{
    take_inside(object);
    return NULL;
}

/* By a weak reference, which may be one to nothing. */
static void *upgrade_and_take(void *unused)
{
    (void)unused;
    void *up = par_weak_upgrade(weak);
    par_weak_drop(weak);
    if (up != NULL)
        take_inside(up);
    return NULL;
}

static void set_up_inside(void)
{
    make(1);
    weak = par_arc_downgrade(&thing.value);
    model_thread("owner", take_own, &thing.value);
    model_thread("upgrader", upgrade_and_take, NULL);
}

const model_harness arc_inside_harness = {.name = "arc_inside",
                                          .set_up = set_up_inside,
                                          .short_bound = MODEL_ALL,
                                          .long_bound = MODEL_ALL};
