/* SPDX-License-Identifier: MIT */
/* task_cxx.cpp - typed tasks in C++17: in namespaces, with the types of C++, forked by tasks,
 * lambdas, templates, methods and main. A plain program: 0, or it prints what failed. */
#include <array>
#include <atomic>
#include <complex>
#include <cstdio>
#include <memory>
#include <par/pool.h>
#include <par/task.h>
#include <string>
#include <utility>

namespace
{

int failures;

void expect(bool condition, const char *what)
{
    if (condition)
        return;
    std::printf("%s\n", what);
    failures++;
}

/* ---- tasks ---- */

PAR_TASK_1(long, fib, long, n)
{
    if (n < 2)
        return n;
    PAR_FORK(fib, right, n - 2);
    const long left = PAR_CALL(fib, n - 1);
    return left + PAR_JOIN(fib, right);
}

enum class kind { leaf, node };

/* A structure with a member function, an initialiser and a constructor. */
struct interval {
    long begin = 0;
    long end = 0;
    interval() = default;
    interval(long first, long last) : begin(first), end(last)
    {
    }
    long middle() const
    {
        return begin + (end - begin) / 2;
    }
    kind what() const
    {
        return end - begin <= 3 ? kind::leaf : kind::node;
    }
};

using moments = std::array<std::complex<double>, 3>;

PAR_TASK_2(moments, sum_moments, interval, part, double, scale)
{
    moments sum = {};
    if (part.what() == kind::leaf) {
        for (long i = part.begin; i < part.end; i++) {
            const std::complex<double> item(static_cast<double>(i), scale);
            sum[0] += 1.0;
            sum[1] += item;
            sum[2] += item * item;
        }
        return sum;
    }
    PAR_FORK(sum_moments, right, interval(part.middle(), part.end), scale);
    const moments left = PAR_CALL(sum_moments, interval(part.begin, part.middle()), scale);
    const moments other = PAR_JOIN(sum_moments, right);
    for (std::size_t i = 0; i < sum.size(); i++)
        sum[i] = left[i] + other[i];
    return sum;
}

/* Types whose copies own memory: the frame holds one, the call another. */
PAR_TASK_2(std::string, spell, std::string, prefix, int, depth)
{
    if (depth == 0)
        return prefix;
    PAR_FORK(spell, right, prefix + "r", depth - 1);
    const std::string left = PAR_CALL(spell, prefix + "l", depth - 1);
    return left + PAR_JOIN(spell, right);
}

std::string spell_plainly(const std::string &prefix, int depth)
{
    if (depth == 0)
        return prefix;
    return spell_plainly(prefix + "l", depth - 1) + spell_plainly(prefix + "r", depth - 1);
}

PAR_VOID_TASK_2(count, std::shared_ptr<std::atomic<int>>, counter, int, by)
{
    counter->fetch_add(by);
}

using pair_of_functions = std::pair<long (*)(long), long>;

PAR_TASK_1(long, apply, pair_of_functions, call)
{
    return call.first(call.second);
}

/* ---- who forks ---- */

template <typename Number> Number twice_fib(Number n)
{
    PAR_FORK(fib, other, static_cast<long>(n));
    const long mine = PAR_CALL(fib, static_cast<long>(n));
    return static_cast<Number>(mine + PAR_JOIN(fib, other));
}

class summer
{
  public:
    explicit summer(double scale) : scale_(scale)
    {
    }
    moments sum(long n) const
    {
        PAR_FORK(sum_moments, all, interval(0, n), scale_);
        return PAR_JOIN(sum_moments, all);
    }

  private:
    double scale_;
};

/* A lambda in a task sees the worker of the task that it stands in. */
PAR_TASK_1(long, by_lambda, long, n)
{
    const auto fork_here = [&](long less) {
        PAR_FORK(fib, child, n - less);
        const long called = PAR_CALL(fib, n - less - 1);
        return called + PAR_JOIN(fib, child);
    };
    PAR_FORK(fib, older, n);
    const long two = fork_here(1) + fork_here(2);
    return two + PAR_JOIN(fib, older);
}

/* Leaves the inner block in each way; what is read after it has been joined by then. */
PAR_TASK_1(int, leave, int, way)
{
    auto counter = std::make_shared<std::atomic<int>>(0);
    for (int i = 0; i < 2; i++) {
        PAR_FORK(count, child, counter, 1);
        if (way == 0)
            break;
        if (way == 1)
            continue;
        PAR_FORK(count, another, counter, 10);
        if (way == 2)
            PAR_JOIN(count, another);
    }
    return counter->load() + 100 * static_cast<int>(counter.use_count());
}

/* ---- checks ---- */

void check_types()
{
    const moments sum = sum_moments(interval(0, 100), 2.0);
    expect(sum[0] == 100.0, "the number of items is wrong");
    expect(sum[1] == std::complex<double>(4950.0, 200.0), "the sum is wrong");
    expect(sum[2] == std::complex<double>(328350.0 - 400.0, 4.0 * 4950.0), "the squares are wrong");
    const moments same = summer(2.0).sum(100);
    expect(same == sum, "a method's fork gives another sum");
    const std::string begin = "a prefix that is too long to stand in the string itself ";
    expect(spell(begin, 6) == spell_plainly(begin, 6), "strings are wrong");
    expect(apply(pair_of_functions(fib, 10)) == 55, "a pair with a function is wrong");
}

void check_forkers()
{
    expect(twice_fib(12L) == 288 && twice_fib(12) == 288, "forks in templates are wrong");
    expect(by_lambda(10) == 55 + (34 + 21) + (21 + 13), "forks in a task's lambda are wrong");
}

void check_leaving()
{
    expect(leave(0) == 101, "break leaves a fork behind");
    expect(leave(1) == 102, "continue leaves a fork behind");
    expect(leave(2) == 122, "a join and the end of a block do not go together");
    expect(leave(3) == 122, "the end of a block leaves a fork behind");
}

void check_all(void *)
{
    for (int round = 0; round < 30 && failures == 0; round++) {
        check_types();
        check_forkers();
        check_leaving();
    }
}

} // namespace

int main()
{
    /* main and its lambdas are outside: a fork enters the default pool until its block is left. */
    {
        PAR_FORK(fib, child, 15);
        const auto in_lambda = [](long n) {
            PAR_FORK(fib, other, n);
            return PAR_CALL(fib, n - 1) + PAR_JOIN(fib, other);
        };
        expect(in_lambda(14) == 233 + 377, "forks in a lambda are wrong");
        expect(par_thread_index() != PAR_NO_INDEX, "a fork does not enter the pool");
        expect(PAR_JOIN(fib, child) == 610, "a fork in main is wrong");
    }
    expect(par_thread_index() == PAR_NO_INDEX, "the end of the block does not leave the pool");
    check_all(nullptr);
    for (std::size_t threads : {std::size_t{1}, std::size_t{2}, std::size_t{8}}) {
        par_pool_options options = PAR_POOL_OPTIONS_INIT;
        options.num_threads = threads;
        par_pool *pool = nullptr;
        expect(par_pool_create(&pool, &options) == 0, "there is no pool");
        if (pool == nullptr)
            break;
        expect(par_pool_run(pool, check_all, nullptr) == 0, "the pool does not run anything");
        expect(par_pool_destroy(pool) == 0, "the pool does not end");
    }
    return failures == 0 ? 0 : 1;
}
