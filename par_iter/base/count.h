/* SPDX-License-Identifier: MIT */
/* count.h - what a debug build asks of the number that a block function returns. Used by all who
 * call block functions that write elements. */
#ifndef WS_PAR_ITER_COUNT_H
#define WS_PAR_ITER_COUNT_H

#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>

/* Ends the process of a debug build if a function that was given n elements says that it wrote
 * more, or, if it must write as many, fewer: else there are wrong elements somewhere, or memory
 * that is not its own was written. `stage` is 0 outside an iterator. */
static inline void ws_count_check(const char *caller, size_t stage, ptrdiff_t written, size_t n,
                                  int is_exact)
{
#ifndef NDEBUG
    char place[64] = "";
    if (written < 0 || (is_exact ? (size_t)written == n : (size_t)written <= n))
        return;
    if (stage > 0)
        (void)snprintf(place, sizeof place, "stage %zu of an iterator, ", stage);
    fprintf(stderr,
            "par: %s%s: the function returned %td for a block of %zu elements; expected %s%zu, or "
            "a negative value\n",
            place, caller, written, n, is_exact ? "" : "at most ", n);
    abort();
#else
    (void)caller;
    (void)stage;
    (void)written;
    (void)n;
    (void)is_exact;
#endif
}

#endif
