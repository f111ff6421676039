/* SPDX-License-Identifier: MIT */
/* barrier.h - the checker's own runtime/base/barrier.h. */
#ifndef WS_BASE_BARRIER_H
#define WS_BASE_BARRIER_H

#include "engine/model.h"

#define ws_barrier_available() true
#define ws_barrier_all() model_barrier(MODEL_SITE)

#endif
