/* SPDX-License-Identifier: MIT */
/* queue.h - a few threads that do what is put into a queue of bounded length: for calls that block
 * (files, sockets), of which only so many are to be under way. Whoever puts in more than they can
 * do waits. For work that computes, a pool is cheaper (scope.h). */
#ifndef PAR_QUEUE_H
#define PAR_QUEUE_H

#include <par/thread.h>

PAR_BEGIN_DECLS

typedef struct par_queue par_queue;

/* Makes a queue with room for `capacity` tasks that nobody has begun, and `threads` threads that do
 * them, in the order in which they were put in; stores it in *out, which is untouched on failure.
 * NULL options are the defaults. A thread that cannot be created is done without, as long as there
 * is one. Returns 0; EINVAL if a number is 0 or an option out of range; ENOMEM; EAGAIN with no
 * thread at all. */
PAR_API int par_queue_create(par_queue **out, const par_thread_options *options, size_t threads,
                             size_t capacity) PAR_NOEXCEPT;

/* Puts fn(arg) in, and waits for room if there is none; inside a pool the caller's core is lent
 * meanwhile. Any thread. Returns 0; EINVAL without a queue or a function; EPIPE once the queue is
 * closed; EDEADLK from a task of this queue, when there is no room and all its other threads wait
 * for some, too. Then the task will not run. A short lock, no allocation. */
PAR_API int par_queue_push(par_queue *queue, par_try_fn *fn, void *arg) PAR_NOEXCEPT;

/* The same, but EAGAIN if there is no room. Does not wait. */
PAR_API int par_queue_try_push(par_queue *queue, par_try_fn *fn, void *arg) PAR_NOEXCEPT;

/* The same, but waits for room until the deadline (ETIMEDOUT) or until the group is canceled
 * (ECANCELED; NULL: never). */
PAR_API int par_queue_push_until(par_queue *queue, par_try_fn *fn, void *arg, par_deadline deadline,
                                 par_group *group) PAR_NOEXCEPT;

/* Waits for a moment in which no task is in the queue or runs. Any thread; deadline and group as
 * above. Returns 0, EINVAL, ETIMEDOUT, ECANCELED; EDEADLK from a task of this queue. */
PAR_API int par_queue_drain(par_queue *queue, par_deadline deadline, par_group *group) PAR_NOEXCEPT;

/* No task can be put in any more: those who wait for room get EPIPE. What is in the queue is done.
 * Any thread, any number of times. Does not block. Returns 0; EINVAL for NULL. */
PAR_API int par_queue_close(par_queue *queue) PAR_NOEXCEPT;

/* How many tasks have failed so far: returned something other than 0, or panicked. In *first the
 * code of the first of them to end, with the message if it was a panic; a code of 0 if there is
 * none (NULL: nobody wants to know). Any thread. */
PAR_API size_t par_queue_failures(par_queue *queue, par_failure *first) PAR_NOEXCEPT;

/* How many threads it has. */
PAR_API size_t par_queue_threads(const par_queue *queue) PAR_NOEXCEPT;

/* Closes the queue, waits until all that is in it has been done and its threads have ended, and
 * frees it. Nobody may use it any more by then. Returns 0; EINVAL for NULL; EDEADLK from a task of
 * this queue, which changes nothing. */
PAR_API int par_queue_destroy(par_queue *queue) PAR_NOEXCEPT;

PAR_END_DECLS

#endif
