/* SPDX-License-Identifier: MIT */
/* ref_iter_any.c - some ten square numbers that end in 25, whichever are found first. */
#include <par/arrange.h>
#include <par/iter_any.h>
#include <stdio.h>
#include <stdlib.h>

enum { WANTED = 10 };

static inline bool ends_in_25(size_t i)
{
    return i * i % 100 == 25;
}

static inline bool is_small(size_t i)
{
    return i < 100;
}

PAR_DEFINE_FILTER(quarters, size_t, ends_in_25)
PAR_DEFINE_WHILE(small, size_t, is_small)

int main(void)
{
    size_t found[WANTED];
    void *list;
    size_t n = 0;
    par_iter it = par_iter_range(0, SIZE_MAX);
    par_iter_filter(&it, quarters_block, NULL);
    par_iter_take_any(&it, WANTED);
    if (par_iter_collect_new(&it, &list, &n) != 0)
        return 1;
    for (size_t i = 0; i < n; i++)
        found[i] = ((size_t *)list)[i];
    free(list);
    bool in_order = true;
    for (size_t i = 1; i < n; i++)
        in_order = in_order && found[i - 1] < found[i];
    printf("%zu, %s\n", n, in_order ? "in order" : "in no order");

    it = par_iter_range(0, 100);
    par_iter_take_any_while(&it, small_while, NULL);
    if (par_iter_count(&it, &n) != 0)
        return 1;
    printf("all %zu are small\n", n);
}
