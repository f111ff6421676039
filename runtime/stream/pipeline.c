/* SPDX-License-Identifier: MIT */
/* pipeline.c - pipelines as tasks of a scope: each token that can go on is one task.
 *
 * A serial stage is behind a gate. A token that comes to a gate goes through, or is left there by
 * the thread that brought it, which then does something else. Who has gone through passes the gate
 * on: to a token that waits there, which becomes a task, or to the one that comes next.
 *
 * P1  A gate is open, or one token has it: from going through until it passes it on, just after the
 *     stage's function. A gate that has been passed to a token belongs to it before its task runs.
 * P2  A gate without order is one word: OPEN, TAKEN, or the newest of the tokens that wait, each of
 *     which names the one before. Only the holder takes tokens away, all at once, into `waiting`,
 *     which is his: so nothing can come back to the word while somebody looks at it.
 * P3  A gate with order has a cell for each number modulo a power of two that is no less than the
 *     number of tokens. Two come to a cell, each once, by an exchange: the token of that number,
 *     and the one before it, to say that it is its turn. The second to come empties the cell, and
 *     the token goes on. The next number that uses the cell begins only after one of those between
 *     has left the last stage, and so after this: no two numbers are in a cell together.
 * P4  Before the first stage is a gate without order, whatever its kind: it numbers the tokens. A
 *     token that has left the last stage comes to it again. When nothing more is to begin its
 *     holder keeps it: tokens stay there, and the scope ends when none is anywhere else.
 * P5  A task's record lies in its token, and is free as soon as the task runs. */
#include "base/cacheline.h"
#include "pool/worker.h"
#include "stream/token.h"

#include <par/pool.h>

#include <errno.h>

enum { OPEN = 0, TAKEN = 1, TURN = 1 };

enum { TOKENS_PER_THREAD = 4 };

typedef struct gate {
    WS_OWN_LINE size_t word;
    ws_token *waiting; /* oldest first */
    size_t *cells;     /* NULL: there is no order */
} gate;

typedef struct pipeline {
    ws_flow flow; /* first: tokens know it */
    gate *gates;
    size_t cells_n; /* of each gate with order */
} pipeline;

static pipeline *pipeline_of(const ws_token *token)
{
    return (pipeline *)(void *)token->flow;
}

static size_t *cell_of(const ws_token *token, size_t seq)
{
    const pipeline *p = pipeline_of(token);
    return &p->gates[token->stage].cells[seq & (p->cells_n - 1)];
}

/* ---- gates ----------------------------------------------------------------------------------- */

/* P3. False: the token is left at the gate, and not the caller's any more. */
static bool enter_in_order(ws_token *token)
{
    size_t *cell = cell_of(token, ws_load_relaxed(&token->seq));
    if (ws_exchange_acq_rel(cell, (size_t)token) != TURN)
        return false;
    ws_store_relaxed(cell, 0);
    return true;
}

/* P2. */
static bool enter_any_order(gate *here, ws_token *token)
{
    for (;;) {
        const size_t seen = ws_load_acquire(&here->word);
        if (seen == OPEN) {
            if (ws_cas_acq_rel(&here->word, OPEN, TAKEN))
                return true;
            continue;
        }
        token->next = seen == TAKEN ? NULL : (ws_token *)seen;
        if (ws_cas_acq_rel(&here->word, seen, (size_t)token))
            return false;
    }
}

static bool enter(ws_token *token)
{
    const par_stage *stage = &token->flow->stages[token->stage];
    const bool is_first = token->stage == 0;
    token->is_inside = is_first || stage->kind == PAR_STAGE_SERIAL_IN_ORDER ||
                       (stage->kind == PAR_STAGE_SERIAL && !token->is_empty);
    if (!token->is_inside)
        return true;
    gate *here = &pipeline_of(token)->gates[token->stage];
    return here->cells != NULL ? enter_in_order(token) : enter_any_order(here, token);
}

/* The token that has the gate now, or NULL. */
static ws_token *pass_in_order(const ws_token *token)
{
    size_t *cell = cell_of(token, ws_load_relaxed(&token->seq) + 1);
    ws_token *next = (ws_token *)ws_exchange_acq_rel(cell, TURN);
    if (next != NULL)
        ws_store_relaxed(cell, 0);
    return next;
}

static ws_token *oldest_first(ws_token *newest)
{
    ws_token *list = NULL;
    while (newest != NULL) {
        ws_token *before = newest->next;
        newest->next = list;
        list = newest;
        newest = before;
    }
    return list;
}

static ws_token *pass_any_order(gate *here)
{
    if (here->waiting == NULL) {
        if (ws_cas_acq_rel(&here->word, TAKEN, OPEN))
            return NULL;
        here->waiting = oldest_first((ws_token *)ws_exchange_acq_rel(&here->word, TAKEN));
    }
    ws_token *next = here->waiting;
    here->waiting = next->next;
    return next;
}

