/* SPDX-License-Identifier: MIT */
/* channel_checks.c - channels used by one thread: what each call returns, and what becomes of each
 * element. */
#include "stream/channel_checks.h"

/* ---- order ---- */

static const char *go_around(const kind *of, const shape *element)
{
    ends all;
    EXPECT(ends_make(&all, of, element, NULL) == 0);
    unsigned char bytes[MOST_BYTES];
    size_t sent = 0;
    size_t received = 0;
    uint64_t random = element->size;
    while (received < 500) {
        const size_t burst = 1 + random_below(&random, 70);
        for (size_t i = 0; i < burst; i++) {
            element_fill(bytes, element->size, sent);
            const int code = par_try_send(all.sender, bytes);
            EXPECT(code == (sent - received < of->capacity ? 0 : EAGAIN));
            sent += code == 0;
            EXPECT(par_receiver_length(all.receiver) == sent - received);
        }
        for (size_t i = random_below(&random, 70); i > 0; i--) {
            const int code = par_try_recv(all.receiver, bytes);
            EXPECT(code == (sent != received ? 0 : EAGAIN));
            EXPECT(code != 0 || element_is(bytes, element->size, received));
            received += code == 0;
        }
    }
    ends_drop(&all);
    return NULL;
}

const char *channel_keeps_order_and_bytes(void)
{
    return each_kind(KINDS_ROOMY, go_around);
}

static const char *fill_up(const kind *of, const shape *element)
{
    ends all;
    EXPECT(ends_make(&all, of, element, NULL) == 0);
    unsigned char bytes[MOST_BYTES] = {1};
    unsigned char before[MOST_BYTES] = {1};
    EXPECT(par_try_recv(all.receiver, bytes) == EAGAIN);
    EXPECT(par_recv_until(all.receiver, bytes, PAR_NO_WAIT, NULL) == EAGAIN);
    EXPECT(memcmp(bytes, before, sizeof bytes) == 0);
    const size_t n = of->capacity == PAR_UNBOUNDED ? 1000 : of->capacity;
    for (size_t i = 0; i < n; i++)
        EXPECT(par_send(all.sender, bytes) == 0);
    EXPECT(par_sender_length(all.sender) == n);
    EXPECT(par_sender_capacity(all.sender) == of->capacity);
    EXPECT(par_receiver_capacity(all.receiver) == of->capacity);
    if (of->capacity != PAR_UNBOUNDED) {
        EXPECT(par_try_send(all.sender, bytes) == EAGAIN);
        EXPECT(par_send_until(all.sender, bytes, PAR_NO_WAIT, NULL) == EAGAIN);
    }
    EXPECT(memcmp(bytes, before, sizeof bytes) == 0);
    ends_drop(&all);
    return NULL;
}

const char *channel_says_when_it_is_full_or_empty(void)
{
    return each_kind(KINDS, fill_up);
}

/* ---- closing ---- */

static size_t some_of(const kind *of)
{
    return of->capacity < 100 ? of->capacity : 100;
}

static const char *put_some(const kind *of, const shape *element, const ends *all)
{
    unsigned char bytes[MOST_BYTES];
    for (size_t i = 0; i < some_of(of); i++) {
        element_fill(bytes, element->size, i);
        EXPECT(par_try_send(all->sender, bytes) == 0);
    }
    return NULL;
}

static const char *drain(const kind *of, const shape *element, par_receiver *receiver)
{
    unsigned char bytes[MOST_BYTES];
    for (size_t i = 0; i < some_of(of); i++) {
        EXPECT(par_recv(receiver, bytes) == 0);
        EXPECT(element_is(bytes, element->size, i));
    }
    EXPECT(par_recv(receiver, bytes) == EPIPE);
    EXPECT(par_try_recv(receiver, bytes) == EPIPE);
    EXPECT(par_recv_many(receiver, bytes, 1, NULL) == EPIPE);
    return NULL;
}

