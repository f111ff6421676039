/* SPDX-License-Identifier: MIT */
/* nest.c - seeded random nests of joins, loops, scopes, broadcasts and calls into another
 * pool, on more threads than processors. Each nest is compared with the same walk without par, and
 * no thread may run anything foreign while it waits.
 *
 * STRESS_SEED begins elsewhere, STRESS_ROUNDS makes it longer; both are printed. */
#include "stress/nest.h"

#include "kin.h"

#include <par/broadcast.h>
#include <par/join.h>
#include <par/loop.h>
#include <par/scope.h>

enum { POOLS = 2, CALLERS = 3, MOST_CHILDREN = 6, PROCESSORS = 2 };

static const size_t pool_sizes[POOLS] = {8, 3};

typedef struct world {
    par_pool *pools[POOLS];
    pthread_mutex_t lock;
    nest_kinds kinds;
    size_t rounds;
    uint64_t seed;
    atomic_size_t relocked;
    atomic_size_t wrong_codes;
    atomic_size_t differing;
    _Atomic uint64_t first_differing;
} world;

static world all;

/* ---- nests ---- */

typedef struct nest nest;

typedef struct home {
    kin kin;
    par_scope *scope;
    nest *owner;
    uint64_t seed;
    size_t children;
} home;

struct nest {
    kin kin;
    uint64_t seed;
    size_t depth;
    size_t pool;
    bool quiet;           /* below a lock: takes none */
    home *home;           /* the nearest scope around it, or NULL */
    atomic_size_t *count; /* of the root */
};

typedef enum shape {
    LEAF,
    JOIN,
    TRY_JOIN,
    LOOP,
    TRY_LOOP,
    SCOPE,
    BROADCAST,
    OTHER_POOL,
    SHAPES
} shape;

/* What a nest is, drawn from its seed alone. */
typedef struct plan {
    shape shape;
    size_t children;
    uint64_t seeds;
    int code;
    bool locks;
    size_t yields;
} plan;

static plan draw(uint64_t seed, size_t depth)
{
    plan drawn = {.shape = LEAF};
    drawn.yields = random_below(&seed, 4);
    drawn.locks = random_below(&seed, 6) == 0;
    drawn.children = 1 + random_below(&seed, MOST_CHILDREN);
    drawn.code = random_below(&seed, 2) == 0 ? 0 : (int)random_below(&seed, 100);
    const shape chosen = (shape)random_below(&seed, SHAPES);
    drawn.seeds = seed;
    const bool refused = (chosen == BROADCAST && !all.kinds.broadcasts) ||
                         (chosen == OTHER_POOL && all.kinds.one_pool);
    if (depth > 0 && !refused)
        drawn.shape = chosen;
    return drawn;
}

static nest child_of(kin *parent, const nest *self, uint64_t seeds, size_t number)
{
    uint64_t seed = seeds + number * UINT64_C(0x2545f4914f6cdd1d);
    return (nest){.kin = {parent, false},
                  .seed = random_next(&seed),
                  .depth = self->depth - 1,
                  .pool = self->pool,
                  .quiet = self->quiet,
                  .home = self->home,
                  .count = self->count};
}

static void grow(nest *self);

static void grow_task(void *arg)
{
    grow(arg);
}

/* ---- joins ---- */

typedef struct side {
    nest nest;
    int code;
} side;

static int grow_side(void *arg)
{
    side *self = arg;
    grow(&self->nest);
    return self->code;
}

static void grow_join(const nest *self, const plan *drawn, kin *region)
{
    side a = {child_of(region, self, drawn->seeds, 0), drawn->code};
    side b = {child_of(region, self, drawn->seeds, 1), drawn->code / 2};
    if (drawn->shape == JOIN) {
        par_join(grow_task, &a.nest, grow_task, &b.nest);
        return;
    }
    const int expected = a.code != 0 ? a.code : b.code;
    if (par_try_join(grow_side, &a, grow_side, &b) != expected)
        atomic_fetch_add(&all.wrong_codes, 1);
}

/* ---- loops ---- */

typedef struct loop {
    const nest *owner;
    const plan *plan;
    kin *region;
} loop;

static void grow_pieces(size_t begin, size_t end, void *arg)
{
    const loop *self = arg;
    for (size_t i = begin; i < end; i++) {
        nest child = child_of(self->region, self->owner, self->plan->seeds, i);
        grow(&child);
    }
}

static int stop_in_piece(size_t begin, size_t end, void *arg)
{
    const loop *self = arg;
    const kin piece = {self->region, false};
    const kin *awaited = kin_begin(&piece);
    yield_times(end - begin);
    kin_end(awaited);
    return begin % 3 == 0 ? self->plan->code : 0;
}

