/* SPDX-License-Identifier: MIT */
/* thread_pipeline.c - pipelines whose stages have threads of their own. Before each stage is a
 * channel of tokens; the one before the first stage has those that are free.
 *
 * R1  Each channel has room for all tokens: only receivers wait.
 * R2  What waits can go on: a first stage waits for free tokens, of which either one is there or
 *     one is under way and comes back; a later stage waits for tokens or for the end of the stage
 *     before it. A stage in order that waits for a number keeps the later ones; that number is
 *     under way, and nothing before it waits for what is kept.
 * R3  A stage ends, at the first one, when nothing more is to begin, else when the channel before
 *     it is closed and empty. The last of its threads closes the channel behind it. */
#include "base/option.h"
#include "base/thread.h"
#include "pool/block.h"
#include "stream/token.h"

#include <par/channel.h>
#include <par/pool.h>

#include <errno.h>

enum { TOKENS_PER_THREAD = 4 };

/* A stage, and the channel before it. */
typedef struct post {
    par_sender *sender;
    par_receiver *receiver;
    size_t threads;
    size_t working;   /* threads that have not ended */
    ws_token **early; /* of a stage in order: number i at i % tokens; NULL in others */
    size_t expected;
} post;

typedef struct seat {
    struct assembly *line;
    size_t stage;
    pthread_t thread;
} seat;

typedef struct assembly {
    ws_flow flow; /* first: tokens know it */
    post *posts;
    seat *seats;
    size_t seats_n;
    pthread_mutex_t first; /* held by the thread that numbers a token */
} assembly;

/* ---- a thread -------------------------------------------------------------------------------- */

static ws_token *take(const post *here)
{
    ws_token *token = NULL;
    return par_recv(here->receiver, &token) == 0 ? token : NULL;
}

/* The stage behind the last one is the first: it may have ended, and needs no tokens then. */
static void pass_on(const assembly *line, ws_token *token)
{
    token->stage = token->stage + 1 < line->flow.n ? token->stage + 1 : 0;
    (void)par_send(line->posts[token->stage].sender, &token);
}

static bool begin(assembly *line, ws_token *token)
{
    pthread_mutex_lock(&line->first);
    const bool begins = ws_token_begin(token);
    pthread_mutex_unlock(&line->first);
    return begins;
}

static void run_first(assembly *line, const post *here)
{
    ws_token *token;
    while ((token = take(here)) != NULL) {
        if (!begin(line, token)) {
            (void)par_send(here->sender, &token); /* for others that wait here */
            return;
        }
        ws_token_work(token);
        pass_on(line, token);
    }
}

static void run_any_order(const assembly *line, const post *here)
{
    ws_token *token;
    while ((token = take(here)) != NULL) {
        ws_token_work(token);
        pass_on(line, token);
    }
}

static ws_token **early_place(const assembly *line, const post *here)
{
    return &here->early[here->expected % line->flow.tokens_n];
}

static void run_in_order(const assembly *line, post *here)
{
    ws_token *token;
    while ((token = take(here)) != NULL) {
        here->early[ws_load_relaxed(&token->seq) % line->flow.tokens_n] = token;
        while ((token = *early_place(line, here)) != NULL) {
            *early_place(line, here) = NULL;
            here->expected++;
            ws_token_work(token);
            pass_on(line, token);
        }
    }
}

static void *run_seat(void *arg)
{
    const seat *self = arg;
    assembly *line = self->line;
    post *here = &line->posts[self->stage];
    const char *name = line->flow.stages[self->stage].name;
    ws_thread_name(name != NULL ? name : "par-stage");
    if (self->stage == 0)
        run_first(line, here);
    else if (here->early != NULL)
        run_in_order(line, here);
    else
        run_any_order(line, here);
    if (ws_add_seq_cst(&here->working, (size_t)-1) == 1 && self->stage + 1 < line->flow.n)
        par_sender_close(line->posts[self->stage + 1].sender);
    return NULL;
}

/* ---- the line -------------------------------------------------------------------------------- */

static size_t threads_of(const par_stage *stage)
{
    if (stage->kind != PAR_STAGE_PARALLEL)
        return 1;
    return stage->threads != 0 ? stage->threads : par_num_threads();
}

static bool keeps_order(const ws_flow *flow, size_t stage)
{
    return stage > 0 && flow->stages[stage].kind == PAR_STAGE_SERIAL_IN_ORDER;
}

