/* SPDX-License-Identifier: MIT */
/* harnesses.h - the list of all harnesses. */
#ifndef MODEL_HARNESSES_H
#define MODEL_HARNESSES_H

#include "engine/model.h"

#define LITMUS_NAMES(X)                                                                            \
    X(sb)                                                                                          \
    X(sb_fences)                                                                                   \
    X(sb_exchange)                                                                                 \
    X(sb_one_fence)                                                                                \
    X(sb_barrier)                                                                                  \
    X(sb_own)                                                                                      \
    X(mp)                                                                                          \
    X(lb)                                                                                          \
    X(r)                                                                                           \
    X(s)                                                                                           \
    X(w2)                                                                                          \
    X(n6)                                                                                          \
    X(n5)                                                                                          \
    X(corr)                                                                                        \
    X(wrc)                                                                                         \
    X(rwc)                                                                                         \
    X(iriw)                                                                                        \
    X(w3)                                                                                          \
    X(sb_barrier3)

#define HARNESSES(X)                                                                               \
    X(arc_end)                                                                                     \
    X(arc_three)                                                                                   \
    X(arc_alone)                                                                                   \
    X(arc_inside)                                                                                  \
    X(forks_public)                                                                                \
    X(forks_public_two)                                                                            \
    X(forks_last)                                                                                  \
    X(forks_request)                                                                               \
    X(forks_force)                                                                                 \
    X(forks_force_other)                                                                           \
    X(forks_force_two)                                                                             \
    X(forks_force_last)                                                                            \
    X(forks_shrink)                                                                                \
    X(forks_shrink_force)                                                                          \
    X(forks_expose)                                                                                \
    X(forks_hold)                                                                                  \
    X(forks_hold_public)                                                                           \
    X(forks_all)                                                                                   \
    X(forks_full)                                                                                  \
    X(forks_full_private)                                                                          \
    X(deque_two)                                                                                   \
    X(deque_last)                                                                                  \
    X(deque_wrap)                                                                                  \
    X(deque_full)                                                                                  \
    X(latch_set)                                                                                   \
    X(latch_token)                                                                                 \
    X(latch_told)                                                                                  \
    X(leapfrog_after)                                                                              \
    X(leapfrog_below)                                                                              \
    X(leapfrog_private)                                                                            \
    X(sleep_fork)                                                                                  \
    X(sleep_fork_again)                                                                            \
    X(sleep_task)                                                                                  \
    X(sleep_injected)                                                                              \
    X(sleep_full_fence)                                                                            \
    X(sleep_two)                                                                                   \
    X(sleep_crowded)                                                                               \
    X(sleep_last)                                                                                  \
    X(sleep_not_found)                                                                             \
    X(sleep_enter)                                                                                 \
    X(sleep_lend)                                                                                  \
    X(sleep_lend_heard)                                                                            \
    X(sleep_leave_task)                                                                            \
    X(sleep_leave_fork)                                                                            \
    X(channel_senders)                                                                             \
    X(channel_wrap)                                                                                \
    X(list_overlooked)                                                                             \
    X(channel_overlooked)                                                                          \
    X(room_overlooked)                                                                             \
    X(channel_receivers)                                                                           \
    X(list_senders)                                                                                \
    X(list_receivers)                                                                              \
    X(list_spare)                                                                                  \
    X(spsc_barrier)                                                                                \
    X(spsc_fence)                                                                                  \
    X(zero_both)                                                                                   \
    X(zero_three)                                                                                  \
    X(zero_meet)                                                                                   \
    X(close_array)                                                                                 \
    X(close_zero)                                                                                  \
    X(close_last)                                                                                  \
    X(close_list)                                                                                  \
    X(close_spsc)                                                                                  \
    X(close_receivers)                                                                             \
    X(select_two)                                                                                  \
    X(select_zero)                                                                                 \
    X(select_called)                                                                               \
    X(select_close)                                                                                \
    X(select_cross)                                                                                \
    X(wait_cancel)                                                                                 \
    X(mutex_two)                                                                                   \
    X(mutex_three)                                                                                 \
    X(mutex_until)                                                                                 \
    X(mutex_cycle)                                                                                 \
    X(condvar_inside)                                                                              \
    X(condvar_outside)                                                                             \
    X(condvar_all)                                                                                 \
    X(condvar_until)                                                                               \
    X(rwlock_readers)                                                                              \
    X(rwlock_downgrade)                                                                            \
    X(once_three)                                                                                  \
    X(once_retry)                                                                                  \
    X(once_until)

#define LITMUS_HARNESS(name) extern const model_harness litmus_##name;
LITMUS_NAMES(LITMUS_HARNESS)
#undef LITMUS_HARNESS

#define HARNESS(name) extern const model_harness name##_harness;
HARNESSES(HARNESS)
#undef HARNESS

#endif
