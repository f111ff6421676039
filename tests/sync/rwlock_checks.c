/* SPDX-License-Identifier: MIT */
#include "sync/rwlock_checks.h"

#include "sync/sync_steps.h"

/* ---- one after the other --------------------------------------------------------------------- */

typedef struct tried {
    par_rwlock lock;
    int read;
    int write;
} tried;

static void try_both(size_t number, void *arg)
{
    (void)number;
    tried *all = arg;
    all->read = par_rwlock_try_read(&all->lock);
    if (all->read == 0)
        par_rwlock_end_read(&all->lock);
    all->write = par_rwlock_try_write(&all->lock);
    if (all->write == 0)
        par_rwlock_end_write(&all->lock);
}

/* What another thread gets now. */
static const char *expect(tried *all, int read, int write)
{
    crowd_run(1, try_both, all);
    if (all->read != read || all->write != write)
        return wrong("another thread gets %d reading and %d writing, not %d and %d", all->read,
                     all->write, read, write);
    return NULL;
}

const char *rwlock_is_shared_by_readers(void)
{
    tried all = {.lock = PAR_RWLOCK_INIT};
    if (par_rwlock_read(&all.lock) != 0 || sizeof(par_rwlock) != 3 * sizeof(void *))
        return "is not free, or too large";
    const char *problem = expect(&all, 0, EAGAIN);
    par_rwlock_end_read(&all.lock);
    return problem != NULL ? problem : expect(&all, 0, 0);
}

const char *rwlock_is_held_by_one_writer(void)
{
    tried all = {.lock = PAR_RWLOCK_INIT};
    if (par_rwlock_write(&all.lock) != 0)
        return "is not free";
    const char *problem = expect(&all, EAGAIN, EAGAIN);
    par_rwlock_end_write(&all.lock);
    return problem != NULL ? problem : expect(&all, 0, 0);
}

const char *rwlock_is_downgraded(void)
{
    tried all = {.lock = PAR_RWLOCK_INIT};
    par_rwlock_write(&all.lock);
    par_rwlock_downgrade(&all.lock);
    const char *problem = expect(&all, 0, EAGAIN);
    par_rwlock_end_read(&all.lock);
    return problem != NULL ? problem : expect(&all, 0, 0);
}

const char *rwlock_is_upgraded_by_the_only_reader(void)
{
    tried all = {.lock = PAR_RWLOCK_INIT};
    par_rwlock_read(&all.lock);
    par_rwlock_read(&all.lock); /* nobody waits, so this is two readers */
    const int shared = par_rwlock_try_upgrade(&all.lock);
    par_rwlock_end_read(&all.lock);
    const int alone = par_rwlock_try_upgrade(&all.lock);
    if (shared != EAGAIN || alone != 0)
        return wrong("codes %d and %d", shared, alone);
    const char *problem = expect(&all, EAGAIN, EAGAIN);
    par_rwlock_end_write(&all.lock);
    return problem != NULL ? problem : expect(&all, 0, 0);
}

const char *rwlock_refuses_its_writer(void)
{
    par_rwlock lock = PAR_RWLOCK_INIT;
    par_rwlock_write(&lock);
    const int write = par_rwlock_write(&lock);
    const int read = par_rwlock_read(&lock);
    par_rwlock_end_write(&lock);
    return write == EDEADLK && read == EDEADLK ? NULL : wrong("codes %d and %d", write, read);
}

const char *rwlock_is_poisoned_by_writers(void)
{
    tried all = {.lock = PAR_RWLOCK_INIT};
    par_rwlock_write(&all.lock);
    par_rwlock_poison(&all.lock);
    par_rwlock_downgrade(&all.lock);
    par_rwlock_end_read(&all.lock);
    if (par_rwlock_read(&all.lock) != EOWNERDEAD)
        return "a reader is not told";
    par_rwlock_end_read(&all.lock);
    if (par_rwlock_write(&all.lock) != EOWNERDEAD || !par_rwlock_is_poisoned(&all.lock))
        return "a writer is not told";
    par_rwlock_clear_poison(&all.lock);
    par_rwlock_end_write(&all.lock);
    return expect(&all, 0, 0);
}

static size_t read_guarded(par_rwlock *lock, size_t *value, bool early)
{
    PAR_READ_GUARD(guard, lock);
    if (guard.code != 0 || early)
        return *value;
    return *value + 1;
}

