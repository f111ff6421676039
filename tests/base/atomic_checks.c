/* SPDX-License-Identifier: MIT */
/* atomic_checks.c - counters, flags and tickets shared by threads; plain data published through
 * each pair of names, which ThreadSanitizer judges; and the store-buffering litmus. */
#include "base/atomic_checks.h"

#include "base/atomic.h"
#include "base/cacheline.h"

enum { THREADS = 4 };

/* ---- nothing is lost ---- */

typedef struct counters {
    size_t rounds;
    size_t relaxed;
    size_t sequential;
    size_t swapped;
    size_t swapped_sequentially;
    unsigned swapped32;
} counters;

static void count_in(size_t number, void *arg)
{
    counters *shared = arg;
    (void)number;
    for (size_t i = 0; i < shared->rounds; i++) {
        ws_add_relaxed(&shared->relaxed, 3);
        ws_add_seq_cst(&shared->sequential, (size_t)-1);
        size_t seen;
        do {
            seen = ws_load_relaxed(&shared->swapped);
        } while (!ws_cas_acq_rel(&shared->swapped, seen, seen + 1));
        do {
            seen = ws_load_seq_cst(&shared->swapped_sequentially);
        } while (!ws_cas_seq_cst(&shared->swapped_sequentially, seen, seen + 1));
        unsigned seen32;
        do {
            seen32 = ws_load32_relaxed(&shared->swapped32);
        } while (!ws_cas32_acq_rel(&shared->swapped32, seen32, seen32 + 1));
    }
}

const char *atomic_adds_lose_nothing(void)
{
    counters shared = {.rounds = scaled(50000)};
    crowd_run(THREADS, count_in, &shared);
    const size_t all = THREADS * shared.rounds;
    if (shared.relaxed != 3 * all || shared.sequential + all != 0)
        return wrong("adds: %zu and %zu after %zu", shared.relaxed, shared.sequential, all);
    if (shared.swapped != all || shared.swapped_sequentially != all || shared.swapped32 != all)
        return wrong("swaps: %zu, %zu and %u after %zu", shared.swapped,
                     shared.swapped_sequentially, shared.swapped32, all);
    return NULL;
}

/* ---- bits ---- */

typedef struct flags {
    size_t rounds;
    size_t word;
    atomic_size_t mistakes;
} flags;

/* Each thread sets and clears a bit of its own, and must find it as it left it. */
static void flip_own_bit(size_t number, void *arg)
{
    flags *shared = arg;
    const size_t bit = (size_t)1 << (number * 63 / (THREADS - 1));
    for (size_t i = 0; i < shared->rounds; i++) {
        const size_t before = ws_or_seq_cst(&shared->word, bit);
        const size_t after = ws_and_seq_cst(&shared->word, ~bit);
        if ((before & bit) != 0 || (after & bit) == 0)
            atomic_fetch_add(&shared->mistakes, 1);
    }
}

const char *atomic_bits_are_set_and_cleared_alone(void)
{
    flags shared = {.rounds = scaled(50000)};
    crowd_run(THREADS, flip_own_bit, &shared);
    if (atomic_load(&shared.mistakes) != 0)
        return wrong("%zu bits were not as they were left", atomic_load(&shared.mistakes));
    return shared.word == 0 ? NULL : wrong("%#zx is left", shared.word);
}

/* ---- one winner ---- */

typedef struct race {
    size_t rounds;
    size_t ticket;
    atomic_size_t wins;
} race;

static void win_tickets(size_t number, void *arg)
{
    race *shared = arg;
    (void)number;
    for (size_t i = 0; i < shared->rounds; i++) {
        const bool won = i % 2 == 0 ? ws_cas_acq_rel(&shared->ticket, i, i + 1)
                                    : ws_cas_seq_cst(&shared->ticket, i, i + 1);
        if (won)
            atomic_fetch_add(&shared->wins, 1);
        while (ws_load_relaxed(&shared->ticket) <= i)
            sched_yield();
    }
}

