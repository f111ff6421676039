/* SPDX-License-Identifier: MIT */
#include "sync/order.h"

#include "base/log.h"

#include <pthread.h>

/* Those past the end are not looked at. */
enum { MOST_HELD = 16, MOST_RULES = 4096, BUCKETS = 1024 };

typedef struct held {
    size_t number;
    const par_detail_lock *lock;
    const void *place;
} held;

static __thread held locks_held[MOST_HELD];

/* "first comes before then", and where somebody said so. */
typedef struct rule {
    held first;
    held then;
    size_t next; /* of the same bucket; 0: none */
    size_t seen; /* in which search */
} rule;

static rule rules[MOST_RULES]; /* from 1 on */
static size_t rules_made;
static size_t buckets[BUCKETS]; /* by the number of `first` */
static size_t searches;
static pthread_mutex_t lock_of_rules = PTHREAD_MUTEX_INITIALIZER;

/* ---- numbers --------------------------------------------------------------------------------- */

static size_t number_of(par_detail_lock *lock)
{
    static size_t numbers;
    const size_t known = ws_load_relaxed(&lock->order);
    if (known != 0)
        return known;
    const size_t fresh = ws_add_relaxed(&numbers, 1) + 1;
    return ws_cas_acq_rel(&lock->order, 0, fresh) ? fresh : ws_load_relaxed(&lock->order);
}

/* ---- rules ----------------------------------------------------------------------------------- */

static size_t *bucket_of(size_t number)
{
    return &buckets[number % BUCKETS];
}

static bool is_known(size_t first, size_t then)
{
    for (size_t i = *bucket_of(first); i != 0; i = rules[i].next) {
        if (rules[i].first.number == first && rules[i].then.number == then)
            return true;
    }
    return false;
}

static void add_rule(const held *first, const held *then)
{
    size_t *bucket = bucket_of(first->number);
    rules[++rules_made] = (rule){*first, *then, *bucket, 0};
    *bucket = rules_made;
}

/* The rules that lead from one lock to another, last one first: way[0] ends at `to`. A search in
 * depth, with the way to where it is as its stack. Returns their number. */
static size_t find_way(size_t from, size_t to, size_t *way, size_t most)
{
    size_t depth = 0;
    size_t at = *bucket_of(from);
    size_t number = from;
    searches++;
    for (;;) {
        for (; at != 0; at = rules[at].next) {
            if (rules[at].first.number == number && rules[at].seen != searches && depth < most)
                break;
        }
        if (at == 0 && depth == 0)
            return 0;
        if (at == 0) { /* back, and on from there */
            at = way[--depth];
            number = rules[at].first.number;
            at = rules[at].next;
            continue;
        }
        rules[at].seen = searches;
        way[depth++] = at;
        if (rules[at].then.number == to)
            return depth;
        number = rules[at].then.number;
        at = *bucket_of(number);
    }
}

static void report(const held *first, const held *then, const size_t *way, size_t length)
{
    ws_log("locks are locked in two orders, which can end in a deadlock: %p, then %p (at %p, %p)",
           (const void *)first->lock, (const void *)then->lock, first->place, then->place);
    for (size_t i = 0; i < length; i++) {
        const rule *other = &rules[way[i]];
        ws_log("  but before: %p, then %p (at %p, %p)", (const void *)other->first.lock,
               (const void *)other->then.lock, other->first.place, other->then.place);
    }
}

/* A child of fork finds the rules whole. */
static void hold_rules(void)
{
    pthread_mutex_lock(&lock_of_rules);
}

static void let_rules_go(void)
{
    pthread_mutex_unlock(&lock_of_rules);
}

static void watch_forks(void)
{
    pthread_atfork(hold_rules, let_rules_go, let_rules_go);
}

/* Once there is no room for more rules nothing is looked for, so nothing is said twice. */
static void learn(const held *first, const held *then)
{
    enum { LONGEST = 32 };
    static pthread_once_t once = PTHREAD_ONCE_INIT;
    size_t way[LONGEST];
    pthread_once(&once, watch_forks);
    pthread_mutex_lock(&lock_of_rules);
    if (rules_made + 1 < MOST_RULES && !is_known(first->number, then->number)) {
        const size_t length = find_way(then->number, first->number, way, LONGEST);
        if (length > 0)
            report(first, then, way, length);
        add_rule(first, then);
    }
    pthread_mutex_unlock(&lock_of_rules);
}

/* ---- what a thread does ---------------------------------------------------------------------- */

void ws_order_note_wish(par_detail_lock *lock, const void *place)
{
    const held then = {number_of(lock), lock, place};
    const size_t count = ws_blocker_self()->locks;
    for (size_t i = 0; i < count && i < MOST_HELD; i++) {
        if (locks_held[i].number != then.number)
            learn(&locks_held[i], &then);
    }
}

void ws_order_note_got(par_detail_lock *lock, const void *place)
{
    ws_blocker *self = ws_blocker_self();
    if (!ws_blocker_is_own(self))
        return;
    if (self->locks < MOST_HELD)
        locks_held[self->locks] = (held){number_of(lock), lock, place};
    self->locks++;
}

void ws_order_note_gave(const par_detail_lock *lock)
{
    ws_blocker *self = ws_blocker_self();
    if (!ws_blocker_is_own(self) || self->locks == 0)
        return;
    const size_t noted = self->locks < MOST_HELD ? self->locks : MOST_HELD;
    size_t i = noted;
    while (i > 0 && locks_held[i - 1].lock != lock)
        i--;
    if (i == 0 && self->locks <= MOST_HELD)
        return; /* it was got without memory for a name, and not counted */
    for (; i > 0 && i < noted; i++)
        locks_held[i - 1] = locks_held[i];
    self->locks--;
}
