/* SPDX-License-Identifier: MIT */
#include "stream/select_checks.h"

enum { ONE = 0, ARRAY = 1, LIST = 3, SPSC = 4, ZERO = 6 };

static const size_t seven = 7;

/* ---- one thread ---- */

const char *select_does_what_can_be_done(void)
{
    for (size_t k = 0; k < KINDS_ROOMY; k++) {
        ends a = ends_of_numbers(&kinds[k]);
        ends b = ends_of_numbers(&kinds[k]);
        size_t into[2] = {0, 0};
        size_t chosen = 9;
        par_select_case cases[] = {PAR_SELECT_RECV(a.receiver, &into[0]),
                                   PAR_SELECT_RECV(b.receiver, &into[1])};
        EXPECT(par_send(b.sender, &seven) == 0);
        EXPECT(par_select(cases, 2, PAR_FOREVER, NULL, 0, &chosen) == 0);
        EXPECT(chosen == 1 && cases[1].result == 0 && into[1] == 7 && into[0] == 0);
        par_select_case both[] = {PAR_SELECT_RECV(a.receiver, &into[0]),
                                  PAR_SELECT_SEND(b.sender, &seven)};
        EXPECT(par_select(both, 2, PAR_FOREVER, NULL, 0, &chosen) == 0 && chosen == 1);
        EXPECT(par_recv(b.receiver, &into[1]) == 0 && into[1] == 7);
        ends_drop(&a);
        ends_drop(&b);
    }
    return NULL;
}

const char *select_says_when_nothing_can_be_done(void)
{
    for (size_t k = 0; k < KINDS; k++) {
        ends a = ends_of_numbers(&kinds[k]);
        ends full = ends_of_numbers(&kinds[ZERO]);
        size_t into = 3;
        size_t chosen = 9;
        par_select_case cases[] = {PAR_SELECT_RECV(a.receiver, &into), PAR_SELECT_RECV(NULL, NULL),
                                   PAR_SELECT_SEND(full.sender, &seven)};
        EXPECT(par_select(cases, 3, PAR_NO_WAIT, NULL, 0, &chosen) == EAGAIN);
        EXPECT(par_select(cases, 3, PAR_NO_WAIT, NULL, PAR_SELECT_READY, &chosen) == EAGAIN);
        EXPECT(par_select(cases, 3, par_in(1000), NULL, 0, &chosen) == ETIMEDOUT);
        EXPECT(par_select(cases, 3, par_in(1000), NULL, PAR_SELECT_READY, &chosen) == ETIMEDOUT);
        EXPECT(chosen == 9 && into == 3);
        ends_drop(&a);
        ends_drop(&full);
    }
    return NULL;
}

const char *select_tells_of_closed_channels(void)
{
    for (size_t k = 0; k < KINDS; k++) {
        ends a = ends_of_numbers(&kinds[k]);
        size_t into = 3;
        size_t chosen = 9;
        par_sender_close(a.sender);
        par_select_case receive[] = {PAR_SELECT_RECV(a.receiver, &into)};
        EXPECT(par_select(receive, 1, PAR_FOREVER, NULL, 0, &chosen) == 0);
        EXPECT(chosen == 0 && receive[0].result == EPIPE && into == 3);
        par_select_case send[] = {PAR_SELECT_SEND(a.sender, &seven)};
        EXPECT(par_select(send, 1, PAR_FOREVER, NULL, 0, &chosen) == 0);
        EXPECT(send[0].result == EPIPE);
        ends_drop(&a);
    }
    return NULL;
}

/* How often the first of three cases that can always be done is chosen of `rounds` times. */
static size_t times_first(unsigned flags, size_t rounds)
{
    ends a = ends_of_numbers(&kinds[LIST]);
    size_t chosen = 9;
    size_t first = 0;
    par_select_case cases[] = {PAR_SELECT_SEND(a.sender, &seven), PAR_SELECT_SEND(a.sender, &seven),
                               PAR_SELECT_SEND(a.sender, &seven)};
    for (size_t i = 0; i < rounds; i++) {
        if (par_select(cases, 3, PAR_FOREVER, NULL, flags, &chosen) == 0)
            first += chosen == 0;
    }
    ends_drop(&a);
    return first;
}

/* A third is 1000; ten standard deviations are 260. */
const char *select_is_fair(void)
{
    const size_t first = times_first(0, 3000);
    return first > 740 && first < 1260 ? NULL : wrong("chosen %zu times of 3000", first);
}

