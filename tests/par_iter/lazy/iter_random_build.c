/* SPDX-License-Identifier: MIT */
/* iter_random_build.c - random stages and combinations, and what comes out of them. The sources are
 * in iter_random_source.c. */
#include "par_iter/lazy/iter_random_parts.h"

/* Beyond these, lists are not made longer. */
enum { ITEMS_MOST = 30000, BYTES_MOST = 1 << 20 };

/* ---- the plan ------------------------------------------------------------------------------- */

size_t random_pick(random_plan *plan, size_t bound)
{
    return random_below(&plan->state, bound);
}

void *random_room(random_plan *plan, size_t bytes)
{
    void *const room = calloc(1, bytes > 0 ? bytes : 1);
    if (room == NULL || plan->n_memory == RANDOM_MEMORY) {
        fputs("the test itself has no memory\n", stderr);
        abort();
    }
    plan->memory[plan->n_memory++] = room;
    return room;
}

random_fn *random_new_fn(random_plan *plan)
{
    random_fn *const f = random_room(plan, sizeof *f);
    if (plan->n_fns < RANDOM_FNS)
        plan->fns[plan->n_fns++] = f;
    f->factor = random_next(&plan->state) | 1;
    f->term = random_next(&plan->state);
    return f;
}

void random_say(random_plan *plan, const char *format, ...)
{
    const size_t room = sizeof plan->text - plan->length;
    va_list args;
    va_start(args, format);
    const int written = vsnprintf(plan->text + plan->length, room, format, args);
    va_end(args);
    if (written > 0)
        plan->length += (size_t)written < room ? (size_t)written : room - 1;
}

size_t random_size(random_plan *plan, size_t n)
{
    static const size_t sizes[] = {1, 2, 3, 4, 7, 8, 12, 16, 24, 33, 64, 100};
    static const size_t large[] = {1000, 4096, 5461, 8193, PAR_ITER_MAX_SIZE};
    const size_t size = random_pick(plan, 30) == 0
                            ? large[random_pick(plan, sizeof large / sizeof large[0])]
                            : sizes[random_pick(plan, sizeof sizes / sizeof sizes[0])];
    return n <= BYTES_MOST / size ? size : 1 + random_pick(plan, 8);
}

void random_let_fail(random_plan *plan, random_fn *f, const random_node *node)
{
    if (plan->has_failure || node->n == 0 || random_pick(plan, 40) != 0)
        return;
    plan->has_failure = true;
    f->fails = true;
    f->fails_at = node->items[random_pick(plan, node->n)].number;
    f->code = -2 - (int)random_pick(plan, 1000);
    random_say(plan, "(fails at %llx) ", (unsigned long long)f->fails_at);
    for (size_t i = 0; i < node->n; i++) {
        if (node->items[i].number == f->fails_at)
            node->items[i].code = f->code;
    }
}

/* ---- stages --------------------------------------------------------------------------------- */

bool random_add_stage(random_node *node)
{
    if (node->n_stages == PAR_ITER_MAX_STAGES)
        node->is_wrong = true;
    if (node->is_wrong)
        return false;
    node->n_stages++;
    return true;
}

random_fn *random_reader_of(random_plan *plan, const random_node *node, size_t out_size)
{
    random_fn *const f = random_new_fn(plan);
    f->raw = node->raw;
    f->in_size = node->size;
    f->inner_size = node->inner_size;
    f->right_size = node->right_size;
    f->offset = node->offset;
    f->out_size = out_size;
    f->divisor = 2 + random_pick(plan, 5);
    return f;
}

void random_become_numbers(random_node *node, size_t size)
{
    node->raw = RAW_NUMBER;
    node->size = size;
    node->inner_size = size;
}

static void map_items(random_node *node, const random_fn *f)
{
    for (size_t i = 0; i < node->n; i++)
        node->items[i].number =
            element_fit(node->items[i].number * f->factor + f->term, f->out_size);
}

static void add_map(random_plan *plan, random_node *node, size_t size)
{
    random_fn *const f = random_reader_of(plan, node, size);
    random_say(plan, ".map(%zu)", size);
    par_iter_map(node->it, size, random_map, f);
    if (!random_add_stage(node))
        return;
    random_let_fail(plan, f, node);
    map_items(node, f);
    random_become_numbers(node, size);
}