static const char *close_by(const kind *of, const shape *element, bool is_by_sender)
{
    ends all;
    EXPECT(ends_make(&all, of, element, NULL) == 0);
    EXPECT(!par_sender_is_closed(all.sender) && !par_receiver_is_closed(all.receiver));
    const char *problem = put_some(of, element, &all);
    if (problem != NULL)
        return problem;
    for (size_t i = 0; i < 2; i++) {
        if (is_by_sender)
            par_sender_close(all.sender);
        else
            par_receiver_close(all.receiver);
    }
    EXPECT(par_sender_is_closed(all.sender) && par_receiver_is_closed(all.receiver));
    unsigned char bytes[MOST_BYTES];
    size_t accepted = 9;
    EXPECT(par_send(all.sender, bytes) == EPIPE);
    EXPECT(par_try_send(all.sender, bytes) == EPIPE);
    EXPECT(par_send_many(all.sender, bytes, 1, &accepted) == EPIPE && accepted == 0);
    problem = drain(of, element, all.receiver);
    ends_drop(&all);
    return problem;
}

static const char *close_by_each(const kind *of, const shape *element)
{
    const char *problem = close_by(of, element, true);
    return problem != NULL ? problem : close_by(of, element, false);
}

const char *channel_drains_after_it_is_closed(void)
{
    return each_kind(KINDS, close_by_each);
}

static const char *drop_senders(const kind *of, const shape *element)
{
    ends all;
    EXPECT(ends_make(&all, of, element, NULL) == 0);
    par_sender *second = par_sender_clone(all.sender);
    const char *problem = put_some(of, element, &all);
    par_sender_drop(second);
    EXPECT(!par_receiver_is_closed(all.receiver));
    par_sender_drop(all.sender);
    EXPECT(par_receiver_is_closed(all.receiver));
    EXPECT(par_receiver_senders(all.receiver) == 0);
    if (problem == NULL)
        problem = drain(of, element, all.receiver);
    par_receiver_drop(all.receiver);
    return problem;
}

const char *channel_is_closed_by_its_last_sender(void)
{
    return each_kind(KINDS, drop_senders);
}

/* ---- dropping ---- */

static void ledger_clear(ledger *book)
{
    memset(book, 0, sizeof *book);
}

static const char *ledger_check(const ledger *book, size_t from, size_t to)
{
    EXPECT(atomic_load(&book->dropped) == to - from);
    EXPECT(atomic_load(&book->crooked) == 0);
    for (size_t i = 0; i < LEDGER && book->size >= 2; i++)
        EXPECT(atomic_load(&book->each[i]) == (i >= from && i < to));
    return NULL;
}

static const char *drop_rest(const kind *of, const shape *element)
{
    static ledger book;
    ledger_clear(&book);
    ends all;
    EXPECT(ends_make(&all, of, element, &book) == 0);
    const char *problem = put_some(of, element, &all);
    unsigned char bytes[MOST_BYTES];
    const size_t taken = some_of(of) / 3;
    for (size_t i = 0; i < taken; i++)
        EXPECT(par_try_recv(all.receiver, bytes) == 0);
    EXPECT(atomic_load(&book.dropped) == 0);
    par_receiver_drop(all.receiver);
    if (problem == NULL)
        problem = ledger_check(&book, taken, some_of(of));
    EXPECT(par_try_send(all.sender, bytes) == EPIPE);
    EXPECT(par_send(all.sender, bytes) == EPIPE);
    EXPECT(par_sender_receivers(all.sender) == 0);
    par_sender_drop(all.sender);
    return problem != NULL ? problem : ledger_check(&book, taken, some_of(of));
}

const char *channel_drops_what_is_left_once(void)
{
    return each_kind(KINDS, drop_rest);
}

static const char *drop_receiver_last(const kind *of, const shape *element)
{
    static ledger book;
    ledger_clear(&book);
    ends all;
    EXPECT(ends_make(&all, of, element, &book) == 0);
    const char *problem = put_some(of, element, &all);
    par_receiver *second = par_receiver_clone(all.receiver);
    par_receiver_drop(second);
    par_sender_drop(all.sender);
    EXPECT(atomic_load(&book.dropped) == 0);
    par_receiver_drop(all.receiver);
    return problem != NULL ? problem : ledger_check(&book, 0, some_of(of));
}

const char *channel_drops_with_whichever_end_goes_last(void)
{
    return each_kind(KINDS, drop_receiver_last);
}

/* ---- ends ---- */

