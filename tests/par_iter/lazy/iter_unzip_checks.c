/* SPDX-License-Identifier: MIT */
/* iter_unzip_checks.c - several arrays at once, against loops. */
#include "par_iter/lazy/iter_unzip_checks.h"
#include "par_iter/lazy/iter_kit.h"

#include <par/iter_unzip.h>

enum { MANY = 30000 };

static const size_t lengths[] = {0, 1, 2, 127, 128, 129, 1000, MANY};
enum { LENGTHS = sizeof lengths / sizeof lengths[0] };

typedef struct person {
    uint64_t number;
    uint32_t age;
    char letter;
} person;

static person person_of(uint64_t number)
{
    return (person){number, (uint32_t)(kit_scramble(number) >> 40), (char)('a' + number % 26)};
}

static ptrdiff_t make_persons(void *out, const void *in, size_t n, void *ctx)
{
    (void)ctx;
    for (size_t i = 0; i < n; i++)
        ((person *)out)[i] = person_of(((const uint64_t *)in)[i]);
    return (ptrdiff_t)n;
}

/* ---- members ---- */

/* Columns with one element more, which must stay. */
static uint64_t numbers[2 * MANY + 1];
static uint32_t ages[2 * MANY + 1];
static char letters[2 * MANY + 1];

static int unzip(const par_iter *it, size_t capacity, size_t *n)
{
    const par_member members[] = {{letters, sizeof(char), offsetof(person, letter)},
                                  {numbers, sizeof *numbers, offsetof(person, number)},
                                  {ages, sizeof *ages, offsetof(person, age)}};
    numbers[capacity] = 1;
    ages[capacity] = 2;
    letters[capacity] = 3;
    const int rc = par_iter_unzip(it, members, 3, capacity, n);
    return numbers[capacity] == 1 && ages[capacity] == 2 && letters[capacity] == 3 ? rc : -99;
}

static const char *judge_columns(const uint64_t *expected, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        const person p = person_of(expected[i]);
        if (numbers[i] != p.number || ages[i] != p.age || letters[i] != p.letter)
            return wrong("element %zu of %zu", i, n);
    }
    return NULL;
}

/* What the numbers below n become: nothing is left out, multiples of 3 are, or it is spread. */
enum { ALL, FILTERED, SPREAD };

static par_iter persons(int how, size_t n)
{
    static uint64_t divisor = 3;
    par_iter it = par_iter_range(0, n);
    if (how == FILTERED)
        par_iter_filter(&it, kit_drop_multiples, &divisor);
    if (how == SPREAD)
        par_iter_flat_map(&it, KIT_WORD, kit_spread, NULL);
    par_iter_map(&it, sizeof(person), make_persons, NULL);
    return it;
}

static size_t list_of(int how, size_t n, uint64_t *list)
{
    size_t count = 0;
    for (size_t i = 0; i < n; i++) {
        const size_t times = how == SPREAD ? i % 3 : how == FILTERED ? i % 3 != 0 : 1;
        for (size_t k = 0; k < times; k++)
            list[count++] = i + k;
    }
    return count;
}

static const char *check_members(void *arg)
{
    static uint64_t expected[2 * MANY];
    const int *how = arg;
    const char *problem = NULL;
    for (size_t i = 0; i < LENGTHS && problem == NULL; i++) {
        const par_iter it = persons(*how, lengths[i]);
        const size_t count = list_of(*how, lengths[i], expected);
        size_t n = 12345;
        const int rc = unzip(&it, *how == SPREAD ? count : lengths[i], &n);
        if (rc != 0 || n != count)
            return wrong("n %zu: code %d, %zu elements, not %zu", lengths[i], rc, n, count);
        problem = judge_columns(expected, count);
    }
    return problem;
}

const char *iter_unzip_stores_members_in_order(void)
{
    return in_every_pool(check_members, &(int){ALL});
}

const char *iter_unzip_stores_members_behind_filters_and_flat_maps(void)
{
    const char *problem = in_every_pool(check_members, &(int){FILTERED});
    return problem == NULL ? in_every_pool(check_members, &(int){SPREAD}) : problem;
}

