/* SPDX-License-Identifier: MIT */
/* choices.h - the search. An execution is a sequence of choices; executions are tried depth first,
 * each from the beginning, until every choice has been made in every way that the bounds allow.
 *
 * Written down, a schedule names only the choices that are not the first ones possible:
 * "17:1,40.1:2" means that thread 1 goes on at step 17, and that the second choice about stores in
 * step 40 is 2. */
#ifndef MODEL_CHOICES_H
#define MODEL_CHOICES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

typedef enum choice_cost {
    COST_PREEMPTION, /* a thread is stopped that could go on */
    COST_LATE,       /* a store stays hidden although its thread has read or changed more since */
    COSTS
} choice_cost;

typedef struct choice_bounds {
    unsigned most[COSTS];
} choice_bounds;

/* Begins a search; or the replay of one schedule. False: it is not one. */
void choices_search(choice_bounds bounds);
bool choices_replay(const char *schedule);

/* Begins the next execution of the search. False: there is none. */
bool choices_next(void);

/* A choice of 0 .. n-1, of which those in the bit mask `costly` cost one of `cost`. In a schedule
 * `names[i]` stands for i; NULL: i itself. The first choice of a step about who goes on is written
 * without a number (`about_threads`). */
unsigned choices_make(unsigned n, choice_cost cost, unsigned costly, const unsigned *names,
                      bool about_threads);

/* The execution has left what earlier ones have tried, and is in the state `key`. True: all that
 * can follow has been tried already, within these bounds or wider ones. */
bool choices_has_seen(uint64_t key);

size_t choices_states(void);
void choices_use_cache(bool use);

/* The schedule of the execution so far, as text. */
const char *choices_schedule(void);

#endif
