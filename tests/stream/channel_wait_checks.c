/* SPDX-License-Identifier: MIT */
/* channel_wait_checks.c - channels between threads: who waits, and what ends it. */
#include "stream/channel_checks.h"

#include <par/scope.h>

/* ---- one sends, one receives ---- */

typedef struct pair {
    ends all;
    size_t size;
    size_t n;
    size_t batch;
    atomic_size_t problems;
} pair;

static void send_all(pair *both)
{
    static const size_t most = 32;
    unsigned char bytes[32 * MOST_BYTES];
    const size_t batch = both->batch < most ? both->batch : most;
    for (size_t sent = 0; sent < both->n;) {
        const size_t some = both->n - sent < batch ? both->n - sent : batch;
        for (size_t i = 0; i < some; i++)
            element_fill(bytes + i * both->size, both->size, sent + i);
        const int code = some == 1 ? par_send(both->all.sender, bytes)
                                   : par_send_many(both->all.sender, bytes, some, NULL);
        if (code != 0)
            atomic_fetch_add(&both->problems, 1);
        sent += some;
    }
    par_sender_drop(both->all.sender);
}

static void receive_all(pair *both)
{
    unsigned char bytes[32 * MOST_BYTES];
    size_t received = 0;
    size_t some = 1;
    while (both->batch == 1 ? par_recv(both->all.receiver, bytes) == 0
                            : par_recv_many(both->all.receiver, bytes, 20, &some) == 0) {
        for (size_t i = 0; i < some; i++, received++) {
            if (!element_is(bytes + i * both->size, both->size, received))
                atomic_fetch_add(&both->problems, 1);
        }
    }
    if (received != both->n)
        atomic_fetch_add(&both->problems, 1);
    par_receiver_drop(both->all.receiver);
}

static void be_one_of_two(size_t number, void *arg)
{
    if (number == 0)
        send_all(arg);
    else
        receive_all(arg);
}

static const char *stream(const kind *of, const shape *element)
{
    for (size_t batch = 1; batch <= 32; batch += 31) {
        pair both = {.size = element->size, .n = scaled(1000), .batch = batch};
        EXPECT(ends_make(&both.all, of, element, NULL) == 0);
        crowd_run(2, be_one_of_two, &both);
        EXPECT(atomic_load(&both.problems) == 0);
    }
    return NULL;
}

const char *channel_wait_hands_over_one_by_one(void)
{
    return each_kind(KINDS, stream);
}

/* ---- waiting ---- */

typedef struct waiting {
    ends all;
    par_group group;
    par_deadline deadline;
    atomic_size_t begun;
    atomic_size_t codes[200]; /* how often each was returned */
    size_t value;
} waiting;

static const size_t one = 1;

static void note(waiting *call, int code)
{
    atomic_fetch_add(&call->codes[code < 200 ? code : 199], 1);
}

static void wait_to_receive(size_t number, void *arg)
{
    (void)number;
    waiting *call = arg;
    size_t into;
    atomic_fetch_add(&call->begun, 1);
    note(call, par_recv_until(call->all.receiver, &into, call->deadline, &call->group));
}

static void wait_to_send(size_t number, void *arg)
{
    (void)number;
    waiting *call = arg;
    atomic_fetch_add(&call->begun, 1);
    note(call, par_send_until(call->all.sender, &one, call->deadline, &call->group));
}

/* Until those who have begun have had time to be asleep. */
static void await_waiters(waiting *call, size_t n)
{
    await_count(&call->begun, n);
    yield_times(50);
}

static void fill(par_sender *sender)
{
    while (par_try_send(sender, &one) == 0)
        continue;
}

const char *channel_wait_receivers_wait_for_senders(void)
{
    static crowd all;
    for (size_t k = 0; k < KINDS; k++) {
        const size_t n = kinds[k].flags == 0 ? 5 : 1;
        waiting call = {.all = ends_of_numbers(&kinds[k]), .deadline = PAR_FOREVER};
        crowd_start(&all, n, wait_to_receive, &call);
        await_waiters(&call, n);
        for (size_t i = 0; i < n; i++)
            EXPECT(par_send(call.all.sender, &one) == 0);
        crowd_end(&all);
        EXPECT(atomic_load(&call.codes[0]) == n);
        ends_drop(&call.all);
    }
    return NULL;
}

const char *channel_wait_senders_wait_for_room(void)
{
    static crowd all;
    for (size_t k = 0; k < KINDS; k++) {
        if (kinds[k].capacity == PAR_UNBOUNDED)
            continue;
        const size_t n = kinds[k].flags == 0 ? 5 : 1;
        waiting call = {.all = ends_of_numbers(&kinds[k]), .deadline = PAR_FOREVER};
        fill(call.all.sender);
        crowd_start(&all, n, wait_to_send, &call);
        await_waiters(&call, n);
        size_t into;
        for (size_t i = 0; i < n + kinds[k].capacity; i++)
            EXPECT(par_recv(call.all.receiver, &into) == 0);
        crowd_end(&all);
        EXPECT(atomic_load(&call.codes[0]) == n);
        EXPECT(par_try_recv(call.all.receiver, &into) == EAGAIN);
        ends_drop(&call.all);
    }
    return NULL;
}

