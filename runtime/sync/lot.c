/* SPDX-License-Identifier: MIT */
#include "sync/lot.h"

#include "base/cacheline.h"

#include <errno.h>

enum { BUCKETS = 64 }; /* a power of two */

typedef struct wait {
    struct wait *next;
    const void *address;
    ws_blocker *blocker;
    size_t woken; /* P3 */
} wait;

typedef struct bucket {
    WS_OWN_LINE pthread_mutex_t lock;
    wait *newest;
} bucket;

static bucket buckets[BUCKETS];
static pthread_once_t once = PTHREAD_ONCE_INIT;

/* ---- buckets --------------------------------------------------------------------------------- */

static void make_locks(void)
{
    for (size_t i = 0; i < BUCKETS; i++)
        pthread_mutex_init(&buckets[i].lock, NULL);
}

/* In a child of fork a lock may be held by a thread that is not there, and who waited is not there
 * either: their frames may be anybody's. */
static void start_anew(void)
{
    make_locks();
    for (size_t i = 0; i < BUCKETS; i++)
        buckets[i].newest = NULL;
}

static void make(void)
{
    make_locks();
    pthread_atfork(NULL, NULL, start_anew);
}

static bucket *bucket_of(const void *address)
{
    pthread_once(&once, make);
    const uint64_t spread = (uint64_t)(uintptr_t)address * UINT64_C(0x9e3779b97f4a7c15);
    return &buckets[spread >> 58]; /* its upper six bits */
}

/* ---- waiting --------------------------------------------------------------------------------- */

/* P2. False: the word has changed already. */
static bool enter(wait *self, const size_t *word, size_t value)
{
    bucket *here = bucket_of(word);
    pthread_mutex_lock(&here->lock);
    const bool must_wait = ws_load_acquire(word) == value;
    if (must_wait) {
        self->next = here->newest;
        here->newest = self;
    }
    pthread_mutex_unlock(&here->lock);
    return must_wait;
}

/* Takes itself out. False: a waker did. */
static bool leave(const wait *self)
{
    bucket *here = bucket_of(self->address);
    pthread_mutex_lock(&here->lock);
    wait **link = &here->newest;
    while (*link != NULL && *link != self)
        link = &(*link)->next;
    const bool was_there = *link != NULL;
    if (was_there)
        *link = self->next;
    pthread_mutex_unlock(&here->lock);
    return was_there;
}

static int reason_to_leave(bool in_time, const par_group *group)
{
    if (group != NULL && ws_group_is_canceled(group))
        return ECANCELED;
    return in_time ? 0 : ETIMEDOUT;
}

static int sleep_until_woken(const wait *self, const ws_block_reason *reason, par_deadline deadline,
                             const par_group *group)
{
    /* Acquire: the waker is done with this frame. */
    while (ws_load_acquire(&self->woken) == 0) {
        const bool in_time = ws_block_sleep(self->blocker, reason, deadline);
        const int code = reason_to_leave(in_time, group);
        if (code == 0)
            continue;
        if (leave(self))
            return code;
        deadline = PAR_FOREVER; /* the wake-up is on its way */
        group = NULL;
    }
    return 0;
}

int ws_lot_wait(const size_t *word, size_t value, const ws_block_reason *reason,
                par_deadline deadline, par_group *group)
{
    wait self = {.address = word, .blocker = ws_blocker_self()};
    if (!ws_block_begin_group(self.blocker, group))
        return ECANCELED;
    int code = 0;
    if (enter(&self, word, value))
        code = sleep_until_woken(&self, reason, deadline, group);
    ws_block_end_group(self.blocker);
    return code;
}

/* ---- waking ---------------------------------------------------------------------------------- */

/* Those of the address, the one that came first in front. */
static wait *take_all(bucket *here, const void *address)
{
    wait *taken = NULL;
    pthread_mutex_lock(&here->lock);
    for (wait **link = &here->newest; *link != NULL;) {
        wait *each = *link;
        if (each->address != address) {
            link = &each->next;
            continue;
        }
        *link = each->next;
        each->next = taken;
        taken = each;
    }
    pthread_mutex_unlock(&here->lock);
    return taken;
}

void ws_lot_wake(const void *address)
{
    wait *next;
    for (wait *each = take_all(bucket_of(address), address); each != NULL; each = next) {
        next = each->next;
        ws_blocker *blocker = each->blocker; /* which is never freed */
        ws_store_release(&each->woken, 1);   /* P3: after this line its frame may be gone */
        ws_blocker_unpark(blocker);
    }
}
