/* SPDX-License-Identifier: MIT */
/* task_shared.h - tasks that several files use. */
#ifndef TESTS_SCOPE_TASK_SHARED_H
#define TESTS_SCOPE_TASK_SHARED_H

#include <par/task.h>
#include <stdatomic.h>

PAR_DECLARE_TASK_2(long, shared_sum, long, begin, long, end);
PAR_DECLARE_VOID_TASK_2(shared_count, atomic_size_t *, count, int, depth);

#endif