const char *iter_unzip_asks_for_room(void)
{
    size_t n = 12345;
    const par_iter all = persons(ALL, 1000);
    const par_iter filtered = persons(FILTERED, 1000);
    const par_iter spread = persons(SPREAD, 1000);
    if (unzip(&all, 999, &n) != EOVERFLOW || unzip(&filtered, 999, &n) != EOVERFLOW ||
        unzip(&spread, 998, &n) != EOVERFLOW || n != 12345)
        return "took too little room";
    return unzip(&spread, 999, &n) == 0 && n == 999 ? NULL : wrong("%zu of 999", n);
}

const char *iter_unzip_refuses_bad_members(void)
{
    size_t n = 12345;
    const par_iter it = persons(ALL, 10);
    const par_member bad[] = {{NULL, 4, 0},
                              {ages, 0, 0},
                              {ages, 4, sizeof(person) - 3},
                              {ages, sizeof(person) + 1, 0},
                              {ages, 4, SIZE_MAX}};
    const par_member good = {ages, 4, 0};
    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++) {
        const int rc = par_iter_unzip(&it, &bad[i], 1, 10, &n);
        if (rc != EINVAL)
            return wrong("member %zu: %d", i, rc);
    }
    const int codes[] = {
        par_iter_unzip(NULL, &good, 1, 10, &n), par_iter_unzip(&it, NULL, 1, 10, &n),
        par_iter_unzip(&it, &good, 0, 10, &n), par_iter_unzip(&it, &good, 1, 10, NULL)};
    for (size_t i = 0; i < 4; i++) {
        if (codes[i] != EINVAL)
            return wrong("call %zu: %d", i, codes[i]);
    }
    return n == 12345 ? NULL : "changed the number";
}

/* ---- sides ---- */

static bool is_old(person p)
{
    return p.age % 5 < 2;
}

PAR_DEFINE_SIDES(old, person, is_old)

static bool number_or_letter(uint64_t *number, char *letter, person p)
{
    *letter = p.letter;
    if (!is_old(p))
        return false;
    *number = p.number;
    return true;
}

PAR_DEFINE_SIDES_MAP(either, uint64_t, char, person, number_or_letter)

static bool is_least(person p, const uint64_t *least)
{
    return p.number >= *least;
}

PAR_DEFINE_SIDES_CTX(least, person, uint64_t, is_least)

static const char *judge_sides(const uint64_t *expected, size_t n, const par_side *left,
                               const par_side *right)
{
    size_t lefts = 0;
    size_t rights = 0;
    for (size_t i = 0; i < n; i++) {
        const person p = person_of(expected[i]);
        if (is_old(p) && numbers[lefts++] != p.number)
            return wrong("%zu of the left side", lefts - 1);
        if (!is_old(p) && letters[rights++] != p.letter)
            return wrong("%zu of the right side", rights - 1);
    }
    if (left->n != lefts || right->n != rights)
        return wrong("%zu and %zu, not %zu and %zu", left->n, right->n, lefts, rights);
    return NULL;
}

static const char *check_sides(void *arg)
{
    static uint64_t expected[2 * MANY];
    const int *how = arg;
    const char *problem = NULL;
    for (size_t i = 0; i < LENGTHS && problem == NULL; i++) {
        const par_iter it = persons(*how, lengths[i]);
        const size_t count = list_of(*how, lengths[i], expected);
        const size_t room = *how == SPREAD ? count : lengths[i];
        par_side left = {numbers, sizeof *numbers, room, 12345};
        par_side right = {letters, 1, room, 12345};
        const int rc = par_iter_partition(&it, &left, &right, either_sides, NULL);
        problem = rc != 0 ? wrong("code %d", rc) : judge_sides(expected, count, &left, &right);
        if (problem != NULL)
            problem = wrong("%s; n %zu", problem, lengths[i]);
    }
    return problem;
}

const char *iter_partition_keeps_the_order_of_both_sides(void)
{
    return in_every_pool(check_sides, &(int){ALL});
}

