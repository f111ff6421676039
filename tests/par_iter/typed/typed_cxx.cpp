/* SPDX-License-Identifier: MIT */
/* typed_cxx.cpp - the lines of par/typed.h and its kin in C++17: with a template, a noexcept
 * function, and in a namespace. */
#include "par_iter/typed/typed_cxx.h"

#include <par/typed.h>
#include <par/typed_find.h>
#include <par/typed_sum.h>
#include <par/typed_try.h>

namespace
{

double halve(int number) noexcept
{
    return number / 2.0;
}

template <typename Number> Number lesser(Number left, Number right)
{
    return right < left ? right : left;
}

void negate(int *number)
{
    *number = -*number;
}

struct span {
    long begin;
    long end;
};

span extended(span all, long more)
{
    return {all.begin < more ? all.begin : more, all.end > more ? all.end : more};
}

span united(span left, span right)
{
    return extended(extended(left, right.begin), right.end);
}

span single(long number) noexcept
{
    return {number, number};
}

span moved(long number, const long *by)
{
    return {number + *by, number + *by};
}

template <typename Number> bool is_odd(Number number)
{
    return number % 2 != 0;
}

bool is_multiple(long number, const long *of) noexcept
{
    return number % *of == 0;
}

template <typename Number> bool is_less(Number left, Number right)
{
    return left < right;
}

bool odd_half(double *out, long number)
{
    *out = static_cast<double>(number) / 2;
    return is_odd(number);
}

bool part(double *out, long number, const long *of)
{
    *out = static_cast<double>(number / *of);
    return is_multiple(number, of);
}

long times(long number, const long *factor)
{
    return number * *factor;
}

void add(long *number, const long *more)
{
    *number += *more;
}

int small_square(long *out, long number)
{
    *out = number * number;
    return number < 700 ? 0 : static_cast<int>(number);
}

int below(long *out, long number, const long *limit)
{
    *out = number;
    return number < *limit ? 0 : static_cast<int>(number);
}

int step(long *number)
{
    ++*number;
    return 0;
}

int step_below(long *number, const long *limit)
{
    return *number < *limit ? step(number) : static_cast<int>(*number);
}

PAR_DEFINE_FILTER_MAP(odd_halves, double, long, odd_half)
PAR_DEFINE_FILTER_MAP_CTX(parts, double, long, long, part)
PAR_DEFINE_MAP_CTX(times_all, long, long, long, times)
PAR_DEFINE_FOR_EACH_CTX(add_to_all, long, long, add)
PAR_DEFINE_REDUCE(span_of, span, long, extended, united)
PAR_DEFINE_MAP_REDUCE(mapped_span_of, span, long, single, united)
PAR_DEFINE_MAP_REDUCE_CTX(moved_span_of, span, long, long, moved, united)
PAR_DEFINE_SUM(sum_of, long)
PAR_DEFINE_SUM(sum_of_doubles, double)
PAR_DEFINE_PRODUCT(product_of, unsigned char)
PAR_DEFINE_FIND(odd, long, is_odd)
PAR_DEFINE_FIND_CTX(multiple, long, long, is_multiple)
PAR_DEFINE_EXTREMES(by_value, long, is_less)
PAR_DEFINE_TRY_MAP(square_all, long, long, small_square)
PAR_DEFINE_TRY_MAP_CTX(copy_below, long, long, long, below)
PAR_DEFINE_TRY_FOR_EACH(step_all, long, step)
PAR_DEFINE_TRY_FOR_EACH_CTX(step_all_below, long, long, step_below)
PAR_DEFINE_MAP(halve_all, double, int, halve)
PAR_DEFINE_REDUCE_WITH(least, long, lesser)
PAR_DEFINE_FOR_EACH(negate_all, int, negate)

} // namespace

static_assert(noexcept(halve_all(nullptr, nullptr, 0)), "the verbs do not throw");
static_assert(noexcept(least(nullptr, nullptr, 0)), "the verbs do not throw");
static_assert(noexcept(negate_all(nullptr, 0)), "the verbs do not throw");

