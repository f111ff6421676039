# Lines of par/mutex.h and par/rwlock.h, for refuses.cmake: what clang's -Wthread-safety sees.

prelude([[
#include <par/mutex.h>
#include <par/rwlock.h>
#include <par/condvar.h>
static par_mutex mutex;
static par_rwlock rwlock;
static par_condvar condvar;
static long value PAR_GUARDED_BY(mutex);
static long shared PAR_GUARDED_BY(rwlock);
static void add(long n) PAR_REQUIRES(mutex);
static void add(long n) { value += n; }
void user(long n);
]])

right("void user(long n) { par_mutex_lock(&mutex); value += n; add(n); par_mutex_unlock(&mutex); }")
right("void user(long n) { if (par_mutex_try_lock(&mutex) == 0) { add(n); par_mutex_unlock(&mutex); } }")
right("void user(long n) { PAR_LOCK_GUARD(guard, &mutex); if (guard.code == 0) add(n); }")
right("void user(long n) { int code; PAR_WITH_LOCK(code, &mutex) { add(n); } (void)code; }")
right("void user(long n) { par_rwlock_write(&rwlock); shared = n; par_rwlock_end_write(&rwlock); }")
right("long got; void user(long n) { par_rwlock_read(&rwlock); got = shared + n; par_rwlock_end_read(&rwlock); }")
right("long got; void user(long n) { PAR_READ_GUARD(guard, &rwlock); got = shared + n; (void)guard; }")
right("void user(long n) { PAR_WRITE_GUARD(guard, &rwlock); shared = n; (void)guard; }")
right("void user(long n) { par_mutex_lock(&mutex); par_condvar_wait(&condvar, &mutex); add(n); par_mutex_unlock(&mutex); }")

wrong("void user(long n) { value += n; add(0); }")
wrong("void user(long n) { add(n); }")
wrong("void user(long n) { par_mutex_lock(&mutex); add(n); }")
wrong("void user(long n) { par_mutex_lock(&mutex); par_mutex_lock(&mutex); add(n); par_mutex_unlock(&mutex); }")
wrong("void user(long n) { par_mutex_unlock(&mutex); (void)n; (void)add; }")
wrong("void user(long n) { par_mutex_lock(&mutex); par_mutex_unlock(&mutex); add(n); }")
wrong("void user(long n) { par_mutex_try_lock(&mutex); add(n); par_mutex_unlock(&mutex); }")
wrong("void user(long n) { par_rwlock_read(&rwlock); shared = n; par_rwlock_end_read(&rwlock); }")
wrong("void user(long n) { PAR_READ_GUARD(guard, &rwlock); shared = n; (void)guard; }")
wrong("void user(long n) { par_rwlock_write(&rwlock); shared = n; par_rwlock_end_read(&rwlock); }")
wrong("void user(long n) { par_condvar_wait(&condvar, &mutex); (void)n; }")
