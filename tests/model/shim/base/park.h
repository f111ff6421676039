/* SPDX-License-Identifier: MIT */
/* park.h - the checker's own runtime/base/park.h: a thread without a token waits for one. */
#ifndef WS_BASE_PARK_H
#define WS_BASE_PARK_H

#include "engine/model.h"

#include <pthread.h>

#define WS_PARK_FOREVER UINT64_MAX

typedef struct ws_parker {
    size_t token;
} ws_parker;

#define ws_parker_init(parker) ((void)((parker)->token = 0))
#define ws_parker_fini(parker) ((void)(parker))
#define ws_park(parker) model_park(&(parker)->token, MODEL_SITE)
#define ws_unpark(parker) model_unpark(&(parker)->token, MODEL_SITE)

#endif