const char *iter_partition_takes_sides_behind_filters_and_flat_maps(void)
{
    const char *problem = in_every_pool(check_sides, &(int){FILTERED});
    return problem == NULL ? in_every_pool(check_sides, &(int){SPREAD}) : problem;
}

/* All are on one side, or on the other. */
static const char *check_room(void *arg)
{
    static person lefts[1000];
    static person rights[1000];
    (void)arg;
    for (uint64_t bound = 0; bound <= 1000; bound += 500) {
        const par_iter it = persons(ALL, 1000);
        par_side left = {lefts, sizeof(person), 1000, 7};
        par_side right = {rights, sizeof(person), 1000, 7};
        const int rc = par_iter_partition(&it, &left, &right, least_sides, &bound);
        if (rc != 0 || left.n != 1000 - bound || right.n != bound)
            return wrong("code %d, %zu and %zu", rc, left.n, right.n);
        if ((bound < 1000 && lefts[0].number != bound) ||
            (bound > 0 && rights[bound - 1].number != bound - 1))
            return "another element at an end";
        left.capacity = 999;
        left.n = 7;
        if (par_iter_partition(&it, &left, &right, old_sides, NULL) != EOVERFLOW || left.n != 7)
            return "took too little room";
    }
    const par_iter spread = persons(SPREAD, 1000);
    par_side left = {lefts, sizeof(person), 0, 7};
    par_side right = {rights, sizeof(person), 999, 7};
    uint64_t bound = 2000;
    const int rc = par_iter_partition(&spread, &left, &right, least_sides, &bound);
    if (rc != 0 || left.n != 0 || right.n != 999)
        return wrong("spread: code %d, %zu and %zu", rc, left.n, right.n);
    right.capacity = 998;
    return par_iter_partition(&spread, &left, &right, least_sides, &bound) == EOVERFLOW
               ? NULL
               : "took too little room for what was spread";
}

const char *iter_partition_asks_for_room_on_both_sides(void)
{
    return in_every_pool(check_room, NULL);
}

static ptrdiff_t fail_sides(void *left, void *right, const void *in, size_t n, void *ctx)
{
    (void)left;
    (void)right;
    (void)in;
    (void)n;
    (void)ctx;
    return -51;
}

static const char *check_codes(void *arg)
{
    (void)arg;
    for (int how = ALL; how <= SPREAD; how++) {
        const par_iter it = persons(how, MANY);
        par_side left = {numbers, sizeof *numbers, MANY, 7};
        par_side right = {letters, 1, MANY, 7};
        const int rc = par_iter_partition(&it, &left, &right, fail_sides, NULL);
        if (rc != -51 || left.n != 7 || right.n != 7)
            return wrong("code %d", rc);
    }
    return NULL;
}

const char *iter_partition_returns_the_code_of_its_function(void)
{
    return in_every_pool(check_codes, NULL);
}

const char *iter_partition_refuses_bad_sides(void)
{
    const par_iter it = persons(ALL, 10);
    const par_side good = {ages, 4, 10, 7};
    const par_side bad[] = {{NULL, 4, 10, 7}, {ages, 0, 10, 7}};
    par_side left = good;
    par_side right = good;
    if (par_iter_partition(NULL, &left, &right, old_sides, NULL) != EINVAL ||
        par_iter_partition(&it, NULL, &right, old_sides, NULL) != EINVAL ||
        par_iter_partition(&it, &left, NULL, old_sides, NULL) != EINVAL ||
        par_iter_partition(&it, &left, &right, NULL, NULL) != EINVAL)
        return "took NULL";
    for (size_t i = 0; i < 2; i++) {
        par_side wrong_side = bad[i];
        if (par_iter_partition(&it, &wrong_side, &right, old_sides, NULL) != EINVAL ||
            par_iter_partition(&it, &left, &wrong_side, old_sides, NULL) != EINVAL)
            return wrong("took the wrong side %zu", i);
    }
    return left.n == 7 && right.n == 7 ? NULL : "changed a number";
}
