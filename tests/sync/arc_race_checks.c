/* SPDX-License-Identifier: MIT */
/* arc_race_checks.c - references that many threads make and drop. What the object holds is plain:
 * ThreadSanitizer judges whether its end comes after all that was written. */
#include "sync/arc_checks.h"

enum { THREADS = 4, OBJECTS = 100000 };

/* ---- a relay: each object is handed to all threads, which write and drop ---- */

typedef struct cell {
    size_t plain[THREADS];
    atomic_size_t *ended;
    atomic_size_t *wrong;
} cell;

static void end_cell(void *object)
{
    cell *self = object;
    for (size_t i = 0; i < THREADS; i++)
        if (self->plain[i] == 0)
            atomic_fetch_add(self->wrong, 1);
    memset(self->plain, 0, sizeof self->plain);
    atomic_fetch_add(self->ended, 1);
}

typedef struct relay {
    size_t rounds;
    atomic_size_t ended;
    atomic_size_t wrong;
    atomic_size_t turn; /* how many objects have been handed out */
    atomic_size_t done;
    _Atomic(cell *) object;
    _Atomic(par_weak *) weak;
    atomic_size_t upgraded;
    atomic_size_t gone;
} relay;

/* `use` gets a reference of the thread's own to each object, and gives it up. */
typedef void use_fn(relay *all, size_t number, cell *object);

typedef struct runner {
    relay *all;
    use_fn *use;
} runner;

static void follow(size_t number, void *arg)
{
    const runner *self = arg;
    relay *all = self->all;
    for (size_t i = 1; i <= all->rounds; i++) {
        while (atomic_load(&all->turn) < i)
            sched_yield();
        self->use(all, number, atomic_load(&all->object));
        atomic_fetch_add(&all->done, 1);
    }
}

static void hand_out(relay *all, size_t round)
{
    cell *object = par_arc_new(sizeof *object, _Alignof(cell), end_cell);
    if (object == NULL)
        abort();
    object->ended = &all->ended;
    object->wrong = &all->wrong;
    for (size_t i = 1; i < THREADS; i++)
        (void)par_arc_clone(object);
    atomic_store(&all->object, object);
    atomic_store(&all->turn, round);
    await_count(&all->done, THREADS * round);
}

static void run_relay(relay *all, use_fn *use)
{
    static crowd threads;
    runner self = {all, use};
    all->rounds = scaled(OBJECTS / THREADS);
    crowd_start(&threads, THREADS, follow, &self);
    for (size_t i = 1; i <= all->rounds; i++)
        hand_out(all, i);
    crowd_end(&threads);
}

static void write_and_drop(relay *all, size_t number, cell *object)
{
    (void)all;
    cell *more = par_arc_clone(object);
    object->plain[number] = 1;
    par_arc_drop(object);
    more->plain[number]++;
    par_arc_drop(more);
}

const char *arc_race_drops_once(void)
{
    relay all = {.rounds = 0};
    run_relay(&all, write_and_drop);
    if (atomic_load(&all.ended) != all.rounds || atomic_load(&all.wrong) != 0)
        return wrong("%zu of %zu ended, %zu too early", atomic_load(&all.ended), all.rounds,
                     atomic_load(&all.wrong));
    return NULL;
}

/* ---- weak references that outlive or not ---- */

static void upgrade_and_drop(relay *all, size_t number, cell *object)
{
    par_weak *weak = par_arc_downgrade(object);
    object->plain[number] = 1;
    par_arc_drop(object);
    cell *up = par_weak_upgrade(weak);
    if (up != NULL) {
        up->plain[number]++;
        par_arc_drop(up);
    }
    atomic_fetch_add(up != NULL ? &all->upgraded : &all->gone, 1);
    par_weak *more = par_weak_clone(weak);
    par_weak_drop(weak);
    par_weak_drop(more);
}