static int write_guarded(par_rwlock *lock, size_t *value)
{
    PAR_WRITE_GUARD(guard, lock);
    PAR_READ_GUARD(again, lock);
    ++*value;
    return again.code;
}

const char *rwlock_is_guarded(void)
{
    tried all = {.lock = PAR_RWLOCK_INIT};
    size_t value = 0;
    const int again = write_guarded(&all.lock, &value);
    const size_t early = read_guarded(&all.lock, &value, true);
    const size_t late = read_guarded(&all.lock, &value, false);
    if (again != EDEADLK || early != 1 || late != 2)
        return wrong("code %d, values %zu and %zu", again, early, late);
    return expect(&all, 0, 0);
}

/* ---- many threads ---------------------------------------------------------------------------- */

typedef struct ledger {
    par_rwlock lock;
    size_t rounds;
    size_t left;
    size_t right;
    atomic_size_t writes;
    atomic_size_t mixed;
    atomic_size_t failed;
} ledger;

static void look(ledger *all)
{
    if (all->left != all->right)
        atomic_fetch_add(&all->mixed, 1);
}

static void write_all(ledger *all)
{
    look(all);
    all->left++;
    all->right = all->left;
    atomic_fetch_add(&all->writes, 1);
}

static int try_hard(par_rwlock *lock, bool writes)
{
    int code;
    do {
        const par_deadline deadline = par_in(PAR_US(50));
        code = writes ? par_rwlock_write_until(lock, deadline, NULL)
                      : par_rwlock_read_until(lock, deadline, NULL);
    } while (code == ETIMEDOUT);
    return code;
}

static void use_as_writer(ledger *all, size_t chance)
{
    const int code = chance < 2 ? try_hard(&all->lock, true) : par_rwlock_write(&all->lock);
    if (code != 0)
        atomic_fetch_add(&all->failed, 1);
    write_all(all);
    if (chance % 3 != 0) {
        par_rwlock_end_write(&all->lock);
        return;
    }
    par_rwlock_downgrade(&all->lock);
    look(all);
    par_rwlock_end_read(&all->lock);
}

static void use_as_reader(ledger *all, size_t chance)
{
    const int code = chance < 2 ? try_hard(&all->lock, false) : par_rwlock_read(&all->lock);
    if (code != 0)
        atomic_fetch_add(&all->failed, 1);
    look(all);
    if (chance % 3 != 0 || par_rwlock_try_upgrade(&all->lock) != 0) {
        par_rwlock_end_read(&all->lock);
        return;
    }
    write_all(all);
    par_rwlock_end_write(&all->lock);
}

static void use_ledger(size_t number, void *arg)
{
    ledger *all = arg;
    uint64_t seed = number;
    for (size_t i = 0; i < all->rounds; i++) {
        const size_t chance = random_below(&seed, 32);
        if (chance < 8)
            use_as_writer(all, chance);
        else
            use_as_reader(all, chance - 8);
        if (random_below(&seed, 256) == 0)
            sched_yield();
    }
}

const char *rwlock_excludes(void)
{
    static const size_t threads[] = {2, 3, 8, 24};
    for (size_t i = 0; i < 4; i++) {
        ledger all = {.rounds = scaled(100000) / threads[i]};
        crowd_run(threads[i], use_ledger, &all);
        if (atomic_load(&all.mixed) != 0 || atomic_load(&all.failed) != 0 ||
            all.left != atomic_load(&all.writes))
            return wrong("%zu of %zu writes, %zu mixed, %zu failed", all.left,
                         atomic_load(&all.writes), atomic_load(&all.mixed),
                         atomic_load(&all.failed));
        if (all.lock.lock_.state != 0 || all.lock.lock_.queue != 0)
            return wrong("state %zx is left", all.lock.lock_.state);
    }
    return NULL;
}

/* ---- order ----------------------------------------------------------------------------------- */

enum { MOST = 8 };

/* Thread i reads where the text has an r, and writes where it has a w. */
typedef struct queue {
    par_rwlock lock;
    par_group group;
    par_deadline deadline;
    const char *who;
    atomic_size_t came;
    atomic_size_t reading;
    size_t order[MOST];
    int codes[MOST];
} queue;