const char *atomic_compare_and_swap_has_one_winner(void)
{
    race shared = {.rounds = scaled(20000)};
    crowd_run(THREADS, win_tickets, &shared);
    const size_t wins = atomic_load(&shared.wins);
    return wins == shared.rounds ? NULL : wrong("%zu wins in %zu races", wins, shared.rounds);
}

/* ---- exchange ---- */

typedef struct market {
    size_t rounds;
    size_t word;
    size_t word_sequential;
    unsigned word32;
    size_t sums[THREADS][3];
} market;

/* Everything that goes in comes out once: all that were put in and all that came out, with what is
 * left at the end, have the same sums. */
static void trade(size_t number, void *arg)
{
    market *shared = arg;
    for (size_t i = 0; i < shared->rounds; i++) {
        const size_t mine = number * shared->rounds + i + 1;
        shared->sums[number][0] += ws_exchange_acq_rel(&shared->word, mine) - mine;
        shared->sums[number][1] += ws_exchange_seq_cst(&shared->word_sequential, mine) - mine;
        shared->sums[number][2] += ws_exchange32_acq_rel(&shared->word32, (unsigned)mine) - mine;
    }
}

const char *atomic_exchange_hands_each_value_to_one(void)
{
    market shared = {.rounds = scaled(50000)};
    crowd_run(THREADS, trade, &shared);
    size_t sums[3] = {shared.word, shared.word_sequential, shared.word32};
    for (size_t i = 0; i < THREADS * 3; i++)
        sums[i % 3] += shared.sums[i / 3][i % 3];
    if (sums[0] != 0 || sums[1] != 0 || sums[2] != 0)
        return wrong("off by %zd, %zd and %zd", (ptrdiff_t)sums[0], (ptrdiff_t)sums[1],
                     (ptrdiff_t)sums[2]);
    return NULL;
}

/* ---- publication ---- */

typedef void publish_fn(size_t *word, size_t value);
typedef size_t take_fn(size_t *word);

static void by_exchange(size_t *word, size_t value)
{
    ws_exchange_acq_rel(word, value);
}

static void by_sequential_exchange(size_t *word, size_t value)
{
    ws_exchange_seq_cst(word, value);
}

static void by_sequential_add(size_t *word, size_t value)
{
    (void)value;
    ws_add_seq_cst(word, 1);
}

static void by_or(size_t *word, size_t value)
{
    /* Odd values set the bit, even ones clear it: here and in `by_and` the word is value % 2. */
    if (value % 2 != 0)
        ws_or_seq_cst(word, 1);
    else
        ws_and_seq_cst(word, ~(size_t)1);
}

static void by_cas(size_t *word, size_t value)
{
    ws_cas_acq_rel(word, value - 1, value);
}

static void by_sequential_cas(size_t *word, size_t value)
{
    ws_cas_seq_cst(word, value - 1, value);
}

static size_t acquire(size_t *word)
{
    return ws_load_acquire(word);
}

static size_t load_sequentially(size_t *word)
{
    return ws_load_seq_cst(word);
}

static size_t take_by_add(size_t *word)
{
    return ws_add_seq_cst(word, 0);
}

static size_t take_by_or(size_t *word)
{
    return ws_or_seq_cst(word, 0);
}

/* A value that is only seen after a swap of it against itself. */
static size_t take_by_cas(size_t *word)
{
    const size_t seen = ws_load_relaxed(word);
    return ws_cas_acq_rel(word, seen, seen) ? seen : (size_t)-1;
}

static size_t take_by_sequential_cas(size_t *word)
{
    const size_t seen = ws_load_relaxed(word);
    return ws_cas_seq_cst(word, seen, seen) ? seen : (size_t)-1;
}

typedef struct way {
    publish_fn *publish;
    take_fn *take;
    size_t mask; /* the bits of the value that the word holds */
} way;

