/* SPDX-License-Identifier: MIT */
/* iter_random_source.c - random sources, iterators made of two, and what comes out of them. */
#include "par_iter/lazy/iter_random_parts.h"

#include <par/iter_slices.h>

static size_t random_length(random_plan *plan)
{
    const size_t kind = random_pick(plan, 10);
    if (kind == 0)
        return random_pick(plan, 20000);
    return kind < 5 ? random_pick(plan, 1000) : random_pick(plan, 40);
}

random_node *random_new_node(random_plan *plan, size_t n, size_t size, enum iter_random_raw raw)
{
    random_node *const node = random_room(plan, sizeof *node);
    node->it = random_room(plan, sizeof *node->it);
    node->items = random_room(plan, n * sizeof *node->items);
    node->n = n;
    node->places = n;
    node->size = size;
    node->inner_size = size;
    node->raw = raw;
    node->has_positions = true;
    return node;
}

/* ---- sources -------------------------------------------------------------------------------- */

/* n random numbers, in elements `stride` bytes apart. */
static char *random_array(random_plan *plan, size_t n, size_t size, size_t stride,
                          uint64_t *numbers)
{
    char *const array = random_room(plan, n * stride);
    for (size_t i = 0; i < n; i++) {
        numbers[i] = element_fit(random_next(&plan->state), size);
        element_write(array + i * stride, size, numbers[i]);
    }
    return array;
}

static random_node *array_source(random_plan *plan)
{
    const size_t n = random_length(plan);
    const size_t size = random_size(plan, n);
    const size_t stride = size + (random_pick(plan, 2) == 0 ? 0 : random_pick(plan, 9));
    uint64_t *const numbers = random_room(plan, n * sizeof *numbers);
    const char *const array = random_array(plan, n, size, stride, numbers);
    random_node *const node = random_new_node(plan, n, size, RAW_NUMBER);
    random_say(plan, "array(size %zu, stride %zu, n %zu)", size, stride, n);
    *node->it =
        stride == size ? par_iter_over(array, size, n) : par_iter_strided(array, size, stride, n);
    for (size_t i = 0; i < n; i++)
        node->items[i].number = numbers[i];
    return node;
}

static random_node *range_source(random_plan *plan)
{
    const size_t n = random_length(plan);
    const size_t begin = random_pick(plan, 2) == 0 ? random_pick(plan, 100) : SIZE_MAX - n;
    random_node *const node = random_new_node(plan, n, sizeof(size_t), RAW_NUMBER);
    random_say(plan, "range(%zu, + %zu)", begin, n);
    *node->it = par_iter_range(begin, n > 0 ? begin + n : begin - (begin > 0));
    for (size_t i = 0; i < n; i++)
        node->items[i].number = begin + i;
    return node;
}

static random_node *grid_source(random_plan *plan)
{
    const size_t columns = random_pick(plan, 40);
    const size_t rows = random_length(plan) / (columns + 1);
    random_node *const node = random_new_node(plan, rows * columns, sizeof(par_cell), RAW_CELL);
    random_say(plan, "grid(%zu, %zu)", rows, columns);
    *node->it = par_iter_grid(rows, columns);
    for (size_t i = 0; i < rows * columns; i++)
        node->items[i].number = i / columns * 1000003 + i % columns;
    return node;
}

static uint64_t number_of_slice(const uint64_t *numbers, size_t index, size_t n)
{
    uint64_t number = element_begin_slice(index, n);
    for (size_t i = 0; i < n; i++)
        number = element_add_to_slice(number, numbers[index + i]);
    return number;
}

