/* SPDX-License-Identifier: MIT */
/* iter_random_blocks.c - the functions that random iterators are made of. */
#include "par_iter/lazy/iter_random.h"

static uint64_t read_slice(const par_slice *slice, size_t size)
{
    uint64_t number = element_begin_slice(slice->index, slice->n);
    for (size_t i = 0; i < slice->n; i++)
        number =
            element_add_to_slice(number, element_read((const char *)slice->base + i * size, size));
    return number;
}

static uint64_t read_raw(const random_fn *f, const char *from)
{
    size_t position = 0;
    par_cell cell;
    par_slice slice;
    switch (f->raw) {
    case RAW_CELL:
        memcpy(&cell, from, sizeof cell);
        return cell.row * 1000003 + cell.column;
    case RAW_SLICE:
        memcpy(&slice, from, sizeof slice);
        return read_slice(&slice, f->inner_size);
    case RAW_PAIR:
        return element_read(from, f->inner_size) * 5 +
               element_read(from + f->offset, f->right_size);
    case RAW_NUMBERED:
        memcpy(&position, from, sizeof position);
        return element_read(from + f->offset, f->inner_size) + position * 1000003;
    case RAW_NUMBER:
        break;
    }
    return element_read(from, f->in_size);
}

static bool fails_at(const random_fn *f, uint64_t number)
{
    return f->fails && number == f->fails_at;
}

int random_fill(void *out, size_t first, size_t n, void *ctx)
{
    const random_fn *f = ctx;
    for (size_t i = 0; i < n; i++) {
        const uint64_t number = element_fit((first + i) * f->factor + f->term, f->out_size);
        if (fails_at(f, number))
            return f->code;
        element_write((char *)out + i * f->out_size, f->out_size, number);
    }
    return 0;
}

/* `divisor` 0: keeps all. */
static ptrdiff_t map_some(const random_fn *f, uint64_t divisor, char *out, const char *in, size_t n)
{
    size_t kept = 0;
    for (size_t i = 0; i < n; i++) {
        const uint64_t number = read_raw(f, in + i * f->in_size);
        if (fails_at(f, number))
            return f->code;
        if (divisor != 0 && number % divisor == 0)
            continue;
        element_write(out + kept * f->out_size, f->out_size, number * f->factor + f->term);
        kept++;
    }
    return (ptrdiff_t)kept;
}

ptrdiff_t random_map(void *out, const void *in, size_t n, void *ctx)
{
    return map_some(ctx, 0, out, in, n);
}

/* A filter's factor is 1 and its term 0. */
ptrdiff_t random_filter(void *out, const void *in, size_t n, void *ctx)
{
    return map_some(ctx, ((const random_fn *)ctx)->divisor, out, in, n);
}

ptrdiff_t random_filter_map(void *out, const void *in, size_t n, void *ctx)
{
    return random_filter(out, in, n, ctx);
}

ptrdiff_t random_look(void *out, const void *in, size_t n, void *ctx)
{
    const random_fn *f = ctx;
    if (out != NULL)
        return -1000;
    for (size_t i = 0; i < n; i++) {
        if (fails_at(f, read_raw(f, (const char *)in + i * f->in_size)))
            return f->code;
    }
    return 0;
}

int random_flat(par_sink *sink, const void *in, size_t n, void *ctx)
{
    const random_fn *f = ctx;
    char elements[64 * 64];
    const size_t most = sizeof elements / f->out_size;
    size_t kept = 0;
    int code = 0;
    for (size_t i = 0; i < n && code == 0; i++) {
        const uint64_t number = read_raw(f, (const char *)in + i * f->in_size);
        if (fails_at(f, number))
            return f->code;
        for (uint64_t j = 0; j < number % f->divisor && code == 0; j++) {
            element_write(elements + kept * f->out_size, f->out_size, number * f->factor + j);
            kept++;
            if (kept < most)
                continue;
            code = par_sink_put(sink, elements, kept);
            kept = 0;
        }
    }
    return code != 0 ? code : par_sink_put(sink, elements, kept);
}