const char *select_is_biased_when_asked(void)
{
    const size_t first = times_first(PAR_SELECT_BIASED, 300);
    return first == 300 ? NULL : wrong("chosen %zu times of 300", first);
}

const char *select_only_chooses_when_asked(void)
{
    for (size_t k = 0; k < KINDS_ROOMY; k++) {
        ends a = ends_of_numbers(&kinds[k]);
        size_t chosen = 9;
        EXPECT(par_send(a.sender, &seven) == 0);
        par_select_case cases[] = {PAR_SELECT_RECV(a.receiver, NULL)};
        EXPECT(par_select(cases, 1, PAR_FOREVER, NULL, PAR_SELECT_READY, &chosen) == 0);
        EXPECT(chosen == 0 && par_receiver_length(a.receiver) == 1);
        size_t into = 0;
        EXPECT(par_try_recv(a.receiver, &into) == 0 && into == 7);
        ends_drop(&a);
    }
    return NULL;
}

const char *select_takes_the_same_channel_twice(void)
{
    for (size_t k = 0; k < KINDS; k++) {
        ends a = ends_of_numbers(&kinds[k]);
        size_t into[2] = {0, 0};
        size_t chosen = 9;
        par_select_case cases[] = {PAR_SELECT_RECV(a.receiver, &into[0]),
                                   PAR_SELECT_RECV(a.receiver, &into[1])};
        EXPECT(par_select(cases, 2, par_in(1000), NULL, 0, &chosen) == ETIMEDOUT);
        EXPECT(par_select(cases, 2, par_in(1000), NULL, PAR_SELECT_READY, &chosen) == ETIMEDOUT);
        ends_drop(&a);
    }
    return NULL;
}

const char *select_sleeps_without_cases(void)
{
    size_t chosen = 9;
    const par_deadline deadline = par_in(PAR_US(100));
    EXPECT(par_select(NULL, 0, deadline, NULL, 0, &chosen) == ETIMEDOUT && par_now() >= deadline);
    EXPECT(par_select(NULL, 0, PAR_NO_WAIT, NULL, 0, NULL) == EAGAIN);
    EXPECT(par_select(NULL, 0, PAR_FOREVER, NULL, 0, &chosen) == EINVAL);
    par_group group = PAR_GROUP_INIT;
    par_cancel(&group);
    EXPECT(par_select(NULL, 0, PAR_FOREVER, &group, 0, &chosen) == ECANCELED);
    par_select_case off[] = {PAR_SELECT_RECV(NULL, NULL)};
    EXPECT(par_select(off, 1, PAR_FOREVER, NULL, 0, &chosen) == EINVAL);
    EXPECT(par_select(off, 1, par_in(1000), NULL, 0, &chosen) == ETIMEDOUT);
    return NULL;
}

const char *select_refuses_what_makes_no_sense(void)
{
    ends a = ends_of_numbers(&kinds[ARRAY]);
    size_t into = 0;
    size_t chosen = 9;
    par_select_case cases[] = {PAR_SELECT_RECV(a.receiver, &into)};
    EXPECT(par_select(cases, 1, PAR_NO_WAIT, NULL, 64, &chosen) == EINVAL);
    EXPECT(par_select(cases, 1, PAR_NO_WAIT, NULL, 0, NULL) == EINVAL);
    EXPECT(par_select(NULL, 1, PAR_NO_WAIT, NULL, 0, &chosen) == EINVAL);
    cases[0].sender = a.sender;
    EXPECT(par_select(cases, 1, PAR_NO_WAIT, NULL, 0, &chosen) == EINVAL);
    par_select_case no_place[] = {PAR_SELECT_SEND(a.sender, NULL)};
    EXPECT(par_select(no_place, 1, PAR_NO_WAIT, NULL, 0, &chosen) == EINVAL);
    ends_drop(&a);
    return NULL;
}

