/* SPDX-License-Identifier: MIT */
/* group.h - asking a loop to stop early. */
#ifndef PAR_GROUP_H
#define PAR_GROUP_H

#include <par/config.h>

PAR_BEGIN_DECLS

/* Names the calls that par_cancel stops. It lives where its user puts it, and must outlive every
 * call that was given it. One group may serve many calls, one after the other or at once. A
 * canceled group stays canceled; assign PAR_GROUP_INIT to use it again. */
typedef struct par_group {
    size_t canceled_;
} par_group;

#define PAR_GROUP_INIT                                                                             \
    {                                                                                              \
        0                                                                                          \
    }

/* Asks every call that was given `group` to stop: pieces that have not begun are skipped, running
 * pieces are left to end (they can ask par_canceled), and the call returns ECANCELED unless a body
 * failed first; calls that block (threads, queues, channels, locks) are woken. Any thread and any
 * signal handler may call it (where threads do not park on futexes, handlers only if no call blocks
 * with the group); it does not block. One locked instruction, and a wake-up for each call that
 * blocks. */
PAR_API void par_cancel(par_group *group) PAR_NOEXCEPT;

/* Whether the innermost par_try_for around the calling task, or any around that one, has been
 * asked to stop: by par_cancel or by the failure of another piece. False outside. For long bodies;
 * does not block. A few loads for each enclosing par_try_for. */
PAR_API bool par_canceled(void) PAR_NOEXCEPT;

PAR_END_DECLS

#endif
