/* SPDX-License-Identifier: MIT */
/* thread_scope_checks.c - threads with one end. */
#include "stream/thread_checks.h"
#include "stream/thread_errand.h"

enum { MEMBERS = 10 };

typedef struct borrowed {
    atomic_size_t ended;
    int codes[MEMBERS];
    int body_code;
    size_t depth;
} borrowed;

typedef struct member {
    borrowed *of;
    size_t number;
} member;

static int run_member(par_thread_scope *scope, void *arg)
{
    const member *self = arg;
    (void)scope;
    yield_times(self->number);
    atomic_fetch_add(&self->of->ended, 1);
    return self->of->codes[self->number];
}

static int spawn_members(par_thread_scope *scope, void *arg)
{
    static member members[MEMBERS];
    borrowed *all = arg;
    for (size_t i = 0; i < MEMBERS; i++) {
        members[i] = (member){all, i};
        if (par_thread_scope_spawn(scope, NULL, run_member, &members[i]) != 0)
            return 99;
    }
    return all->body_code;
}

const char *thread_scope_joins_all(void)
{
    for (size_t i = 0; i < scaled(100); i++) {
        borrowed all = {.body_code = 0};
        const int code = par_thread_scope_run(spawn_members, &all);
        if (code != 0 || atomic_load(&all.ended) != MEMBERS)
            return wrong("code %d, %zu ended", code, atomic_load(&all.ended));
    }
    return NULL;
}

const char *thread_scope_returns_the_first_failure(void)
{
    borrowed late = {.codes = {[9] = 9}};
    borrowed two = {.codes = {[3] = 3, [1] = -1}};
    borrowed body = {.codes = {[0] = 4}, .body_code = 8};
    const int codes[] = {par_thread_scope_run(spawn_members, &late),
                         par_thread_scope_run(spawn_members, &two),
                         par_thread_scope_run(spawn_members, &body)};
    if (codes[0] != 9 || codes[1] != -1 || codes[2] != 8)
        return wrong("codes %d, %d and %d", codes[0], codes[1], codes[2]);
    return atomic_load(&body.ended) == MEMBERS ? NULL : wrong("not all ended");
}

/* ---- panics in scopes ---- */

static int panic_in_member(par_thread_scope *scope, void *arg)
{
    borrowed *all = arg;
    (void)scope;
    yield_times(20);
    atomic_fetch_add(&all->ended, 1);
    par_panic(6, "a member");
}

static int spawn_and_panic(par_thread_scope *scope, void *arg)
{
    borrowed *all = arg;
    (void)par_thread_scope_spawn(scope, NULL, panic_in_member, all);
    (void)par_thread_scope_spawn(scope, NULL, panic_in_member, all);
    if (all->body_code != 0)
        par_panic(all->body_code, "the body");
    return 0;
}

const char *thread_scope_joins_all_before_a_panic_arrives(void)
{
    borrowed quiet = {.body_code = 0};
    borrowed loud = {.body_code = 5};
    par_failure outcomes[2];
    const int codes[] = {par_catch_thread_scope(spawn_and_panic, &quiet, &outcomes[0]),
                         par_catch_thread_scope(spawn_and_panic, &loud, &outcomes[1])};
    if (atomic_load(&quiet.ended) != 2 || atomic_load(&loud.ended) != 2)
        return wrong("not all have ended");
    if (codes[0] != 6 || outcomes[0].code != 6 || strcmp(outcomes[0].message, "a member") != 0)
        return wrong("a member's: %d, '%s'", codes[0], outcomes[0].message);
    if (codes[1] != 5 || outcomes[1].code != 5 || strcmp(outcomes[1].message, "the body") != 0)
        return wrong("the body's: %d, '%s'", codes[1], outcomes[1].message);
    return NULL;
}

static int spawn_deeper(par_thread_scope *scope, void *arg)
{
    borrowed *all = arg;
    if (atomic_fetch_add(&all->ended, 1) + 1 >= all->depth)
        return 0;
    const int first = par_thread_scope_spawn(scope, NULL, spawn_deeper, all);
    return first != 0 ? first : par_thread_scope_spawn(scope, NULL, spawn_deeper, all);
}

/* A thread spawns two, and they do, until there are enough. */
const char *thread_scope_lets_threads_spawn(void)
{
    borrowed all = {.depth = 60};
    const int code = par_thread_scope_run(spawn_deeper, &all);
    const size_t ended = atomic_load(&all.ended);
    return code == 0 && ended >= all.depth ? NULL : wrong("code %d, %zu ended", code, ended);
}

static int errand_of_scope(par_thread_scope *scope, void *arg)
{
    (void)scope;
    return ask_the_pool(arg);
}

static int spawn_errand(par_thread_scope *scope, void *arg)
{
    return par_thread_scope_spawn(scope, NULL, errand_of_scope, arg);
}

static void scope_in_task(void *arg)
{
    errand *all = arg;
    all->code = par_thread_scope_run(spawn_errand, all);
}

const char *thread_scope_lends_its_core(void)
{
    return in_pool_of_one(scope_in_task);
}
