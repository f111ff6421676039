/* SPDX-License-Identifier: MIT */
/* scope.h - tasks of a scope whose record is the caller's own memory: they cannot fail to be
 * spawned. */
#ifndef WS_SCOPE_SCOPE_H
#define WS_SCOPE_SCOPE_H

#include "job/task.h"

#include <par/scope.h>

typedef struct ws_scoped {
    ws_task task;
    par_scope *scope;
    par_scope_fn *fn;
    void *arg;
    bool is_lent; /* not to be freed */
} ws_scoped;

/* Spawns fn(scope, arg) with its record in *record, which may be used again as soon as fn is
 * called. Only from the scope's body, on the thread that runs it, or from one of its tasks. */
void ws_scope_spawn_in(par_scope *scope, ws_scoped *record, par_scope_fn *fn, void *arg);

#endif
