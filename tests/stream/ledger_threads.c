/* SPDX-License-Identifier: MIT */
/* ledger_threads.c - every element is received once, or dropped once, or stays with its sender:
 * books of ten million elements over all kinds of channels and numbers of threads, and of channels
 * that are made, closed and dropped while others use them. LEDGER_FACTOR makes both longer. */
#include "stream/elements.h"

static size_t longer(size_t n)
{
    const char *text = getenv("LEDGER_FACTOR");
    return scaled(n) * (text != NULL ? strtoul(text, NULL, 10) : 1);
}

/* ---- every element once ---- */

typedef struct flow {
    const char *name;
    kind of;
    size_t n;
    size_t batch;
    bool selects;
} flow;

/* Together ten million. */
static const flow flows[] = {
    {"list", {"list", PAR_UNBOUNDED, 0}, 1200000, 1, false},
    {"list by many", {"list", PAR_UNBOUNDED, 0}, 400000, 50, false},
    {"list by select", {"list", PAR_UNBOUNDED, 0}, 200000, 1, true},
    {"array", {"array", 1000, 0}, 400000, 1, false},
    {"array by many", {"array", 1000, 0}, 200000, 50, false},
    {"array of 7", {"array", 7, 0}, 50000, 1, false},
    {"array of 7 by many", {"array", 7, 0}, 20000, 20, false},
    {"array by select", {"array", 64, 0}, 20000, 1, true},
    {"array of 1", {"array", 1, 0}, 5000, 1, false},
    {"zero", {"zero", 0, 0}, 4000, 1, false},
    {"zero by select", {"zero", 0, 0}, 1000, 1, true},
};

static const flow alone[] = {
    {"spsc", {"spsc", 1000, PAR_CHANNEL_SPSC}, 600000, 1, false},
    {"spsc by many", {"spsc", 1000, PAR_CHANNEL_SPSC}, 300000, 50, false},
    {"spsc of 3", {"spsc", 3, PAR_CHANNEL_SPSC}, 90000, 1, false},
    {"spsc of 1", {"spsc", 1, PAR_CHANNEL_SPSC}, 10000, 1, false},
};

enum { MOST_THREADS = 4, BATCH = 50 };

typedef struct message {
    size_t sender;
    size_t number;
    size_t sum;
} message;

typedef struct book {
    const flow *of;
    ends all;
    size_t senders;
    size_t receivers;
    size_t each;           /* messages of one sender */
    unsigned char *counts; /* how often each was received; a race here is a message twice */
    atomic_size_t received;
    atomic_size_t problems;
} book;

static message message_make(size_t sender, size_t number)
{
    return (message){sender, number, sender * 31 + number * 7 + 1};
}

static void complain_if(book *all, bool is_wrong)
{
    if (is_wrong)
        atomic_fetch_add(&all->problems, 1);
}

static int book_send(const book *all, par_sender *sender, const message *some, size_t n)
{
    if (!all->of->selects)
        return n == 1 ? par_send(sender, some) : par_send_many(sender, some, n, NULL);
    size_t chosen;
    par_select_case cases[] = {PAR_SELECT_SEND(sender, some)};
    const int code = par_select(cases, 1, PAR_FOREVER, NULL, 0, &chosen);
    return code != 0 ? code : cases[0].result;
}

static int book_receive(const book *all, par_receiver *receiver, message *some, size_t *n)
{
    *n = 1;
    if (!all->of->selects)
        return all->of->batch == 1 ? par_recv(receiver, some)
                                   : par_recv_many(receiver, some, BATCH, n);
    size_t chosen;
    message other;
    par_select_case cases[] = {PAR_SELECT_RECV(receiver, some), PAR_SELECT_RECV(receiver, &other)};
    const int code = par_select(cases, 2, PAR_FOREVER, NULL, 0, &chosen);
    if (code == 0 && chosen == 1)
        *some = other;
    return code != 0 ? code : cases[chosen].result;
}