static void fail_all(random_plan *plan, random_node *node, random_fn *f)
{
    plan->has_failure = true;
    f->init_code = 1 + (int)random_pick(plan, 100);
    random_say(plan, "(init fails)");
    for (size_t i = 0; i < node->n; i++)
        node->items[i].code = f->init_code;
}

static void add_map_init(random_plan *plan, random_node *node)
{
    const size_t size = random_size(plan, node->n);
    random_fn *const f = random_reader_of(plan, node, size);
    random_say(plan, ".map_init(%zu)", size);
    par_iter_map_init(node->it, size, random_map_with_state, RANDOM_STATE, random_init, random_fini,
                      f);
    if (!random_add_stage(node))
        return;
    if (!plan->has_failure && random_pick(plan, 40) == 0)
        fail_all(plan, node, f);
    else
        random_let_fail(plan, f, node);
    map_items(node, f);
    random_become_numbers(node, size);
}

/* What fails is evaluated before it could be left out. */
static void drop_items(random_node *node, uint64_t divisor)
{
    size_t kept = 0;
    for (size_t i = 0; i < node->n; i++) {
        if (node->items[i].code != 0 || node->items[i].number % divisor != 0)
            node->items[kept++] = node->items[i];
    }
    node->n = kept;
    node->has_positions = false;
}

static void add_filter(random_plan *plan, random_node *node)
{
    if (node->raw != RAW_NUMBER)
        return;
    random_fn *const f = random_reader_of(plan, node, node->size);
    f->factor = 1;
    f->term = 0;
    random_say(plan, ".filter(%llu)", (unsigned long long)f->divisor);
    par_iter_filter(node->it, random_filter, f);
    if (!random_add_stage(node))
        return;
    random_let_fail(plan, f, node);
    drop_items(node, f->divisor);
}

static void add_filter_map(random_plan *plan, random_node *node)
{
    const size_t size = random_size(plan, node->n);
    random_fn *const f = random_reader_of(plan, node, size);
    random_say(plan, ".filter_map(%llu, %zu)", (unsigned long long)f->divisor, size);
    par_iter_filter_map(node->it, size, random_filter_map, f);
    if (!random_add_stage(node))
        return;
    random_let_fail(plan, f, node);
    drop_items(node, f->divisor);
    map_items(node, f);
    random_become_numbers(node, size);
}

static size_t count_flat(const random_node *node, uint64_t divisor)
{
    size_t n = 0;
    for (size_t i = 0; i < node->n; i++)
        n += node->items[i].code != 0 ? 1 : (size_t)(node->items[i].number % divisor);
    return n;
}

static void flatten_items(random_plan *plan, random_node *node, const random_fn *f)
{
    random_item *const items = random_room(plan, count_flat(node, f->divisor) * sizeof *items);
    size_t n = 0;
    for (size_t i = 0; i < node->n; i++) {
        const random_item item = node->items[i];
        if (item.code != 0)
            items[n++] = item;
        for (uint64_t j = 0; item.code == 0 && j < item.number % f->divisor; j++)
            items[n++].number = element_fit(item.number * f->factor + j, f->out_size);
    }
    node->items = items;
    node->n = n;
    node->has_positions = false;
    node->has_flat = true;
}

static void add_flat_map(random_plan *plan, random_node *node)
{
    size_t size = 1 + random_pick(plan, 100);
    random_fn *const f = random_reader_of(plan, node, size);
    f->divisor = node->n < 20 && random_pick(plan, 4) == 0 ? 2000 : f->divisor;
    if (count_flat(node, f->divisor) > ITEMS_MOST)
        return;
    random_say(plan, ".flat_map(%llu, %zu)", (unsigned long long)f->divisor, size);
    par_iter_flat_map(node->it, size, random_flat, f);
    if (!random_add_stage(node))
        return;
    random_let_fail(plan, f, node);
    flatten_items(plan, node, f);
    random_become_numbers(node, size);
}

static void add_inspect(random_plan *plan, random_node *node)
{
    random_fn *const f = random_reader_of(plan, node, node->size);
    random_say(plan, ".inspect");
    par_iter_inspect(node->it, random_look, f);
    if (random_add_stage(node))
        random_let_fail(plan, f, node);
}

