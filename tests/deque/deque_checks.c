/* SPDX-License-Identifier: MIT */
/* deque_checks.c - an owner and its thieves. Every item is an entry of a ledger: whoever takes it
 * counts it there, and reads its text, which its owner wrote without any atomic access. Every entry
 * must be counted once. */
#include "deque/deque_checks.h"

#include "deque/deque.h"

enum { CAPACITY = 64, MOST_THIEVES = 3 };

typedef struct entry {
    size_t text; /* plain; its number */
    atomic_size_t taken;
} entry;

typedef struct scene {
    ws_deque deque;
    WS_OWN_LINE atomic_size_t arrived; /* thieves */
    WS_OWN_LINE atomic_bool end;
    size_t thieves;
    size_t rounds;
    size_t burst; /* items of a round; 0: the owner pushes and pops at random */
    size_t first; /* the index at which the deque begins */
    ws_may_take *may;
    entry *ledger;
    size_t entries;
    atomic_size_t misprints; /* items whose words or text are not theirs */
    atomic_size_t unordered; /* steals that brought something older than the last one */
    atomic_size_t forbidden; /* steals of what thieves may not take */
    atomic_size_t owners;    /* what the owner has popped */
} scene;

static ws_item item_of(entry *what)
{
    return (ws_item){(size_t)what, ~(size_t)what};
}

/* Its number. */
static size_t count_taken(scene *play, const ws_item *item)
{
    entry *what = (entry *)item->first;
    const size_t number = (size_t)(what - play->ledger);
    if (item->second != ~item->first || number >= play->entries || what->text != number) {
        atomic_fetch_add(&play->misprints, 1);
        return 0;
    }
    atomic_fetch_add(&what->taken, 1);
    return number;
}

static bool push_entry(scene *play, size_t number)
{
    entry *what = &play->ledger[number];
    what->text = number;
    return ws_deque_push(&play->deque, item_of(what));
}

static bool pop_entry(scene *play)
{
    ws_item item;
    if (!ws_deque_pop(&play->deque, &item))
        return false;
    count_taken(play, &item);
    atomic_fetch_add(&play->owners, 1);
    return true;
}

/* A thief's steals come in the order in which the items were pushed. */
static bool steal_entry(scene *play, size_t *last)
{
    ws_item item;
    if (!ws_deque_steal(&play->deque, &item, play->may, play))
        return false;
    const size_t number = count_taken(play, &item);
    if (number + 1 <= *last)
        atomic_fetch_add(&play->unordered, 1);
    if (play->may != NULL && !play->may(&item, play))
        atomic_fetch_add(&play->forbidden, 1);
    *last = number + 1;
    return true;
}

static void steal_until_end(scene *play)
{
    enum { PATIENCE = 200 };
    size_t last = 0;
    for (size_t failed = 0; !atomic_load(&play->end);) {
        failed = steal_entry(play, &last) ? 0 : failed + 1;
        if (failed % PATIENCE == PATIENCE - 1)
            sched_yield();
    }
}

/* ---- rounds: the owner pushes a few items and pops them a moment later ---- */

static void own_rounds(scene *play)
{
    enum { LONGEST = 60, TURN = 4096 };
    uint64_t seed = play->burst;
    size_t next = 0;
    await_count(&play->arrived, play->thieves);
    for (size_t round = 0; round < play->rounds; round++) {
        for (size_t i = 0; i < play->burst; i++)
            push_entry(play, next++);
        const size_t delay = random_below(&seed, LONGEST);
        for (volatile size_t i = 0; i < delay;)
            i++;
        for (size_t i = 0; i < play->burst; i++)
            pop_entry(play);
        if (round % TURN == 0) /* on a busy machine, so that the thieves run too */
            sched_yield();
    }
    atomic_store(&play->end, true);
}

static void play_rounds(size_t number, void *arg)
{
    scene *play = arg;
    if (number == 0) {
        own_rounds(play);
        return;
    }
    atomic_fetch_add(&play->arrived, 1);
    steal_until_end(play);
}

/* ---- at random: the owner grows and shrinks the deque, up to its end and down to nothing ---- */

static void own_at_random(scene *play)
{
    uint64_t seed = play->entries;
    size_t next = 0;
    while (next < play->entries) {
        const size_t pushes = random_below(&seed, seed % 8 == 0 ? 2 * CAPACITY : 5);
        for (size_t i = 0; i < pushes && next < play->entries; i++)
            next += push_entry(play, next);
        const size_t pops = random_below(&seed, seed % 8 == 1 ? 2 * CAPACITY : 5);
        for (size_t i = 0; i < pops; i++)
            pop_entry(play);
        if (seed % 64 == 0)
            sched_yield();
    }
    while (pop_entry(play))
        continue;
    atomic_store(&play->end, true);
}

