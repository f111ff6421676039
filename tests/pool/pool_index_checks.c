/* SPDX-License-Identifier: MIT */
/* pool_index_checks.c - who am I: the numbers of threads inside pools. */
#include "pool/pool_checks.h"

#include <par/join.h>
#include <par/loop.h>
#include <par/scope.h>

/* ---- outside ---- */

static void do_nothing(void *arg)
{
    (void)arg;
}

const char *pool_index_is_none_outside(void)
{
    const char *problem = NULL;
    const size_t threads = par_num_threads();
    const size_t most = par_max_threads();
    if (threads < 1 || most < threads)
        return wrong("%zu threads, at most %zu", threads, most);
    par_pool *pool = pool_of(3, &problem);
    if (pool == NULL)
        return problem;
    for (size_t i = 0; i < 100 && problem == NULL; i++) {
        par_join(do_nothing, NULL, do_nothing, NULL);
        (void)par_pool_run(pool, do_nothing, NULL);
        if (par_thread_index() != PAR_NO_INDEX)
            problem = wrong("outside the index is %zu", par_thread_index());
        if (par_num_threads() != threads || par_max_threads() != most)
            problem = wrong("the default pool has %zu threads, at most %zu; before %zu and %zu",
                            par_num_threads(), par_max_threads(), threads, most);
    }
    par_pool_destroy(pool);
    return problem;
}

/* ---- inside ---- */

typedef struct place {
    size_t threads; /* of the pool */
    size_t most;
    atomic_size_t errors;
    atomic_size_t visits;
} place;

static void look(void *arg)
{
    place *here = arg;
    atomic_fetch_add(&here->visits, 1);
    if (par_num_threads() != here->threads || par_max_threads() != here->most ||
        par_thread_index() >= here->most)
        atomic_fetch_add(&here->errors, 1);
}

static void look_in_pieces(size_t begin, size_t end, void *arg)
{
    for (size_t i = begin; i < end; i++)
        par_join(look, arg, look, arg);
}

static void look_in_task(par_scope *scope, void *arg)
{
    (void)scope;
    look(arg);
}

static void look_in_scope(par_scope *scope, void *arg)
{
    for (size_t i = 0; i < 10; i++)
        (void)par_scope_spawn(scope, look_in_task, arg);
}

static void look_everywhere(void *arg)
{
    place *here = arg;
    here->most = par_max_threads();
    look(here);
    par_for_grain(0, 100, 1, look_in_pieces, here);
    (void)par_scope_run(look_in_scope, here);
}

const char *pool_index_belongs_to_the_pool_of_the_call(void)
{
    static const size_t sizes[] = SUPPORT_POOL_SIZES;
    for (size_t i = 0; i < 5; i++) {
        const char *problem = NULL;
        par_pool *pool = pool_of(sizes[i], &problem);
        if (pool == NULL)
            return problem;
        place here = {.threads = sizes[i]};
        (void)par_pool_run(pool, look_everywhere, &here);
        (void)on_worker(pool, look_everywhere, &here);
        par_pool_destroy(pool);
        if (atomic_load(&here.errors) != 0 || atomic_load(&here.visits) != 2 * 211)
            return wrong("in a pool of %zu %zu of %zu visits saw another pool", sizes[i],
                         atomic_load(&here.errors), atomic_load(&here.visits));
    }
    return NULL;
}

/* ---- unique ---- */

enum { MOST_INDICES = 8192, ENTRANTS = 12 };

typedef struct occupancy {
    par_pool *pool;
    atomic_uchar taken[MOST_INDICES];
    atomic_size_t clashes;
    atomic_size_t moves;
    atomic_size_t out_of_bounds;
    atomic_size_t visits;
    atomic_size_t without;
} occupancy;

static _Thread_local size_t held_index = PAR_NO_INDEX;

/* Takes this thread's index for as long as it is in the pool. True: give it back. */
static bool occupy(occupancy *all)
{
    const size_t index = par_thread_index();
    atomic_fetch_add(&all->visits, 1);
    if (held_index != PAR_NO_INDEX) {
        if (index != held_index)
            atomic_fetch_add(&all->moves, 1);
        return false;
    }
    if (index == PAR_NO_INDEX) {
        atomic_fetch_add(&all->without, 1);
        return false;
    }
    if (index >= par_max_threads() || index >= MOST_INDICES) {
        atomic_fetch_add(&all->out_of_bounds, 1);
        return false;
    }
    if (atomic_exchange(&all->taken[index], 1) != 0)
        atomic_fetch_add(&all->clashes, 1);
    held_index = index;
    return true;
}

