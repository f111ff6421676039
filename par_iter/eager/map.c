/* SPDX-License-Identifier: MIT */
/* map.c - par_map: a loop over the elements whose pieces are the blocks. Nothing is merged, so the
 * loop may cut as it likes. */
#include <par/algorithm.h>
#include <par/loop.h>

#include "par_iter/base/array.h"
#include "par_iter/base/count.h"
#include "par_iter/base/travel.h"

#include <stdio.h>
#include <stdlib.h>

struct map {
    char *out;
    const char *in;
    size_t out_size;
    size_t in_size;
    par_block_fn *fn;
    void *ctx;
};

static int map_piece(size_t begin, size_t end, void *arg)
{
    const struct map *map = arg;
    char *const out = map->out + begin * map->out_size;
    const char *const in = map->in + begin * map->in_size;
    const ptrdiff_t value = map->fn(out, in, end - begin, map->ctx);
    ws_count_check("par_map", 0, value, end - begin, true);
    return ws_array_code(value);
}

/* Debug builds say at once what would otherwise be a wrong element somewhere. */
static void check_apart(const struct map *map, size_t n)
{
#ifndef NDEBUG
    const uintptr_t out = (uintptr_t)map->out;
    const uintptr_t in = (uintptr_t)map->in;
    if (out >= in + n * map->in_size || in >= out + n * map->out_size)
        return;
    fprintf(stderr,
            "par: par_map: out (%p, %zu bytes) overlaps in (%p, %zu bytes); expected arrays that "
            "are apart, or par_for_each to work in place\n",
            (const void *)map->out, n * map->out_size, (const void *)map->in, n * map->in_size);
    abort();
#else
    (void)map;
    (void)n;
#endif
}

int par_map(void *out, size_t out_size, const void *in, size_t in_size, size_t n, par_block_fn *fn,
            void *ctx)
{
    if (fn == NULL)
        return EINVAL;
    const int out_code = ws_array_check(out, out_size, n);
    const int in_code = ws_array_check(in, in_size, n);
    if (out_code != 0 || in_code != 0)
        return out_code == EINVAL || in_code == EINVAL ? EINVAL : EOVERFLOW;
    struct map map = {out, in, out_size, in_size, fn, ctx};
    check_apart(&map, n);
    return ws_travel_for(0, n, map_piece, &map, NULL);
}
