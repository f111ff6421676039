/* SPDX-License-Identifier: MIT */
/* iter_state_checks.c - the states of par_iter_map_init. */
#include "par_iter/lazy/iter_kit.h"
#include "par_iter/lazy/iter_stage_checks.h"

enum { THREADS = 512, ELEMENTS = 50000, STATE_WORDS = 5 };

/* What all states of a call share. */
typedef struct owner {
    atomic_size_t made;
    atomic_size_t ended;
    atomic_size_t worked; /* threads, by their index */
    atomic_size_t misused;
    atomic_bool works[THREADS];
    size_t fails_at; /* the nth init */
} owner;

typedef struct state {
    _Alignas(max_align_t) owner *mine;
    size_t thread;
    size_t words[STATE_WORDS];
} state;

enum { INIT_CODE = 44, MAGIC = 1234567 };

static size_t own_index(void)
{
    const size_t index = par_thread_index();
    return index < THREADS - 1 ? index : THREADS - 1;
}

static int make_state(void *place, void *ctx)
{
    owner *o = ctx;
    state *s = place;
    const size_t nth = atomic_fetch_add(&o->made, 1) + 1;
    if (nth >= o->fails_at) {
        atomic_fetch_sub(&o->made, 1);
        return INIT_CODE;
    }
    if ((uintptr_t)place % _Alignof(max_align_t) != 0)
        atomic_fetch_add(&o->misused, 1);
    *s = (state){.mine = o, .thread = own_index()};
    for (size_t i = 0; i < STATE_WORDS; i++)
        s->words[i] = MAGIC;
    return 0;
}

static void end_state(void *place, void *ctx)
{
    state *s = place;
    owner *o = ctx;
    atomic_fetch_add(&o->ended, 1);
    for (size_t i = 0; i < STATE_WORDS; i++)
        atomic_fetch_add(&o->misused, s->words[i] != MAGIC || s->mine != o);
    memset(s, 0, sizeof *s);
}

static ptrdiff_t map_with_state(void *out, const void *in, size_t n, void *place)
{
    state *s = place;
    if (s->words[0] != MAGIC || s->thread != own_index())
        return -3;
    if (!atomic_exchange(&s->mine->works[s->thread], true))
        atomic_fetch_add(&s->mine->worked, 1);
    return kit_scramble_all(out, in, n, NULL);
}

static const char *judge_owner(owner *o)
{
    const size_t made = atomic_load(&o->made);
    const size_t ended = atomic_load(&o->ended);
    if (made != ended || atomic_load(&o->misused) != 0)
        return wrong("%zu states were made, %zu ended, %zu misused", made, ended,
                     atomic_load(&o->misused));
    return NULL;
}

static const char *check_states(void *arg)
{
    static uint64_t expected[ELEMENTS];
    owner o = {.fails_at = SIZE_MAX};
    void *out = NULL;
    size_t n = 0;
    (void)arg;
    for (size_t i = 0; i < ELEMENTS; i++)
        expected[i] = kit_scramble(i);
    par_iter it = par_iter_range(0, ELEMENTS);
    par_iter_map_init(&it, KIT_WORD, map_with_state, sizeof(state), make_state, end_state, &o);
    const int rc = par_iter_collect_new(&it, &out, &n);
    const char *problem =
        rc != 0 ? wrong("returned %d", rc) : kit_compare(out, n, KIT_WORD, expected, ELEMENTS);
    free(out);
    if (problem == NULL)
        problem = judge_owner(&o);
    if (problem == NULL && atomic_load(&o.made) != atomic_load(&o.worked))
        problem = wrong("%zu threads worked, with %zu states", atomic_load(&o.worked),
                        atomic_load(&o.made));
    it = par_iter_range(0, 0);
    par_iter_map_init(&it, KIT_WORD, map_with_state, sizeof(state), make_state, end_state, &o);
    const size_t before = atomic_load(&o.made);
    if (problem == NULL && (par_iter_count(&it, &n) != 0 || atomic_load(&o.made) != before))
        problem = "a state was made without an element";
    return problem;
}

const char *iter_state_is_made_and_ended_once_for_each_thread(void)
{
    return in_every_pool(check_states, NULL);
}

/* ---- failures ---- */

typedef int run_fn(const par_iter *it);

static int run_count(const par_iter *it)
{
    return par_iter_count(it, &(size_t){0});
}

static int run_for_each(const par_iter *it)
{
    return par_iter_for_each(it, kit_see_nothing, NULL);
}

static int run_collect_new(const par_iter *it)
{
    void *out = NULL;
    const int rc = par_iter_collect_new(it, &out, &(size_t){0});
    free(out);
    return rc;
}

static ptrdiff_t find_none(const void *in, size_t n, bool last, void *ctx)
{
    (void)in;
    (void)last;
    (void)ctx;
    return (ptrdiff_t)n;
}

static int run_find_first(const par_iter *it)
{
    const int rc = par_iter_find_first(it, NULL, NULL, find_none, NULL);
    return rc == ENODATA ? 0 : rc;
}

/* The second and later states are refused: whether there is a second depends on the threads. */
static const char *check_refused_states(void *arg)
{
    static run_fn *const runs[] = {run_count, run_for_each, run_collect_new, run_find_first};
    const char *problem = NULL;
    (void)arg;
    for (size_t i = 0; i < 8 && problem == NULL; i++) {
        owner o = {.fails_at = 1 + i / 4};
        par_iter it = par_iter_range(0, ELEMENTS);
        par_iter_map_init(&it, KIT_WORD, map_with_state, sizeof(state), make_state, end_state, &o);
        const int rc = runs[i % 4](&it);
        problem = judge_owner(&o);
        if (rc != INIT_CODE && (i < 4 || rc != 0))
            problem = wrong("run %zu returned %d", i, rc);
    }
    return problem;
}