static_assert(noexcept(odd_first(nullptr, 0, nullptr)), "the verbs do not throw");
static_assert(noexcept(square_all(nullptr, nullptr, 0, nullptr)), "the verbs do not throw");
static_assert(noexcept(sum_of(nullptr, nullptr, 0)), "the verbs do not throw");

namespace
{

constexpr size_t N = 1000;
constexpr long three = 3;

/* 0, 3, 6 and so on. */
const char *try_maps(long *numbers)
{
    static long in[N];
    static double out[N];
    size_t n = 0;
    for (size_t i = 0; i < N; i++)
        in[i] = static_cast<long>(i);
    if (times_all(numbers, in, N, &three) != 0 || numbers[N - 1] != 2997)
        return "a map with a context differs";
    if (odd_halves(out, &n, in, N) != 0 || n != N / 2 || out[1] != 1.5)
        return "a filter_map differs";
    if (parts(out, &n, in, N, &three) != 0 || n != 334 || out[333] != 333)
        return "a filter_map with a context differs";
    return add_to_all(in, N, &three) == 0 && in[10] == 13 ? NULL : "a loop differs";
}

const char *try_reductions(const long *numbers)
{
    static const unsigned char bytes[N] = {3, 5, 7};
    static const double doubles[2] = {0.25, 0.5};
    span all = {5, 5};
    span same = {5, 5};
    span other = {5, 5};
    long sum = 0;
    double fractions = 0;
    unsigned char product = 0;
    if (span_of(&all, numbers, N) != 0 || mapped_span_of(&same, numbers, N) != 0 ||
        moved_span_of(&other, numbers, N, &three) != 0 || sum_of(&sum, numbers, N) != 0 ||
        sum_of_doubles(&fractions, doubles, 2) != 0 || product_of(&product, bytes, 3) != 0)
        return "a reduction returned a code";
    if (all.begin != 0 || all.end != 2997 || same.end != 2997 || other.begin != 3)
        return "a span differs";
    return sum == 1498500 && fractions == 0.75 && product == 105 ? NULL : "a sum differs";
}

const char *try_searches(const long *numbers)
{
    size_t first = 0;
    size_t last = 0;
    size_t min = N;
    size_t max = N;
    size_t count = 0;
    const long five = 5;
    if (odd_first(numbers, N, &first) != 0 || multiple_last(numbers, N, &last, &five) != 0 ||
        by_value_min(numbers, N, &min) != 0 || by_value_max(numbers, N, &max) != 0 ||
        multiple_count(numbers, N, &count, &five) != 0)
        return "a search returned a code";
    return first == 1 && last == 995 && min == 0 && max == N - 1 && count == 200
               ? NULL
               : "a search differs";
}

const char *try_failures(const long *numbers)
{
    static long out[N];
    size_t index = 0;
    const long limit = 301;
    if (square_all(out, numbers, N, &index) != 702 || index != 234 || out[233] != 699 * 699)
        return "a map does not fail as it should";
    if (copy_below(out, numbers, N, &index, &limit) != 303 || index != 101)
        return "a map with a context does not fail as it should";
    if (copy_below(out, numbers, 101, &index, &limit) != 0 || step_all(out, 101, NULL) != 0)
        return "something failed";
    if (step_all_below(out, 101, &index, &limit) != 301 || index != 100)
        return "a loop with a context does not fail as it should";
    return out[50] == 152 ? NULL : "a loop differs";
}

} // namespace

const char *cxx_other_lines(void)
{
    static long numbers[N];
    const char *problem = try_maps(numbers);
    if (problem == NULL)
        problem = try_reductions(numbers);
    if (problem == NULL)
        problem = try_searches(numbers);
    return problem == NULL ? try_failures(numbers) : problem;
}

int cxx_halve_all(double *out, const int *in, size_t n)
{
    return halve_all(out, in, n);
}

int cxx_least(long *result, const long *in, size_t n)
{
    return least(result, in, n);
}

int cxx_negate_all(int *items, size_t n)
{
    return negate_all(items, n);
}
