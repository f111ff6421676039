/* SPDX-License-Identifier: MIT */
/* nqueens.c - in how many ways N queens can stand on a board of N by N without seeing each other.
 * A fork for each square that is tried, with no limit of depth. */
#include "suite/suite.h"

#include <par/task.h>
#include <stdlib.h>
#include <string.h>

enum { largest = 16 };

/* Queens stand in the rows before `row`; column[r] is where. */
typedef struct board {
    unsigned n;
    unsigned row;
    uint8_t column[largest];
} board;

typedef struct nqueens {
    board empty;
    uint64_t answer;
} nqueens;

static bool is_free(const board *b, unsigned column)
{
    for (unsigned row = 0; row < b->row; row++) {
        const unsigned distance = b->row - row;
        if (b->column[row] == column || b->column[row] + distance == column ||
            column + distance == b->column[row])
            return false;
    }
    return true;
}

static void put(board *to, const board *from, unsigned column)
{
    *to = *from;
    to->column[to->row++] = (uint8_t)column;
}

static uint64_t count(const board *b)
{
    if (b->row == b->n)
        return 1;
    uint64_t ways = 0;
    for (unsigned column = 0; column < b->n; column++) {
        if (!is_free(b, column))
            continue;
        board next;
        put(&next, b, column);
        ways += count(&next);
    }
    return ways;
}

static void serial(void *state)
{
    nqueens *const q = state;
    q->answer = count(&q->empty);
}

/* The ways that have a queen of the board's next row in a column of begin .. end - 1. */
PAR_TASK_3(uint64_t, count_task, const board *, b, unsigned, begin, unsigned, end)
{
    if (end - begin > 1) {
        const unsigned middle = begin + (end - begin) / 2;
        PAR_FORK(count_task, right, b, middle, end);
        const uint64_t left = PAR_CALL(count_task, b, begin, middle);
        return left + PAR_JOIN(count_task, right);
    }
    if (!is_free(b, begin))
        return 0;
    board next;
    put(&next, b, begin);
    return next.row == next.n ? 1 : PAR_CALL(count_task, &next, 0, next.n);
}

static void parallel(void *state)
{
    nqueens *const q = state;
    q->answer = count_task(&q->empty, 0, q->empty.n);
}

static bool is_right(void *state)
{
    static const uint64_t known[largest + 1] = {
        1, 1, 0, 0, 2, 10, 4, 40, 92, 352, 724, 2680, 14200, 73712, 365596, 2279184, 14772512};
    nqueens *const q = state;
    const bool right = q->answer == known[q->empty.n];
    q->answer = UINT64_MAX;
    return right;
}

static void *create(size_t size)
{
    nqueens *const q = calloc(1, sizeof *q);
    if (q != NULL)
        q->empty.n = (unsigned)size;
    return q;
}

int main(int argc, char **argv)
{
    const suite_program program = {
        .name = "nqueens",
        .about = "queens that do not see each other",
        .size = "queens",
        .sizes = {12},
        .quick = 7,
        .largest = largest,
        .create = create,
        .destroy = free,
        .serial = serial,
        .parallel = parallel,
        .is_right = is_right,
    };
    return suite_main(&program, argc, argv);
}