static void use_lock(size_t number, void *arg)
{
    queue *all = arg;
    const bool reads = all->who[number] == 'r';
    const par_deadline deadline = all->who[number] == 'W' ? all->deadline : PAR_FOREVER;
    all->codes[number] = reads ? par_rwlock_read_until(&all->lock, deadline, &all->group)
                               : par_rwlock_write_until(&all->lock, deadline, &all->group);
    if (all->codes[number] != 0)
        return;
    all->order[atomic_fetch_add(&all->came, 1)] = number;
    if (reads)
        par_rwlock_end_read(&all->lock);
    else
        par_rwlock_end_write(&all->lock);
}

static void start_queue(crowd *threads, queue *all)
{
    threads->n = 0;
    for (size_t i = 0; all->who[i] != '\0'; i++) {
        crowd_seat *seat = &threads->seats[i];
        *seat = (crowd_seat){.number = i, .fn = use_lock, .arg = all};
        if (pthread_create(&seat->thread, NULL, crowd_main, seat) != 0)
            abort();
        threads->n++;
        steps_await_lock(&all->lock.lock_, i + 1);
    }
}

const char *rwlock_lets_no_reader_pass_a_writer(void)
{
    static crowd threads;
    queue all = {.who = "w", .deadline = PAR_FOREVER};
    par_rwlock_read(&all.lock);
    start_queue(&threads, &all);
    const int code = par_rwlock_try_read(&all.lock);
    par_rwlock_end_read(&all.lock);
    crowd_end(&threads);
    return code == EAGAIN && all.codes[0] == 0 ? NULL : wrong("codes %d, %d", code, all.codes[0]);
}

static const char *judge_order(const queue *all)
{
    size_t highest = 0; /* writer that has come so far, plus one */
    for (size_t i = 0; all->who[i] != '\0'; i++) {
        const size_t number = all->order[i];
        if (all->codes[i] != 0 || number < highest || (all->who[number] == 'w' && number != i))
            return wrong("number %zu came as %zu, code %d", number, i, all->codes[i]);
        if (all->who[number] == 'w')
            highest = number + 1;
    }
    return NULL;
}

/* Readers that stand together may come in any order among themselves. */
const char *rwlock_serves_in_order(void)
{
    static crowd threads;
    for (size_t i = 0; i < scaled(100); i++) {
        queue all = {.who = i % 2 == 0 ? "rrwrrwwr" : "wrrrwrw", .deadline = PAR_FOREVER};
        par_rwlock_write(&all.lock);
        start_queue(&threads, &all);
        if (i % 3 == 0) {
            par_rwlock_downgrade(&all.lock);
            par_rwlock_end_read(&all.lock);
        } else {
            par_rwlock_end_write(&all.lock);
        }
        crowd_end(&threads);
        const char *problem = judge_order(&all);
        if (problem != NULL)
            return problem;
    }
    return NULL;
}

/* Readers behind a writer that goes away get in though nobody gives the lock back. */
const char *rwlock_lets_readers_in_when_a_writer_gives_up(void)
{
    static crowd threads;
    queue all = {.who = "Wrr", .deadline = par_in(PAR_MS(50))};
    par_rwlock_read(&all.lock);
    threads.n = 0;
    crowd_start(&threads, 3, use_lock, &all);
    await_count(&all.came, 2);
    crowd_end(&threads);
    const char *problem = all.codes[0] == ETIMEDOUT ? NULL : wrong("code %d", all.codes[0]);
    par_rwlock_end_read(&all.lock);
    return all.lock.lock_.state == 0 ? problem : "somebody is left";
}

const char *rwlock_times_out(void)
{
    queue all = {.who = "WWWW", .deadline = par_in(PAR_MS(2))};
    par_rwlock_read(&all.lock);
    crowd_run(4, use_lock, &all);
    par_rwlock_end_read(&all.lock);
    for (size_t i = 0; i < 4; i++) {
        if (all.codes[i] != ETIMEDOUT)
            return wrong("code %d", all.codes[i]);
    }
    return all.lock.lock_.state == 0 ? NULL : "somebody is left";
}

const char *rwlock_is_canceled(void)
{
    static crowd threads;
    queue all = {.who = "rwrw", .deadline = PAR_FOREVER};
    par_rwlock_write(&all.lock);
    start_queue(&threads, &all);
    par_cancel(&all.group);
    crowd_end(&threads);
    par_rwlock_end_write(&all.lock);
    for (size_t i = 0; i < 4; i++) {
        if (all.codes[i] != ECANCELED)
            return wrong("code %d", all.codes[i]);
    }
    return all.lock.lock_.state == 0 ? NULL : "somebody is left";
}