/* ---- tasks ----------------------------------------------------------------------------------- */

static void run_token(par_scope *scope, void *arg);

static void leave(ws_token *token, par_scope *scope)
{
    if (!token->is_inside)
        return;
    token->is_inside = false;
    gate *here = &pipeline_of(token)->gates[token->stage];
    ws_token *next = here->cells != NULL ? pass_in_order(token) : pass_any_order(here);
    if (next != NULL)
        ws_scope_spawn_in(scope, &next->record, run_token, next);
}

/* The stage, in the place where the token's task stands among the calls around it. */
static void work(ws_token *token)
{
    par_detail_worker *self = par_detail_self_v1;
    void *before = self->group;
    token->group.around = before;
    self->group = &token->group;
    ws_token_work(token);
    self->group = before;
}

/* False: nothing more is to begin (P4). */
static bool run_stage(ws_token *token, par_scope *scope)
{
    const par_stage *stage = &token->flow->stages[token->stage];
    if (token->stage == 0 && !ws_token_begin(token))
        return false;
    if (stage->kind == PAR_STAGE_PARALLEL)
        leave(token, scope);
    work(token);
    leave(token, scope);
    return true;
}

static void run_token(par_scope *scope, void *arg)
{
    ws_token *token = arg;
    do {
        if (!run_stage(token, scope))
            return;
        token->stage = token->stage + 1 < token->flow->n ? token->stage + 1 : 0;
    } while (enter(token));
}

/* ---- the call -------------------------------------------------------------------------------- */

static void set_up_gates(pipeline *p, size_t *cells)
{
    const ws_flow *flow = &p->flow;
    for (size_t i = 1; i < flow->n; i++) {
        if (flow->stages[i].kind != PAR_STAGE_SERIAL_IN_ORDER)
            continue;
        p->gates[i].cells = cells;
        cells[0] = TURN;
        cells += p->cells_n;
    }
    p->gates[0].word = TAKEN;
    for (size_t i = flow->tokens_n; i-- > 1;) {
        ws_token *token = ws_token_at(flow, i);
        token->is_inside = true;
        token->next = p->gates[0].waiting;
        p->gates[0].waiting = token;
    }
    ws_token_at(flow, 0)->is_inside = true;
}

static size_t count_in_order(const ws_flow *flow)
{
    size_t n = 0;
    for (size_t i = 1; i < flow->n; i++)
        n += flow->stages[i].kind == PAR_STAGE_SERIAL_IN_ORDER;
    return n;
}

static void enter_places(const ws_flow *flow, size_t threads)
{
    if (flow->options->stats == NULL)
        return;
    const size_t most = threads < flow->tokens_n ? threads : flow->tokens_n;
    for (size_t i = 0; i < flow->n; i++) {
        const bool is_parallel = flow->stages[i].kind == PAR_STAGE_PARALLEL;
        flow->options->stats->stages[i].places = is_parallel ? most : 1;
    }
}

static size_t power_of_two(size_t least)
{
    size_t n = 1;
    while (n < least)
        n *= 2;
    return n;
}

/* ENOMEM if the cells alone are too many. */
static int open_pipeline(pipeline *p, size_t tokens)
{
    const size_t in_order = count_in_order(&p->flow);
    const size_t n = p->flow.options->tokens != 0 ? p->flow.options->tokens : tokens;
    const size_t most = PTRDIFF_MAX / 16;
    if (p->flow.n > most / sizeof(gate) || n > most / sizeof(size_t) / (in_order + 1))
        return ENOMEM;
    p->cells_n = power_of_two(n);
    const size_t gates = p->flow.n * sizeof(gate);
    const size_t cells = in_order * p->cells_n * sizeof(size_t);
    void *extra = NULL;
    const int code = ws_token_open(&p->flow, tokens, gates + cells, &extra);
    if (code != 0)
        return code;
    p->gates = extra;
    set_up_gates(p, (size_t *)(void *)((char *)extra + gates));
    return 0;
}

int par_pipeline_run(const par_stage *stages, size_t n, const par_pipeline_options *options)
{
    int code = ws_token_check(stages, n, options);
    if (code != 0)
        return code;
    pipeline p = {.flow = {.stages = stages, .n = n, .options = options}};
    const size_t threads = par_num_threads();
    code = open_pipeline(&p, TOKENS_PER_THREAD * threads);
    if (code != 0)
        return code;
    enter_places(&p.flow, threads);
    (void)par_scope_run(run_token, ws_token_at(&p.flow, 0));
    return ws_token_close(&p.flow);
}
