/* SPDX-License-Identifier: MIT */
/* task_checks.c - typed tasks give what plain functions give, however they are forked, joined and
 * left. */
#include "scope/task_checks.h"

#include "scope/task_shared.h"

#include <par/join.h>
#include <par/loop.h>

/* ---- recursion ---- */

PAR_TASK_1(long, fib, long, n)
{
    if (n < 2)
        return n;
    PAR_FORK(fib, right, n - 2);
    const long left = PAR_CALL(fib, n - 1);
    return left + PAR_JOIN(fib, right);
}

static long serial_fib(long n)
{
    return n < 2 ? n : serial_fib(n - 1) + serial_fib(n - 2);
}

static const char *compute_fib(void *arg)
{
    (void)arg;
    for (long n = 0; n <= 20; n++) {
        const long got = fib(n);
        if (got != serial_fib(n))
            return wrong("fib(%ld) gave %ld", n, got);
    }
    return NULL;
}

const char *task_computes_fib(void)
{
    return in_every_pool(compute_fib, NULL);
}

/* Many forks in one block, by an array of bits for the columns and diagonals. */
PAR_TASK_4(long, queens, unsigned, all, unsigned, columns, unsigned, left, unsigned, right)
{
    if (columns == all)
        return 1;
    const unsigned safe = all & ~(columns | left | right);
    const unsigned first = safe & (0U - safe);
    const unsigned second = (safe ^ first) & (0U - (safe ^ first));
    long found = 0;
    if (first == 0)
        return 0;
    PAR_FORK(queens, one, all, columns | first, (left | first) << 1, (right | first) >> 1);
    if (second != 0) {
        PAR_FORK(queens, two, all, columns | second, (left | second) << 1, (right | second) >> 1);
        for (unsigned rest = safe ^ first ^ second; rest != 0; rest &= rest - 1) {
            const unsigned next = rest & (0U - rest);
            found += PAR_CALL(queens, all, columns | next, (left | next) << 1, (right | next) >> 1);
        }
        found += PAR_JOIN(queens, two);
    }
    return found + PAR_JOIN(queens, one);
}

static const char *count_queens(void *arg)
{
    static const long known[] = {1, 1, 0, 0, 2, 10, 4, 40, 92, 352};
    (void)arg;
    for (unsigned n = 1; n < sizeof known / sizeof known[0]; n++) {
        const long got = queens((1U << n) - 1, 0, 0, 0);
        if (got != known[n])
            return wrong("%u queens: %ld ways", n, got);
    }
    return NULL;
}

const char *task_counts_queens(void)
{
    return in_every_pool(count_queens, NULL);
}

/* ---- arguments and results ---- */

PAR_TASK_0(int, of_none)
{
    return 7;
}

PAR_TASK_3(long, of_three, char, a, short, b, long, c)
{
    return a + 10 * b + 100 * c;
}

PAR_TASK_5(double, of_five, float, a, double, b, int, c, unsigned char, d, const double *, e)
{
    return (double)a + b + c + d + *e;
}

PAR_TASK_6(long, of_six, long, a, long, b, long, c, long, d, long, e, long, f)
{
    return a + 2 * b + 3 * c + 4 * d + 5 * e + 6 * f;
}

PAR_VOID_TASK_0(void_of_none)
{
}

PAR_VOID_TASK_1(void_of_one, atomic_size_t *, count)
{
    atomic_fetch_add(count, 1);
}

PAR_VOID_TASK_6(void_of_six, long *, sum, long, a, long, b, long, c, long, d, long, e)
{
    *sum = a + b + c + d + e;
}

PAR_TASK_0(long, all_arities)
{
    const double one = 1.0;
    atomic_size_t count = 0;
    long sum = 0;
    PAR_FORK(of_none, none);
    PAR_FORK(of_three, three, 1, 2, 3);
    PAR_FORK(of_five, five, 1.0F, 2.0, 3, 4, &one);
    PAR_FORK(of_six, six, 1, 2, 3, 4, 5, 6);
    PAR_FORK(void_of_none, nothing);
    PAR_FORK(void_of_one, counting, &count);
    PAR_FORK(void_of_six, summing, &sum, 1, 2, 3, 4, 5);
    PAR_CALL(void_of_none);
    PAR_CALL(void_of_one, &count);
    const long called = PAR_CALL(of_none) + PAR_CALL(of_six, 1, 1, 1, 1, 1, 1);
    PAR_JOIN(void_of_six, summing);
    PAR_JOIN(void_of_one, counting);
    PAR_JOIN(void_of_none, nothing);
    const bool right = PAR_JOIN(of_six, six) == 91 && PAR_JOIN(of_five, five) == 11.0 &&
                       PAR_JOIN(of_three, three) == 321 && PAR_JOIN(of_none, none) == 7;
    return right && called == 28 && sum == 15 && atomic_load(&count) == 2;
}

static const char *use_arities(void *arg)
{
    (void)arg;
    for (int i = 0; i < 300; i++) {
        if (all_arities() != 1)
            return wrong("round %d", i);
    }
    return NULL;
}