const char *arc_race_upgrades_or_is_gone(void)
{
    relay all = {.rounds = 0};
    run_relay(&all, upgrade_and_drop);
    if (atomic_load(&all.ended) != all.rounds || atomic_load(&all.wrong) != 0)
        return wrong("%zu of %zu ended, %zu too early", atomic_load(&all.ended), all.rounds,
                     atomic_load(&all.wrong));
    return NULL;
}

/* ---- alone or not ---- */

/* Who is alone writes what all read otherwise. */
static void write_if_alone(relay *all, size_t number, cell *object)
{
    object->plain[number] = 1;
    cell *mine = par_arc_get_mut(object);
    if (mine != NULL) {
        for (size_t i = 0; i < THREADS; i++) {
            if (mine->plain[i] == 0)
                atomic_fetch_add(&all->wrong, 1);
            mine->plain[i] = 2;
        }
        atomic_fetch_add(&all->upgraded, 1);
    }
    par_weak *weak = par_arc_downgrade(object);
    par_arc_drop(object);
    cell *up = par_weak_upgrade(weak);
    par_weak_drop(weak);
    if (up != NULL && par_arc_get_mut(up) != NULL)
        up->plain[(number + 1) % THREADS] = 3;
    par_arc_drop(up);
}

const char *arc_race_is_alone_or_not(void)
{
    relay all = {.rounds = 0};
    run_relay(&all, write_if_alone);
    if (atomic_load(&all.ended) != all.rounds || atomic_load(&all.wrong) != 0)
        return wrong("%zu of %zu ended, %zu wrong", atomic_load(&all.ended), all.rounds,
                     atomic_load(&all.wrong));
    return NULL;
}

/* ---- moving out ---- */

static void take_inside(relay *all, size_t number, cell *object)
{
    cell out;
    object->plain[number] = 1;
    const bool mine =
        number % 2 == 0 ? par_arc_into_inner(object, &out) : par_arc_try_unwrap(object, &out);
    if (mine) {
        for (size_t i = 0; i < THREADS; i++)
            if (out.plain[i] != 1)
                atomic_fetch_add(&all->wrong, 1);
        atomic_fetch_add(&all->upgraded, 1);
    } else if (number % 2 != 0)
        par_arc_drop(object);
}

const char *arc_race_gives_the_inside_to_one(void)
{
    relay all = {.rounds = 0};
    run_relay(&all, take_inside);
    const size_t ends = atomic_load(&all.ended) + atomic_load(&all.upgraded);
    if (ends != all.rounds || atomic_load(&all.wrong) != 0)
        return wrong("%zu of %zu ended or moved, %zu wrong", ends, all.rounds,
                     atomic_load(&all.wrong));
    return NULL;
}

/* ---- copy on write ---- */

typedef struct number {
    size_t value;
} number;

PAR_ARC_DEFINE(shared_number, number)

typedef struct writers {
    shared_number number;
    size_t rounds;
    atomic_size_t wrong;
} writers;

static void write_copies(size_t index, void *arg)
{
    writers *all = arg;
    for (size_t i = 0; i < all->rounds; i++) {
        shared_number mine = shared_number_clone(all->number);
        shared_number again = shared_number_clone(mine);
        if (shared_number_make_mut(&mine) != 0)
            abort();
        mine.ptr->value += index + 1;
        if (again.ptr->value != 7 || mine.ptr->value != 8 + index)
            atomic_fetch_add(&all->wrong, 1);
        shared_number_weak weak = shared_number_downgrade(mine);
        if (shared_number_make_mut(&mine) != 0 || mine.ptr->value != 8 + index)
            atomic_fetch_add(&all->wrong, 1);
        shared_number_weak_drop(weak);
        shared_number_drop(mine);
        shared_number_drop(again);
    }
}

const char *arc_race_copies_on_write_alone(void)
{
    writers all = {shared_number_new((number){7}), scaled(20000), 0};
    crowd_run(THREADS, write_copies, &all);
    const bool alone = shared_number_get_mut(all.number) != NULL;
    shared_number_drop(all.number);
    return alone && atomic_load(&all.wrong) == 0 ? NULL : wrong("%zu", atomic_load(&all.wrong));
}
