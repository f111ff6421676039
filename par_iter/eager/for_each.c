/* SPDX-License-Identifier: MIT */
/* for_each.c - par_for_each: a loop over the elements whose pieces are the blocks. */
#include <par/algorithm.h>
#include <par/loop.h>

#include "par_iter/base/array.h"
#include "par_iter/base/travel.h"

struct for_each {
    char *items;
    size_t size;
    par_block_fn *fn;
    void *ctx;
};

static int each_piece(size_t begin, size_t end, void *arg)
{
    const struct for_each *each = arg;
    char *const items = each->items + begin * each->size;
    return ws_array_code(each->fn(items, NULL, end - begin, each->ctx));
}

int par_for_each(void *items, size_t size, size_t n, par_block_fn *fn, void *ctx)
{
    if (fn == NULL)
        return EINVAL;
    const int code = ws_array_check(items, size, n);
    if (code != 0)
        return code;
    struct for_each each = {items, size, fn, ctx};
    return ws_travel_for(0, n, each_piece, &each, NULL);
}