static void grow_loop(const nest *self, const plan *drawn, kin *region)
{
    loop inner = {self, drawn, region};
    if (drawn->shape == LOOP) {
        par_for_grain(0, drawn->children, drawn->yields, grow_pieces, &inner);
        return;
    }
    par_loop_options options = PAR_LOOP_OPTIONS_INIT;
    options.grain = 1;
    options.max_threads = drawn->yields;
    if (par_try_for(0, drawn->children * 3, stop_in_piece, &inner, &options) != drawn->code)
        atomic_fetch_add(&all.wrong_codes, 1);
}

/* ---- scopes ---- */

static void grow_in_scope(par_scope *scope, void *arg)
{
    (void)scope;
    grow(arg);
}

/* A leaf that belongs to the scope around, and may outlive whoever spawned it. */
static void spawn_leaf(const nest *self)
{
    nest leaf = child_of(&self->home->kin, self, self->seed, 0);
    leaf.depth = 0;
    leaf.quiet = true;
    if (par_scope_spawn_copy(self->home->scope, grow_in_scope, &leaf, sizeof leaf) != 0)
        atomic_fetch_add(&all.wrong_codes, 1);
}

static void open_home(par_scope *scope, void *arg)
{
    home *self = arg;
    const kin body = {&self->kin, false};
    const kin *awaited = kin_begin(&body);
    self->scope = scope;
    for (size_t i = 0; i < self->children; i++) {
        nest child = child_of(&self->kin, self->owner, self->seed, i);
        child.home = self;
        if (par_scope_spawn_copy(scope, grow_in_scope, &child, sizeof child) != 0)
            atomic_fetch_add(&all.wrong_codes, 1);
    }
    kin_end(awaited);
}

/* ---- broadcasts and other pools ---- */

typedef struct call {
    const nest *owner;
    kin *region;
} call;

static void grow_call(size_t index, void *arg)
{
    const call *self = arg;
    const kin own = {self->region, true};
    const kin *awaited = kin_begin(&own);
    yield_times(index % 3);
    atomic_fetch_add(self->owner->count, 1);
    kin_end(awaited);
}

static void grow_in_other_pool(nest *self, const plan *drawn)
{
    nest child = child_of(&self->kin, self, drawn->seeds, 0);
    child.pool = (self->pool + 1) % POOLS;
    if (par_pool_run(all.pools[child.pool], grow_task, &child) != 0)
        atomic_fetch_add(&all.wrong_codes, 1);
}

/* ---- one nest ---- */

static void grow_region(nest *self, const plan *drawn)
{
    home inner = {.kin = {&self->kin, false},
                  .owner = self,
                  .seed = drawn->seeds,
                  .children = drawn->children};
    kin_awaited = &inner.kin;
    if (drawn->shape == JOIN || drawn->shape == TRY_JOIN) {
        grow_join(self, drawn, &inner.kin);
    } else if (drawn->shape == LOOP || drawn->shape == TRY_LOOP) {
        grow_loop(self, drawn, &inner.kin);
    } else if (drawn->shape == SCOPE) {
        (void)par_scope_run(open_home, &inner);
    } else {
        call here = {self, &inner.kin};
        kin_broadcast(&inner.kin);
        if (par_broadcast(grow_call, &here) != 0)
            atomic_fetch_add(&all.wrong_codes, 1);
    }
    kin_awaited = NULL;
}

/* Whether a nest gives a leaf to the scope around it. */
static bool spawns_leaf(const nest *self, const plan *drawn)
{
    return self->home != NULL && self->depth > 0 && drawn->code % 2 == 1 &&
           (all.kinds.outward || !self->quiet);
}

static void grow_shape(nest *self, const plan *drawn)
{
    if (drawn->shape == OTHER_POOL)
        grow_in_other_pool(self, drawn);
    else if (drawn->shape != LEAF)
        grow_region(self, drawn);
    if (spawns_leaf(self, drawn))
        spawn_leaf(self);
}

/* Holds the lock across all that is below, which takes none; so this ends unless a thread that
 * waits runs something foreign, or waits for something that only a thread at the lock could run. */
static bool lock_for(const nest *self, const plan *drawn)
{
    if (!drawn->locks || self->quiet || !all.kinds.locks)
        return false;
    if (pthread_mutex_lock(&all.lock) == 0)
        return true;
    atomic_fetch_add(&all.relocked, 1);
    return false;
}

static void grow(nest *self)
{
    const kin *awaited = kin_begin(&self->kin);
    const plan drawn = draw(self->seed, self->depth);
    atomic_fetch_add(self->count, 1);
    yield_times(drawn.yields);
    const bool locked = lock_for(self, &drawn);
    const bool was_quiet = self->quiet;
    self->quiet = was_quiet || locked;
    grow_shape(self, &drawn);
    self->quiet = was_quiet;
    if (locked)
        pthread_mutex_unlock(&all.lock);
    kin_end(awaited);
}

