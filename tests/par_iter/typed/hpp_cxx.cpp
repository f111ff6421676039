/* SPDX-License-Identifier: MIT */
/* hpp_cxx.cpp - what par/par.hpp gives: results as serial code, and the exceptions that it would
 * have thrown. */
#include "par_iter/typed/hpp_cxx.h"

#include <par/group.h>
#include <par/par.hpp>
#include <par/pool.h>

#include <algorithm>
#include <cerrno>
#include <cmath>
#include <memory>
#include <stdexcept>
#include <string>
#include <vector>

namespace
{

constexpr std::size_t N = 100003;

/* An exception of a type of its own, which is not trivial to copy. */
struct broken {
    std::string why;
    std::size_t at;
};

/* Counts those who are inside. */
class visit
{
  public:
    explicit visit(std::atomic<int> &inside) : inside_(inside)
    {
        ++inside_;
    }
    ~visit()
    {
        --inside_;
    }
    visit(const visit &) = delete;
    visit &operator=(const visit &) = delete;

  private:
    std::atomic<int> &inside_;
};

long fib(long n)
{
    long left = 0;
    long right = 0;
    if (n < 2)
        return n;
    par::join([&] { left = fib(n - 1); }, [&] { right = fib(n - 2); });
    return left + right;
}

std::vector<int> ones;

void set_to_one(std::size_t begin, std::size_t end)
{
    for (std::size_t i = begin; i < end; i++)
        ones[i]++;
}

std::vector<double> fractions(std::size_t n)
{
    std::vector<double> all(n);
    for (std::size_t i = 0; i < n; i++)
        all[i] = 1.0 / static_cast<double>(i + 1);
    return all;
}

/* A permutation, of which neighbours are far apart. */
std::vector<int> shuffled(std::size_t n)
{
    std::vector<int> all(n);
    for (std::size_t i = 0; i < n; i++)
        all[i] = static_cast<int>(i * 7919 % n);
    return all;
}

bool is_permutation_of_all(std::vector<int> items)
{
    std::sort(items.begin(), items.end());
    for (std::size_t i = 0; i < items.size(); i++) {
        if (items[i] != static_cast<int>(i))
            return false;
    }
    return true;
}

/* Calls f, which is to throw a `broken`. Returns its place, or N. */
template <typename F> std::size_t place_of_failure(const F &f)
{
    try {
        f();
    } catch (const broken &thrown) {
        return thrown.why == "broken" ? thrown.at : N;
    }
    return N;
}

[[noreturn]] void break_at(std::size_t place)
{
    throw broken{"broken", place};
}

} // namespace

/* ---- results ---- */

const char *hpp_cxx_joins(void)
{
    const auto three = std::make_unique<int>(3);
    int sum = 0;
    int product = 0;
    par::join([&sum, &three] { return sum = 1 + *three; }, [&] { product = 2 * *three; });
    if (sum != 4 || product != 6)
        return "a side did not run";
    return fib(20) == 6765 ? nullptr : "fib(20) is not 6765";
}

const char *hpp_cxx_loops_over_ranges(void)
{
    ones.assign(N, 0);
    par::for_range(0, N, set_to_one);
    par::for_range(N, 0, [](std::size_t, std::size_t) { ones[0] = 7; });
    if (std::any_of(ones.begin(), ones.end(), [](int one) { return one != 1; }))
        return "an index was not in one piece";
    std::atomic<std::size_t> sum{0};
    par::for_range(10, 20, [&](std::size_t begin, std::size_t end) {
        for (std::size_t i = begin; i < end; i++)
            sum += i;
    });
    return sum == 145 ? nullptr : "the bounds differ";
}

const char *hpp_cxx_loops_over_indices(void)
{
    std::vector<std::size_t> squares(N);
    par::for_each_index(0, N, [&](std::size_t i) { squares[i] = i * i; });
    for (std::size_t i = 0; i < N; i++) {
        if (squares[i] != i * i)
            return "an index was left out";
    }
    return nullptr;
}

const char *hpp_cxx_maps(void)
{
    const std::vector<double> in = fractions(N);
    std::vector<float> out(N);
    const double factor = 3;
    par::map(out.data(), in.data(), N,
             [factor](double x) { return static_cast<float>(x * factor); });
    for (std::size_t i = 0; i < N; i++) {
        if (out[i] != static_cast<float>(in[i] * factor))
            return "an element differs";
    }
    const int numbers[3] = {1, 22, 333};
    std::string texts[3]; /* memcpy would not do */
    par::map(texts, numbers, 3, [](int number) { return std::to_string(number); });
    return texts[0] == "1" && texts[2] == "333" ? nullptr : "a text differs";
}

const char *hpp_cxx_reduces(void)
{
    static std::atomic<bool> is_known{false};
    static double known;
    const std::vector<double> in = fractions(N);
    const auto add = [](double a, double b) { return a + b; };
    const double sum = par::reduce(in.data(), N, 0, add);
    if (!(std::abs(sum - 12.0902) < 0.001))
        return "the sum is far off";
    if (is_known.exchange(true) && sum != known)
        return "the sum has other bits than before";
    known = sum;
    const int numbers[5] = {3, 1, 4, 1, 5};
    const auto greater = [](int a, int b) { return std::max(a, b); };
    if (par::reduce(numbers, 5, -1, greater) != 5 || par::reduce(numbers, 0, -1, greater) != -1)
        return "the greatest differs";
    return nullptr;
}

