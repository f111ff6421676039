/* SPDX-License-Identifier: MIT */
/* iter_random_many.c - runs a random iterator into several arrays, or against another iterator, and
 * compares with its list. */
#include "par_iter/lazy/iter_random_parts.h"

#include <par/iter_compare.h>
#include <par/iter_unzip.h>

static ptrdiff_t split_by_parity(void *left, void *right, const void *in, size_t n, void *ctx)
{
    const size_t size = *(const size_t *)ctx;
    size_t lefts = 0;
    for (size_t i = 0; i < n; i++) {
        const char *const from = (const char *)in + i * size;
        if (element_read(from, size) % 2 == 0)
            memcpy((char *)left + lefts++ * size, from, size);
        else
            memcpy((char *)right + (i - lefts) * size, from, size);
    }
    return (ptrdiff_t)lefts;
}

const char *random_run_partition(random_plan *plan, random_node *node)
{
    const size_t room = node->has_flat ? node->n : node->places;
    par_side sides[2];
    size_t n[2] = {0, 0};
    for (size_t i = 0; i < 2; i++)
        sides[i] = (par_side){random_room(plan, (room + 1) * node->size), node->size, room, 12345};
    const int expected = random_expected_code(node);
    const int rc = par_iter_partition(node->it, &sides[0], &sides[1], split_by_parity, &node->size);
    if (rc != expected)
        return random_judge_code("partition", rc, expected);
    if (rc != 0)
        return sides[0].n == 12345 && sides[1].n == 12345 ? NULL : "a partition changed a number";
    for (size_t i = 0; i < node->n; i++) {
        const size_t side = node->items[i].number % 2;
        const char *const at = (const char *)sides[side].out + n[side]++ * node->size;
        if (element_read(at, node->size) != node->items[i].number)
            return wrong("element %zu of %zu is elsewhere", i, node->n);
    }
    return n[0] == sides[0].n && n[1] == sides[1].n ? NULL : "a partition gave other numbers";
}

/* An element is twice as long as the second member, which is its beginning too. */
const char *random_run_unzip(random_plan *plan, random_node *node)
{
    const size_t room = node->has_flat ? node->n : node->places;
    const size_t half = node->size > 1 ? node->size / 2 : 1;
    const par_member members[] = {{random_room(plan, (room + 1) * node->size), node->size, 0},
                                  {random_room(plan, (room + 1) * half), half, 0}};
    size_t n = 12345;
    const int expected = random_expected_code(node);
    const int rc = par_iter_unzip(node->it, members, 2, room, &n);
    if (rc != expected || rc != 0)
        return n == 12345 ? random_judge_code("unzip", rc, expected) : "unzip changed the number";
    if (n != node->n)
        return wrong("unzip gave %zu elements, not %zu", n, node->n);
    for (size_t i = 0; i < n; i++) {
        if (memcmp((char *)members[1].out + i * half, (char *)members[0].out + i * node->size,
                   half) != 0)
            return wrong("the second member of element %zu", i);
    }
    return random_compare_items(node, members[0].out);
}

static ptrdiff_t compare_numbers(int *order, const void *a, const void *b, size_t n, void *ctx)
{
    const size_t size = *(const size_t *)ctx;
    for (size_t i = 0; i < n; i++) {
        const uint64_t left = element_read((const char *)a + i * size, size);
        const uint64_t right = element_read((const char *)b + i * size, size);
        *order = (left > right) - (left < right);
        if (*order != PAR_EQUAL)
            return (ptrdiff_t)i;
    }
    return (ptrdiff_t)n;
}

/* With its own list, in which one element may be another, and which may be shorter. */
const char *random_run_compare(random_plan *plan, random_node *node)
{
    char *const list = random_room(plan, (node->n + 1) * node->size);
    const size_t at = random_pick(plan, 2 * node->n + 1);
    const size_t n = random_pick(plan, 3) == 0 ? random_pick(plan, node->n + 1) : node->n;
    int order = 7;
    for (size_t i = 0; i < n; i++)
        element_write(list + i * node->size, node->size, node->items[i].number + (i == at));
    const par_iter other = par_iter_over(list, node->size, n);
    const int rc = par_iter_compare(&order, node->it, &other, compare_numbers, &node->size);
    if (node->is_wrong || !node->has_positions)
        return rc == EINVAL && order == 7 ? NULL : random_judge_code("compare", rc, EINVAL);
    const int code = random_code_of_list(node);
    if (rc != 0 || code != 0)
        return rc == 0 || rc == code ? NULL : random_judge_code("compare", rc, code);
    int expected = n < node->n ? PAR_GREATER : PAR_EQUAL;
    if (at < n)
        expected = element_fit(node->items[at].number + 1, node->size) > node->items[at].number
                       ? PAR_LESS
                       : PAR_GREATER;
    return order == expected ? NULL : wrong("the order is %d, not %d", order, expected);
}