const char *task_takes_any_number_of_arguments(void)
{
    return in_every_pool(use_arities, NULL);
}

typedef struct wide {
    double of[9];
} wide;

PAR_TASK_2(wide, add_wide, wide, a, int, depth)
{
    wide sum = a;
    if (depth == 0)
        return sum;
    PAR_FORK(add_wide, other, a, depth - 1);
    const wide left = PAR_CALL(add_wide, a, depth - 1);
    const wide right = PAR_JOIN(add_wide, other);
    for (int i = 0; i < 9; i++)
        sum.of[i] = left.of[i] + right.of[i];
    return sum;
}

static const char *use_structures(void *arg)
{
    (void)arg;
    const wide ones = {{1, 2, 3, 4, 5, 6, 7, 8, 9}};
    const wide sum = add_wide(ones, 8);
    for (int i = 0; i < 9; i++) {
        if (sum.of[i] != 256.0 * ones.of[i])
            return wrong("member %d is %g", i, sum.of[i]);
    }
    return NULL;
}

const char *task_takes_and_gives_structures(void)
{
    return in_every_pool(use_structures, NULL);
}

static const char *use_shared(void *arg)
{
    (void)arg;
    atomic_size_t count = 0;
    shared_count(&count, 10);
    if (atomic_load(&count) != 1024)
        return wrong("counted %zu", atomic_load(&count));
    const long sum = shared_sum(0, 1000);
    return sum == 499500 ? NULL : wrong("the sum is %ld", sum);
}

const char *task_is_shared_between_files(void)
{
    return in_every_pool(use_shared, NULL);
}

/* ---- outside tasks ---- */

static const char *fork_plainly(void *arg)
{
    (void)arg;
    for (long n = 0; n < 50; n++) {
        PAR_FORK(fib, first, n % 12);
        PAR_FORK(shared_sum, second, 0, n + 1);
        const long called = PAR_CALL(fib, 10);
        const long sum = PAR_JOIN(shared_sum, second);
        if (called != 55 || sum != n * (n + 1) / 2 || PAR_JOIN(fib, first) != serial_fib(n % 12))
            return wrong("round %ld", n);
    }
    return NULL;
}

const char *task_is_forked_by_plain_functions(void)
{
    return in_every_pool(fork_plainly, NULL);
}

const char *task_is_called_from_outside(void)
{
    if (par_thread_index() != PAR_NO_INDEX)
        return "the check does not begin outside";
    const char *problem = fork_plainly(NULL);
    if (problem == NULL && fib(15) != serial_fib(15))
        problem = "fib is wrong";
    if (problem == NULL && par_thread_index() != PAR_NO_INDEX)
        problem = "a fork in a plain function did not leave the pool";
    return problem;
}

/* ---- order ---- */

/* Waits for `release`, so that whoever takes it keeps it. */
PAR_TASK_2(long, held, long, value, atomic_bool *, release)
{
    while (!atomic_load(release))
        sched_yield();
    return value;
}

#define JOIN_OF(number) PAR_JOIN(shared_sum, fork_##number)

/* The four forks are joined in the order of the digits of `order`. */
PAR_TASK_1(long, in_order, int, order)
{
    long results[4] = {0, 0, 0, 0};
    PAR_FORK(shared_sum, fork_0, 0, 10);
    PAR_FORK(shared_sum, fork_1, 0, 20);
    PAR_FORK(shared_sum, fork_2, 0, 30);
    PAR_FORK(shared_sum, fork_3, 0, 40);
    for (int digits = order, i = 0; i < 4; i++, digits /= 10) {
        switch (digits % 10) {
        case 0:
            results[0] = JOIN_OF(0);
            break;
        case 1:
            results[1] = JOIN_OF(1);
            break;
        case 2:
            results[2] = JOIN_OF(2);
            break;
        default:
            results[3] = JOIN_OF(3);
            break;
        }
    }
    return results[0] == 45 && results[1] == 190 && results[2] == 435 && results[3] == 780;
}

static bool is_order(int digits)
{
    unsigned seen = 0;
    for (int i = 0; i < 4; i++, digits /= 10)
        seen |= digits % 10 < 4 ? 1U << (digits % 10) : 16;
    return seen == 15;
}

static const char *join_in_orders(void *arg)
{
    (void)arg;
    for (int order = 0; order <= 3210; order++) {
        if (is_order(order) && in_order(order) != 1)
            return wrong("joined in order %04d", order);
    }
    return NULL;
}

const char *task_joins_in_any_order(void)
{
    return in_every_pool(join_in_orders, NULL);
}

/* The oldest fork is stolen and kept while the younger ones are joined before and after it. */
PAR_TASK_1(long, around_a_stolen_one, bool, oldest_first)
{
    atomic_bool release = false;
    long sum = 0;
    PAR_FORK(held, oldest, 5, &release);
    PAR_FORK(fib, second, 10);
    PAR_FORK(fib, third, 11);
    if (!oldest_first)
        sum += PAR_JOIN(fib, second);
    atomic_store(&release, true);
    sum += PAR_JOIN(held, oldest);
    PAR_FORK(fib, late, 12);
    sum += PAR_JOIN(fib, third);
    if (oldest_first)
        sum += PAR_JOIN(fib, second);
    return sum + PAR_JOIN(fib, late);
}

