/* SPDX-License-Identifier: MIT */
/* token.h - what both kinds of pipeline share: the tokens in which elements travel, what a stage
 * does to one, and how a run ends. It does not know how tokens get from stage to stage.
 *
 * T1  A token is with one thread or in one place at a time; who hands it on touches it no more.
 *     Only `seq` and `group.code` are touched by others meanwhile.
 * T2  Elements are numbered from 0 by `seq` when their first stage begins. An element's number is
 *     wanted while it is below `limit`, which only falls: to the number of an element that failed
 *     or wanted no further ones, or to 0 when the run is canceled. `code` belongs to `limit`, and
 *     both are written under the lock.
 * T3  A token whose element has been consumed, dropped or never made is empty. Empty tokens go
 *     through the stages that are in order as others do, so that the numbers have no gaps there.
 * T4  No element begins once `has_ended` or a limit is set. */
#ifndef WS_STREAM_TOKEN_H
#define WS_STREAM_TOKEN_H

#include "base/cacheline.h"
#include "job/group.h"
#include "scope/scope.h"

#include <par/pipeline.h>
#include <pthread.h>

#define WS_TOKEN_ALIGNMENT 64

typedef struct ws_token {
    WS_OWN_LINE ws_scoped record; /* of the task that goes on with it */
    struct ws_token *next;        /* in a list of those that wait */
    struct ws_flow *flow;
    size_t stage;
    size_t seq;
    uint64_t ready_ns; /* when it left the last stage; with statistics */
    ws_group group;    /* par_canceled of its stages; its code is set when it is not wanted */
    bool is_empty;
    bool is_inside; /* it occupies a place of its stage that others wait for */
    _Alignas(WS_TOKEN_ALIGNMENT) char element[];
} ws_token;

/* What a stage has cost so far. */
typedef struct ws_tally {
    WS_OWN_LINE size_t items;
    size_t busy_ns;
    size_t wait_ns;
} ws_tally;

/* One run. */
typedef struct ws_flow {
    const par_stage *stages;
    size_t n;
    const par_pipeline_options *options;
    size_t tokens_n;
    char *tokens;
    size_t token_size;
    ws_tally *tallies; /* [n] */
    uint64_t start_ns;
    size_t next_seq; /* of the one who is in front of the first stage */
    size_t limit;
    size_t has_ended;
    pthread_mutex_t lock;
    int code;
} ws_flow;

/* 0, or EINVAL. */
int ws_token_check(const par_stage *stages, size_t n, const par_pipeline_options *options);

/* Prepares a run of checked arguments, with `tokens` tokens if the options leave it open, and with
 * extra_size zero bytes for the caller's own use at *extra. 0 or an errno code. */
int ws_token_open(ws_flow *flow, size_t tokens, size_t extra_size, void **extra);

/* Fills in the statistics, if there are to be any, and frees all; returns what the run returns. The
 * caller has entered the places of each stage in them. */
int ws_token_close(ws_flow *flow);

static inline ws_token *ws_token_at(const ws_flow *flow, size_t i)
{
    return (ws_token *)(void *)(flow->tokens + i * flow->token_size);
}

/* The token is about to enter the first stage: numbers it. False: nothing more is to begin. One
 * thread at a time. */
bool ws_token_begin(ws_token *token);

/* Does to the token what its stage does: calls the function, or drops the element. */
void ws_token_work(ws_token *token);

#endif
