/* SPDX-License-Identifier: MIT */
/* select.c - waiting for several sends and receives at once.
 *
 * S1  All cases are tried, from one chosen by chance on, or from the first. While that goes on the
 *     call stands in no list, so nobody can claim it: it claims others.
 * S2  It enters the list of each case with one choice for all. If a watch says that its case may
 *     have become possible it stops there.
 * S3  It sleeps, unless S2 stopped, until somebody makes the choice.
 * S4  It settles the choice. From then on nobody claims it, and it takes its nodes out of the
 *     lists. A claimed case is done; anything else begins again at S1.
 * S5  Two selects that could serve each other may both stop at S2, again and again. So who stopped
 *     there waits a little before it begins again, longer each time and by chance.
 * S6  If it was called for one case and did another, it calls somebody else for the first (V4). */
#include "base/clock.h"
#include "base/random.h"
#include "job/group.h"
#include "stream/channel_engine.h"
#include "stream/linger.h"

#include <par/select.h>

#include <errno.h>
#include <time.h>

typedef struct selection {
    par_select_case *cases;
    size_t n;
    unsigned flags;
    par_deadline deadline;
    par_group *group;
    size_t chosen;
    size_t called; /* the case it was called for, or NOBODY */
    unsigned stops;
    ws_random random;
} selection;

#define NOBODY ((size_t)-1)

static bool sends(const par_select_case *each)
{
    return each->sender != NULL;
}

/* NULL: the case is to be passed over. */
static ws_channel *channel_of(const par_select_case *each)
{
    return sends(each) ? (ws_channel *)each->sender : (ws_channel *)each->receiver;
}

/* ---- S1 -------------------------------------------------------------------------------------- */

static char nowhere;

/* EAGAIN: not possible now. */
static int try_case(par_select_case *each, unsigned flags)
{
    ws_channel *channel = channel_of(each);
    size_t moved = 0;
    if (channel == NULL)
        return EAGAIN;
    if ((flags & PAR_SELECT_READY) != 0) {
        const bool can = sends(each) ? channel->engine->can_send(channel)
                                     : channel->engine->can_receive(channel);
        return can ? 0 : EAGAIN;
    }
    if (sends(each))
        return channel->engine->send(channel, each->element == NULL ? &nowhere : each->element, 1,
                                     &moved);
    return channel->engine->receive(channel, each->into == NULL ? &nowhere : each->into, 1, &moved);
}

static size_t first_of(selection *all)
{
    enum { MOST = 1 << 30 };
    if ((all->flags & PAR_SELECT_BIASED) != 0 || all->n < 2)
        return 0;
    return ws_random_below(&all->random, all->n < MOST ? (uint32_t)all->n : MOST);
}

static bool try_all(selection *all)
{
    size_t index = first_of(all);
    for (size_t i = 0; i < all->n; i++) {
        const int code = try_case(&all->cases[index], all->flags);
        if (code != EAGAIN) {
            all->cases[index].result = code;
            all->chosen = index;
            return true;
        }
        index = index + 1 < all->n ? index + 1 : 0;
    }
    return false;
}

/* ---- S2 to S4 -------------------------------------------------------------------------------- */

/* A sender's element is only read. */
static void *place_of(const par_select_case *each)
{
    void *place = sends(each) ? (void *)(size_t)each->element : each->into;
    return place == NULL ? &nowhere : place;
}

/* Returns for how many of the cases a node was made; *again: one may be possible. */
static size_t watch_all(selection *all, ws_blocker *self, size_t *choice, bool *again)
{
    for (size_t i = 0; i < all->n; i++) {
        par_select_case *each = &all->cases[i];
        ws_channel *channel = channel_of(each);
        if (channel == NULL)
            continue;
        each->waiter_ = (ws_waiter){.choice = choice,
                                    .blocker = self,
                                    .element = place_of(each),
                                    .number = i,
                                    .is_watching = (all->flags & PAR_SELECT_READY) != 0};
        *again = channel->engine->watch(channel, &each->waiter_, sends(each));
        if (*again)
            return i + 1;
    }
    return all->n;
}

static void unwatch(selection *all, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        par_select_case *each = &all->cases[i];
        ws_channel *channel = channel_of(each);
        if (channel != NULL)
            channel->engine->unwatch(channel, &each->waiter_, sends(each));
    }
}

/* Of capacity 0 there is nothing to be seen from outside the lists. */
static bool has_meeting(const selection *all)
{
    for (size_t i = 0; i < all->n; i++) {
        const ws_channel *channel = channel_of(&all->cases[i]);
        if (channel != NULL && channel->engine == &ws_channel_zero)
            return true;
    }
    return false;
}

static bool can_any(const selection *all)
{
    for (size_t i = 0; i < all->n; i++) {
        const par_select_case *each = &all->cases[i];
        const ws_channel *channel = channel_of(each);
        if (channel != NULL && channel->engine != &ws_channel_zero &&
            (sends(each) ? channel->engine->can_send(channel)
                         : channel->engine->can_receive(channel)))
            return true;
    }
    return false;
}

/* As a single send or receive does before it enters a list. */
static bool is_worth_a_try(const selection *all)
{
    ws_linger linger = {0};
    if (has_meeting(all))
        return false;
    while (ws_linger_once(&linger, false)) {
        if (can_any(all))
            return true;
    }
    return false;
}