const char *channel_counts_its_ends(void)
{
    ends all = ends_of_numbers(&kinds[1]);
    EXPECT(par_receiver_senders(all.receiver) == 1 && par_sender_receivers(all.sender) == 1);
    par_sender *sender = par_sender_clone(all.sender);
    par_receiver *receiver = par_receiver_clone(all.receiver);
    EXPECT(par_receiver_senders(receiver) == 2 && par_sender_receivers(sender) == 2);
    const size_t sent = 7;
    size_t received = 0;
    EXPECT(par_send(sender, &sent) == 0 && par_recv(receiver, &received) == 0 && received == 7);
    par_sender_drop(sender);
    par_receiver_drop(receiver);
    EXPECT(par_receiver_senders(all.receiver) == 1 && par_sender_receivers(all.sender) == 1);
    ends_drop(&all);
    EXPECT(par_sender_clone(NULL) == NULL && par_receiver_clone(NULL) == NULL);
    par_sender_drop(NULL);
    par_receiver_drop(NULL);
    par_sender_close(NULL);
    par_receiver_close(NULL);
    return NULL;
}

/* ---- many ---- */

static const char *move_many(const kind *of, const shape *element)
{
    enum { MANY = 150 };
    static unsigned char bytes[MANY * MOST_BYTES];
    ends all;
    EXPECT(ends_make(&all, of, element, NULL) == 0);
    size_t sent = 0;
    size_t received = 0;
    for (size_t round = 0; round < 20; round++) {
        for (size_t i = 0; i < MANY; i++)
            element_fill(bytes + i * element->size, element->size, sent + i);
        size_t moved = 99;
        const size_t room = of->capacity - (sent - received);
        int code = par_try_send_many(all.sender, bytes, MANY, &moved);
        EXPECT(code == (room < MANY ? EAGAIN : 0) && moved == (room < MANY ? room : MANY));
        sent += moved;
        const size_t wanted = 1 + round * 7;
        const size_t there = sent - received;
        code = par_recv_many(all.receiver, bytes, wanted, &moved);
        EXPECT(code == 0 && moved == (there < wanted ? there : wanted));
        for (size_t i = 0; i < moved; i++)
            EXPECT(element_is(bytes + i * element->size, element->size, received + i));
        received += moved;
    }
    size_t moved = 99;
    EXPECT(par_send_many(all.sender, bytes, 0, &moved) == 0 && moved == 0);
    EXPECT(par_recv_many(all.receiver, bytes, 0, &moved) == 0 && moved == 0);
    while (par_try_recv_many(all.receiver, bytes, MANY, &moved) == 0)
        received += moved;
    EXPECT(received == sent && moved == 0);
    ends_drop(&all);
    return NULL;
}

const char *channel_moves_many_at_once(void)
{
    return each_kind(KINDS_ROOMY, move_many);
}

/* ---- iterating ---- */

static int add_up(void *element, void *arg)
{
    size_t *sum = arg;
    size_t number;
    memcpy(&number, element, sizeof number);
    *sum += number;
    return number == 6 ? -6 : 0;
}

static int count_large(void *element, void *arg)
{
    *(size_t *)arg += ((const unsigned char *)element)[9999] == 3 ? 1 : 100;
    return 0;
}

static const char *iterate_large(void)
{
    static unsigned char large[10000];
    static const shape of = {sizeof large, 0};
    static const kind list = {"list", PAR_UNBOUNDED, 0};
    ends all;
    EXPECT(ends_make(&all, &list, &of, NULL) == 0);
    large[9999] = 3;
    for (size_t i = 0; i < 200; i++)
        EXPECT(par_send(all.sender, large) == 0);
    par_sender_drop(all.sender);
    size_t count = 0;
    EXPECT(par_channel_for_each(all.receiver, count_large, &count) == 0 && count == 200);
    par_receiver_drop(all.receiver);
    return NULL;
}

