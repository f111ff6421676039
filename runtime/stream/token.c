/* SPDX-License-Identifier: MIT */
#include "stream/token.h"

#include "base/clock.h"
#include "job/panic.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#define NO_LIMIT SIZE_MAX

/* ---- opening and closing --------------------------------------------------------------------- */

int ws_token_check(const par_stage *stages, size_t n, const par_pipeline_options *options)
{
    if (stages == NULL || n == 0 || options == NULL || options->size != sizeof *options ||
        options->element_size == 0)
        return EINVAL;
    const par_pipeline_stats *stats = options->stats;
    if (stats != NULL && (stats->size != sizeof *stats || stats->stages == NULL))
        return EINVAL;
    for (size_t i = 0; i < n; i++) {
        if (stages[i].fn == NULL || stages[i].kind < PAR_STAGE_SERIAL_IN_ORDER ||
            stages[i].kind > PAR_STAGE_PARALLEL)
            return EINVAL;
    }
    return 0;
}

static size_t rounded(size_t size)
{
    return (size + WS_CACHELINE - 1) / WS_CACHELINE * WS_CACHELINE;
}

static void make_tokens(ws_flow *flow)
{
    for (size_t i = 0; i < flow->tokens_n; i++) {
        ws_token *token = ws_token_at(flow, i);
        memset(token, 0, sizeof *token);
        token->flow = flow;
        token->is_empty = true;
        token->group.asked = flow->options->group;
    }
}

/* The bytes of all tokens; 0 if they are too many. */
static size_t size_tokens(ws_flow *flow, size_t tokens)
{
    const size_t size = flow->options->element_size;
    flow->tokens_n = flow->options->tokens != 0 ? flow->options->tokens : tokens;
    if (size > PTRDIFF_MAX / 4)
        return 0;
    flow->token_size = rounded(sizeof(ws_token) + size);
    return flow->tokens_n > PTRDIFF_MAX / 4 / flow->token_size ? 0
                                                               : flow->tokens_n * flow->token_size;
}

int ws_token_open(ws_flow *flow, size_t tokens, size_t extra_size, void **extra)
{
    const size_t size = size_tokens(flow, tokens);
    if (size == 0 || extra_size > PTRDIFF_MAX / 4 || flow->n > PTRDIFF_MAX / 4 / sizeof(ws_tally))
        return ENOMEM;
    const size_t tallies = flow->n * sizeof(ws_tally);
    flow->tokens = aligned_alloc(WS_CACHELINE, size + tallies + rounded(extra_size));
    if (flow->tokens == NULL)
        return ENOMEM;
    const int code = pthread_mutex_init(&flow->lock, NULL);
    if (code != 0) {
        free(flow->tokens);
        return code;
    }
    flow->limit = NO_LIMIT;
    make_tokens(flow);
    flow->tallies = (ws_tally *)(void *)(flow->tokens + size);
    *extra = flow->tokens + size + tallies;
    memset(flow->tallies, 0, tallies + extra_size);
    flow->start_ns = flow->options->stats != NULL ? ws_clock_ns() : 0;
    return 0;
}

static void fill_in_stats(const ws_flow *flow, par_pipeline_stats *stats)
{
    stats->wall_ns = ws_clock_ns() - flow->start_ns;
    stats->bottleneck = 0;
    for (size_t i = 0; i < flow->n; i++) {
        par_stage_stats *stage = &stats->stages[i];
        const ws_tally *tally = &flow->tallies[i];
        stage->items = tally->items;
        stage->busy_ns = tally->busy_ns;
        stage->wait_ns = tally->wait_ns;
        const double most = (double)stats->wall_ns * (double)stage->places;
        stage->load = most > 0 ? (double)stage->busy_ns / most : 0;
        if (stage->load > stats->stages[stats->bottleneck].load)
            stats->bottleneck = i;
    }
}

int ws_token_close(ws_flow *flow)
{
    if (flow->options->stats != NULL)
        fill_in_stats(flow, flow->options->stats);
    pthread_mutex_destroy(&flow->lock);
    free(flow->tokens);
    return flow->code;
}

/* ---- how a run ends -------------------------------------------------------------------------- */

/* Tells the stages that work on elements above the limit. A token that takes its number later sees
 * the limit: both sides write their word and then read the other's, sequentially consistent. */
