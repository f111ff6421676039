/* SPDX-License-Identifier: MIT */
/* guard_cxx.cpp - par::lock_guard: the mutex is free after every way out, and poisoned after an
 * exception alone. */
#include <cstdio>
#include <par/panic.h>
#include <par/par.hpp>
#include <stdexcept>

namespace
{

int failures = 0;

void expect(bool holds, const char *what)
{
    if (holds)
        return;
    std::fprintf(stderr, "%s\n", what);
    failures++;
}

/* Free, and poisoned or not; not poisoned after it. */
void expect_free(par_mutex &mutex, bool poisoned, const char *what)
{
    const int code = par_mutex_try_lock(&mutex);
    expect(code == (poisoned ? EOWNERDEAD : 0), what);
    par_mutex_clear_poison(&mutex);
    par_mutex_unlock(&mutex);
}

int leave(par_mutex &mutex, int way)
{
    const par::lock_guard guard(mutex);
    if (way == 0)
        return par_mutex_try_lock(&mutex);
    if (way == 1)
        throw std::runtime_error("on purpose");
    return -1;
}

void lock_and_panic(void *mutex)
{
    const par::lock_guard guard(*static_cast<par_mutex *>(mutex));
    par_panic(EIO, "on purpose");
}

/* A destructor that locks while an exception passes. */
struct locks_at_end {
    par_mutex &mutex;
    ~locks_at_end()
    {
        const par::lock_guard guard(mutex);
    }
};

void throw_past(par_mutex &mutex)
{
    const locks_at_end end{mutex};
    throw std::runtime_error("on purpose");
}

template <typename F> bool throws(const F &f)
{
    try {
        f();
    } catch (const std::exception &) {
        return true;
    }
    return false;
}

} // namespace

int main()
{
    par_mutex mutex = PAR_MUTEX_INIT;
    expect(leave(mutex, 0) == EAGAIN, "a guard does not hold its mutex");
    expect_free(mutex, false, "a return does not leave it free");
    expect(throws([&] { leave(mutex, 1); }), "an exception is lost");
    expect_free(mutex, true, "an exception does not poison it");
    expect(throws([&] { throw_past(mutex); }), "an exception is lost");
    expect_free(mutex, false, "a lock in a destructor poisons it");
    expect(par_catch(lock_and_panic, &mutex, nullptr) == EIO, "a panic is lost");
    expect_free(mutex, true, "a panic does not poison it");
    {
        const par::lock_guard guard(mutex);
        expect(throws([&] { const par::lock_guard again(mutex); }), "a second lock does not throw");
        expect(!guard.is_poisoned(), "it is poisoned");
    }
    expect_free(mutex, false, "a second lock gives it back");
    {
        PAR_LOCK_GUARD(guard, &mutex);
        expect(guard.code == 0, "the guard of C does not lock in C++");
    }
    expect_free(mutex, false, "the guard of C does not unlock in C++");
    return failures == 0 ? 0 : 1;
}