static void be_sender(book *all, size_t sender)
{
    message some[BATCH];
    for (size_t sent = 0; sent < all->each;) {
        size_t n = 0;
        for (; n < all->of->batch && sent + n < all->each; n++)
            some[n] = message_make(sender, sent + n);
        complain_if(all, book_send(all, all->all.sender, some, n) != 0);
        sent += n;
    }
    par_sender_drop(all->all.sender);
}

static void be_receiver(book *all)
{
    message some[BATCH];
    size_t next[MOST_THREADS] = {0};
    size_t n = 0;
    size_t received = 0;
    while (book_receive(all, all->all.receiver, some, &n) == 0) {
        received += n;
        for (size_t i = 0; i < n; i++) {
            const message wanted = message_make(some[i].sender, some[i].number);
            complain_if(all, some[i].sum != wanted.sum);
            complain_if(all, some[i].number < next[some[i].sender]);
            next[some[i].sender] = some[i].number + 1;
            all->counts[some[i].sender * all->each + some[i].number]++;
        }
    }
    atomic_fetch_add(&all->received, received);
    par_receiver_drop(all->all.receiver);
}

static void be_either(size_t number, void *arg)
{
    book *all = arg;
    if (number < all->senders)
        be_sender(all, number);
    else
        be_receiver(all);
}

static const char *keep_book(const flow *of, size_t senders, size_t receivers)
{
    static const shape element = {sizeof(message), 0};
    const size_t n = longer(of->n);
    book all = {.of = of, .senders = senders, .receivers = receivers, .each = n / senders};
    all.counts = calloc(n, 1);
    EXPECT(all.counts != NULL && ends_make(&all.all, &of->of, &element, NULL) == 0);
    for (size_t i = 1; i < senders; i++)
        par_sender_clone(all.all.sender);
    for (size_t i = 1; i < receivers; i++)
        par_receiver_clone(all.all.receiver);
    crowd_run(senders + receivers, be_either, &all);
    size_t missing = 0;
    for (size_t i = 0; i < all.each * senders; i++)
        missing += all.counts[i] != 1;
    free(all.counts);
    if (missing != 0 || atomic_load(&all.problems) != 0 ||
        atomic_load(&all.received) != all.each * senders)
        return wrong("%s, %zu senders, %zu receivers: %zu of %zu received, %zu not once, %zu "
                     "problems",
                     of->name, senders, receivers, atomic_load(&all.received), all.each * senders,
                     missing, atomic_load(&all.problems));
    return NULL;
}

const char *ledger_every_element_once(void);
const char *ledger_every_element_once(void)
{
    static const size_t crowds[][2] = {{1, 1}, {4, 1}, {1, 4}, {4, 4}};
    for (size_t i = 0; i < sizeof flows / sizeof flows[0]; i++) {
        for (size_t j = 0; j < 4; j++) {
            const char *problem = keep_book(&flows[i], crowds[j][0], crowds[j][1]);
            if (problem != NULL)
                return problem;
        }
    }
    for (size_t i = 0; i < sizeof alone / sizeof alone[0]; i++) {
        const char *problem = keep_book(&alone[i], 1, 1);
        if (problem != NULL)
            return problem;
    }
    return NULL;
}

/* ---- ends that come and go ---- */

/* Threads for many short lives of channels: a race is over sooner than a thread begins. */
typedef struct lives {
    kind of;
    size_t threads;
    size_t rounds;
    atomic_size_t arrived;
    atomic_size_t left;
    ends all;
    atomic_size_t sent;
    atomic_size_t received;
    atomic_size_t dropped;
    atomic_size_t problems;
} lives;

static void count_drop(void *element, void *ctx)
{
    lives *all = ctx;
    atomic_fetch_add(&all->dropped, *(size_t *)element == 77 ? 1 : 1000);
}