/* One call that serves several waiters wakes them all. */
const char *channel_wait_wakes_all_that_it_serves(void)
{
    static crowd all;
    static const size_t four[4] = {1, 1, 1, 1};
    for (size_t k = 1; k < KINDS_ROOMY; k++) {
        if (kinds[k].flags != 0 || kinds[k].capacity < 4)
            continue;
        waiting empty = {.all = ends_of_numbers(&kinds[k]), .deadline = PAR_FOREVER};
        crowd_start(&all, 4, wait_to_receive, &empty);
        await_waiters(&empty, 4);
        EXPECT(par_send_many(empty.all.sender, four, 4, NULL) == 0);
        crowd_end(&all);
        EXPECT(atomic_load(&empty.codes[0]) == 4);
        ends_drop(&empty.all);
        if (kinds[k].capacity == PAR_UNBOUNDED)
            continue;
        waiting full = {.all = ends_of_numbers(&kinds[k]), .deadline = PAR_FOREVER};
        fill(full.all.sender);
        crowd_start(&all, 4, wait_to_send, &full);
        await_waiters(&full, 4);
        size_t into[4];
        size_t received = 0;
        EXPECT(par_recv_many(full.all.receiver, into, 4, &received) == 0 && received == 4);
        crowd_end(&all);
        EXPECT(atomic_load(&full.codes[0]) == 4);
        ends_drop(&full.all);
    }
    return NULL;
}

const char *channel_wait_ends_at_its_deadline(void)
{
    for (size_t k = 0; k < KINDS; k++) {
        waiting call = {.all = ends_of_numbers(&kinds[k])};
        call.deadline = par_in(PAR_US(200));
        wait_to_receive(0, &call);
        EXPECT(par_now() >= call.deadline);
        EXPECT(atomic_load(&call.codes[ETIMEDOUT]) == 1);
        if (kinds[k].capacity != PAR_UNBOUNDED) {
            fill(call.all.sender);
            call.deadline = par_in(PAR_US(200));
            wait_to_send(0, &call);
            EXPECT(par_now() >= call.deadline);
            EXPECT(atomic_load(&call.codes[ETIMEDOUT]) == 2);
        }
        ends_drop(&call.all);
    }
    return NULL;
}

typedef void end_fn(waiting *call);

/* For each kind, those who wait to receive and to send are ended, and all return `code`. */
static const char *end_waits(end_fn *end_receivers, end_fn *end_senders, int code)
{
    static crowd all;
    for (size_t k = 0; k < KINDS; k++) {
        const size_t n = kinds[k].flags == 0 ? 4 : 1;
        waiting call = {.all = ends_of_numbers(&kinds[k]), .deadline = PAR_FOREVER};
        crowd_start(&all, n, wait_to_receive, &call);
        await_waiters(&call, n);
        end_receivers(&call);
        crowd_end(&all);
        EXPECT(atomic_load(&call.codes[code]) == n);
        ends_drop(&call.all);
        if (kinds[k].capacity == PAR_UNBOUNDED)
            continue;
        waiting full = {.all = ends_of_numbers(&kinds[k]), .deadline = PAR_FOREVER};
        fill(full.all.sender);
        crowd_start(&all, n, wait_to_send, &full);
        await_waiters(&full, n);
        end_senders(&full);
        crowd_end(&all);
        EXPECT(atomic_load(&full.codes[code]) == n);
        ends_drop(&full.all);
    }
    return NULL;
}

static void cancel(waiting *call)
{
    par_cancel(&call->group);
}

const char *channel_wait_is_canceled(void)
{
    return end_waits(cancel, cancel, ECANCELED);
}

const char *channel_wait_is_canceled_before_it_begins(void)
{
    waiting call = {.all = ends_of_numbers(&kinds[1]), .deadline = PAR_FOREVER};
    par_cancel(&call.group);
    wait_to_send(0, &call);
    EXPECT(par_receiver_length(call.all.receiver) == 0);
    EXPECT(par_send(call.all.sender, &one) == 0);
    wait_to_receive(0, &call);
    EXPECT(par_receiver_length(call.all.receiver) == 1);
    EXPECT(atomic_load(&call.codes[ECANCELED]) == 2);
    ends_drop(&call.all);
    return NULL;
}

static void close_by_sender(waiting *call)
{
    par_sender_close(call->all.sender);
}

static void close_by_receiver(waiting *call)
{
    par_receiver_close(call->all.receiver);
}

const char *channel_wait_ends_when_closed(void)
{
    const char *problem = end_waits(close_by_sender, close_by_receiver, EPIPE);
    return problem != NULL ? problem : end_waits(close_by_receiver, close_by_sender, EPIPE);
}

static void drop_sender(waiting *call)
{
    par_sender_drop(call->all.sender);
    call->all.sender = NULL;
}

static void drop_receiver(waiting *call)
{
    par_receiver_drop(call->all.receiver);
    call->all.receiver = NULL;
}

