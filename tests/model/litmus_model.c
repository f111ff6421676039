/* SPDX-License-Identifier: MIT */
/* litmus_model.c - the checker itself: small programs whose outcomes under x86-TSO are known. All
 * of them must be found, and no others. Which ones those are was computed by walking through the
 * states of the operational model (Sewell and others, x86-TSO, 2010) in another way than the
 * checker does: there a store may become visible between any two steps. */
#include "harnesses.h"

#include <stdio.h>
#include <string.h>

enum { MOST_OPS = 4, MOST_THREADS = 4, VARIABLES = 3, REGISTERS = 4, OUTCOMES = 256, BITS = 2 };
enum { X, Y, Z };

typedef enum kind { NOTHING, LOAD, STORE, EXCHANGE, FENCE, BARRIER } kind;

typedef struct instruction {
    kind kind;
    int variable;
    int value; /* of a store; of a load the register */
} instruction;

typedef struct litmus {
    const char *name;
    instruction threads[MOST_THREADS][MOST_OPS];
    /* Variables whose values at the end are part of the outcome, after the registers. */
    int observed_count;
    int observed[VARIABLES];
    int outcome_count;
    unsigned char outcomes[16]; /* two bits for each register, then for each observed variable */
} litmus;

static const litmus tests[] = {
    {"sb", {{{STORE, X, 1}, {LOAD, Y, 0}}, {{STORE, Y, 1}, {LOAD, X, 1}}}, 0, {0}, 4, {0, 1, 4, 5}},
    {"sb_fences",
     {{{STORE, X, 1}, {FENCE, 0, 0}, {LOAD, Y, 0}}, {{STORE, Y, 1}, {FENCE, 0, 0}, {LOAD, X, 1}}},
     0,
     {0},
     3,
     {1, 4, 5}},
    {"sb_exchange",
     {{{EXCHANGE, X, 1}, {LOAD, Y, 0}}, {{EXCHANGE, Y, 1}, {LOAD, X, 1}}},
     0,
     {0},
     3,
     {1, 4, 5}},
    {"sb_one_fence",
     {{{STORE, X, 1}, {FENCE, 0, 0}, {LOAD, Y, 0}}, {{STORE, Y, 1}, {LOAD, X, 1}}},
     0,
     {0},
     4,
     {0, 1, 4, 5}},
    {"sb_barrier",
     {{{STORE, X, 1}, {LOAD, Y, 0}}, {{STORE, Y, 1}, {BARRIER, 0, 0}, {LOAD, X, 1}}},
     0,
     {0},
     3,
     {1, 4, 5}},
    {"sb_own",
     {{{STORE, X, 1}, {LOAD, X, 0}, {LOAD, Y, 1}}, {{STORE, Y, 1}, {LOAD, Y, 2}, {LOAD, X, 3}}},
     0,
     {0},
     4,
     {17, 21, 81, 85}},
    {"mp", {{{STORE, X, 1}, {STORE, Y, 1}}, {{LOAD, Y, 0}, {LOAD, X, 1}}}, 0, {0}, 3, {0, 4, 5}},
    {"lb", {{{LOAD, X, 0}, {STORE, Y, 1}}, {{LOAD, Y, 1}, {STORE, X, 1}}}, 0, {0}, 3, {0, 1, 4}},
    {"r", {{{STORE, X, 1}, {STORE, Y, 1}}, {{STORE, Y, 2}, {LOAD, X, 0}}}, 1, {Y}, 4, {4, 5, 8, 9}},
    {"s", {{{STORE, X, 2}, {STORE, Y, 1}}, {{LOAD, Y, 0}, {STORE, X, 1}}}, 1, {X}, 3, {4, 5, 8}},
    {"w2",
     {{{STORE, X, 1}, {STORE, Y, 2}}, {{STORE, Y, 1}, {STORE, X, 2}}},
     2,
     {X, Y},
     3,
     {6, 9, 10}},
    {"n6",
     {{{STORE, X, 1}, {LOAD, X, 0}, {LOAD, Y, 1}}, {{STORE, Y, 2}, {STORE, X, 2}}},
     1,
     {X},
     5,
     {17, 25, 33, 41, 42}},
    {"n5",
     {{{STORE, X, 1}, {LOAD, X, 0}}, {{STORE, X, 2}, {LOAD, X, 1}}},
     1,
     {X},
     4,
     {21, 25, 41, 42}},
    {"corr",
     {{{STORE, X, 1}, {STORE, X, 2}}, {{LOAD, X, 0}, {LOAD, X, 1}}},
     0,
     {0},
     6,
     {0, 4, 5, 8, 9, 10}},
    {"wrc",
     {{{STORE, X, 1}}, {{LOAD, X, 0}, {STORE, Y, 1}}, {{LOAD, Y, 1}, {LOAD, X, 2}}},
     0,
     {0},
     7,
     {0, 1, 4, 16, 17, 20, 21}},
    {"rwc",
     {{{STORE, X, 1}}, {{LOAD, X, 0}, {LOAD, Y, 1}}, {{STORE, Y, 1}, {LOAD, X, 2}}},
     0,
     {0},
     8,
     {0, 1, 4, 5, 16, 17, 20, 21}},
    {"iriw",
     {{{STORE, X, 1}}, {{STORE, Y, 1}}, {{LOAD, X, 0}, {LOAD, Y, 1}}, {{LOAD, Y, 2}, {LOAD, X, 3}}},
     0,
     {0},
     15,
     {0, 1, 4, 5, 16, 20, 21, 64, 65, 68, 69, 80, 81, 84, 85}},
    {"w3",
     {{{STORE, X, 1}, {STORE, Y, 2}},
      {{STORE, Y, 1}, {STORE, Z, 2}},
      {{STORE, Z, 1}, {STORE, X, 2}}},
     3,
     {X, Y, Z},
     7,
     {22, 25, 26, 37, 38, 41, 42}},
    {"sb_barrier3",
     {{{STORE, X, 1}, {LOAD, Z, 0}},
      {{STORE, Y, 1}, {LOAD, Z, 1}},
      {{STORE, Z, 1}, {BARRIER, 0, 0}, {LOAD, X, 2}, {LOAD, Y, 3}}},
     0,
     {0},
     9,
     {5, 20, 21, 65, 69, 80, 81, 84, 85}},
};