const char *channel_is_iterated(void)
{
    ends all = ends_of_numbers(&kinds[3]);
    for (size_t i = 0; i < 10; i++)
        EXPECT(par_send(all.sender, &i) == 0);
    par_sender_drop(all.sender);
    size_t sum = 0;
    EXPECT(par_channel_for_each(all.receiver, add_up, &sum) == -6 && sum == 21);
    EXPECT(par_channel_for_each(all.receiver, add_up, &sum) == 0 && sum == 45);
    par_receiver_drop(all.receiver);

    all = ends_of_numbers(&kinds[3]);
    for (size_t i = 0; i < 10; i++)
        EXPECT(par_send(all.sender, &i) == 0);
    par_sender_close(all.sender);
    sum = 0;
    PAR_FOR_RECV(size_t, number, all.receiver)
    {
        sum = sum * 3 + number;
    }
    EXPECT(sum == 14757);
    ends_drop(&all);
    return iterate_large();
}

/* ---- misuse and corners ---- */

const char *channel_refuses_what_makes_no_sense(void)
{
    par_channel_options options = PAR_CHANNEL_OPTIONS_INIT;
    options.element_size = 8;
    ends all = {NULL, NULL};
    EXPECT(par_channel_create(NULL, &all.receiver, &options) == EINVAL);
    EXPECT(par_channel_create(&all.sender, NULL, &options) == EINVAL);
    EXPECT(par_channel_create(&all.sender, &all.receiver, NULL) == EINVAL);
    options.element_align = 3;
    EXPECT(par_channel_create(&all.sender, &all.receiver, &options) == EINVAL);
    options.element_align = 8;
    options.flags = 64;
    EXPECT(par_channel_create(&all.sender, &all.receiver, &options) == EINVAL);
    options.flags = 0;
    options.size--;
    EXPECT(par_channel_create(&all.sender, &all.receiver, &options) == EINVAL);
    options.size++;
    options.capacity = SIZE_MAX / 2;
    EXPECT(par_channel_create(&all.sender, &all.receiver, &options) == ENOMEM);
    options.capacity = SIZE_MAX / 12;
    EXPECT(par_channel_create(&all.sender, &all.receiver, &options) == ENOMEM);
    options.element_size = SIZE_MAX - 7;
    options.capacity = PAR_UNBOUNDED;
    EXPECT(par_channel_create(&all.sender, &all.receiver, &options) == ENOMEM);
    EXPECT(all.sender == NULL && all.receiver == NULL);

    size_t number = 0;
    EXPECT(par_send(NULL, &number) == EINVAL && par_try_send(NULL, &number) == EINVAL);
    EXPECT(par_recv(NULL, &number) == EINVAL && par_try_recv(NULL, &number) == EINVAL);
    all = ends_of_numbers(&kinds[1]);
    EXPECT(par_send(all.sender, NULL) == EINVAL && par_try_send(all.sender, NULL) == EINVAL);
    EXPECT(par_recv(all.receiver, NULL) == EINVAL && par_try_recv(all.receiver, NULL) == EINVAL);
    EXPECT(par_channel_for_each(all.receiver, NULL, NULL) == EINVAL);
    EXPECT(par_channel_for_each(NULL, add_up, NULL) == EINVAL);
    ends_drop(&all);
    return NULL;
}

static const char *signal_once(const kind *of, const shape *element)
{
    ends all;
    if (element->size != 0)
        return NULL;
    EXPECT(ends_make(&all, of, element, NULL) == 0);
    EXPECT(par_send(all.sender, NULL) == 0);
    EXPECT(par_receiver_length(all.receiver) == 1);
    EXPECT(par_recv(all.receiver, NULL) == 0);
    EXPECT(par_try_recv(all.receiver, NULL) == EAGAIN);
    ends_drop(&all);
    return NULL;
}

const char *channel_takes_signals_without_bytes(void)
{
    return each_kind(KINDS_ROOMY, signal_once);
}

typedef struct point {
    double x;
    short y;
} point;

PAR_CHANNEL_DEFINE(points, point);