const char *hpp_cxx_sorts(void)
{
    std::vector<int> items = shuffled(N);
    par::sort(items.data(), N);
    for (std::size_t i = 0; i < N; i++) {
        if (items[i] != static_cast<int>(i))
            return "an item is not where it belongs";
    }
    struct person {
        unsigned age;
        unsigned number;
    };
    std::vector<person> people(N);
    for (unsigned i = 0; i < N; i++)
        people[i] = {i * 7919 % 50, i};
    par::sort(people.data(), N, [](const person &a, const person &b) { return a.age > b.age; });
    for (std::size_t i = 1; i < N; i++) {
        const person &a = people[i - 1];
        const person &b = people[i];
        if (a.age < b.age || (a.age == b.age && a.number > b.number))
            return "the sort is not stable, or not one";
    }
    return nullptr;
}

/* ---- exceptions ---- */

const char *hpp_cxx_throws_what_a_side_threw(void)
{
    for (std::size_t which = 1; which < 4; which++) {
        std::atomic<int> ran{0};
        const std::size_t place = place_of_failure([&] {
            par::join(
                [&] {
                    ran++;
                    if (which & 1)
                        break_at(1);
                },
                [&] {
                    ran++;
                    if (which & 2)
                        break_at(2);
                });
        });
        if (ran != 2)
            return "a side did not run";
        if (place != (which & 1 ? 1 : 2))
            return "another exception came back";
    }
    return nullptr;
}

const char *hpp_cxx_throws_what_a_loop_threw(void)
{
    for (std::size_t at = 0; at < N; at += 9973) {
        std::atomic<int> inside{0};
        const std::size_t place = place_of_failure([&] {
            par::for_each_index(0, N, [&](std::size_t i) {
                const visit me(inside);
                if (i == at)
                    break_at(i);
            });
        });
        if (place != at)
            return "no exception came back, or another one";
        if (inside != 0)
            return "a piece ran on";
    }
    const std::size_t any = place_of_failure([] { par::for_each_index(5, N, break_at); });
    return any >= 5 && any < N ? nullptr : "none of many exceptions came back";
}

const char *hpp_cxx_throws_what_a_map_threw(void)
{
    std::vector<std::size_t> in(N);
    std::vector<std::size_t> out(N);
    for (std::size_t i = 0; i < N; i++)
        in[i] = i;
    for (std::size_t at = 0; at < N; at += 9973) {
        const std::size_t place = place_of_failure([&] {
            par::map(out.data(), in.data(), N, [at](std::size_t i) {
                if (i == at)
                    break_at(i);
                return i;
            });
        });
        if (place != at)
            return "no exception came back, or another one";
    }
    return nullptr;
}

const char *hpp_cxx_throws_what_a_reduction_threw(void)
{
    const std::vector<long> in(N, 1);
    /* First in a fold, then where results of blocks are merged, whose right side is not 1. */
    for (const bool in_merge : {false, true}) {
        const std::size_t place = place_of_failure([&] {
            par::reduce(in.data(), N, 0, [in_merge](long a, long b) {
                if (in_merge ? b > 1 : a == 100)
                    break_at(7);
                return a + b;
            });
        });
        if (place != 7)
            return "no exception came back, or another one";
    }
    return nullptr;
}

const char *hpp_cxx_throws_what_an_order_threw(void)
{
    for (int rare = 1; rare < 100000; rare *= 10) {
        std::vector<int> items = shuffled(N);
        std::atomic<int> compared{0};
        const std::size_t place = place_of_failure([&] {
            par::sort(items.data(), N, [&](int a, int b) {
                if (++compared % rare == 0)
                    break_at(9);
                return a < b;
            });
        });
        if (place != 9)
            return "no exception came back, or another one";
        if (!is_permutation_of_all(items))
            return "items were lost";
    }
    return nullptr;
}

/* From a loop in a side of a join in a loop, with many failing at once. */
const char *hpp_cxx_throws_through_levels(void)
{
    std::atomic<int> inside{0};
    const std::size_t place = place_of_failure([&] {
        par::for_each_index(0, 20, [&](std::size_t) {
            const visit me(inside);
            par::join(
                [&] {
                    par::for_each_index(0, 1000, [&](std::size_t k) {
                        if (k == 777)
                            break_at(k);
                    });
                },
                [] {});
        });
    });
    if (inside != 0)
        return "a piece ran on";
    return place == 777 ? nullptr : "no exception came back, or another one";
}

/* ---- codes ---- */

namespace
{

/* The code of the system_error that f throws, else 0. */
template <typename F> int code_of(const F &f)
{
    try {
        f();
    } catch (const std::system_error &thrown) {
        return thrown.code().category() == std::generic_category() ? thrown.code().value() : -1;
    }
    return 0;
}

int try_inside(std::size_t, std::size_t, void *arg)
{
    par_group *const group = static_cast<par_group *>(arg);
    par_cancel(group);
    return code_of([] { par::for_range(0, N, [](std::size_t, std::size_t) {}); });
}

} // namespace

const char *hpp_cxx_throws_codes(void)
{
    int items[2] = {1, 2};
    int *const none = nullptr;
    const auto same = [](int x) { return x; };
    const auto add = [](int a, int b) { return a + b; };
    if (code_of([&] { par::map(none, items, 2, same); }) != EINVAL ||
        code_of([&] { par::reduce(none, 2, 0, add); }) != EINVAL ||
        code_of([&] { par::sort(none, 2); }) != EINVAL)
        return "NULL was taken";
    if (code_of([&] { par::map(items, none, 0, same); }) != 0)
        return "nothing failed";
    par_group group = PAR_GROUP_INIT;
    par_loop_options options = PAR_LOOP_OPTIONS_INIT;
    options.group = &group;
    return par_try_for(0, 1, try_inside, &group, &options) == ECANCELED
               ? nullptr
               : "a loop inside a canceled one ran";
}
