/* SPDX-License-Identifier: MIT */
/* forks_model.c - one stack of forks: its owner's push and pop against thieves that take what is
 * public, ask for more, or take the privacy away. Each entry is taken once. */
#include "forks.h"
#include "harnesses.h"

/* ---- without a private part ------------------------------------------------------------------ */

static void *push_two_pop_two(void *arg)
{
    (void)arg;
    forks_push(0);
    forks_push(1);
    forks_pop(1);
    forks_pop(0);
    return NULL;
}

static void *steal_twice(void *arg)
{
    (void)arg;
    forks_steal();
    forks_steal();
    return NULL;
}

static void *steal_once(void *arg)
{
    (void)arg;
    forks_steal();
    return NULL;
}

static void set_up_public(void)
{
    forks_make(2, false);
    model_thread("owner", push_two_pop_two, NULL);
    model_thread("thief", steal_twice, NULL);
}

const model_harness forks_public_harness = {.name = "forks_public",
                                            .set_up = set_up_public,
                                            .short_bound = MODEL_ALL,
                                            .long_bound = MODEL_ALL};

static void set_up_public_two(void)
{
    forks_make(2, false);
    model_thread("owner", push_two_pop_two, NULL);
    model_thread("thief 1", steal_twice, NULL);
    model_thread("thief 2", steal_once, NULL);
}

const model_harness forks_public_two_harness = {.name = "forks_public_two",
                                                .set_up = set_up_public_two,
                                                .short_bound = 3,
                                                .long_bound = MODEL_ALL};

/* ---- the last entry -------------------------------------------------------------------------- */

/* The same slot three times, while a thief still looks at an earlier entry of it. */
static void *push_pop_thrice(void *arg)
{
    (void)arg;
    for (size_t i = 0; i < 3; i++) {
        forks_push(i);
        forks_pop(i);
    }
    return NULL;
}

static void set_up_last(void)
{
    forks_make(3, false);
    model_thread("owner", push_pop_thrice, NULL);
    model_thread("thief 1", steal_twice, NULL);
    model_thread("thief 2", steal_once, NULL);
}

const model_harness forks_last_harness = {
    .name = "forks_last", .set_up = set_up_last, .short_bound = 3, .long_bound = MODEL_ALL};

/* ---- on request ------------------------------------------------------------------------------ */

static void *ask_and_steal(void *arg)
{
    (void)arg;
    for (int i = 0; i < 2; i++) {
        if (!forks_steal())
            ws_forks_request(&forks_owner->forks);
    }
    forks_steal();
    return NULL;
}

static void *push_three_pop_three(void *arg)
{
    (void)arg;
    forks_push(0);
    forks_push(1);
    forks_push(2);
    forks_pop(2);
    forks_pop(1);
    forks_pop(0);
    return NULL;
}

static void set_up_request(void)
{
    forks_make(3, true);
    crew_nobody_asks(forks_owner);
    model_thread("owner", push_three_pop_three, NULL);
    model_thread("thief", ask_and_steal, NULL);
}

const model_harness forks_request_harness = {.name = "forks_request",
                                             .set_up = set_up_request,
                                             .short_bound = MODEL_ALL,
                                             .long_bound = MODEL_ALL};

/* ---- by force -------------------------------------------------------------------------------- */

static void *revoke_and_steal(void *arg)
{
    (void)arg;
    ws_forks_revoke(&forks_owner->forks);
    forks_steal();
    forks_steal();
    return NULL;
}

static void set_up_force(void)
{
    forks_make(3, true);
    crew_nobody_asks(forks_owner);
    model_thread("owner", push_three_pop_three, NULL);
    model_thread("thief", revoke_and_steal, NULL);
}

const model_harness forks_force_harness = {.name = "forks_force",
                                           .set_up = set_up_force,
                                           .short_bound = MODEL_ALL,
                                           .long_bound = MODEL_ALL};

/* One forces, the other only looks: perhaps at an entry that its owner has had back long ago. */
static void set_up_force_other(void)
{
    forks_make(2, true);
    crew_nobody_asks(forks_owner);
    model_thread("owner", push_two_pop_two, NULL);
    model_thread("forces", revoke_and_steal, NULL);
    model_thread("looks", steal_once, NULL);
}