/* When a timer among the cases is due, or the deadline. */
static par_deadline look_again_at(const selection *all)
{
    par_deadline at = all->deadline;
    for (size_t i = 0; i < all->n; i++) {
        ws_channel *channel = channel_of(&all->cases[i]);
        const par_deadline due = channel == NULL ? PAR_FOREVER : ws_channel_due(channel);
        at = due < at ? due : at;
    }
    return at;
}

static const ws_channel *any_channel(const selection *all)
{
    for (size_t i = 0; i < all->n; i++) {
        if (channel_of(&all->cases[i]) != NULL)
            return channel_of(&all->cases[i]);
    }
    return NULL;
}

/* S5 */
static void step_back(selection *all)
{
    enum { MOST = 10, NAP_NS = 20000 };
    if (all->stops == 0)
        ws_random_seed(&all->random, ws_clock_ns());
    all->stops += all->stops < MOST ? 1 : 0;
    const uint32_t pauses = ws_random_below(&all->random, 1U << all->stops);
    for (uint32_t i = 0; i < pauses; i++)
        ws_pause();
    if (all->stops >= MOST) /* others may need the processor to go on */
        nanosleep(&(const struct timespec){0, NAP_NS}, NULL);
}

/* True: a case has been done by another thread. */
static bool wait_for_call(selection *all, ws_blocker *self)
{
    size_t choice = WS_CHOICE_WAITING;
    bool again = false;
    const size_t watched = watch_all(all, self, &choice, &again);
    if (!again) {
        if (has_meeting(all))
            ws_move_linger(&choice);
        const ws_block_reason reason = {"selects among channels", any_channel(all), NULL};
        ws_move_sleep(self, &choice, &reason, look_again_at(all), all->group);
    }
    const size_t made = ws_move_settle(self, &choice);
    unwatch(all, watched);
    const size_t state = ws_choice_state(made);
    if (state == WS_CHOICE_DONE) {
        all->chosen = ws_choice_number(made);
        all->cases[all->chosen].result = 0;
        return true;
    }
    if (state == WS_CHOICE_CALLED)
        all->called = ws_choice_number(made);
    else if (again)
        step_back(all);
    return false;
}

/* S6. Who only watched has taken nothing. */
static void call_another(const selection *all)
{
    if (all->called == NOBODY)
        return;
    const par_select_case *called = &all->cases[all->called];
    if (all->called == all->chosen && (all->flags & PAR_SELECT_READY) == 0)
        return;
    ws_channel *channel = channel_of(called);
    if (channel->engine != &ws_channel_zero)
        ws_waiters_call_some(ws_channel_waiting(channel, sends(called)), 1);
}

/* ---- the call -------------------------------------------------------------------------------- */

static bool is_canceled(const selection *all)
{
    return all->group != NULL && ws_group_is_canceled(all->group);
}

static int wait_until(selection *all, ws_blocker *self)
{
    for (;;) {
        all->called = NOBODY;
        if (!is_worth_a_try(all) && wait_for_call(all, self))
            return 0;
        if (try_all(all)) {
            call_another(all);
            return 0;
        }
        if (is_canceled(all))
            return ECANCELED;
        if (all->deadline != PAR_FOREVER && ws_clock_ns() >= all->deadline)
            return ETIMEDOUT;
    }
}

static int run(selection *all)
{
    if (is_canceled(all))
        return ECANCELED;
    if (try_all(all))
        return 0;
    if (all->deadline == PAR_NO_WAIT)
        return EAGAIN;
    if (any_channel(all) == NULL && all->deadline == PAR_FOREVER && all->group == NULL)
        return EINVAL;
    ws_blocker *self = ws_blocker_self();
    if (!ws_block_begin_group(self, all->group))
        return ECANCELED;
    const int code = wait_until(all, self);
    if (all->group != NULL)
        ws_block_end_group(self);
    return code;
}

static bool is_valid(const par_select_case *cases, size_t n, unsigned flags)
{
    if ((flags & ~(PAR_SELECT_BIASED | PAR_SELECT_READY)) != 0 || (cases == NULL && n != 0))
        return false;
    for (size_t i = 0; i < n; i++) {
        const ws_channel *channel = channel_of(&cases[i]);
        if (cases[i].sender != NULL && cases[i].receiver != NULL)
            return false;
        const void *place = cases[i].sender != NULL ? cases[i].element : cases[i].into;
        if (channel != NULL && place == NULL && channel->size != 0 &&
            (flags & PAR_SELECT_READY) == 0)
            return false;
    }
    return true;
}

int par_select(par_select_case *cases, size_t n, par_deadline deadline, par_group *group,
               unsigned flags, size_t *chosen)
{
    static __thread ws_random chance;
    if ((chosen == NULL && n != 0) || !is_valid(cases, n, flags))
        return EINVAL;
    if (chance.state == 0)
        ws_random_seed(&chance, (uint64_t)(size_t)&chance ^ ws_clock_ns());
    selection all = {.cases = cases,
                     .n = n,
                     .flags = flags,
                     .deadline = deadline,
                     .group = group,
                     .called = NOBODY,
                     .random = chance};
    const int code = run(&all);
    chance = all.random;
    if (code == 0)
        *chosen = all.chosen;
    return code;
}
