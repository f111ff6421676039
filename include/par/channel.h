/* SPDX-License-Identifier: MIT */
/* channel.h - handing elements from threads to threads, by value. A channel has two kinds of ends:
 * what is sent into its senders comes out of its receivers, in order, each element once.
 *
 * An element is `element_size` bytes, copied in by a send and out by a receive. A send that is
 * refused leaves the element with the caller. What nobody receives is handed to `drop`, once.
 *
 * Ends are counted. The last sender that is dropped closes the channel: receivers still get what is
 * in it, then EPIPE. When the last receiver is dropped, what is in the channel is dropped, and
 * senders get EPIPE. The memory goes with the last end of both kinds.
 *
 * Unless a function says otherwise, any thread may call it on any end that it holds, at the same
 * time as others. A call that blocks inside a task lends its core, as par_block does. */
#ifndef PAR_CHANNEL_H
#define PAR_CHANNEL_H

#include <par/group.h>
#include <par/time.h>

PAR_BEGIN_DECLS

typedef struct par_sender par_sender;
typedef struct par_receiver par_receiver;

/* As a capacity: as much as memory holds. */
#define PAR_UNBOUNDED ((size_t)-1)

/* At most one thread at a time sends, and at most one receives: sends and receives then use no
 * locked instruction. A promise by the user; only a channel of bounded capacity makes use of it. */
#define PAR_CHANNEL_SPSC 1U

typedef struct par_channel_options {
    size_t size;          /* of this struct; set by PAR_CHANNEL_OPTIONS_INIT */
    size_t element_size;  /* in bytes; 0 for mere signals */
    size_t element_align; /* a power of two; 0 = the largest that divides the size, up to 16 */
    size_t capacity;      /* elements; 0 = each send meets a receive; PAR_UNBOUNDED */
    void (*drop)(void *element, void *ctx); /* for what nobody receives; NULL = nothing to do */
    void *drop_ctx;                         /* passed to it */
    unsigned flags;                         /* PAR_CHANNEL_SPSC or 0 */
    const char *name; /* for reports of who waits for what; must outlive the channel; or NULL */
} par_channel_options;

#define PAR_CHANNEL_OPTIONS_INIT                                                                   \
    {                                                                                              \
        sizeof(par_channel_options), 0, 0, 0, NULL, NULL, 0, NULL                                  \
    }

/* ---- making and ending ---- */

/* Makes a channel, and stores its first two ends, each for the caller to drop. Returns 0; EINVAL
 * without a place for both, for an unknown size of the options, an alignment that is no power of
 * two, or unknown flags; ENOMEM. On failure both places are untouched. Does not block. One
 * allocation, and one more for the elements of a bounded channel. */
PAR_API int par_channel_create(par_sender **sender, par_receiver **receiver,
                               const par_channel_options *options) PAR_NOEXCEPT;

/* One more sender of the same channel, to be dropped on its own. It is the same pointer, counted
 * once more; NULL gives NULL. Does not block; one locked instruction. */
PAR_API par_sender *par_sender_clone(par_sender *sender) PAR_NOEXCEPT;
PAR_API par_receiver *par_receiver_clone(par_receiver *receiver) PAR_NOEXCEPT;

/* Gives up one sender; NULL is allowed. The last one closes the channel. Does not block. */
PAR_API void par_sender_drop(par_sender *sender) PAR_NOEXCEPT;

/* Gives up one receiver; NULL is allowed. The last one closes the channel and drops what is left in
 * it, calling `drop` on this thread. Does not block. */
PAR_API void par_receiver_drop(par_receiver *receiver) PAR_NOEXCEPT;

/* Closes the channel for all: sends get EPIPE from now on, receives get what is in it and then
 * EPIPE. Calls that wait are woken. Closing again does nothing. Does not block. */
PAR_API void par_sender_close(par_sender *sender) PAR_NOEXCEPT;
PAR_API void par_receiver_close(par_receiver *receiver) PAR_NOEXCEPT;