static void add_enumerate(random_plan *plan, random_node *node)
{
    if (node->raw != RAW_NUMBER || node->size > 1000)
        return;
    const size_t offset = sizeof(size_t) + random_pick(plan, 3);
    const size_t size = offset + node->size + random_pick(plan, 3);
    random_say(plan, ".enumerate(%zu, %zu)", size, offset);
    par_iter_enumerate(node->it, size, offset);
    if (!node->has_positions)
        node->is_wrong = true;
    if (!random_add_stage(node))
        return;
    for (size_t i = 0; i < node->n; i++)
        node->items[i].number += i * 1000003;
    node->raw = RAW_NUMBERED;
    node->inner_size = node->size;
    node->offset = offset;
    node->size = size;
}

/* ---- positions ------------------------------------------------------------------------------ */

static void keep_items(random_node *node, size_t first, size_t end, size_t step)
{
    size_t kept = 0;
    for (size_t i = first; i < end; i += step < end - i ? step : end - i)
        node->items[kept++] = node->items[i];
    node->n = kept;
    node->places = kept;
}

static void reverse_items(random_node *node)
{
    for (size_t i = 0; i < node->n / 2; i++) {
        const random_item item = node->items[i];
        node->items[i] = node->items[node->n - 1 - i];
        node->items[node->n - 1 - i] = item;
    }
}

/* Mostly within the list, at times beyond it. */
static size_t random_place(random_plan *plan, const random_node *node)
{
    if (random_pick(plan, 12) == 0)
        return random_pick(plan, 2) == 0 ? SIZE_MAX : node->n + random_pick(plan, 3);
    return random_pick(plan, node->n / (1 + random_pick(plan, 8)) + 1);
}

static void add_move(random_plan *plan, random_node *node)
{
    static const char *const names[] = {"rev", "take", "skip", "step_by"};
    const size_t which = random_pick(plan, 4);
    size_t n = random_place(plan, node);
    if (which == 3 && n < SIZE_MAX)
        n = n % 7 + (random_pick(plan, 30) > 0);
    random_say(plan, ".%s(%zu)", names[which], n);
    if (which == 0)
        par_iter_rev(node->it);
    else if (which == 1)
        par_iter_take(node->it, n);
    else if (which == 2)
        par_iter_skip(node->it, n);
    else
        par_iter_step_by(node->it, n);
    if (!node->has_positions || (which == 3 && n == 0))
        node->is_wrong = true;
    if (node->is_wrong)
        return;
    if (which == 0)
        reverse_items(node);
    else if (which == 1)
        keep_items(node, 0, n < node->n ? n : node->n, 1);
    else if (which == 2)
        keep_items(node, n < node->n ? n : node->n, node->n, 1);
    else
        keep_items(node, 0, node->n, n);
}

/* ---- all of it ------------------------------------------------------------------------------ */

static void add_any(random_plan *plan, random_node *node)
{
    const bool dares = random_pick(plan, 25) == 0; /* to do what is wrong */
    const size_t which = random_pick(plan, 20);
    if (!dares && node->n_stages + (node->raw != RAW_NUMBER) >= PAR_ITER_MAX_STAGES - 1)
        return;
    if (!dares && !node->has_positions && which >= 8 && which < 14)
        return;
    if (which < 2)
        add_map(plan, node, random_size(plan, node->n));
    else if (which == 2)
        add_map_init(plan, node);
    else if (which == 3)
        add_filter(plan, node);
    else if (which == 4)
        add_filter_map(plan, node);
    else if (which == 5)
        add_flat_map(plan, node);
    else if (which < 8)
        add_inspect(plan, node);
    else if (which < 10)
        add_enumerate(plan, node);
    else if (which < 14)
        add_move(plan, node);
    else
        random_add_form(plan, node, dares);
}

void random_make_numbers(random_plan *plan, random_node *node, size_t size)
{
    if (node->raw != RAW_NUMBER || node->size != size)
        add_map(plan, node, size);
}

random_node *random_build_to(random_plan *plan, size_t depth)
{
    random_node *const node =
        depth > 0 && random_pick(plan, 5) < 3 ? random_two(plan, depth - 1) : random_source(plan);
    const size_t steps = random_pick(plan, 9);
    for (size_t i = 0; i < steps; i++)
        add_any(plan, node);
    if (node->raw != RAW_NUMBER)
        add_map(plan, node, random_size(plan, node->n));
    return node;
}

random_node *random_build(random_plan *plan)
{
    return random_build_to(plan, random_pick(plan, 4));
}