const char *channel_wait_ends_when_the_other_side_goes(void)
{
    return end_waits(drop_sender, drop_receiver, EPIPE);
}

/* ---- a part of many ---- */

typedef struct parts {
    ends all;
    int code;
    size_t accepted;
} parts;

static void send_ten(size_t number, void *arg)
{
    (void)number;
    parts *call = arg;
    const size_t ten[10] = {0, 1, 2, 3, 4, 5, 6, 7, 8, 9};
    call->code = par_send_many(call->all.sender, ten, 10, &call->accepted);
}

const char *channel_wait_accepts_a_part_of_many(void)
{
    static crowd all;
    for (size_t k = 0; k < KINDS; k++) {
        if (kinds[k].capacity > 5)
            continue;
        parts call = {.all = ends_of_numbers(&kinds[k])};
        crowd_start(&all, 1, send_ten, &call);
        size_t into;
        for (size_t i = 0; i < 4; i++)
            EXPECT(par_recv(call.all.receiver, &into) == 0 && into == i);
        par_receiver_close(call.all.receiver);
        crowd_end(&all);
        size_t rest = 0;
        while (par_recv(call.all.receiver, &into) == 0)
            EXPECT(into == 4 + rest++);
        EXPECT(call.code == EPIPE || (call.code == 0 && call.accepted == 10));
        EXPECT(call.accepted == 4 + rest);
        ends_drop(&call.all);
    }
    return NULL;
}

/* ---- in pools ---- */

typedef struct relay {
    ends in;
    ends out;
} relay;

enum { RELAYS = 20 };

typedef struct relays {
    relay each[RELAYS];
    size_t n;
    atomic_size_t problems;
} relays;

static void pass_on(par_scope *scope, void *arg)
{
    (void)scope;
    relay *link = arg;
    PAR_FOR_RECV(size_t, number, link->in.receiver)
    {
        const size_t next = number + 1;
        (void)par_send(link->out.sender, &next);
    }
    par_receiver_drop(link->in.receiver);
    par_sender_drop(link->out.sender);
}

static void feed(par_scope *scope, void *arg)
{
    (void)scope;
    relays *all = arg;
    for (size_t i = 0; i < all->n; i++)
        (void)par_send(all->each[0].in.sender, &i);
    par_sender_drop(all->each[0].in.sender);
}

static void build(par_scope *scope, void *arg)
{
    relays *all = arg;
    for (size_t i = RELAYS; i > 0; i--)
        (void)par_scope_spawn(scope, pass_on, &all->each[i - 1]);
    (void)par_scope_spawn(scope, feed, all);
    size_t expected = RELAYS;
    PAR_FOR_RECV(size_t, number, all->each[RELAYS - 1].out.receiver)
    {
        if (number != expected++)
            atomic_fetch_add(&all->problems, 1);
    }
    par_receiver_drop(all->each[RELAYS - 1].out.receiver);
    if (expected != RELAYS + all->n)
        atomic_fetch_add(&all->problems, 1);
}

/* More tasks than threads, each of which waits for another: they all go on, since each lends its
 * core. */
static const char *run_relays(void *arg)
{
    relays all = {.n = scaled(200)};
    for (size_t i = 0; i <= RELAYS; i++) {
        const ends between = ends_of_numbers(arg);
        if (i < RELAYS)
            all.each[i].in = between;
        if (i > 0)
            all.each[i - 1].out = between;
    }
    EXPECT(par_scope_run(build, &all) == 0);
    EXPECT(atomic_load(&all.problems) == 0);
    return NULL;
}

const char *channel_wait_runs_pipelines_of_tasks(void)
{
    for (size_t k = 0; k < KINDS; k++) {
        const char *problem = in_pool(2, run_relays, (void *)(uintptr_t)&kinds[k]);
        if (problem != NULL)
            return wrong("%s (%s)", problem, kinds[k].name);
    }
    return NULL;
}

static void send_one(par_scope *scope, void *arg)
{
    (void)scope;
    (void)par_send(arg, &one);
}

static void receive_own(par_scope *scope, void *arg)
{
    ends *all = arg;
    size_t into = 0;
    (void)par_scope_spawn(scope, send_one, all->sender);
    if (par_recv(all->receiver, &into) != 0 || into != 1)
        par_receiver_close(all->receiver);
}

static const char *receive_from_own_task(void *arg)
{
    ends all = ends_of_numbers(arg);
    EXPECT(par_scope_run(receive_own, &all) == 0);
    EXPECT(!par_receiver_is_closed(all.receiver));
    ends_drop(&all);
    return NULL;
}

/* In a pool of one, what is waited for can only be done by whoever takes the core. */
const char *channel_wait_lends_its_core(void)
{
    for (size_t k = 0; k < KINDS; k++) {
        const char *problem = in_pool(1, receive_from_own_task, (void *)(uintptr_t)&kinds[k]);
        if (problem != NULL)
            return wrong("%s (%s)", problem, kinds[k].name);
    }
    return NULL;
}