const model_harness forks_force_other_harness = {.name = "forks_force_other",
                                                 .set_up = set_up_force_other,
                                                 .short_bound = 3,
                                                 .long_bound = MODEL_ALL};

static void *pop_four(void *arg)
{
    (void)arg;
    for (size_t i = 4; i-- > 0;)
        forks_pop(i);
    return NULL;
}

static void *revoke(void *arg)
{
    (void)arg;
    ws_forks_revoke(&forks_owner->forks);
    return NULL;
}

/* Both want to; one is elected. */
static void set_up_force_two(void)
{
    forks_make(4, true);
    crew_nobody_asks(forks_owner);
    for (size_t i = 0; i < 4; i++)
        forks_push(i);
    model_thread("owner", pop_four, NULL);
    model_thread("forces and steals", revoke_and_steal, NULL);
    model_thread("forces", revoke, NULL);
}

const model_harness forks_force_two_harness = {
    .name = "forks_force_two", .set_up = set_up_force_two, .short_bound = 3, .long_bound = 5};

/* ---- taking entries back from the public part ------------------------------------------------ */

static void *pop_one_push_pop_pop(void *arg)
{
    (void)arg;
    forks_pop(1);
    forks_push(2);
    forks_pop(2);
    forks_pop(0);
    return NULL;
}

static void set_up_shrink(void)
{
    forks_make(3, true);
    crew_nobody_asks(forks_owner);
    forks_push(0);
    forks_push(1);
    ws_forks_publish_all(&forks_owner->forks);
    model_thread("owner", pop_one_push_pop_pop, NULL);
    model_thread("thief 1", steal_twice, NULL);
    model_thread("thief 2", steal_once, NULL);
}

const model_harness forks_shrink_harness = {
    .name = "forks_shrink", .set_up = set_up_shrink, .short_bound = 3, .long_bound = MODEL_ALL};

static void *pop_two_push_pop_pop(void *arg)
{
    (void)arg;
    forks_pop(2);
    forks_pop(1);
    forks_push(3);
    forks_pop(3);
    forks_pop(0);
    return NULL;
}

/* While the owner does, a thief takes privacy away. */
static void set_up_shrink_force(void)
{
    forks_make(4, true);
    crew_nobody_asks(forks_owner);
    forks_push(0);
    forks_push(1);
    ws_forks_publish_all(&forks_owner->forks);
    forks_push(2);
    model_thread("owner", pop_two_push_pop_pop, NULL);
    model_thread("thief", revoke_and_steal, NULL);
}

const model_harness forks_shrink_force_harness = {.name = "forks_shrink_force",
                                                  .set_up = set_up_shrink_force,
                                                  .short_bound = 4,
                                                  .long_bound = MODEL_ALL};

static void *pop_two_push_pop(void *arg)
{
    (void)arg;
    forks_pop(1);
    forks_pop(0);
    forks_push(2);
    forks_pop(2);
    return NULL;
}

/* There is one private entry, which may be gone when the privacy is taken away. */
static void set_up_force_last(void)
{
    forks_make(3, true);
    crew_nobody_asks(forks_owner);
    forks_push(0);
    ws_forks_publish_all(&forks_owner->forks);
    forks_push(1);
    model_thread("owner", pop_two_push_pop, NULL);
    model_thread("thief", revoke_and_steal, NULL);
}

const model_harness forks_force_last_harness = {.name = "forks_force_last",
                                                .set_up = set_up_force_last,
                                                .short_bound = MODEL_ALL,
                                                .long_bound = MODEL_ALL};

/* ---- all of it ------------------------------------------------------------------------------- */

static void *push_and_pop_again(void *arg)
{
    (void)arg;
    forks_push(0);
    forks_push(1);
    forks_pop(1);
    forks_push(2);
    forks_pop(2);
    forks_pop(0);
    return NULL;
}

static void set_up_all(void)
{
    forks_make(3, true);
    crew_nobody_asks(forks_owner);
    model_thread("owner", push_and_pop_again, NULL);
    model_thread("asks", ask_and_steal, NULL);
    model_thread("forces", revoke_and_steal, NULL);
}

const model_harness forks_all_harness = {
    .name = "forks_all", .set_up = set_up_all, .short_bound = 2, .long_bound = 3};

