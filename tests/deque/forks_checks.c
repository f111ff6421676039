/* SPDX-License-Identifier: MIT */
/* forks_checks.c - an owner and its thieves. Every entry is one of a ledger: whoever takes it
 * counts it there, and reads its text, which its owner wrote without any atomic access. Every entry
 * must be counted once, and the owner must be right about which were stolen. */
#include "deque/forks_checks.h"

#include "base/barrier.h"
#include "deque/forks_owner.h"

enum { CAPACITY = 128, ASKS = 1, FORCES = 2 };

typedef struct entry {
    size_t text; /* plain; its number */
    atomic_size_t taken;
} entry;

typedef struct scene {
    ws_forks forks;
    WS_OWN_LINE atomic_size_t ready; /* thieves */
    WS_OWN_LINE atomic_bool end;
    size_t thieves;
    bool has_private;
    unsigned thieves_ways; /* ASKS, FORCES */
    size_t deepest;        /* of the owner's random walk */
    size_t lowest;         /* thieves take nothing below it */
    entry *ledger;
    size_t entries;
    atomic_size_t mistakes;  /* entries that were not what had been pushed */
    atomic_size_t unordered; /* steals that brought something older than the last one */
    atomic_size_t stolen;
    atomic_size_t found_stolen; /* by the owner's pops */
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
        atomic_fetch_add(&play->mistakes, 1);
        return 0;
    }
    atomic_fetch_add(&what->taken, 1);
    return number;
}

/* ---- the owner ---- */

static void push_entry(scene *play, size_t number)
{
    entry *what = &play->ledger[number];
    what->text = number;
    if (!forks_owner_push(&play->forks, item_of(what)))
        abort(); /* it never goes so high */
}

static void pop_entry(scene *play)
{
    ws_item item;
    if (forks_owner_pop(&play->forks, &item))
        count_taken(play, &item);
    else
        atomic_fetch_add(&play->found_stolen, 1);
}

/* The owner goes up and down at random, as a recursion does; it stays at the bottom often. */
static void own(scene *play)
{
    enum { TURN = 4096, LONGEST = 40 };
    uint64_t seed = play->deepest;
    size_t next = 0;
    await_count(&play->ready, play->thieves);
    while (next < play->entries) {
        const size_t room = play->deepest - ws_forks_height(&play->forks);
        size_t pushes = random_below(&seed, room + 1);
        while (pushes-- > 0 && next < play->entries)
            push_entry(play, next++);
        const size_t delay = random_below(&seed, LONGEST);
        for (volatile size_t i = 0; i < delay;)
            i++;
        size_t pops = random_below(&seed, ws_forks_height(&play->forks) + 1);
        if (random_below(&seed, 4) == 0)
            pops = ws_forks_height(&play->forks);
        while (pops-- > 0)
            pop_entry(play);
        if (random_below(&seed, TURN) == 0) /* on a busy machine, so that the thieves run too */
            sched_yield();
    }
    while (ws_forks_height(&play->forks) > 0)
        pop_entry(play);
}

/* ---- the thieves ---- */

static bool steal_entry(scene *play, size_t *last)
{
    ws_item item;
    if (!ws_forks_steal(&play->forks, &item, play->lowest, NULL, NULL))
        return false;
    const size_t number = count_taken(play, &item);
    if (number + 1 <= *last)
        atomic_fetch_add(&play->unordered, 1);
    *last = number + 1;
    atomic_fetch_add(&play->stolen, 1);
    return true;
}

static void insist(scene *play, uint64_t *seed)
{
    if ((play->thieves_ways & FORCES) != 0 && random_below(seed, 16) == 0)
        ws_forks_revoke(&play->forks);
    else if ((play->thieves_ways & ASKS) != 0)
        ws_forks_request(&play->forks);
}

static void rob(scene *play, size_t number)
{
    enum { PATIENCE = 200 };
    uint64_t seed = number;
    size_t last = 0;
    atomic_fetch_add(&play->ready, 1);
    for (size_t failed = 0; !atomic_load(&play->end);) {
        if (steal_entry(play, &last)) {
            failed = 0;
            continue;
        }
        insist(play, &seed);
        if (++failed % PATIENCE == 0)
            sched_yield();
    }
}

/* ---- a play and its end ---- */

static void play_part(size_t number, void *arg)
{
    scene *play = arg;
    if (number != 0) {
        rob(play, number);
        return;
    }
    own(play);
    atomic_store(&play->end, true);
}

static const char *problem_of(const scene *play)
{
    if (atomic_load(&play->mistakes) != 0)
        return wrong("%zu entries were not what had been pushed", atomic_load(&play->mistakes));
    for (size_t i = 0; i < play->entries; i++) {
        const size_t taken = atomic_load(&play->ledger[i].taken);
        if (taken != 1)
            return wrong("entry %zu of %zu was taken %zu times", i, play->entries, taken);
    }
    if (atomic_load(&play->stolen) != atomic_load(&play->found_stolen))
        return wrong("%zu were stolen, and the owner missed %zu", atomic_load(&play->stolen),
                     atomic_load(&play->found_stolen));
    if (atomic_load(&play->unordered) != 0)
        return wrong("%zu steals brought an older entry", atomic_load(&play->unordered));
    return ws_forks_is_empty(&play->forks) ? NULL : wrong("something is left");
}

