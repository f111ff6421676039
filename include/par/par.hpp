/* SPDX-License-Identifier: MIT */
/* par.hpp - joins, loops, maps, reductions and sorts by lambdas, and a guard for mutexes, for
 * C++17. Everything else of par is called from C++ as it is called from C.
 *
 *     par::join([&] { left = sum(a, middle); }, [&] { right = sum(b, n - middle); });
 *     par::map(roots, numbers, n, [](double x) { return std::sqrt(x); });
 *
 * Threads, blocking and cost are those of the C calls named below. Functions given to loops, maps,
 * reductions and sorts are called from several threads at once, as const.
 *
 * Exceptions: when one leaves a function, what has not begun is skipped, as after a code in C;
 * when all that had begun has ended, the first exception is thrown again by the call, and others
 * are dropped. A call that returns a code in C throws std::system_error with it here. A par_panic
 * travels through these calls, and runs destructors on its way if the compiler's library is
 * libstdc++ or libc++; it must not meet a noexcept function of the user's. */
#ifndef PAR_PAR_HPP
#define PAR_PAR_HPP

#include <par/algorithm.h>
#include <par/join.h>
#include <par/loop.h>
#include <par/mutex.h>
#include <par/panic.h>
#include <par/sort.h>

#include <atomic>
#include <cerrno>
#include <cstddef>
#include <exception>
#include <functional>
#include <system_error>
#include <type_traits>
#include <utility>

namespace par
{

namespace detail
{

/* What a catch-all has caught. A panic unwinds as no exception, and is let go on. */
inline std::exception_ptr caught()
{
    std::exception_ptr exception = std::current_exception();
    if (!exception)
        throw;
    return exception;
}

/* The C calls are noexcept, and a panic does not pass the call of such a function. This is one that
 * the compiler cannot know to be. */
template <typename R, typename... Args> auto open(R (*call)(Args...) noexcept) -> R (*)(Args...)
{
    R (*same)(Args...) = call;
    __asm__("" : "+r"(same));
    return same;
}

/* The first exception of a call. `keep` is for any thread; `end` for the caller, when all others
 * have ended, which is also what makes the exception visible to it. */
class failure
{
  public:
    /* Calls f(). Returns whether it returned. */
    template <typename F> bool guard(const F &f)
    {
        try {
            f();
            return true;
        } catch (...) {
            std::exception_ptr exception = caught();
            if (!is_kept_.exchange(true, std::memory_order_relaxed))
                first_ = std::move(exception);
            return false;
        }
    }

    bool has() const noexcept
    {
        return is_kept_.load(std::memory_order_relaxed);
    }

    /* Throws what is to be thrown after a call that returned `code`. */
    void end(int code)
    {
        if (first_)
            std::rethrow_exception(std::move(first_));
        if (code != 0)
            throw std::system_error(code, std::generic_category());
    }