static void leave(occupancy *all, bool occupied)
{
    if (!occupied)
        return;
    if (par_thread_index() != held_index)
        atomic_fetch_add(&all->moves, 1);
    atomic_store(&all->taken[held_index], 0);
    held_index = PAR_NO_INDEX;
}

static void occupy_in_piece(size_t begin, size_t end, void *arg)
{
    const bool occupied = occupy(arg);
    yield_times(end - begin);
    leave(arg, occupied);
}

static void occupy_throughout(void *arg)
{
    const bool occupied = occupy(arg);
    for (size_t i = 0; i < 3; i++)
        par_for_grain(0, 20, 1, occupy_in_piece, arg);
    leave(arg, occupied);
}

static void enter_often(size_t number, void *arg)
{
    occupancy *all = arg;
    for (size_t i = 0; i < scaled(50); i++) {
        (void)par_pool_run(all->pool, occupy_throughout, all);
        yield_times(number % 4);
    }
}

static const char *judge(const occupancy *all)
{
    if (atomic_load(&all->clashes) + atomic_load(&all->moves) + atomic_load(&all->out_of_bounds))
        return wrong("of %zu visits %zu had an index that another thread had, %zu another than "
                     "before, %zu one out of bounds",
                     atomic_load(&all->visits), atomic_load(&all->clashes),
                     atomic_load(&all->moves), atomic_load(&all->out_of_bounds));
    return NULL;
}

const char *pool_index_is_unique_and_constant(void)
{
    static occupancy all;
    static const size_t sizes[] = {1, 2, 3, 8};
    for (size_t i = 0; i < 4; i++) {
        const char *problem = NULL;
        all.pool = pool_of(sizes[i], &problem);
        if (all.pool == NULL)
            return problem;
        crowd_run(ENTRANTS, enter_often, &all);
        par_pool_destroy(all.pool);
        problem = judge(&all);
        if (problem == NULL && atomic_load(&all.without) != 0)
            problem = wrong("%zu threads inside had no index", atomic_load(&all.without));
        if (problem != NULL)
            return problem;
    }
    return NULL;
}

/* ---- more callers than indices ---- */

typedef struct flood {
    occupancy places;
    size_t callers;
    atomic_size_t inside;
    atomic_size_t sides;
    atomic_size_t refused;
} flood;

static void count_side(void *arg)
{
    atomic_fetch_add(&((flood *)arg)->sides, 1);
}

static void count_sides(size_t begin, size_t end, void *arg)
{
    for (size_t i = begin; i < end; i++)
        count_side(arg);
}

static void count_task(par_scope *scope, void *arg)
{
    (void)scope;
    count_side(arg);
}

static void spawn_count(par_scope *scope, void *arg)
{
    (void)par_scope_spawn(scope, count_task, arg);
}

static void flood_inside(void *arg)
{
    flood *all = arg;
    const bool occupied = occupy(&all->places);
    meet(&all->inside, all->callers);
    par_join(count_side, all, count_side, all);
    par_for_grain(0, 5, 1, count_sides, all);
    (void)par_scope_run(spawn_count, all);
    leave(&all->places, occupied);
}

static void flood_pool(size_t number, void *arg)
{
    (void)number;
    flood *all = arg;
    if (par_pool_run(all->places.pool, flood_inside, all) != 0)
        atomic_fetch_add(&all->refused, 1);
}

static void read_bound(void *arg)
{
    *(size_t *)arg = par_max_threads();
}

/* All callers are inside at the same time, and there are more of them than indices. */
const char *pool_index_is_not_given_past_the_bound(void)
{
    static flood all;
    size_t bound = 0;
    par_pool_options options = PAR_POOL_OPTIONS_INIT;
    options.num_threads = 2;
    options.max_spares = 0;
    if (par_pool_create(&all.places.pool, &options) != 0)
        return wrong("no pool");
    (void)par_pool_run(all.places.pool, read_bound, &bound);
    all.callers = bound + 8;
    if (all.callers > SUPPORT_CROWD)
        return wrong("a pool of 2 has %zu indices: more than this test has threads", bound);
    crowd_run(all.callers, flood_pool, &all);
    par_pool_destroy(all.places.pool);
    const char *problem = judge(&all.places);
    if (problem != NULL)
        return problem;
    const size_t without = atomic_load(&all.places.without);
    if (without < 8 || without > all.callers - 2)
        return wrong("of %zu callers %zu had no index; the bound is %zu", all.callers, without,
                     bound);
    if (atomic_load(&all.refused) != 0 || atomic_load(&all.sides) != 8 * all.callers)
        return wrong("%zu calls failed; %zu of %zu pieces ran", atomic_load(&all.refused),
                     atomic_load(&all.sides), 8 * all.callers);
    return NULL;
}