/* ---- the same without par ---- */

static size_t walk(const nest *given)
{
    const plan drawn = draw(given->seed, given->depth);
    nest here = child_of(NULL, given, 0, 0);
    const nest *self = &here;
    here.depth = given->depth;
    here.quiet = given->quiet || (drawn.locks && all.kinds.locks);
    size_t children = 0;
    size_t count = 1;
    if (drawn.shape == JOIN || drawn.shape == TRY_JOIN)
        children = 2;
    else if (drawn.shape == LOOP || drawn.shape == SCOPE)
        children = drawn.children;
    else if (drawn.shape == OTHER_POOL)
        children = 1;
    else if (drawn.shape == BROADCAST)
        count += pool_sizes[self->pool];
    for (size_t i = 0; i < children; i++) {
        nest child = child_of(NULL, self, drawn.seeds, i);
        if (drawn.shape == SCOPE)
            child.home = (home *)&all; /* any but NULL */
        if (drawn.shape == OTHER_POOL)
            child.pool = (self->pool + 1) % POOLS;
        count += walk(&child);
    }
    return spawns_leaf(self, &drawn) ? count + 1 : count;
}

/* ---- running ---- */

static void grow_root(uint64_t seed, size_t pool, bool inside)
{
    atomic_size_t count = 0;
    nest root = {.seed = seed, .depth = 6, .pool = pool, .count = &count};
    const size_t expected = walk(&root);
    const int rc = inside ? on_worker(all.pools[pool], grow_task, &root)
                          : par_pool_run(all.pools[pool], grow_task, &root);
    if (rc == 0 && atomic_load(&count) == expected)
        return;
    if (atomic_fetch_add(&all.differing, 1) == 0)
        atomic_store(&all.first_differing, seed);
}

static void run_rounds(size_t number, void *arg)
{
    (void)arg;
    for (size_t i = 0; i < all.rounds; i++)
        grow_root(all.seed + number * 1000003 + i, i % POOLS, (i + number) % 3 == 0);
}

/* Two processors for eight threads and more: threads are stopped in the middle of everything. */
static void narrow_processors(void)
{
    cpu_set_t allowed;
    cpu_set_t two;
    CPU_ZERO(&two);
    if (sched_getaffinity(0, sizeof allowed, &allowed) != 0)
        return;
    int taken = 0;
    for (size_t i = 0; i < CPU_SETSIZE && taken < PROCESSORS; i++) {
        if (!CPU_ISSET(i, &allowed))
            continue;
        CPU_SET(i, &two);
        taken++;
    }
    (void)sched_setaffinity(0, sizeof two, &two);
}

static size_t number_from(const char *name, size_t otherwise)
{
    const char *text = getenv(name);
    return text == NULL ? otherwise : strtoul(text, NULL, 10);
}

static const char *judge(void)
{
    if (atomic_load(&all.differing) != 0)
        return wrong("%zu nests differ from their serial twins, the first has seed %llu",
                     atomic_load(&all.differing),
                     (unsigned long long)atomic_load(&all.first_differing));
    const size_t strangers = atomic_exchange(&kin_strangers, 0);
    if (strangers + atomic_load(&all.relocked) + atomic_load(&all.wrong_codes) != 0)
        return wrong("%zu tasks ran below a call that is not theirs, %zu on a thread that holds "
                     "their lock, %zu calls returned wrong codes",
                     strangers, atomic_load(&all.relocked), atomic_load(&all.wrong_codes));
    return NULL;
}

const char *nest_run(nest_kinds kinds, size_t rounds)
{
    const char *problem = NULL;
    narrow_processors();
    all.kinds = kinds;
    all.seed = number_from("STRESS_SEED", 1);
    all.rounds = scaled(number_from("STRESS_ROUNDS", rounds));
    printf("seed %llu, %zu rounds\n", (unsigned long long)all.seed, all.rounds);
    (void)fflush(stdout);
    pthread_mutexattr_t attributes;
    pthread_mutexattr_init(&attributes);
    pthread_mutexattr_settype(&attributes, PTHREAD_MUTEX_ERRORCHECK);
    pthread_mutex_init(&all.lock, &attributes);
    pthread_mutexattr_destroy(&attributes);
    for (size_t i = 0; i < POOLS && problem == NULL; i++)
        all.pools[i] = pool_of(pool_sizes[i], &problem);
    if (problem != NULL)
        return problem;
    crowd_run(CALLERS, run_rounds, NULL);
    for (size_t i = 0; i < POOLS; i++)
        par_pool_destroy(all.pools[i]);
    pthread_mutex_destroy(&all.lock);
    return judge();
}