static const char *perform(scene *play, crowd_fn *fn)
{
    if (play->has_private && !ws_barrier_available())
        return NULL;
    play->ledger = calloc(play->entries, sizeof *play->ledger);
    if (play->ledger == NULL || ws_forks_init(&play->forks, CAPACITY, play->has_private) != 0)
        abort();
    crowd_run(play->thieves + 1, fn, play);
    const char *problem = problem_of(play);
    ws_forks_fini(&play->forks);
    free(play->ledger);
    return problem;
}

/* The same with one thief and with three, who take from each other's hands. */
static const char *perform_all(bool has_private, unsigned ways, size_t deepest, size_t entries)
{
    static scene play;
    const char *problem = NULL;
    for (size_t thieves = 1; problem == NULL && thieves <= 3; thieves += 2) {
        play = (scene){.thieves = thieves, .has_private = has_private, .thieves_ways = ways};
        play.deepest = deepest;
        play.entries = entries;
        problem = perform(&play, play_part);
    }
    return problem;
}

const char *forks_go_once_without_a_private_part(void)
{
    const char *problem = perform_all(false, 0, 3, scaled(200000));
    return problem != NULL ? problem : perform_all(false, 0, CAPACITY - 1, scaled(200000));
}

const char *forks_go_once_when_thieves_ask(void)
{
    const char *problem = perform_all(true, ASKS, 20, scaled(400000));
    return problem != NULL ? problem : perform_all(true, ASKS, CAPACITY - 1, scaled(400000));
}

const char *forks_go_once_when_thieves_use_force(void)
{
    return perform_all(true, FORCES, 20, scaled(400000));
}

const char *forks_go_once_when_thieves_do_both(void)
{
    return perform_all(true, ASKS | FORCES, 40, scaled(400000));
}

const char *forks_go_once_when_there_is_one_at_a_time(void)
{
    const char *problem = perform_all(true, ASKS, 1, scaled(200000));
    return problem != NULL ? problem : perform_all(false, 0, 1, scaled(200000));
}

const char *forks_go_once_when_there_is_one_at_a_time_and_force(void)
{
    return perform_all(true, FORCES, 1, scaled(200000));
}

const char *forks_go_once_when_there_are_two_at_a_time(void)
{
    return perform_all(true, ASKS | FORCES, 2, scaled(200000));
}

/* ---- an owner in a long leaf ---- */

/* It pushes, and does nothing more before everything has been taken. */
static void play_leaf(size_t number, void *arg)
{
    scene *play = arg;
    if (number != 0) {
        rob(play, number);
        return;
    }
    await_count(&play->ready, play->thieves);
    for (size_t next = 0; next < play->entries;) {
        const size_t before = next;
        while (next < play->entries && ws_forks_height(&play->forks) < play->deepest)
            push_entry(play, next++);
        await_count(&play->stolen, next);
        for (size_t i = before; i < next; i++)
            pop_entry(play);
    }
    atomic_store(&play->end, true);
}

const char *forks_leave_an_owner_that_does_nothing(void)
{
    static scene play;
    play = (scene){.thieves = 2, .has_private = true, .thieves_ways = FORCES | ASKS};
    play.deepest = 50;
    play.entries = scaled(2000);
    const char *problem = perform(&play, play_leaf);
    if (problem != NULL)
        return problem;
    play = (scene){.thieves = 2, .thieves_ways = ASKS, .deepest = 50, .entries = scaled(2000)};
    return perform(&play, play_leaf);
}

/* ---- marks ---- */

/* Two entries lie below the mark of the thieves, and are there all the time; nothing is taken while
 * they are. Then they are gone, but nothing stands above the mark: nothing is taken either. */
static void play_above_mark(size_t number, void *arg)
{
    scene *play = arg;
    if (number != 0) {
        rob(play, number);
        return;
    }
    await_count(&play->ready, play->thieves);
    for (size_t next = 0; next + 4 <= play->entries; next += 4) {
        for (size_t i = 0; i < 4; i++)
            push_entry(play, next + i);
        for (size_t i = 0; i < 4; i++)
            pop_entry(play);
        if (next % 1024 == 0)
            sched_yield();
    }
    atomic_store(&play->end, true);
}

const char *forks_go_to_thieves_only_above_their_marks(void)
{
    static scene play;
    play = (scene){.thieves = 2, .thieves_ways = ASKS, .lowest = 2, .entries = scaled(100000) * 4};
    const char *problem = perform(&play, play_above_mark);
    if (problem == NULL && atomic_load(&play.stolen) != 0)
        return wrong("%zu were stolen from below the mark", atomic_load(&play.stolen));
    return problem;
}