/* ---- holding --------------------------------------------------------------------------------- */

/* What a panic does: it has taken the newest entry, and hides what is left of it while cleanups
 * move bottom above it and back. Afterwards the slot is used again. */
static void *hide_what_was_taken(void *arg)
{
    (void)arg;
    ws_forks *const forks = &forks_owner->forks;
    forks_push(0);
    forks_push(1);
    forks_pop(1);
    ws_forks_hold(forks);
    ws_forks_hide(forks, forks->slots + 1);
    PAR_DETAIL_STORE_RELEASE(&forks->owner.bottom, (size_t)(forks->slots + 2));
    PAR_DETAIL_STORE_RELEASE(&forks->owner.bottom, (size_t)(forks->slots + 1));
    ws_forks_release(forks);
    forks_push(2);
    forks_pop(2);
    forks_pop(0);
    return NULL;
}

static void set_up_hold(void)
{
    forks_make(3, true);
    crew_nobody_asks(forks_owner);
    model_thread("owner", hide_what_was_taken, NULL);
    model_thread("forces", revoke_and_steal, NULL);
    model_thread("thief", steal_once, NULL);
}

const model_harness forks_hold_harness = {
    .name = "forks_hold", .set_up = set_up_hold, .short_bound = 2, .long_bound = 4};

static void set_up_hold_public(void)
{
    forks_make(3, false);
    model_thread("owner", hide_what_was_taken, NULL);
    model_thread("thief 1", steal_twice, NULL);
    model_thread("thief 2", steal_once, NULL);
}

const model_harness forks_hold_public_harness = {
    .name = "forks_hold_public", .set_up = set_up_hold_public, .short_bound = 3, .long_bound = 4};

/* What a full deque does: all of it is public for a while. Then the slot is private again, when a
 * thief may still hold the old public_to. */
static void *expose_and_release(void *arg)
{
    (void)arg;
    ws_forks *const forks = &forks_owner->forks;
    forks_push(0);
    forks_push(1);
    ws_forks_hold(forks);
    ws_forks_expose(forks);
    forks_pop(1);
    ws_forks_release(forks);
    forks_push(2);
    forks_pop(2);
    forks_pop(0);
    return NULL;
}

static void set_up_expose(void)
{
    forks_make(3, true);
    crew_nobody_asks(forks_owner);
    model_thread("owner", expose_and_release, NULL);
    model_thread("forces", revoke_and_steal, NULL);
    model_thread("thief", steal_twice, NULL);
}

const model_harness forks_expose_harness = {
    .name = "forks_expose", .set_up = set_up_expose, .short_bound = 2, .long_bound = 4};

/* ---- no room --------------------------------------------------------------------------------- */

static void *push_three_for_two(void *arg)
{
    (void)arg;
    forks_push(0);
    forks_push(1);
    forks_push(2);
    forks_pop(2);
    forks_pop(1);
    forks_pop(0);
    return NULL;
}

/* The third push finds no room, and takes back what stands in the spare slot, unless it is stolen
 * there. Whatever has not been pushed is the owner's. */
static void set_up_full(void)
{
    forks_make(3, false);
    forks_owner->forks.capacity = 3;
    model_thread("owner", push_three_for_two, NULL);
    model_thread("thief", steal_twice, NULL);
    model_thread("thief 2", steal_once, NULL);
}

const model_harness forks_full_harness = {
    .name = "forks_full", .set_up = set_up_full, .short_bound = 3, .long_bound = 3};

static void *ask_twice_and_steal(void *arg)
{
    (void)arg;
    ws_forks_request(&forks_owner->forks);
    forks_steal();
    ws_forks_revoke(&forks_owner->forks);
    forks_steal();
    return NULL;
}

static void set_up_full_private(void)
{
    forks_make(3, true);
    forks_owner->forks.capacity = 3;
    crew_nobody_asks(forks_owner);
    model_thread("owner", push_three_for_two, NULL);
    model_thread("thief", ask_twice_and_steal, NULL);
}

const model_harness forks_full_private_harness = {.name = "forks_full_private",
                                                  .set_up = set_up_full_private,
                                                  .short_bound = 4,
                                                  .long_bound = MODEL_ALL};