static void tell_unwanted(const ws_flow *flow, size_t limit)
{
    for (size_t i = 0; i < flow->tokens_n; i++) {
        ws_token *token = ws_token_at(flow, i);
        if (ws_load_seq_cst(&token->seq) > limit)
            ws_cas_acq_rel(&token->group.code, 0, ECANCELED);
    }
}

static void lower_limit(ws_flow *flow, size_t limit, int code)
{
    pthread_mutex_lock(&flow->lock);
    if (limit < ws_load_relaxed(&flow->limit)) {
        flow->code = code;
        ws_store_seq_cst(&flow->limit, limit);
        tell_unwanted(flow, limit);
    }
    pthread_mutex_unlock(&flow->lock);
}

/* The group of a token that was wanted has stopped. Whether a limit has told it so is certain only
 * under the lock. */
static void note_cancel(ws_flow *flow, size_t seq)
{
    pthread_mutex_lock(&flow->lock);
    if (seq < ws_load_relaxed(&flow->limit)) {
        if (flow->code == 0)
            flow->code = ECANCELED;
        ws_store_seq_cst(&flow->limit, 0);
    }
    pthread_mutex_unlock(&flow->lock);
}

static bool is_unwanted(const ws_token *token)
{
    const size_t seq = ws_load_relaxed(&token->seq);
    if (seq >= ws_load_seq_cst(&token->flow->limit))
        return true;
    if (!ws_group_is_stopped(&token->group))
        return false;
    note_cancel(token->flow, seq);
    return true;
}

static void drop(ws_token *token)
{
    const par_pipeline_options *options = token->flow->options;
    if (options->drop != NULL)
        options->drop(token->element, options->drop_ctx);
}

/* ---- a stage --------------------------------------------------------------------------------- */

bool ws_token_begin(ws_token *token)
{
    ws_flow *flow = token->flow;
    if (ws_load_acquire(&flow->has_ended) != 0 || ws_load_seq_cst(&flow->limit) != NO_LIMIT)
        return false;
    ws_store_seq_cst(&token->seq, flow->next_seq++);
    token->is_empty = false;
    return true;
}

typedef struct stage_call {
    const par_stage *stage;
    void *element;
    int code;
} stage_call;

static void make_call(void *arg)
{
    stage_call *const self = arg;
    self->code = self->stage->fn(self->element, self->stage->ctx);
}

/* A panic is a failure with its code, whatever the code says. */
static int call_stage(const par_stage *stage, void *element)
{
    ws_catch catch;
    stage_call self = {stage, element, 0};
    if (!ws_panic_catch(&catch, make_call, &self))
        return self.code;
    const int code = catch.failure.code;
    return code == PAR_STAGE_END || code == PAR_STAGE_SKIP ? ECANCELED : code;
}

static int call_measured(ws_token *token, const par_stage *stage)
{
    ws_tally *tally = &token->flow->tallies[token->stage];
    const uint64_t start = ws_clock_ns();
    const int code = call_stage(stage, token->element);
    const uint64_t end = ws_clock_ns();
    ws_add_relaxed(&tally->busy_ns, (size_t)(end - start));
    if (code != PAR_STAGE_END || token->stage > 0)
        ws_add_relaxed(&tally->items, 1);
    if (token->stage > 0)
        ws_add_relaxed(&tally->wait_ns, (size_t)(start - token->ready_ns));
    token->ready_ns = end;
    return code;
}

static int call(ws_token *token)
{
    const par_stage *stage = &token->flow->stages[token->stage];
    if (token->flow->options->stats != NULL)
        return call_measured(token, stage);
    return call_stage(stage, token->element);
}

/* A stage has not passed the element on. */
static void judge(ws_token *token, int code)
{
    ws_flow *flow = token->flow;
    const bool is_first = token->stage == 0;
    token->is_empty = true;
    if (code == PAR_STAGE_SKIP)
        return;
    if (code == PAR_STAGE_END && is_first) {
        ws_store_release(&flow->has_ended, 1);
        return;
    }
    lower_limit(flow, ws_load_relaxed(&token->seq), code == PAR_STAGE_END ? 0 : code);
    if (code != PAR_STAGE_END && !is_first)
        drop(token);
}

void ws_token_work(ws_token *token)
{
    if (token->is_empty)
        return;
    if (is_unwanted(token)) {
        token->is_empty = true;
        if (token->stage > 0)
            drop(token);
        return;
    }
    const int code = call(token);
    if (code != 0)
        judge(token, code);
}
