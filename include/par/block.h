/* SPDX-License-Identifier: MIT */
/* block.h - waiting for something outside par without keeping a core from others. */
#ifndef PAR_BLOCK_H
#define PAR_BLOCK_H

#include <par/join.h>

PAR_BEGIN_DECLS

/* Calls wait(arg), which may block (a read, a foreign lock, a sleep), and returns what it returns.
 * Inside a task the core is lent meanwhile: a sleeping thread of the pool, or a spare one (up to
 * PAR_MAX_SPARES), runs other work on it, the caller's own forks among it. It comes back without
 * waiting for a core. Nothing is run on the caller's stack, so it may hold locks. The blocking
 * calls of par (channels, locks, threads) do this themselves.
 *
 * A panic that leaves `wait` travels on from the caller. Any thread may call it; outside of pools
 * it is a plain call, and in one `wait` may call what waits itself. EINVAL without a function. Two
 * locked instructions, and a process-wide barrier (1 to 50 us) if somebody in the pool has forked
 * since the last such wait. */
PAR_API int par_block(par_try_fn *wait, void *arg) PAR_NOEXCEPT;

PAR_END_DECLS

#endif