const char *select_waits_for_timers(void)
{
    ends a = ends_of_numbers(&kinds[ZERO]);
    par_receiver *soon = par_after(PAR_MS(1));
    par_receiver *late = par_after(PAR_S(3600));
    par_receiver *never = par_never();
    par_deadline due = 0;
    size_t chosen = 9;
    par_select_case cases[] = {PAR_SELECT_RECV(never, &due), PAR_SELECT_RECV(late, &due),
                               PAR_SELECT_RECV(soon, &due), PAR_SELECT_SEND(a.sender, &seven)};
    EXPECT(par_select(cases, 4, PAR_FOREVER, NULL, 0, &chosen) == 0 && chosen == 2);
    EXPECT(cases[2].result == 0 && due != 0 && due <= par_now());
    par_receiver_drop(soon);
    par_receiver_drop(late);
    par_receiver_drop(never);
    ends_drop(&a);
    return NULL;
}

/* ---- several threads ---- */

typedef struct selecting {
    ends a;
    ends b;
    par_group group;
    unsigned flags;
    size_t n;
    size_t received;
    atomic_size_t begun;
    atomic_size_t codes[200];
    atomic_size_t moved[2];
    atomic_size_t sum;
} selecting;

/* Receives from the one and sends to the other, whichever goes. */
static void receive_and_send(size_t number, void *arg)
{
    (void)number;
    selecting *call = arg;
    size_t into = 0;
    const size_t out = 1000;
    for (size_t done = 0; done < call->n; done++) {
        size_t chosen = 9;
        par_select_case cases[] = {PAR_SELECT_RECV(call->a.receiver, &into),
                                   PAR_SELECT_SEND(call->b.sender, &out)};
        const int code = par_select(cases, 2, PAR_FOREVER, NULL, 0, &chosen);
        if (code != 0 || cases[chosen].result != 0) {
            atomic_fetch_add(&call->codes[1], 1);
            return;
        }
        atomic_fetch_add(&call->moved[chosen], 1);
        if (chosen == 0)
            atomic_fetch_add(&call->sum, into);
    }
}

const char *select_waits_for_receives_and_sends(void)
{
    static crowd all;
    for (size_t k = 0; k < KINDS; k++) {
        selecting call = {.a = ends_of_numbers(&kinds[k]), .b = ends_of_numbers(&kinds[ZERO])};
        const size_t each = scaled(300);
        call.n = 2 * each;
        crowd_start(&all, 1, receive_and_send, &call);
        size_t into = 0;
        for (size_t i = 0; i < each; i++) {
            EXPECT(par_send(call.a.sender, &i) == 0);
            EXPECT(par_recv(call.b.receiver, &into) == 0 && into == 1000);
        }
        crowd_end(&all);
        EXPECT(atomic_load(&call.codes[1]) == 0);
        EXPECT(atomic_load(&call.moved[0]) == each && atomic_load(&call.moved[1]) == each);
        EXPECT(atomic_load(&call.sum) == each * (each - 1) / 2);
        ends_drop(&call.a);
        ends_drop(&call.b);
    }
    return NULL;
}

/* Two pairs of selects, all over the same two channels of capacity 0: each sends to one and
 * receives from the other, and what one has sent, the other has received. */
static void cross(size_t number, void *arg)
{
    selecting *call = arg;
    const ends *in = number % 2 == 0 ? &call->a : &call->b;
    const ends *out = number % 2 == 0 ? &call->b : &call->a;
    size_t into = 0;
    for (size_t done = 0; done < call->n; done++) {
        size_t chosen = 9;
        par_select_case cases[] = {PAR_SELECT_RECV(in->receiver, &into),
                                   PAR_SELECT_SEND(out->sender, &seven)};
        if (par_select(cases, 2, PAR_FOREVER, &call->group, 0, &chosen) != 0)
            return;
        atomic_fetch_add(&call->moved[chosen], 1);
    }
    par_cancel(&call->group);
}

const char *select_meets_another_select(void)
{
    selecting call = {
        .a = ends_of_numbers(&kinds[ZERO]), .b = ends_of_numbers(&kinds[ZERO]), .n = scaled(5000)};
    crowd_run(4, cross, &call);
    const size_t received = atomic_load(&call.moved[0]);
    const size_t sent = atomic_load(&call.moved[1]);
    ends_drop(&call.a);
    ends_drop(&call.b);
    EXPECT(received == sent && received + sent >= call.n);
    return NULL;
}

