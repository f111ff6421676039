/* SPDX-License-Identifier: MIT */
/* sort_merge.c - par_merge: the merge of two runs that the caller has. */
#include <par/sort.h>

#include "par_iter/base/apart.h"
#include "par_iter/sort/sort_any.h"
#include "par_iter/sort/sort_runs.h"

/* The code for three arrays: what is missing counts before what is too large. */
static int check(const void *out, const void *a, size_t a_n, const void *b, size_t b_n, size_t size)
{
    const size_t n = a_n > SIZE_MAX - b_n ? SIZE_MAX : a_n + b_n;
    const int codes[] = {ws_array_check(out, size, n), ws_array_check(a, size, a_n),
                         ws_array_check(b, size, b_n)};
    int worst = 0;
    for (size_t i = 0; i < sizeof codes / sizeof codes[0]; i++) {
        if (codes[i] == EINVAL || worst == 0)
            worst = codes[i];
    }
    return worst;
}

int par_merge(void *out, const void *a, size_t a_n, const void *b, size_t b_n, size_t size,
              par_compare_fn *compare, void *ctx)
{
    if (compare == NULL)
        return EINVAL;
    const int code = check(out, a, a_n, b, b_n, size);
    if (code != 0)
        return code;
    ws_apart_check("par_merge", out, (a_n + b_n) * size, a, a_n * size);
    ws_apart_check("par_merge", out, (a_n + b_n) * size, b, b_n * size);
    ws_sort_any any = {compare, ctx, size};
    const par_sort_ops ops = ws_sort_any_ops(size);
    const ws_sort_order order = {&ops, &any};
    const ws_sort_run runs[] = {{a, a_n}, {b, b_n}};
    ws_sort_runs_merge(&order, runs, 2, out);
    return 0;
}