  private:
    std::atomic<bool> is_kept_{false};
    std::exception_ptr first_;
};

constexpr int stopped = -1; /* what a callback returns after an exception */

/* One side of a join. */
template <typename F> struct task {
    F &f;
    std::exception_ptr thrown;

    static void run(void *arg)
    {
        task *const self = static_cast<task *>(arg);
        try {
            self->f();
        } catch (...) {
            self->thrown = caught();
        }
    }
};

template <typename F> struct range_call {
    const F &f;
    failure failed;

    static int run(std::size_t begin, std::size_t end, void *arg)
    {
        range_call *const self = static_cast<range_call *>(arg);
        return self->failed.guard([=] { self->f(begin, end); }) ? 0 : stopped;
    }
};

template <typename Out, typename In, typename F> struct map_call {
    const F &f;
    failure failed;

    static void loop(Out *PAR_RESTRICT out, const In *PAR_RESTRICT in, std::size_t n, const F &f)
    {
        for (std::size_t i = 0; i < n; i++)
            out[i] = f(in[i]);
    }

    static std::ptrdiff_t run(void *out, const void *in, std::size_t n, void *arg)
    {
        map_call *const self = static_cast<map_call *>(arg);
        Out *const to = static_cast<Out *>(out);
        const In *const from = static_cast<const In *>(in);
        const bool is_done = self->failed.guard([=] { loop(to, from, n, self->f); });
        return is_done ? static_cast<std::ptrdiff_t>(n) : stopped;
    }
};

template <typename T, typename Op> struct reduce_call {
    const Op &op;
    failure failed;

    static std::ptrdiff_t fold(void *acc, const void *in, std::size_t n, void *arg)
    {
        reduce_call *const self = static_cast<reduce_call *>(arg);
        T *const value = static_cast<T *>(acc);
        const T *const from = static_cast<const T *>(in);
        const bool is_done = self->failed.guard([=] {
            T sum = *value;
            for (std::size_t i = 0; i < n; i++)
                sum = self->op(sum, from[i]);
            *value = sum;
        });
        return is_done ? 0 : stopped;
    }

    /* Cannot stop the call, but what comes out is not used after an exception. */
    static void merge(void *left, const void *right, void *arg)
    {
        reduce_call *const self = static_cast<reduce_call *>(arg);
        T *const value = static_cast<T *>(left);
        const T *const more = static_cast<const T *>(right);
        if (!self->failed.has())
            self->failed.guard([=] { *value = self->op(*value, *more); });
    }
};

/* The loops of par/sort.h with the order inlined. After an exception the order says that nothing is
 * less, so the sort ends soon, with a permutation of the items. */
template <typename T, typename Less> struct sort_call {
    const Less &less;
    failure failed;

    static bool before(const void *a, const void *b, void *arg)
    {
        sort_call *const self = static_cast<sort_call *>(arg);
        const T *const left = static_cast<const T *>(a);
        const T *const right = static_cast<const T *>(b);
        bool is_less = false;
        if (self->failed.has())
            return false;
        self->failed.guard([&] { is_less = self->less(*left, *right); });
        return is_less;
    }

    static par_sort_run piece(void *items, void *room, std::size_t n, void *arg)
    {
        return par_detail_sort_stable(static_cast<char *>(items), static_cast<char *>(room), n,
                                      sizeof(T), before, arg);
    }

    static void merge(void *out, const void *a, std::size_t a_n, const void *b, std::size_t b_n,
                      void *arg)
    {
        par_detail_sort_merge(static_cast<char *>(out), static_cast<const char *>(a), a_n,
                              static_cast<const char *>(b), b_n, sizeof(T), before, arg);
    }
};

/* T, without a say in what T is. */
template <typename T> struct same {
    using type = T;
};

} // namespace detail

/* par_join: calls f() and g(), at the same time if a thread is idle. Both always run; what they
 * return is dropped. An exception of f is thrown again, else that of g. */
template <typename F, typename G> void join(F &&f, G &&g)
{
    using first = detail::task<std::remove_reference_t<F>>;
    using second = detail::task<std::remove_reference_t<G>>;
    first a{f, nullptr};
    second b{g, nullptr};
    par_detail_join_call_v1(first::run, &a, second::run, &b);
    if (a.thrown)
        std::rethrow_exception(std::move(a.thrown));
    if (b.thrown)
        std::rethrow_exception(std::move(b.thrown));
}

/* par_for: calls f(from, to) for pieces of begin <= i < end. Throws operation_canceled if a loop
 * around it was stopped. */
template <typename F> void for_range(std::size_t begin, std::size_t end, const F &f)
{
    detail::range_call<F> call{f, {}};
    par_failure failure;
    par_loop_options options = PAR_LOOP_OPTIONS_INIT;
    failure.code = 0;
    options.failure = &failure;
    const int code = par_try_for(begin, end, detail::range_call<F>::run, &call, &options);
    if (failure.code != 0)
        par_panic_again(&failure);
    call.failed.end(code);
}

/* The same with f(i) for each index. */
template <typename F> void for_each_index(std::size_t begin, std::size_t end, const F &f)
{
    for_range(begin, end, [&f](std::size_t from, std::size_t to) {
        for (std::size_t i = from; i < to; i++)
            f(i);
    });
}

/* par_map: out[i] = f(in[i]). The arrays do not overlap, and all elements of `out` exist. */
template <typename Out, typename In, typename F>
void map(Out *out, const In *in, std::size_t n, const F &f)
{
    using map_call = detail::map_call<Out, In, F>;
    map_call call{f, {}};
    call.failed.end(
        detail::open(par_map)(out, sizeof(Out), in, sizeof(In), n, map_call::run, &call));
}

/* par_reduce: identity op in[0] op in[1] ..., for an associative op(T, T) whose identity it is. The
 * same bits on each run and number of threads. T is trivially copyable. */
template <typename T, typename Op>
T reduce(const T *in, std::size_t n, typename detail::same<T>::type identity, const Op &op)
{
    static_assert(std::is_trivially_copyable<T>::value, "T must be a type that memcpy can copy");
    using reduce_call = detail::reduce_call<T, Op>;
    reduce_call call{op, {}};
    call.failed.end(detail::open(par_reduce)(&identity, sizeof(T), in, sizeof(T), n,
                                             reduce_call::fold, reduce_call::merge, &call));
    return identity;
}

/* par_sort, with `less` inlined: stable. Whatever `less` says or throws, the items become a
 * permutation of what they were. T is trivially copyable. */
template <typename T, typename Less = std::less<T>>
void sort(T *items, std::size_t n, const Less &less = Less())
{
    static_assert(std::is_trivially_copyable<T>::value, "T must be a type that memcpy can copy");
    using sort_call = detail::sort_call<T, Less>;
    const par_sort_ops ops = {sizeof(par_sort_ops), sizeof(T), sort_call::before, sort_call::piece,
                              sort_call::merge,     nullptr,   nullptr,           nullptr};
    sort_call call{less, {}};
    call.failed.end(detail::open(par_sort_with)(items, n, &ops, &call));
}

/* par_mutex_lock, until the block is left. An exception that leaves the block poisons the mutex, as
 * a panic does. Throws std::system_error where the lock returned EDEADLK. */
class PAR_SCOPED_CAPABILITY lock_guard
{
  public:
    explicit lock_guard(par_mutex &mutex) PAR_ACQUIRES(mutex) PAR_NO_SAFETY_ANALYSIS
        : mutex_(mutex),
          thrown_(std::uncaught_exceptions()),
          code_(par_mutex_lock(&mutex))
    {
        if (code_ == EDEADLK)
            throw std::system_error(code_, std::generic_category());
    }

    ~lock_guard() PAR_DETAIL_SAFETY(release_capability()) PAR_NO_SAFETY_ANALYSIS
    {
        if (std::uncaught_exceptions() > thrown_)
            par_mutex_poison(&mutex_);
        par_mutex_unlock(&mutex_);
    }

    lock_guard(const lock_guard &) = delete;
    lock_guard &operator=(const lock_guard &) = delete;

    /* Whether the mutex was poisoned when it was locked; par_mutex_clear_poison ends that. */
    bool is_poisoned() const noexcept
    {
        return code_ == EOWNERDEAD;
    }

  private:
    par_mutex &mutex_;
    int thrown_;
    int code_;
};

} // namespace par

#endif
