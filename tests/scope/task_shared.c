/* SPDX-License-Identifier: MIT */
/* task_shared.c - the bodies of the shared tasks. */
#include "scope/task_shared.h"

PAR_DEFINE_TASK_2(long, shared_sum, long, begin, long, end)
{
    if (end - begin == 1)
        return begin;
    const long middle = begin + (end - begin) / 2;
    PAR_FORK(shared_sum, back, middle, end);
    const long front = PAR_CALL(shared_sum, begin, middle);
    return front + PAR_JOIN(shared_sum, back);
}

PAR_DEFINE_VOID_TASK_2(shared_count, atomic_size_t *, count, int, depth)
{
    if (depth == 0) {
        atomic_fetch_add(count, 1);
        return;
    }
    PAR_FORK(shared_count, other, count, depth - 1);
    PAR_CALL(shared_count, count, depth - 1);
    PAR_JOIN(shared_count, other);
}