/* ---- less common forms ---- */

ptrdiff_t random_update(void *out, const void *in, size_t n, void *ctx)
{
    const random_fn *f = ctx;
    if (in != NULL)
        return -1000;
    for (size_t i = 0; i < n; i++) {
        char *const at = (char *)out + i * f->in_size;
        const uint64_t number = read_raw(f, at);
        if (fails_at(f, number))
            return f->code;
        element_write(at, f->in_size, number * f->factor + f->term);
    }
    return 0;
}

/* Multiples are found. */
ptrdiff_t random_find(const void *in, size_t n, bool last, void *ctx)
{
    const random_fn *f = ctx;
    for (size_t i = 0; i < n; i++) {
        const uint64_t number = read_raw(f, (const char *)in + i * f->in_size);
        if (fails_at(f, number) || last)
            return f->code;
        if (number % f->divisor == 0)
            return (ptrdiff_t)i;
    }
    return (ptrdiff_t)n;
}

ptrdiff_t random_pass(const void *in, size_t n, void *ctx)
{
    const ptrdiff_t code = random_look(NULL, in, n, ctx);
    return code < 0 ? code : (ptrdiff_t)n;
}

ptrdiff_t random_fold(void *out, const void *in, size_t n, void *ctx)
{
    const random_fn *f = ctx;
    uint64_t *const acc = out;
    for (size_t i = 0; i < n; i++) {
        const uint64_t number = read_raw(f, (const char *)in + i * f->in_size);
        if (fails_at(f, number))
            return f->code;
        *acc = *acc * f->factor + number;
    }
    return 0;
}

ptrdiff_t random_border(const void *in, size_t n, void *ctx)
{
    const random_fn *f = ctx;
    size_t i = 0;
    while (i < n && element_read((const char *)in + i * f->in_size, f->in_size) % f->divisor != 0)
        i++;
    return (ptrdiff_t)i;
}

int random_inner(par_iter *inner, const void *element, void *ctx)
{
    const random_fn *f = ctx;
    const uint64_t number = read_raw(f, element);
    const uint64_t begin = random_inner_begin(number, f);
    if (fails_at(f, number))
        return f->code;
    *inner = par_iter_range(begin, begin + number % f->divisor);
    par_iter_map(inner, f->out_size, random_map, f->inner);
    return 0;
}

/* From `row` on, `column` of them. */
int random_divide(void *left, void *right, const void *data, void *ctx)
{
    const par_cell all = *(const par_cell *)data;
    const uint64_t *const share = ctx;
    const size_t n = all.column * *share / 8;
    if (all.column <= 5)
        return 0;
    *(par_cell *)left = (par_cell){all.row, n};
    *(par_cell *)right = (par_cell){all.row + n, all.column - n};
    return 1;
}

/* ---- states ---- */

typedef struct state {
    random_fn *f;
    uint64_t magic;
    size_t busy;
} state;

_Static_assert(sizeof(state) == RANDOM_STATE, "what par_iter_map_init is told");

static const uint64_t MAGIC = UINT64_C(0x5eed5eed5eed5eed);

int random_init(void *place, void *ctx)
{
    state *s = place;
    random_fn *f = ctx;
    if (f->init_code != 0)
        return f->init_code;
    *s = (state){.f = f, .magic = MAGIC};
    atomic_fetch_add(&f->made, 1);
    return 0;
}

void random_fini(void *place, void *ctx)
{
    state *s = place;
    random_fn *f = ctx;
    if (s->magic != MAGIC || s->f != f || s->busy != 0)
        atomic_fetch_add(&f->misused, 1);
    s->magic = 0;
    atomic_fetch_add(&f->ended, 1);
}

ptrdiff_t random_map_with_state(void *out, const void *in, size_t n, void *place)
{
    state *s = place;
    if (s->magic != MAGIC || s->busy != 0)
        return -1001;
    s->busy = 1;
    const ptrdiff_t written = random_map(out, in, n, s->f);
    s->busy = 0;
    return written;
}
