/* SPDX-License-Identifier: MIT */
/* arrange_copy.c - par_copy and par_fill: loops over the elements that write bytes. */
#include <par/arrange.h>
#include <par/loop.h>

#include "par_iter/base/apart.h"

#include <string.h>

enum { PATTERN_BYTES = 4 * 1024 }; /* of a value repeated, from where it is copied on */

struct copy {
    char *out;
    const char *in;
    size_t size;
};

static int copy_piece(size_t begin, size_t end, void *arg)
{
    const struct copy *copy = arg;
    const size_t at = begin * copy->size;
    memcpy(copy->out + at, copy->in + at, (end - begin) * copy->size);
    return 0;
}

static size_t lesser(size_t a, size_t b)
{
    return a < b ? a : b;
}

/* Writes the value once, then doubles what is there up to a pattern, and then repeats that. */
static int fill_piece(size_t begin, size_t end, void *arg)
{
    const struct copy *fill = arg;
    const size_t size = fill->size;
    char *const out = fill->out + begin * size;
    const size_t bytes = (end - begin) * size;
    memcpy(out, fill->in, size);
    for (size_t done = size; done < bytes;) {
        const size_t known = done < PATTERN_BYTES ? done : PATTERN_BYTES / size * size;
        const size_t more = lesser(known > 0 ? known : size, bytes - done);
        memcpy(out + done, out, more);
        done += more;
    }
    return 0;
}

int par_copy(void *out, const void *in, size_t size, size_t n)
{
    const int code = ws_apart_code(out, size, in, size, n);
    if (code != 0)
        return code;
    ws_apart_check("par_copy", out, n * size, in, n * size);
    struct copy copy = {out, in, size};
    return par_try_for(0, n, copy_piece, &copy, NULL);
}

int par_fill(void *out, const void *value, size_t size, size_t n)
{
    if (value == NULL)
        return EINVAL;
    const int code = ws_array_check(out, size, n);
    if (code != 0)
        return code;
    ws_apart_check("par_fill", out, n * size, value, size);
    struct copy fill = {out, value, size};
    return par_try_for(0, n, fill_piece, &fill, NULL);
}