static const litmus *test;
static bool found[OUTCOMES];

static struct {
    size_t variables[VARIABLES];
    size_t registers[REGISTERS];
} state;

static void perform(instruction op)
{
    size_t *variable = &state.variables[op.variable];
    switch (op.kind) {
    case LOAD:
        state.registers[op.value] = model_load(variable, MODEL_SITE);
        break;
    case STORE:
        model_store(variable, (size_t)op.value, MODEL_SITE);
        break;
    case EXCHANGE:
        model_rmw(variable, MODEL_EXCHANGE, (size_t)op.value, MODEL_SITE);
        break;
    case FENCE:
        model_fence(MODEL_SITE);
        break;
    case BARRIER:
        model_barrier(MODEL_SITE);
        break;
    case NOTHING:
    default:
        break;
    }
}

static void *run(void *arg)
{
    const instruction *ops = arg;
    for (int i = 0; i < MOST_OPS; i++)
        perform(ops[i]);
    return NULL;
}

static int registers_of(const litmus *of)
{
    int n = 0;
    for (int thread = 0; thread < MOST_THREADS; thread++) {
        for (int i = 0; i < MOST_OPS; i++) {
            const instruction op = of->threads[thread][i];
            if (op.kind == LOAD && op.value >= n)
                n = op.value + 1;
        }
    }
    return n;
}

static void check(void)
{
    size_t outcome = 0;
    int at = 0;
    for (; at < registers_of(test); at++)
        outcome |= state.registers[at] << (BITS * at);
    for (int i = 0; i < test->observed_count; i++)
        outcome |= state.variables[test->observed[i]] << (BITS * (at + i));
    found[outcome] = true;
}

static const char *finish(void)
{
    static char text[64];
    for (int i = 0; i < test->outcome_count; i++) {
        if (!found[test->outcomes[i]]) {
            (void)snprintf(text, sizeof text, "outcome %d was not found", test->outcomes[i]);
            return text;
        }
        found[test->outcomes[i]] = false;
    }
    for (int i = 0; i < OUTCOMES; i++) {
        if (found[i]) {
            (void)snprintf(text, sizeof text, "outcome %d is impossible", i);
            return text;
        }
    }
    return NULL;
}

static void set_up(const char *name)
{
    for (size_t i = 0; i < sizeof tests / sizeof tests[0]; i++) {
        if (strcmp(tests[i].name, name) == 0)
            test = &tests[i];
    }
    model_keep(&state, sizeof state);
    for (size_t i = 0; i < VARIABLES; i++)
        model_name(&state.variables[i], sizeof(size_t), "%c", (int)('x' + i));
    static const char *const names[] = {"first", "second", "third", "fourth"};
    for (size_t i = 0; i < MOST_THREADS && test->threads[i][0].kind != NOTHING; i++)
        model_thread(names[i], run, (void *)(uintptr_t)test->threads[i]);
}

#define LITMUS(name)                                                                               \
    static void set_up_##name(void)                                                                \
    {                                                                                              \
        set_up(#name);                                                                             \
    }                                                                                              \
    const model_harness litmus_##name = {                                                          \
        "litmus_" #name, set_up_##name, check, finish, MODEL_ALL, MODEL_ALL,                       \
    };
LITMUS_NAMES(LITMUS)