/* The bytes for posts, seats and the places of early tokens; 0 if they are too many. */
static size_t size_line(assembly *line, size_t *tokens)
{
    const size_t most = PTRDIFF_MAX / 8;
    const ws_flow *flow = &line->flow;
    size_t in_order = 0;
    for (size_t i = 0; i < flow->n; i++) {
        const size_t threads = threads_of(&flow->stages[i]);
        if (threads > most / sizeof(seat) - line->seats_n)
            return 0;
        line->seats_n += threads;
        in_order += keeps_order(flow, i);
    }
    *tokens =
        flow->options->tokens != 0 ? flow->options->tokens : TOKENS_PER_THREAD * line->seats_n;
    if (flow->n > most / sizeof(post) || *tokens > most / sizeof(ws_token *) / (in_order + 1))
        return 0;
    return flow->n * sizeof(post) + line->seats_n * sizeof(seat) +
           in_order * *tokens * sizeof(ws_token *);
}

static void lay_out(assembly *line, void *memory)
{
    ws_flow *flow = &line->flow;
    line->posts = memory;
    line->seats = (seat *)(void *)(line->posts + flow->n);
    ws_token **early = (ws_token **)(void *)(line->seats + line->seats_n);
    seat *next = line->seats;
    for (size_t i = 0; i < flow->n; i++) {
        post *here = &line->posts[i];
        here->threads = here->working = threads_of(&flow->stages[i]);
        if (keeps_order(flow, i)) {
            here->early = early;
            early += flow->tokens_n;
        }
        for (size_t k = 0; k < here->threads; k++)
            *next++ = (seat){.line = line, .stage = i};
        if (flow->options->stats != NULL)
            flow->options->stats->stages[i].places =
                here->threads < flow->tokens_n ? here->threads : flow->tokens_n;
    }
}

/* Into the first stage's channel tokens also come from the caller. */
static bool is_between_two(const assembly *line, size_t stage)
{
    return stage > 0 && line->posts[stage - 1].threads == 1 && line->posts[stage].threads == 1;
}

static int open_channels(assembly *line)
{
    par_channel_options options = PAR_CHANNEL_OPTIONS_INIT;
    options.element_size = sizeof(ws_token *);
    options.capacity = line->flow.tokens_n;
    for (size_t i = 0; i < line->flow.n; i++) {
        post *here = &line->posts[i];
        options.name = line->flow.stages[i].name;
        options.flags = is_between_two(line, i) ? PAR_CHANNEL_SPSC : 0;
        const int code = par_channel_create(&here->sender, &here->receiver, &options);
        if (code != 0)
            return code;
    }
    return 0;
}

static void close_channels(assembly *line)
{
    for (size_t i = 0; i < line->flow.n && line->posts[i].sender != NULL; i++) {
        par_sender_drop(line->posts[i].sender);
        par_receiver_drop(line->posts[i].receiver);
    }
}

/* Threads find nothing to do until the tokens are put in. */
static int start_threads(assembly *line, size_t *started)
{
    int code = 0;
    for (*started = 0; *started < line->seats_n; ++*started) {
        seat *self = &line->seats[*started];
        code = ws_thread_start(&self->thread, (size_t)ws_option_get(WS_OPTION_STACK_SIZE), run_seat,
                               self);
        if (code != 0)
            break;
    }
    return code;
}

static void put_in_tokens(assembly *line)
{
    void *around = par_detail_self_v1 != NULL ? par_detail_self_v1->group : NULL;
    for (size_t i = 0; i < line->flow.tokens_n; i++) {
        ws_token *token = ws_token_at(&line->flow, i);
        token->group.around = around;
        (void)par_send(line->posts[0].sender, &token);
    }
}

static int run_threads(assembly *line)
{
    size_t started = 0;
    const int code = start_threads(line, &started);
    if (code == 0)
        put_in_tokens(line);
    for (size_t i = 0; code != 0 && i < line->flow.n; i++)
        par_sender_close(line->posts[i].sender);
    ws_block_lend();
    for (size_t i = 0; i < started; i++)
        pthread_join(line->seats[i].thread, NULL);
    ws_block_take_back();
    return code;
}

int par_thread_pipeline_run(const par_stage *stages, size_t n, const par_pipeline_options *options)
{
    int code = ws_token_check(stages, n, options);
    if (code != 0)
        return code;
    assembly line = {.flow = {.stages = stages, .n = n, .options = options},
                     .first = PTHREAD_MUTEX_INITIALIZER};
    size_t tokens = 0;
    void *memory = NULL;
    const size_t size = size_line(&line, &tokens);
    if (size == 0)
        return ENOMEM;
    code = ws_token_open(&line.flow, tokens, size, &memory);
    if (code != 0)
        return code;
    lay_out(&line, memory);
    code = open_channels(&line);
    if (code == 0)
        code = run_threads(&line);
    close_channels(&line);
    const int result = ws_token_close(&line.flow);
    return code != 0 ? code : result;
}