const char *channel_is_typed(void)
{
    points_sender sender;
    points_receiver receiver;
    EXPECT(points_create(&sender, &receiver, 8) == 0);
    const point two[2] = {{1.5, 2}, {3.5, 4}};
    size_t moved = 0;
    EXPECT(points_send(sender, two[0]) == 0 && points_try_send(sender, two[1]) == 0);
    EXPECT(points_send_many(sender, two, 2, &moved) == 0 && moved == 2);
    EXPECT(points_send_until(points_sender_clone(sender), two[1], PAR_FOREVER, NULL) == 0);
    point got[3];
    EXPECT(points_recv(points_receiver_clone(receiver), &got[0]) == 0 && got[0].y == 2);
    EXPECT(points_try_recv(receiver, &got[0]) == 0 && got[0].y == 4);
    EXPECT(points_recv_many(receiver, got, 3, &moved) == 0 && moved == 3 && got[2].y == 4);
    points_sender_close(sender);
    EXPECT(points_recv_until(receiver, got, PAR_FOREVER, NULL) == EPIPE);
    points_receiver_close(receiver);
    for (size_t i = 0; i < 2; i++) {
        points_sender_drop(sender);
        points_receiver_drop(receiver);
    }
    return NULL;
}

/* ---- time ---- */

const char *timer_fires_once(void)
{
    const uint64_t before = par_now();
    par_receiver *after = par_after(PAR_MS(2));
    par_deadline due = 0;
    EXPECT(after != NULL && par_recv(after, &due) == 0);
    EXPECT(due >= before + PAR_MS(2) && due <= par_now());
    EXPECT(par_receiver_is_closed(after) && par_receiver_length(after) == 0);
    EXPECT(par_recv(after, &due) == EPIPE && par_try_recv(after, &due) == EPIPE);
    par_receiver_drop(after);

    after = par_after(PAR_S(3600));
    EXPECT(par_try_recv(after, &due) == EAGAIN && par_receiver_length(after) == 0);
    EXPECT(par_recv_until(after, &due, par_in(1000), NULL) == ETIMEDOUT);
    par_receiver_close(after);
    EXPECT(par_recv(after, &due) == EPIPE);
    par_receiver_drop(after);

    after = par_after(UINT64_MAX);
    EXPECT(par_try_recv(after, &due) == EAGAIN);
    par_receiver_drop(after);
    return NULL;
}

typedef struct hall {
    par_receiver *after;
    atomic_size_t received;
    atomic_size_t ended;
} hall;

static void wait_for_time(size_t index, void *arg)
{
    hall *const all = arg;
    par_deadline due = 0;
    (void)index;
    const int code = par_recv(all->after, &due);
    atomic_fetch_add(&all->received, code == 0);
    atomic_fetch_add(&all->ended, code == EPIPE);
}

/* Those who have looked at the clock before the time, and then sleep, are told of the end. */
const char *timer_fires_for_one_of_many(void)
{
    enum { ROUNDS = 200, MANY = 4 };
    for (int round = 0; round < ROUNDS; round++) {
        hall all = {.after = par_after(PAR_US(50))};
        EXPECT(all.after != NULL);
        crowd_run(MANY, wait_for_time, &all);
        EXPECT(atomic_load(&all.received) == 1 && atomic_load(&all.ended) == MANY - 1);
        par_receiver_drop(all.after);
    }
    return NULL;
}

const char *timer_ticks_on_schedule(void)
{
    enum { PERIOD = 300000 };
    par_receiver *tick = par_tick(PERIOD);
    par_deadline first = 0;
    EXPECT(tick != NULL && par_recv(tick, &first) == 0);
    par_deadline last = first;
    for (size_t i = 0; i < 20; i++) {
        par_deadline due = 0;
        EXPECT(par_recv(tick, &due) == 0);
        EXPECT(due > last && due <= par_now() && (due - first) % PERIOD == 0);
        last = due;
    }
    par_receiver *same = par_receiver_clone(tick);
    EXPECT(par_recv(same, &last) == 0 && (last - first) % PERIOD == 0);
    par_receiver_drop(same);
    par_receiver_drop(tick);
    EXPECT(par_tick(0) == NULL);
    return NULL;
}

const char *timer_never_fires(void)
{
    par_receiver *never = par_never();
    par_deadline due = 5;
    EXPECT(never != NULL && par_try_recv(never, &due) == EAGAIN);
    EXPECT(par_recv_until(never, &due, par_in(1000), NULL) == ETIMEDOUT && due == 5);
    EXPECT(!par_receiver_is_closed(never) && par_receiver_senders(never) == 0);
    par_receiver_drop(never);
    return NULL;
}
