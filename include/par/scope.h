/* SPDX-License-Identifier: MIT */
/* scope.h - any number of tasks with one end. */
#ifndef PAR_SCOPE_H
#define PAR_SCOPE_H

#include <par/config.h>

PAR_BEGIN_DECLS

/* A bracket around tasks. It exists while its par_scope_run does; tasks get it as an argument. */
typedef struct par_scope par_scope;

/* A scope's body, or a task spawned into it. */
typedef void par_scope_fn(par_scope *scope, void *arg);

/* Runs body(scope, arg) on the calling thread and returns when it and every task spawned into the
 * scope, by whomever, has ended. While it waits it runs only tasks of this scope. Any thread may
 * call it, and scopes nest. Returns 0; EINVAL without a body; the code of the first par_panic in
 * the body or a task, all others having run. */
PAR_API int par_scope_run(par_scope_fn *body, void *arg) PAR_NOEXCEPT;

/* Hands fn(scope, arg) to the pool; it never runs inside the call. Call it from the scope's body,
 * from its tasks, from anything they fork, or from any other thread while the scope is known to be
 * open. Tasks of one thread start newest first on that thread and are stolen oldest first. What
 * `arg` points to must live until the task has read it. Returns 0; ENOMEM, and then the task will
 * not run; EINVAL without a scope or function. Does not block. One allocation. */
PAR_API int par_scope_spawn(par_scope *scope, par_scope_fn *fn, void *arg) PAR_NOEXCEPT;

/* The same, but the task's argument is its own copy of the `size` bytes at `payload`, aligned for
 * any type and freed when the task has ended. A size of 0 gives the task a pointer that must not be
 * read through. EINVAL when `payload` is NULL and `size` is not 0. */
PAR_API int par_scope_spawn_copy(par_scope *scope, par_scope_fn *fn, const void *payload,
                                 size_t size) PAR_NOEXCEPT;

PAR_END_DECLS

#endif
