/* SPDX-License-Identifier: MIT */
/* atomic.h - the checker's own runtime/base/atomic.h: the same names, each of them a step of the
 * model. What x86 does with an order is all that remains of it: relaxed, acquire and release make
 * no difference, a sequentially consistent store is a locked exchange. */
#ifndef WS_BASE_ATOMIC_H
#define WS_BASE_ATOMIC_H

#include "engine/model.h"

#include <assert.h>

#define ws_load_relaxed(word) model_load(word, MODEL_SITE)
#define ws_load_acquire(word) model_load(word, MODEL_SITE)
#define ws_load_seq_cst(word) model_load(word, MODEL_SITE)

#define ws_store_relaxed(word, value) model_store(word, value, MODEL_SITE)
#define ws_store_release(word, value) model_store(word, value, MODEL_SITE)
#define ws_store_seq_cst(word, value) ((void)model_rmw(word, MODEL_EXCHANGE, value, MODEL_SITE))

#define ws_exchange_acq_rel(word, value) model_rmw(word, MODEL_EXCHANGE, value, MODEL_SITE)
#define ws_exchange_seq_cst(word, value) model_rmw(word, MODEL_EXCHANGE, value, MODEL_SITE)
#define ws_add_relaxed(word, amount) model_rmw(word, MODEL_ADD, amount, MODEL_SITE)
#define ws_add_release(word, amount) model_rmw(word, MODEL_ADD, amount, MODEL_SITE)
#define ws_add_seq_cst(word, amount) model_rmw(word, MODEL_ADD, amount, MODEL_SITE)
#define ws_or_seq_cst(word, bits) model_rmw(word, MODEL_OR, bits, MODEL_SITE)
#define ws_and_seq_cst(word, bits) model_rmw(word, MODEL_AND, bits, MODEL_SITE)

#define ws_cas_acq_rel(word, expected, desired) model_cas(word, expected, desired, MODEL_SITE)
#define ws_cas_seq_cst(word, expected, desired) model_cas(word, expected, desired, MODEL_SITE)

#define ws_pause() model_yield(MODEL_SITE)

#endif
