/* SPDX-License-Identifier: MIT */
/* iter_flat.c - iterators inside a flat_map. A short one runs where it is, and each of its blocks
 * goes into the sink. A long one is worth other threads: it is collected in parallel first, since a
 * sink takes elements in their order. */
#include "par_iter/lazy/iter_flat.h"

#include "par_iter/lazy/iter_make.h"

#include <errno.h>
#include <stdlib.h>

enum { SHORT = 4096 }; /* positions */

static bool is_short(const par_iter *inner)
{
    const size_t most = inner->max_piece_ > 0 ? inner->max_piece_ : SHORT;
    return inner->n_ <= most;
}

static int put(void *to, const void *block, size_t n)
{
    return par_sink_put(to, block, n);
}

static int put_short(par_sink *sink, const par_iter *inner)
{
    ws_iter_run run;
    const int code = ws_iter_begin(&run, inner);
    if (code != 0)
        return code;
    PAR_DEFER(ws_iter_end, &run);
    return ws_iter_piece(&run, inner, 0, inner->n_, put, sink);
}

static int put_long(par_sink *sink, const par_iter *inner)
{
    void *elements = NULL;
    size_t n = 0;
    const int code = par_iter_collect_new(inner, &elements, &n);
    if (code != 0 || n == 0)
        return code;
    PAR_DEFER(free, elements);
    return par_sink_put(sink, elements, n);
}

int par_sink_put_iter(par_sink *sink, const par_iter *inner)
{
    if (sink == NULL || inner == NULL)
        return EINVAL;
    if (inner->status_ != 0)
        return inner->status_;
    if (inner->size_ != ws_iter_flat_size(sink))
        return EINVAL;
    return is_short(inner) || !ws_iter_can_be_kept(inner) ? put_short(sink, inner)
                                                          : put_long(sink, inner);
}

int ws_iter_flat_run(par_sink *sink, const par_iter *it, size_t stage, const void *in, size_t n)
{
    const par_iter_stage *const s = &it->stages_[stage];
    const size_t size = stage > 0 ? it->stages_[stage - 1].size_ : it->source_element_;
    int code = 0;
    for (size_t i = 0; i < n && code == 0; i++) {
        par_iter inner = {.status_ = EINVAL};
        code = s->fn_.inner(&inner, (const char *)in + i * size, s->ctx_);
        if (code == 0)
            code = par_sink_put_iter(sink, &inner);
    }
    return code;
}