static int refuse_largest(void *place, void *ctx)
{
    (void)place;
    (void)ctx;
    return INT32_MAX;
}

const char *iter_state_is_ended_when_another_could_not_be_made(void)
{
    static run_fn *const runs[] = {run_count, run_for_each, run_collect_new, run_find_first};
    for (size_t i = 0; i < 4; i++) {
        par_iter it = par_iter_range(0, ELEMENTS);
        par_iter_map_init(&it, KIT_WORD, kit_scramble_all, 1, refuse_largest, NULL, NULL);
        const int rc = runs[i](&it);
        if (rc != INT32_MAX)
            return wrong("run %zu returned %d, not what init returned", i, rc);
    }
    return in_every_pool(check_refused_states, NULL);
}

/* ---- waiting ---- */

static void stay_in_piece(size_t begin, size_t end, void *arg)
{
    (void)begin;
    (void)end;
    (void)arg;
    yield_times(10);
}

/* Waits inside. With PAR_WAIT=any its thread may then run another block of the same iterator. */
static ptrdiff_t map_and_wait(void *out, const void *in, size_t n, void *place)
{
    state *s = place;
    if (s->words[0] != MAGIC || s->words[1] != MAGIC)
        return -3;
    s->words[1] = 0; /* somebody is in it */
    par_for_grain(0, 8, 1, stay_in_piece, NULL);
    s->words[1] = MAGIC;
    return kit_scramble_all(out, in, n, NULL);
}

static const char *check_waiting(void *arg)
{
    owner o = {.fails_at = SIZE_MAX};
    size_t n = 0;
    (void)arg;
    par_iter it = par_iter_range(0, ELEMENTS);
    par_iter_map_init(&it, KIT_WORD, map_and_wait, sizeof(state), make_state, end_state, &o);
    par_iter_pieces(&it, 0, 1, 0);
    const int rc = par_iter_count(&it, &n);
    return rc == 0 && n == ELEMENTS ? judge_owner(&o) : wrong("code %d, %zu elements", rc, n);
}

const char *iter_state_has_one_block_at_a_time(void)
{
    return in_every_pool(check_waiting, NULL);
}

/* ---- shapes ---- */

static const char *check_plain_states(void *arg)
{
    size_t n = 0;
    (void)arg;
    par_iter it = par_iter_range(0, ELEMENTS);
    par_iter_map_init(&it, KIT_WORD, kit_scramble_all, 1, NULL, NULL, NULL);
    const int rc = par_iter_count(&it, &n);
    return rc == 0 && n == ELEMENTS ? NULL : wrong("code %d, %zu elements", rc, n);
}

const char *iter_state_needs_no_init_and_no_fini(void)
{
    return in_every_pool(check_plain_states, NULL);
}

static par_iter with_states(owner *o)
{
    par_iter it = par_iter_range(0, ELEMENTS);
    for (size_t i = 0; i < PAR_ITER_MAX_STAGES; i++)
        par_iter_map_init(&it, KIT_WORD, map_with_state, sizeof(state), make_state, end_state, o);
    return it;
}

static const char *check_many_states(void *arg)
{
    owner one = {.fails_at = SIZE_MAX};
    owner other = {.fails_at = SIZE_MAX};
    const par_iter a = with_states(&one);
    const par_iter b = with_states(&other);
    size_t n = 0;
    (void)arg;
    const par_iter pairs = par_iter_zip(&a, &b, 16, 8);
    const par_iter all = par_iter_chunks_of(&pairs, 100);
    const int rc = par_iter_count(&all, &n);
    if (rc != 0 || n != ELEMENTS / 100)
        return wrong("code %d, %zu chunks", rc, n);
    if (atomic_load(&one.made) != PAR_ITER_MAX_STAGES * atomic_load(&one.worked))
        return wrong("%zu threads had %zu states", atomic_load(&one.worked),
                     atomic_load(&one.made));
    const char *problem = judge_owner(&one);
    return problem == NULL ? judge_owner(&other) : problem;
}

const char *iter_state_may_be_had_by_many_stages(void)
{
    return in_every_pool(check_many_states, NULL);
}

const char *iter_state_is_refused_without_size_or_memory(void)
{
    par_iter it = par_iter_range(0, 10);
    par_iter_map_init(&it, KIT_WORD, kit_scramble_all, 0, NULL, NULL, NULL);
    const char *problem = kit_refused(&it, EINVAL);
    if (problem != NULL)
        return problem;
    it = par_iter_range(0, 10);
    par_iter_map_init(&it, KIT_WORD, NULL, 8, NULL, NULL, NULL);
    problem = kit_refused(&it, EINVAL);
    if (problem != NULL || SUPPORT_ASAN || SUPPORT_TSAN) /* which end the process instead */
        return problem;
    it = par_iter_range(0, 10);
    par_iter_map_init(&it, KIT_WORD, kit_scramble_all, PTRDIFF_MAX / 4, NULL, NULL, NULL);
    size_t n = 12345;
    const int rc = par_iter_count(&it, &n);
    return rc == ENOMEM && n == 12345 ? NULL : wrong("returned %d without memory", rc);
}