static random_node *slice_source(random_plan *plan)
{
    static const char *const names[] = {"chunks", "chunks_exact", "windows", "rchunks",
                                        "rchunks_exact"};
    const size_t n = random_length(plan) / 4;
    const size_t size = 1 + random_pick(plan, 40);
    const size_t length = 1 + random_pick(plan, 12);
    const size_t which = random_pick(plan, 5);
    uint64_t *const numbers = random_room(plan, n * sizeof *numbers);
    const char *const array = random_array(plan, n, size, size, numbers);
    const size_t count = which == 0 || which == 3   ? (n + length - 1) / length
                         : which == 1 || which == 4 ? n / length
                                                    : (n < length ? 0 : n - length + 1);
    random_node *const node = random_new_node(plan, count, sizeof(par_slice), RAW_SLICE);
    node->inner_size = size;
    random_say(plan, "%s(size %zu, n %zu, %zu)", names[which], size, n, length);
    *node->it = which == 0   ? par_iter_chunks(array, size, n, length)
                : which == 1 ? par_iter_chunks_exact(array, size, n, length)
                : which == 2 ? par_iter_windows(array, size, n, length)
                : which == 3 ? par_iter_rchunks(array, size, n, length)
                             : par_iter_rchunks_exact(array, size, n, length);
    for (size_t i = 0; i < count; i++) {
        const size_t end = n - (which > 2 ? i * length : 0);
        const size_t front = end < length ? 0 : end - length;
        const size_t index = which == 2 ? i : which > 2 ? front : i * length;
        const size_t left = end - index < length ? end - index : length;
        node->items[i].number = number_of_slice(numbers, index, left);
    }
    return node;
}

static random_node *repeat_source(random_plan *plan)
{
    const size_t n = random_length(plan);
    const size_t size = random_size(plan, n);
    const uint64_t number = element_fit(random_next(&plan->state), size);
    char *const value = random_room(plan, size);
    random_node *const node = random_new_node(plan, n, size, RAW_NUMBER);
    element_write(value, size, number);
    random_say(plan, "repeat(%zu, %zu)", size, n);
    *node->it = par_iter_repeat(value, size, n);
    for (size_t i = 0; i < n; i++)
        node->items[i].number = number;
    return node;
}

static random_node *generate_source(random_plan *plan)
{
    const size_t n = random_length(plan);
    const size_t size = random_size(plan, n);
    random_fn *const f = random_new_fn(plan);
    random_node *const node = random_new_node(plan, n, size, RAW_NUMBER);
    f->out_size = size;
    random_say(plan, "generate(%zu, %zu)", size, n);
    *node->it = par_iter_generate(size, n, random_fill, f);
    for (size_t i = 0; i < n; i++)
        node->items[i].number = element_fit(i * f->factor + f->term, size);
    random_let_fail(plan, f, node);
    return node;
}

/* Each number that is a multiple of the divisor begins a slice. */
static random_node *chunk_by_source(random_plan *plan)
{
    const size_t n = random_length(plan) / 2;
    const size_t size = 1 + random_pick(plan, 20);
    uint64_t *const numbers = random_room(plan, n * sizeof *numbers);
    const char *const array = random_array(plan, n, size, size, numbers);
    random_fn *const f = random_new_fn(plan);
    random_node *const node = random_new_node(plan, n, sizeof(par_slice), RAW_SLICE);
    f->in_size = size;
    f->divisor = 1 + random_pick(plan, 40);
    random_say(plan, "chunk_by(size %zu, n %zu, %llu)", size, n, (unsigned long long)f->divisor);
    *node->it = par_iter_chunk_by(array, size, n, random_border, f);
    node->inner_size = size;
    node->has_positions = false;
    node->has_flat = true;
    node->n = 0;
    for (size_t i = 0, end = 0; i < n; i = end) {
        for (end = i + 1; end < n && numbers[end] % f->divisor != 0; end++)
            ;
        node->items[node->n++].number = number_of_slice(numbers, i, end - i);
    }
    return node;
}

random_node *random_source(random_plan *plan)
{
    static random_node *(*const sources[])(random_plan *) = {
        array_source, array_source,  range_source,    grid_source,     slice_source,
        slice_source, repeat_source, generate_source, chunk_by_source, random_divided};
    return sources[random_pick(plan, sizeof sources / sizeof sources[0])](plan);
}

/* ---- iterators made of iterators ------------------------------------------------------------ */

static int code_of(const random_item *a, const random_item *b)
{
    return a->code != 0 ? a->code : b->code;
}

/* What all have in common. */
static random_node *node_of_both(random_plan *plan, const random_node *a, const random_node *b,
                                 size_t n, size_t size, enum iter_random_raw raw)
{
    random_node *const node = random_new_node(plan, n, size, raw);
    node->is_wrong = a->is_wrong || b->is_wrong;
    node->has_flat = a->has_flat || b->has_flat;
    return node;
}