const char *select_never_meets_itself(void)
{
    ends a = ends_of_numbers(&kinds[ZERO]);
    size_t into = 3;
    size_t chosen = 9;
    par_select_case cases[] = {PAR_SELECT_RECV(a.receiver, &into),
                               PAR_SELECT_SEND(a.sender, &seven)};
    EXPECT(par_select(cases, 2, par_in(PAR_US(200)), NULL, 0, &chosen) == ETIMEDOUT);
    EXPECT(par_select(cases, 2, PAR_NO_WAIT, NULL, PAR_SELECT_READY, &chosen) == EAGAIN);
    EXPECT(par_select(cases, 2, par_in(PAR_US(200)), NULL, PAR_SELECT_READY, &chosen) == ETIMEDOUT);
    EXPECT(into == 3);
    ends_drop(&a);
    return NULL;
}

static void select_until_canceled(size_t number, void *arg)
{
    (void)number;
    selecting *call = arg;
    size_t into;
    size_t chosen;
    par_select_case cases[] = {PAR_SELECT_RECV(call->a.receiver, &into),
                               PAR_SELECT_RECV(call->b.receiver, &into)};
    atomic_fetch_add(&call->begun, 1);
    const int code = par_select(cases, 2, PAR_FOREVER, &call->group, call->flags, &chosen);
    atomic_fetch_add(&call->codes[code < 200 ? code : 199], 1);
}

const char *select_is_canceled(void)
{
    static crowd all;
    for (size_t k = 0; k < KINDS; k++) {
        selecting call = {.a = ends_of_numbers(&kinds[k]), .b = ends_of_numbers(&kinds[ZERO])};
        const size_t n = kinds[k].flags == 0 ? 3 : 1;
        crowd_start(&all, n, select_until_canceled, &call);
        await_count(&call.begun, n);
        yield_times(50);
        par_cancel(&call.group);
        crowd_end(&all);
        EXPECT(atomic_load(&call.codes[ECANCELED]) == n);
        ends_drop(&call.a);
        ends_drop(&call.b);
    }
    return NULL;
}

static void receive_one(size_t number, void *arg)
{
    (void)number;
    selecting *call = arg;
    size_t into;
    atomic_fetch_add(&call->begun, 1);
    const int code = par_recv(call->a.receiver, &into);
    atomic_fetch_add(&call->codes[code < 200 ? code : 199], 1);
}

static void watch_or_receive(size_t number, void *arg)
{
    if (number < 2)
        select_until_canceled(number, arg);
    else
        receive_one(number, arg);
}

/* Those who only watch may be called first; the element must reach the other. */
const char *select_passes_on_a_call(void)
{
    static crowd all;
    for (size_t round = 0; round < scaled(100); round++) {
        selecting call = {.a = ends_of_numbers(&kinds[round % 2 == 0 ? ARRAY : LIST]),
                          .b = ends_of_numbers(&kinds[ZERO]),
                          .flags = PAR_SELECT_READY};
        crowd_start(&all, 3, watch_or_receive, &call);
        await_count(&call.begun, 3);
        yield_times(round % 50);
        EXPECT(par_send(call.a.sender, &seven) == 0);
        await_count(&call.codes[0], 1);
        while (par_receiver_length(call.a.receiver) != 0)
            sched_yield();
        par_cancel(&call.group);
        crowd_end(&all);
        EXPECT(atomic_load(&call.codes[0]) + atomic_load(&call.codes[ECANCELED]) == 3);
        ends_drop(&call.a);
        ends_drop(&call.b);
    }
    return NULL;
}

static void send_seven(size_t number, void *arg)
{
    (void)number;
    selecting *call = arg;
    const int code = par_send(call->a.sender, &seven);
    atomic_fetch_add(&call->codes[code < 200 ? code : 199], 1);
}

const char *select_watches_for_a_meeting(void)
{
    static crowd all;
    selecting call = {.a = ends_of_numbers(&kinds[ZERO]), .b = ends_of_numbers(&kinds[ZERO])};
    crowd_start(&all, 1, send_seven, &call);
    size_t into = 0;
    size_t chosen = 9;
    par_select_case cases[] = {PAR_SELECT_RECV(call.b.receiver, NULL),
                               PAR_SELECT_RECV(call.a.receiver, NULL)};
    EXPECT(par_select(cases, 2, PAR_FOREVER, NULL, PAR_SELECT_READY, &chosen) == 0 && chosen == 1);
    EXPECT(par_recv(call.a.receiver, &into) == 0 && into == 7);
    crowd_end(&all);
    EXPECT(atomic_load(&call.codes[0]) == 1);
    ends_drop(&call.a);
    ends_drop(&call.b);
    return NULL;
}