static void make_channel(lives *all)
{
    par_channel_options options = PAR_CHANNEL_OPTIONS_INIT;
    options.element_size = sizeof(size_t);
    options.capacity = all->of.capacity;
    options.flags = all->of.flags;
    options.drop = count_drop;
    options.drop_ctx = all;
    if (par_channel_create(&all->all.sender, &all->all.receiver, &options) != 0)
        abort();
    for (size_t i = 2; i < all->threads; i += 2) {
        par_sender_clone(all->all.sender);
        par_receiver_clone(all->all.receiver);
    }
}

/* All have come: the first of them does what one does. */
static void step(lives *all, size_t number, size_t round, void (*fn)(lives *))
{
    const size_t now = atomic_fetch_add(&all->arrived, 1) + 1;
    if (number == 0) {
        await_count(&all->arrived, round * all->threads);
        fn(all);
        atomic_store(&all->left, round);
    } else {
        (void)now;
        await_count(&all->left, round);
    }
}

static void settle_accounts(lives *all)
{
    const size_t sent = atomic_exchange(&all->sent, 0);
    const size_t received = atomic_exchange(&all->received, 0);
    const size_t dropped = atomic_exchange(&all->dropped, 0);
    if (sent != received + dropped)
        atomic_fetch_add(&all->problems, 1);
}

static void live_as_sender(lives *all, size_t times, uint64_t *random)
{
    const size_t element = 77;
    for (size_t i = 0; i < times; i++) {
        const int code = random_below(random, 2) == 0 ? par_send(all->all.sender, &element)
                                                      : par_try_send(all->all.sender, &element);
        atomic_fetch_add(&all->sent, code == 0);
    }
    if (random_below(random, 3) == 0)
        par_sender_close(all->all.sender);
    par_sender_drop(all->all.sender);
}

static void live_as_receiver(lives *all, size_t times, uint64_t *random)
{
    size_t into = 0;
    for (size_t i = 0; i < times; i++) {
        const int code = random_below(random, 2) == 0 ? par_recv(all->all.receiver, &into)
                                                      : par_try_recv(all->all.receiver, &into);
        atomic_fetch_add(&all->received, code == 0);
    }
    if (random_below(random, 3) == 0)
        par_receiver_close(all->all.receiver);
    par_receiver_drop(all->all.receiver);
}

static void live(size_t number, void *arg)
{
    lives *all = arg;
    uint64_t random = number;
    for (size_t round = 0; round < all->rounds; round++) {
        step(all, number, 2 * round + 1, make_channel);
        const size_t times = random_below(&random, 4);
        if (number % 2 == 0)
            live_as_sender(all, times, &random);
        else
            live_as_receiver(all, times, &random);
        step(all, number, 2 * round + 2, settle_accounts);
    }
}

static const char *live_often(const kind *of, size_t threads, size_t rounds)
{
    lives all = {.of = *of, .threads = threads, .rounds = rounds};
    crowd_run(threads, live, &all);
    return atomic_load(&all.problems) == 0
               ? NULL
               : wrong("%s of %zd: %zu of %zu accounts do not settle", of->name,
                       (ssize_t)of->capacity, atomic_load(&all.problems), rounds);
}

/* A hundred thousand lives. */
const char *ledger_of_short_lives(void);
const char *ledger_of_short_lives(void)
{
    for (size_t k = 0; k < KINDS; k++) {
        const char *problem = live_often(&kinds[k], 2, longer(11000));
        if (problem == NULL && kinds[k].flags == 0)
            problem = live_often(&kinds[k], 4, longer(5000));
        if (problem != NULL)
            return problem;
    }
    return NULL;
}

#define LEDGER_CHECKS(X)                                                                           \
    X(ledger, every_element_once)                                                                  \
    X(ledger, of_short_lives)

const check checks[] = {LEDGER_CHECKS(CHECK_ROW){NULL, NULL}};