/* ---- sending ----
 *
 * All return 0; EPIPE if the channel is closed; ENOMEM without memory for one more element of an
 * unbounded channel; EINVAL without a sender. On anything but 0 the element stays the caller's. An
 * unbounded channel never makes a sender wait. About one locked instruction. */

/* Blocks until the element is in the channel or, for capacity 0, until it is received. */
PAR_API int par_send(par_sender *sender, const void *element) PAR_NOEXCEPT;

/* EAGAIN instead of blocking. */
PAR_API int par_try_send(par_sender *sender, const void *element) PAR_NOEXCEPT;

/* Blocks until `deadline` at the latest: ETIMEDOUT, or EAGAIN for PAR_NO_WAIT. Canceling `group`
 * (NULL: none) ends the wait with ECANCELED; if it is canceled already, nothing is sent. */
PAR_API int par_send_until(par_sender *sender, const void *element, par_deadline deadline,
                           par_group *group) PAR_NOEXCEPT;

/* Sends the `n` elements at `elements`, in order, and blocks while the channel is full. Stores in
 * *accepted (if it is not NULL) how many of them went, those at the front: all for 0. Elements of
 * other senders may come in between. As many as fit cost little more than one. */
PAR_API int par_send_many(par_sender *sender, const void *elements, size_t n,
                          size_t *accepted) PAR_NOEXCEPT;

/* The same, but sends only what goes at once: EAGAIN if that was not all. */
PAR_API int par_try_send_many(par_sender *sender, const void *elements, size_t n,
                              size_t *accepted) PAR_NOEXCEPT;

/* ---- receiving ----
 *
 * All return 0 with the element copied to *into, which then is the caller's; EPIPE if the channel
 * is closed and empty; EINVAL without a receiver. On anything but 0, *into is untouched. About one
 * locked instruction. */

/* Blocks until there is an element. */
PAR_API int par_recv(par_receiver *receiver, void *into) PAR_NOEXCEPT;

/* EAGAIN instead of blocking. */
PAR_API int par_try_recv(par_receiver *receiver, void *into) PAR_NOEXCEPT;

/* As par_send_until. If `group` is canceled already, nothing is received. */
PAR_API int par_recv_until(par_receiver *receiver, void *into, par_deadline deadline,
                           par_group *group) PAR_NOEXCEPT;

/* Receives up to `n` elements into the array `into`. Blocks until there is one, and then takes what
 * is there. Stores how many in *received. 0 at once for n = 0. */
PAR_API int par_recv_many(par_receiver *receiver, void *into, size_t n,
                          size_t *received) PAR_NOEXCEPT;

/* The same, but EAGAIN instead of blocking. */
PAR_API int par_try_recv_many(par_receiver *receiver, void *into, size_t n,
                              size_t *received) PAR_NOEXCEPT;

/* Calls fn(element, arg) on this thread for each element until the channel is closed and empty. The
 * element belongs to fn. What fn returns other than 0 ends it and is returned; what was not handed
 * to fn stays in the channel. Returns 0 at the end; EINVAL; ENOMEM if elements of more than 512
 * bytes, or aligned to more than 64, need memory that is not there. Blocks. */
PAR_API int par_channel_for_each(par_receiver *receiver, int (*fn)(void *element, void *arg),
                                 void *arg) PAR_NOEXCEPT;

/* for (each element `var` of type T until the channel is closed and empty) */
#define PAR_FOR_RECV(T, var, receiver) for (T var; par_recv((receiver), &(var)) == 0;)

/* ---- looking ----
 *
 * Answers may be out of date by the time they are read. None of these block; a few loads, or a
 * locked instruction for the length of a receiver of time. */

/* How many elements are in the channel. */
PAR_API size_t par_sender_length(const par_sender *sender) PAR_NOEXCEPT;
PAR_API size_t par_receiver_length(const par_receiver *receiver) PAR_NOEXCEPT;