static const way ways[] = {
    {ws_store_release, acquire, SIZE_MAX},     {ws_store_release, load_sequentially, SIZE_MAX},
    {ws_store_release, take_by_cas, SIZE_MAX}, {ws_store_release, take_by_sequential_cas, SIZE_MAX},
    {ws_store_release, take_by_add, SIZE_MAX}, {ws_store_release, take_by_or, SIZE_MAX},
    {by_exchange, acquire, SIZE_MAX},          {by_sequential_exchange, acquire, SIZE_MAX},
    {by_sequential_add, acquire, SIZE_MAX},    {by_cas, acquire, SIZE_MAX},
    {by_sequential_cas, acquire, SIZE_MAX},    {by_or, acquire, 1},
};

typedef struct letter {
    const way *by;
    size_t rounds;
    WS_OWN_LINE size_t sent;
    WS_OWN_LINE size_t read;
    WS_OWN_LINE size_t text[4]; /* plain */
    size_t mistakes;
} letter;

static void write_and_read(size_t number, void *arg)
{
    letter *mail = arg;
    for (size_t i = 1; i <= mail->rounds; i++) {
        if (number == 0) {
            for (size_t j = 0; j < 4; j++)
                mail->text[j] = i + j;
            mail->by->publish(&mail->sent, i);
            while (ws_load_acquire(&mail->read) != i)
                sched_yield();
            continue;
        }
        while (mail->by->take(&mail->sent) != (i & mail->by->mask))
            sched_yield();
        for (size_t j = 0; j < 4; j++)
            mail->mistakes += mail->text[j] != i + j;
        ws_store_release(&mail->read, i);
    }
}

const char *atomic_values_are_handed_over_whole(void)
{
    for (size_t i = 0; i < sizeof ways / sizeof ways[0]; i++) {
        letter mail = {.by = &ways[i], .rounds = scaled(5000)};
        crowd_run(2, write_and_read, &mail);
        if (mail.mistakes != 0)
            return wrong("way %zu: %zu words came too late", i, mail.mistakes);
    }
    return NULL;
}

/* ---- store buffering ---- */

typedef size_t see_fn(size_t *mine, size_t *other, size_t value);

static size_t exchange_and_load(size_t *mine, size_t *other, size_t value)
{
    ws_exchange_seq_cst(mine, value);
    return ws_load_seq_cst(other);
}

static size_t add_and_load(size_t *mine, size_t *other, size_t value)
{
    (void)value;
    ws_add_seq_cst(mine, 1);
    return ws_load_seq_cst(other);
}

static size_t swap_and_load(size_t *mine, size_t *other, size_t value)
{
    ws_cas_seq_cst(mine, value - 1, value);
    return ws_load_seq_cst(other);
}

typedef struct mirror {
    see_fn *see;
    size_t rounds;
    WS_OWN_LINE size_t words[2][WS_CACHELINE / sizeof(size_t)];
    WS_OWN_LINE size_t saw[2];
    WS_OWN_LINE atomic_size_t arrived;
    size_t both_missed;
} mirror;

static void meet_at(mirror *shared, size_t all)
{
    atomic_fetch_add(&shared->arrived, 1);
    for (size_t i = 1; atomic_load(&shared->arrived) < all; i++) {
        if (i % 1024 == 0)
            sched_yield();
    }
}

static void look_at_each_other(size_t number, void *arg)
{
    mirror *shared = arg;
    size_t *mine = shared->words[number];
    size_t *other = shared->words[1 - number];
    for (size_t i = 1; i <= shared->rounds; i++) {
        meet_at(shared, 4 * i - 2);
        shared->saw[number] = shared->see(mine, other, i);
        meet_at(shared, 4 * i);
        if (number == 0)
            shared->both_missed += shared->saw[0] != i && shared->saw[1] != i;
    }
}

const char *atomic_sequential_accesses_see_each_other(void)
{
    see_fn *const ways_to_see[] = {exchange_and_load, add_and_load, swap_and_load};
    for (size_t i = 0; i < 3; i++) {
        mirror shared = {.see = ways_to_see[i], .rounds = scaled(10000)};
        crowd_run(2, look_at_each_other, &shared);
        if (shared.both_missed != 0)
            return wrong("way %zu: in %zu rounds neither saw the other", i, shared.both_missed);
    }
    return NULL;
}