static void play_at_random(size_t number, void *arg)
{
    scene *play = arg;
    if (number == 0)
        own_at_random(play);
    else
        steal_until_end(play);
}

/* ---- a play and its end ---- */

static const char *problem_of(const scene *play)
{
    if (atomic_load(&play->misprints) != 0)
        return wrong("%zu items were not what had been pushed", atomic_load(&play->misprints));
    for (size_t i = 0; i < play->entries; i++) {
        const size_t taken = atomic_load(&play->ledger[i].taken);
        if (taken != 1)
            return wrong("item %zu of %zu was taken %zu times", i, play->entries, taken);
    }
    if (atomic_load(&play->unordered) != 0)
        return wrong("%zu steals brought an older item", atomic_load(&play->unordered));
    if (atomic_load(&play->forbidden) != 0)
        return wrong("%zu steals of what may not be taken", atomic_load(&play->forbidden));
    if (!ws_deque_is_empty(&play->deque) || ws_deque_count(&play->deque) != 0)
        return wrong("%zu items are left", ws_deque_count(&play->deque));
    return NULL;
}

static const char *perform(scene *play, crowd_fn *fn)
{
    play->ledger = calloc(play->entries, sizeof *play->ledger);
    if (play->ledger == NULL || ws_deque_init(&play->deque, CAPACITY) != 0)
        abort();
    play->deque.top = play->first;
    play->deque.bottom = play->first;
    crowd_run(play->thieves + 1, fn, play);
    const char *problem = problem_of(play);
    ws_deque_fini(&play->deque);
    free(play->ledger);
    return problem;
}

static const char *race_for(size_t burst, size_t thieves)
{
    static scene play;
    const size_t rounds = scaled(500000);
    play = (scene){.thieves = thieves, .rounds = rounds, .burst = burst};
    play.entries = rounds * burst;
    return perform(&play, play_rounds);
}

const char *deque_gives_a_last_item_to_owner_or_one_thief(void)
{
    return race_for(1, 1);
}

const char *deque_gives_a_last_item_to_owner_or_two_thieves(void)
{
    return race_for(1, 2);
}

const char *deque_gives_a_last_item_to_owner_or_three_thieves(void)
{
    return race_for(1, 3);
}

const char *deque_gives_each_of_two_items_to_one(void)
{
    return race_for(2, 2);
}

const char *deque_gives_each_item_once_to_owner_and_a_thief(void)
{
    static scene play;
    play = (scene){.thieves = 1, .entries = scaled(200000)};
    return perform(&play, play_at_random);
}

const char *deque_gives_each_item_once_to_owner_and_three_thieves(void)
{
    static scene play;
    play = (scene){.thieves = MOST_THIEVES, .entries = scaled(200000)};
    return perform(&play, play_at_random);
}

const char *deque_gives_each_item_once_across_the_end_of_indices(void)
{
    static scene play;
    const size_t before_end = SIZE_MAX - 5 * CAPACITY;
    play = (scene){.thieves = MOST_THIEVES, .entries = scaled(50000)};
    play.first = before_end;
    return perform(&play, play_at_random);
}

/* ---- what thieves may not have ---- */

static bool is_odd(const ws_item *item, const void *ctx)
{
    const scene *play = ctx;
    return (size_t)((const entry *)item->first - play->ledger) % 2 == 1;
}

const char *deque_gives_thieves_only_what_they_may_take(void)
{
    static scene play;
    play = (scene){.thieves = 2, .entries = scaled(100000), .may = is_odd};
    return perform(&play, play_at_random);
}

/* ---- full ---- */

/* The owner only pushes, into a deque that is mostly full: a slot must not be filled again before
 * its item has been taken. */
static void push_only(size_t number, void *arg)
{
    scene *play = arg;
    if (number != 0) {
        steal_until_end(play);
        return;
    }
    for (size_t next = 0; next < play->entries;) {
        const bool pushed = push_entry(play, next);
        next += pushed;
        if (!pushed)
            sched_yield();
    }
    while (!ws_deque_is_empty(&play->deque))
        sched_yield();
    atomic_store(&play->end, true);
}

const char *deque_never_loses_its_end(void)
{
    static scene play;
    play = (scene){.thieves = MOST_THIEVES, .entries = scaled(100000)};
    return perform(&play, push_only);
}