/* How many fit: PAR_UNBOUNDED, 0, or a number. */
PAR_API size_t par_sender_capacity(const par_sender *sender) PAR_NOEXCEPT;
PAR_API size_t par_receiver_capacity(const par_receiver *receiver) PAR_NOEXCEPT;

/* Whether it is closed. Receivers may still find elements in it. */
PAR_API bool par_sender_is_closed(const par_sender *sender) PAR_NOEXCEPT;
PAR_API bool par_receiver_is_closed(const par_receiver *receiver) PAR_NOEXCEPT;

/* How many ends the channel has: receivers, asked of a sender; senders, asked of a receiver. */
PAR_API size_t par_sender_receivers(const par_sender *sender) PAR_NOEXCEPT;
PAR_API size_t par_receiver_senders(const par_receiver *receiver) PAR_NOEXCEPT;

/* ---- receivers of time ----
 *
 * Their elements are par_deadline values: when they were due. No thread stands behind them; whoever
 * receives sleeps until the time has come. Each returns a receiver to be dropped, or NULL without
 * memory. */

/* One element, `span` nanoseconds from now; then closed. */
PAR_API par_receiver *par_after(uint64_t span) PAR_NOEXCEPT;

/* An element each `span` nanoseconds from now on. The times stay on that schedule however late they
 * are received; those that were missed while nobody received are skipped, but for the first. NULL
 * also for a span of 0. */
PAR_API par_receiver *par_tick(uint64_t span) PAR_NOEXCEPT;

/* No element ever, and not closed. */
PAR_API par_receiver *par_never(void) PAR_NOEXCEPT;

PAR_END_DECLS

/* ---- typed channels ---- */

/* PAR_CHANNEL_DEFINE(name, T): channels of T, of which the compiler checks the types. Makes the
 * types name_sender and name_receiver, structs around the ends, and these inline functions, each as
 * the function of par it is called after:
 *
 *   int name_create(name_sender *, name_receiver *, size_t capacity)
 *   int name_create_with(name_sender *, name_receiver *, const par_channel_options *)
 *                                         (which sets element_size and element_align itself)
 *   int name_send(name_sender, T)         int name_recv(name_receiver, T *)
 *   int name_try_send(name_sender, T)     int name_try_recv(name_receiver, T *)
 *   int name_send_until(name_sender, T, par_deadline, par_group *)
 *   int name_recv_until(name_receiver, T *, par_deadline, par_group *)
 *   int name_send_many(name_sender, T const *, size_t n, size_t *accepted)
 *   int name_recv_many(name_receiver, T *, size_t n, size_t *received)
 *   name_sender name_sender_clone(name_sender), void name_sender_drop(name_sender),
 *   void name_sender_close(name_sender), and the same of receivers
 *
 * The untyped ends are the members `end`, for select and for what is not in this list. */
#define PAR_CHANNEL_DEFINE(name, T)                                                                \
    typedef struct name##_sender {                                                                 \
        par_sender *end;                                                                           \
    } name##_sender;                                                                               \
    typedef struct name##_receiver {                                                               \
        par_receiver *end;                                                                         \
    } name##_receiver;                                                                             \
    PAR_DETAIL_CHANNEL_MAKE(name, T)                                                               \
    PAR_DETAIL_CHANNEL_SEND(name, T)                                                               \
    PAR_DETAIL_CHANNEL_RECV(name, T)                                                               \
    PAR_DETAIL_CHANNEL_END(name, sender)                                                           \
    PAR_DETAIL_CHANNEL_END(name, receiver)                                                         \
    struct name##_sender

#ifdef __cplusplus
#define PAR_DETAIL_ALIGNOF(T) alignof(T)
#else
#define PAR_DETAIL_ALIGNOF(T) _Alignof(T)
#endif