static random_node *chain(random_plan *plan, const random_node *a, const random_node *b)
{
    random_node *const node = node_of_both(plan, a, b, a->n + b->n, a->size, RAW_NUMBER);
    random_say(plan, "chain");
    *node->it = par_iter_chain(a->it, b->it);
    node->is_wrong = node->is_wrong || a->size != b->size;
    node->has_positions = a->has_positions && b->has_positions;
    node->places = a->places + b->places;
    memcpy(node->items, a->items, a->n * sizeof *a->items);
    memcpy(node->items + a->n, b->items, b->n * sizeof *b->items);
    return node;
}

static random_node *interleave(random_plan *plan, const random_node *a, const random_node *b)
{
    random_node *const node = node_of_both(plan, a, b, a->n + b->n, a->size, RAW_NUMBER);
    random_say(plan, "interleave");
    *node->it = par_iter_interleave(a->it, b->it);
    if (a->size != b->size || !a->has_positions || !b->has_positions)
        node->is_wrong = true;
    size_t n = 0;
    for (size_t i = 0; i < a->n || i < b->n; i++) {
        if (i < a->n)
            node->items[n++] = a->items[i];
        if (i < b->n)
            node->items[n++] = b->items[i];
    }
    return node;
}

static random_node *zip(random_plan *plan, const random_node *a, const random_node *b)
{
    const size_t n = a->n < b->n ? a->n : b->n;
    const size_t offset = a->size + random_pick(plan, 3);
    const size_t size = offset + b->size + random_pick(plan, 3);
    const bool must_be_equal = random_pick(plan, 3) == 0 && (a->n == b->n || n % 10 == 0);
    random_node *const node = node_of_both(plan, a, b, n, size, RAW_PAIR);
    random_say(plan, must_be_equal ? "zip_eq" : "zip");
    *node->it = must_be_equal ? par_iter_zip_eq(a->it, b->it, size, offset)
                              : par_iter_zip(a->it, b->it, size, offset);
    node->inner_size = a->size;
    node->right_size = b->size;
    node->offset = offset;
    if (!a->has_positions || !b->has_positions || size > PAR_ITER_MAX_SIZE ||
        (must_be_equal && a->n != b->n))
        node->is_wrong = true;
    for (size_t i = 0; i < n; i++)
        node->items[i] = (random_item){a->items[i].number * 5 + b->items[i].number,
                                       code_of(&a->items[i], &b->items[i])};
    return node;
}

static random_node *chunks_of(random_plan *plan, const random_node *a)
{
    const size_t chunk = 1 + random_pick(plan, random_pick(plan, 4) == 0 ? 500 : 9);
    const size_t n = (a->n + chunk - 1) / chunk;
    random_node *const node = node_of_both(plan, a, a, n, sizeof(par_slice), RAW_SLICE);
    random_say(plan, "chunks_of(%zu)", chunk);
    *node->it = par_iter_chunks_of(a->it, chunk);
    node->inner_size = a->size;
    if (!a->has_positions || chunk * a->size > PAR_ITER_MAX_SIZE)
        node->is_wrong = true;
    for (size_t i = 0; i < n; i++) {
        const size_t index = i * chunk;
        const size_t length = a->n - index < chunk ? a->n - index : chunk;
        random_item item = {element_begin_slice(index, length), 0};
        for (size_t j = index; j < index + length; j++) {
            item.number = element_add_to_slice(item.number, a->items[j].number);
            item.code = code_of(&item, &a->items[j]);
        }
        node->items[i] = item;
    }
    return node;
}

random_node *random_two(random_plan *plan, size_t depth)
{
    const size_t which = random_pick(plan, 7);
    random_say(plan, "[");
    random_node *const a = random_build_to(plan, depth);
    random_node *b = a;
    if (which != 4 && random_pick(plan, 6) > 0) {
        random_say(plan, " and ");
        b = random_build_to(plan, depth);
        if (which != 3 && random_pick(plan, 25) > 0)
            random_make_numbers(plan, b, a->size);
    }
    random_say(plan, "]");
    if (which > 4)
        return random_form_of(plan, a, b);
    if (which < 2)
        return chain(plan, a, b);
    if (which == 2)
        return interleave(plan, a, b);
    return which == 3 ? zip(plan, a, b) : chunks_of(plan, a);
}
