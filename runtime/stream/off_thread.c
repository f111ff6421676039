/* SPDX-License-Identifier: MIT */
/* off_thread.c - a producer's thread, and a channel from it to the consumer.
 *
 * F1  The producer's thread alone writes `made` and, before it closes the channel, `code`; the
 *     consumer reads `code` once the channel is closed and empty.
 * F2  The consumer takes elements in batches: those from taken_at to taken_n in `taken` are next.
 * F3  A consumer that leaves empties the channel until it is closed. The producer does not begin
 *     another batch then, and what it waits for is room, which the emptying makes. */
#include "base/memory.h"
#include "base/option.h"
#include "base/thread.h"
#include "job/panic.h"
#include "pool/block.h"

#include <par/channel.h>
#include <par/off_thread.h>

#include <errno.h>
#include <string.h>

enum { BATCH = 64, CAPACITY = 256 };

struct par_off_thread {
    WS_OWN_LINE par_next_fn *next; /* the producer's side */
    void *ctx;
    par_sender *sender;
    char *made; /* a batch */
    size_t batch;
    size_t size;
    ptrdiff_t code; /* 0, or the producer's failure */
    pthread_t thread;
    size_t has_left;                    /* the consumer */
    WS_OWN_LINE par_receiver *receiver; /* the consumer's side */
    char *taken;
    size_t taken_n;
    size_t taken_at;
};

/* ---- the producer ---------------------------------------------------------------------------- */

static void make_all_elements(void *arg)
{
    par_off_thread *self = arg;
    ptrdiff_t n = 0;
    while (ws_load_acquire(&self->has_left) == 0) {
        n = self->next(self->made, self->batch, self->ctx);
        if (n <= 0)
            break;
        (void)par_send_many(self->sender, self->made, (size_t)n, NULL);
    }
    self->code = n < 0 ? n : 0;
}

static void *produce(void *arg)
{
    par_off_thread *self = arg;
    ws_catch catch;
    ws_thread_name("par-producer");
    if (ws_panic_catch(&catch, make_all_elements, self))
        self->code = catch.failure.code < 0 ? catch.failure.code : -(ptrdiff_t) catch.failure.code;
    par_sender_close(self->sender);
    return NULL;
}

/* ---- making it ------------------------------------------------------------------------------- */

static void free_all(par_off_thread *self)
{
    if (self->sender != NULL) {
        par_sender_drop(self->sender);
        par_receiver_drop(self->receiver);
    }
    ws_memory_delete(self->made);
    ws_memory_delete(self->taken);
    ws_memory_delete(self);
}

static int make_all(par_off_thread *self, size_t capacity)
{
    par_channel_options options = PAR_CHANNEL_OPTIONS_INIT;
    options.element_size = self->size;
    options.capacity = capacity;
    options.flags = PAR_CHANNEL_SPSC;
    self->made = ws_memory_new(self->batch * self->size);
    self->taken = ws_memory_new(self->batch * self->size);
    if (self->made == NULL || self->taken == NULL)
        return ENOMEM;
    return par_channel_create(&self->sender, &self->receiver, &options);
}

int par_off_thread_start(par_off_thread **out, size_t element_size, size_t capacity,
                         par_next_fn *next, void *ctx)
{
    if (out == NULL || next == NULL || element_size == 0)
        return EINVAL;
    if (element_size > PTRDIFF_MAX / BATCH)
        return ENOMEM;
    if (capacity == 0)
        capacity = CAPACITY;
    par_off_thread *self = ws_memory_new(sizeof *self);
    if (self == NULL)
        return ENOMEM;
    self->next = next;
    self->ctx = ctx;
    self->size = element_size;
    self->batch = capacity < BATCH ? capacity : BATCH;
    int code = make_all(self, capacity);
    if (code == 0)
        code = ws_thread_start(&self->thread, (size_t)ws_option_get(WS_OPTION_STACK_SIZE), produce,
                               self);
    if (code != 0)
        free_all(self);
    else
        *out = self;
    return code;
}

/* ---- the consumer ---------------------------------------------------------------------------- */

/* False: there are no more. */
static bool refill(par_off_thread *self)
{
    if (self->taken_at == self->taken_n) {
        self->taken_at = 0;
        self->taken_n = 0;
        (void)par_recv_many(self->receiver, self->taken, self->batch, &self->taken_n);
    }
    return self->taken_n > 0;
}

ptrdiff_t par_off_thread_pull(void *out, size_t most, void *source)
{
    par_off_thread *self = source;
    if (!refill(self))
        return self->code;
    const size_t left = self->taken_n - self->taken_at;
    const size_t n = left < most ? left : most;
    memcpy(out, self->taken + self->taken_at * self->size, n * self->size);
    self->taken_at += n;
    return (ptrdiff_t)n;
}

int par_off_thread_next(par_off_thread *source, void *out)
{
    const ptrdiff_t n = par_off_thread_pull(out, 1, source);
    if (n > 0)
        return 0;
    return n == 0 ? EPIPE : (int)n;
}

void par_off_thread_end(par_off_thread *source, void (*drop)(void *element, void *ctx),
                        void *drop_ctx)
{
    par_off_thread *self = source;
    if (self == NULL)
        return;
    ws_store_release(&self->has_left, 1);
    while (refill(self)) {
        void *element = self->taken + self->taken_at++ * self->size;
        if (drop != NULL)
            drop(element, drop_ctx);
    }
    ws_block_lend();
    pthread_join(self->thread, NULL);
    ws_block_take_back();
    free_all(self);
}