#define PAR_DETAIL_CHANNEL_FN static inline __attribute__((unused))

#define PAR_DETAIL_CHANNEL_MAKE(name, T)                                                           \
    PAR_DETAIL_CHANNEL_FN int name##_create_with(name##_sender *sender, name##_receiver *receiver, \
                                                 const par_channel_options *options)               \
    {                                                                                              \
        par_channel_options typed = *options;                                                      \
        typed.element_size = sizeof(T);                                                            \
        typed.element_align = PAR_DETAIL_ALIGNOF(T);                                               \
        return par_channel_create(&sender->end, &receiver->end, &typed);                           \
    }                                                                                              \
    PAR_DETAIL_CHANNEL_FN int name##_create(name##_sender *sender, name##_receiver *receiver,      \
                                            size_t capacity)                                       \
    {                                                                                              \
        par_channel_options options = PAR_CHANNEL_OPTIONS_INIT;                                    \
        options.capacity = capacity;                                                               \
        return name##_create_with(sender, receiver, &options);                                     \
    }

#define PAR_DETAIL_CHANNEL_SEND(name, T)                                                           \
    PAR_DETAIL_CHANNEL_FN int name##_send(name##_sender sender, T element)                         \
    {                                                                                              \
        return par_send(sender.end, &element);                                                     \
    }                                                                                              \
    PAR_DETAIL_CHANNEL_FN int name##_try_send(name##_sender sender, T element)                     \
    {                                                                                              \
        return par_try_send(sender.end, &element);                                                 \
    }                                                                                              \
    PAR_DETAIL_CHANNEL_FN int name##_send_until(name##_sender sender, T element,                   \
                                                par_deadline deadline, par_group *group)           \
    {                                                                                              \
        return par_send_until(sender.end, &element, deadline, group);                              \
    }                                                                                              \
    PAR_DETAIL_CHANNEL_FN int name##_send_many(name##_sender sender, T const *elements, size_t n,  \
                                               size_t *accepted)                                   \
    {                                                                                              \
        return par_send_many(sender.end, elements, n, accepted);                                   \
    }

#define PAR_DETAIL_CHANNEL_RECV(name, T)                                                           \
    PAR_DETAIL_CHANNEL_FN int name##_recv(name##_receiver receiver, T *into)                       \
    {                                                                                              \
        return par_recv(receiver.end, into);                                                       \
    }                                                                                              \
    PAR_DETAIL_CHANNEL_FN int name##_try_recv(name##_receiver receiver, T *into)                   \
    {                                                                                              \
        return par_try_recv(receiver.end, into);                                                   \
    }                                                                                              \
    PAR_DETAIL_CHANNEL_FN int name##_recv_until(name##_receiver receiver, T *into,                 \
                                                par_deadline deadline, par_group *group)           \
    {                                                                                              \
        return par_recv_until(receiver.end, into, deadline, group);                                \
    }                                                                                              \
    PAR_DETAIL_CHANNEL_FN int name##_recv_many(name##_receiver receiver, T *into, size_t n,        \
                                               size_t *received)                                   \
    {                                                                                              \
        return par_recv_many(receiver.end, into, n, received);                                     \
    }

#define PAR_DETAIL_CHANNEL_END(name, kind)                                                         \
    PAR_DETAIL_CHANNEL_FN name##_##kind name##_##kind##_clone(name##_##kind kind)                  \
    {                                                                                              \
        par_##kind##_clone(kind.end);                                                              \
        return kind;                                                                               \
    }                                                                                              \
    PAR_DETAIL_CHANNEL_FN void name##_##kind##_drop(name##_##kind kind)                            \
    {                                                                                              \
        par_##kind##_drop(kind.end);                                                               \
    }                                                                                              \
    PAR_DETAIL_CHANNEL_FN void name##_##kind##_close(name##_##kind kind)                           \
    {                                                                                              \
        par_##kind##_close(kind.end);                                                              \
    }

#endif
