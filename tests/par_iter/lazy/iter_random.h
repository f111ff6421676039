/* SPDX-License-Identifier: MIT */
/* iter_random.h - random iterators, each built together with the list of elements that must come
 * out of it. The list is made element by element from the words of par/iter.h.
 *
 *   iter_random_source.c   sources, and iterators made of others
 *   iter_random_build.c    stages, and how all is put together
 *   iter_random_forms.c    stages and combinations that are less common
 *   iter_random_blocks.c   the functions that par calls
 *   iter_random_run.c      a consumer, and what it must give
 *   iter_random_many.c     the same with several arrays, or another iterator
 *   iter_random_checks.c   many of them
 *
 * An item of a list has a code if a function fails at it: it stays in the list so long as it would
 * be evaluated. At most one function of a plan fails. */
#ifndef TESTS_PAR_ITER_ITER_RANDOM_H
#define TESTS_PAR_ITER_ITER_RANDOM_H

#include "par_iter/lazy/iter_element.h"

#include <par/iter.h>

/* What an element is as it comes out: a number, or something that a map makes a number of. */
enum iter_random_raw { RAW_NUMBER, RAW_CELL, RAW_SLICE, RAW_PAIR, RAW_NUMBERED };

typedef struct random_item {
    uint64_t number;
    int code;
} random_item;

/* What a function of an iterator is given. */
typedef struct random_fn random_fn;
struct random_fn {
    enum iter_random_raw raw;
    size_t in_size;    /* of what it reads */
    size_t inner_size; /* of a number in it: of a slice's element, a pair's left, a numbered one */
    size_t right_size;
    size_t offset;
    size_t out_size;
    uint64_t factor;
    uint64_t term;
    uint64_t divisor; /* a filter drops multiples; a flat_map makes number % divisor */
    bool fails;
    uint64_t fails_at;
    int code;
    int init_code;
    random_fn *inner; /* of an iterator for each element */
    atomic_size_t made;
    atomic_size_t ended;
    atomic_size_t misused; /* states that were not there, or two threads used */
};

/* An iterator and what comes out of it. */
typedef struct random_node {
    par_iter *it;
    random_item *items;
    size_t n;
    size_t size;
    size_t places; /* of the source, which collect wants room for */
    enum iter_random_raw raw;
    size_t inner_size;
    size_t right_size;
    size_t offset;
    size_t n_stages;
    bool has_positions;
    bool has_flat;
    bool is_wrong; /* the calls return EINVAL */
} random_node;

enum { RANDOM_TEXT = 2048, RANDOM_MEMORY = 512, RANDOM_FNS = 128 };

typedef struct random_plan {
    uint64_t state; /* of the generator */
    size_t length;
    char text[RANDOM_TEXT]; /* for who has to understand a failure */
    size_t n_memory;
    void *memory[RANDOM_MEMORY];
    size_t n_fns;
    random_fn *fns[RANDOM_FNS];
    bool has_failure;
} random_plan;

/* ---- the plan ---- */

size_t random_pick(random_plan *plan, size_t bound);
void *random_room(random_plan *plan, size_t bytes);
random_fn *random_new_fn(random_plan *plan);
void random_say(random_plan *plan, const char *format, ...) __attribute__((format(printf, 2, 3)));

/* Builds an iterator of numbers. */
random_node *random_build(random_plan *plan);

/* ---- what par calls ---- */

int random_fill(void *out, size_t first, size_t n, void *ctx);
ptrdiff_t random_map(void *out, const void *in, size_t n, void *ctx);
ptrdiff_t random_map_with_state(void *out, const void *in, size_t n, void *state);
ptrdiff_t random_filter(void *out, const void *in, size_t n, void *ctx);
ptrdiff_t random_filter_map(void *out, const void *in, size_t n, void *ctx);
ptrdiff_t random_look(void *out, const void *in, size_t n, void *ctx);
ptrdiff_t random_update(void *out, const void *in, size_t n, void *ctx);
ptrdiff_t random_find(const void *in, size_t n, bool last, void *ctx);
ptrdiff_t random_pass(const void *in, size_t n, void *ctx);
ptrdiff_t random_fold(void *out, const void *in, size_t n, void *ctx);
ptrdiff_t random_border(const void *in, size_t n, void *ctx);
int random_inner(par_iter *inner, const void *element, void *ctx);
int random_divide(void *left, void *right, const void *data, void *ctx);
int random_flat(par_sink *sink, const void *in, size_t n, void *ctx);
int random_init(void *state, void *ctx);
void random_fini(void *state, void *ctx);
enum { RANDOM_STATE = 24 };

/* What an iterator for each element begins with: some bits, so that it ends before SIZE_MAX. */
static inline uint64_t random_inner_begin(uint64_t number, const random_fn *f)
{
    return number * f->factor >> 16;
}

/* ---- the consumer ---- */

/* NULL, or what is wrong. */
const char *random_consume(random_plan *plan, random_node *node);

#endif