static const char *join_around_stolen(void *arg)
{
    (void)arg;
    for (int i = 0; i < 200; i++) {
        const long got = around_a_stolen_one(i % 2 == 0);
        if (got != 5 + 55 + 89 + 144)
            return wrong("round %d gave %ld", i, got);
    }
    return NULL;
}

const char *task_joins_stolen_forks_in_any_order(void)
{
    return in_every_pool(join_around_stolen, NULL);
}

/* A fork that was settled by an older join is not mistaken for one that stands in its place. */
PAR_TASK_0(long, anew)
{
    long sum = 0;
    PAR_FORK(fib, a, 7);
    PAR_FORK(fib, b, 8);
    sum += PAR_JOIN(fib, a);
    PAR_FORK(fib, c, 9);
    PAR_FORK(fib, d, 10);
    sum += 100 * PAR_JOIN(fib, b);
    sum += 10000 * PAR_JOIN(fib, d);
    return sum + 1000000 * PAR_JOIN(fib, c);
}

static const char *fork_anew(void *arg)
{
    (void)arg;
    for (int i = 0; i < 300; i++) {
        const long got = anew();
        if (got != 13 + 2100 + 550000 + 34000000)
            return wrong("round %d gave %ld", i, got);
    }
    return NULL;
}

const char *task_forks_anew_between_joins(void)
{
    return in_every_pool(fork_anew, NULL);
}

/* ---- leaving a block ---- */

enum { WAYS_OUT = 5 };

PAR_TASK_2(int, leave, int, way, atomic_size_t *, count)
{
    PAR_FORK(void_of_one, outer, count);
    for (int i = 0; i < 3; i++) {
        PAR_FORK(void_of_one, inner, count);
        if (way == 0)
            return 1;
        if (way == 1)
            break;
        if (way == 2)
            continue;
        if (way == 3)
            goto out;
        PAR_JOIN(void_of_one, inner);
    }
out:
    return 0;
}

static const char *leave_blocks(void *arg)
{
    static const size_t expected[WAYS_OUT] = {2, 2, 4, 2, 4};
    (void)arg;
    for (int i = 0; i < 100 * WAYS_OUT; i++) {
        atomic_size_t count = 0;
        leave(i % WAYS_OUT, &count);
        if (atomic_load(&count) != expected[i % WAYS_OUT])
            return wrong("way %d ran %zu forks", i % WAYS_OUT, atomic_load(&count));
    }
    return NULL;
}

const char *task_is_joined_when_its_block_is_left(void)
{
    return in_every_pool(leave_blocks, NULL);
}

/* ---- depth ---- */

/* ThreadSanitizer keeps no deeper stacks; there the room is not reached. */
enum { DEEP = SUPPORT_TSAN ? 20000 : 200000 };

PAR_TASK_2(size_t, deep, size_t, depth, size_t, leaf)
{
    if (depth == 0)
        return leaf;
    PAR_FORK(deep, side, 0, 1);
    const size_t below = PAR_CALL(deep, depth - 1, 1);
    return below + PAR_JOIN(deep, side);
}

static void *go_deep(void *arg)
{
    *(size_t *)arg = deep(DEEP, 1);
    return NULL;
}

const char *task_forks_deeper_than_there_is_room(void)
{
    size_t sum = 0;
    pthread_t thread;
    pthread_attr_t attributes;
    if (pthread_attr_init(&attributes) != 0 ||
        pthread_attr_setstacksize(&attributes, (size_t)1 << 30) != 0 ||
        pthread_create(&thread, &attributes, go_deep, &sum) != 0)
        return "no thread with a big stack";
    (void)pthread_join(thread, NULL);
    (void)pthread_attr_destroy(&attributes);
    return sum == DEEP + 1 ? NULL : wrong("%zu of %d forks ran", sum, DEEP + 1);
}

/* ---- among the other verbs ---- */

static void fib_by_task(void *arg)
{
    *(long *)arg = fib(*(long *)arg);
}

static void fib_of_piece(size_t begin, size_t end, void *arg)
{
    long *results = arg;
    for (size_t i = begin; i < end; i++) {
        long other = (long)i % 10;
        long mine = (long)i % 10;
        par_join(fib_by_task, &mine, fib_by_task, &other);
        results[i] = mine + other;
    }
}

PAR_VOID_TASK_2(fill, long *, results, size_t, n)
{
    PAR_FORK(fib, beside, 15);
    par_for_grain(0, n, 3, fib_of_piece, results);
    PAR_JOIN(fib, beside);
}

static const char *mix(void *arg)
{
    enum { N = 200 };
    (void)arg;
    long results[N] = {0};
    fill(results, N);
    for (long i = 0; i < N; i++) {
        if (results[i] != 2 * serial_fib(i % 10))
            return wrong("index %ld has %ld", i, results[i]);
    }
    return NULL;
}

const char *task_mixes_with_joins_and_loops(void)
{
    return in_every_pool(mix, NULL);
}
