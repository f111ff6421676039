/* SPDX-License-Identifier: MIT */
/* iter_random_forms.c - random stages and combinations that are less common, and what comes out. Of
 * stages that let some pass those are here of which it is known which pass. */
#include "par_iter/lazy/iter_random_parts.h"

#include <par/iter_any.h>

/* ---- stages --------------------------------------------------------------------------------- */

static void add_update(random_plan *plan, random_node *node)
{
    if (node->raw != RAW_NUMBER)
        return;
    random_fn *const f = random_reader_of(plan, node, node->size);
    random_say(plan, ".update");
    par_iter_update(node->it, random_update, f);
    if (!random_add_stage(node))
        return;
    random_let_fail(plan, f, node);
    for (size_t i = 0; i < node->n; i++)
        node->items[i].number =
            element_fit(node->items[i].number * f->factor + f->term, f->in_size);
}

static void add_positions(random_plan *plan, random_node *node, bool dares)
{
    if (!dares && !node->has_positions)
        return;
    random_fn *const f = random_reader_of(plan, node, sizeof(size_t));
    random_say(plan, ".positions(%llu)", (unsigned long long)f->divisor);
    par_iter_positions(node->it, random_find, f);
    if (!node->has_positions)
        node->is_wrong = true;
    if (!random_add_stage(node))
        return;
    random_let_fail(plan, f, node);
    size_t found = 0;
    for (size_t i = 0; i < node->n; i++) {
        if (node->items[i].code == 0 && node->items[i].number % f->divisor != 0)
            continue;
        node->items[found] = (random_item){i, node->items[i].code};
        found++;
    }
    node->n = found;
    node->has_positions = false;
    random_become_numbers(node, sizeof(size_t));
}

static void add_flat_map_iter(random_plan *plan, random_node *node)
{
    const size_t size = 1 + random_pick(plan, 100);
    random_fn *const f = random_reader_of(plan, node, size);
    size_t n = 0;
    for (size_t i = 0; i < node->n; i++)
        n += node->items[i].code != 0 ? 1 : (size_t)(node->items[i].number % f->divisor);
    if (n > 30000)
        return;
    f->inner = random_new_fn(plan);
    f->inner->in_size = sizeof(size_t);
    f->inner->out_size = size;
    random_say(plan, ".flat_map_iter(%llu, %zu)", (unsigned long long)f->divisor, size);
    par_iter_flat_map_iter(node->it, size, random_inner, f);
    if (!random_add_stage(node))
        return;
    random_let_fail(plan, f, node);
    random_item *const items = random_room(plan, (n + node->n) * sizeof *items);
    const random_fn *const inner = f->inner;
    size_t count = 0;
    for (size_t i = 0; i < node->n; i++) {
        const random_item item = node->items[i];
        const uint64_t begin = random_inner_begin(item.number, f);
        if (item.code != 0)
            items[count++] = item;
        for (uint64_t j = 0; item.code == 0 && j < item.number % f->divisor; j++)
            items[count++].number = element_fit((begin + j) * inner->factor + inner->term, size);
    }
    node->items = items;
    node->n = count;
    node->has_positions = false;
    node->has_flat = true;
    random_become_numbers(node, size);
}

/* What would fail is met before it could be left out. */
static void drop_all(random_node *node)
{
    size_t kept = 0;
    for (size_t i = 0; i < node->n; i++) {
        if (node->items[i].code != 0)
            node->items[kept++] = node->items[i];
    }
    node->n = kept;
}

static void add_counted(random_plan *plan, random_node *node)
{
    const bool takes = random_pick(plan, 2) == 0;
    const bool all = random_pick(plan, 4) > 0;
    const size_t n = all == takes ? SIZE_MAX - random_pick(plan, 9) : 0;
    random_say(plan, ".%s_any(%zu)", takes ? "take" : "skip", n);
    if (takes)
        par_iter_take_any(node->it, n);
    else
        par_iter_skip_any(node->it, n);
    if (!random_add_stage(node))
        return;
    node->has_positions = false;
    if (takes && n == 0)
        node->n = 0; /* nothing runs */
    else if (!all)
        drop_all(node);
}

/* All may pass, or are skipped. */
static void add_while(random_plan *plan, random_node *node)
{
    random_fn *const f = random_reader_of(plan, node, node->size);
    const bool takes = random_pick(plan, 4) > 0;
    random_say(plan, ".%s_any_while", takes ? "take" : "skip");
    if (takes)
        par_iter_take_any_while(node->it, random_pass, f);
    else
        par_iter_skip_any_while(node->it, random_pass, f);
    if (!random_add_stage(node))
        return;
    random_let_fail(plan, f, node);
    node->has_positions = false;
    if (!takes)
        drop_all(node);
}

static void add_while_some(random_plan *plan, random_node *node)
{
    const size_t size = random_size(plan, node->n);
    random_fn *const f = random_reader_of(plan, node, size);
    random_say(plan, ".while_some(%zu)", size);
    par_iter_while_some(node->it, size, random_map, f);
    if (!random_add_stage(node))
        return;
    random_let_fail(plan, f, node);
    for (size_t i = 0; i < node->n; i++)
        node->items[i].number = element_fit(node->items[i].number * f->factor + f->term, size);
    node->has_positions = false;
    random_become_numbers(node, size);
}

void random_add_form(random_plan *plan, random_node *node, bool dares)
{
    switch (random_pick(plan, 6)) {
    case 0:
        add_update(plan, node);
        break;
    case 1:
        add_positions(plan, node, dares);
        break;
    case 2:
        add_flat_map_iter(plan, node);
        break;
    case 3:
        add_counted(plan, node);
        break;
    case 4:
        add_while(plan, node);
        break;
    default:
        add_while_some(plan, node);
        break;
    }
}

/* ---- iterators made of iterators ------------------------------------------------------------ */

static random_node *intersperse(random_plan *plan, const random_node *a)
{
    const uint64_t number = element_fit(random_next(&plan->state), a->size);
    char *const value = random_room(plan, a->size);
    random_node *const node =
        random_new_node(plan, a->n == 0 ? 0 : 2 * a->n - 1, a->size, RAW_NUMBER);
    element_write(value, a->size, number);
    random_say(plan, "intersperse");
    *node->it = par_iter_intersperse(a->it, value);
    node->is_wrong = a->is_wrong || !a->has_positions;
    node->has_flat = a->has_flat;
    for (size_t i = 0; i < node->n; i++)
        node->items[i] = i % 2 == 0 ? a->items[i / 2] : (random_item){number, 0};
    return node;
}

static random_node *shortest(random_plan *plan, const random_node *a, const random_node *b)
{
    random_node *const node =
        random_new_node(plan, a->n <= b->n ? 2 * a->n : 2 * b->n + 1, a->size, RAW_NUMBER);
    random_say(plan, "interleave_shortest");
    *node->it = par_iter_interleave_shortest(a->it, b->it);
    node->is_wrong =
        a->is_wrong || b->is_wrong || a->size != b->size || !a->has_positions || !b->has_positions;
    node->has_flat = a->has_flat || b->has_flat;
    for (size_t i = 0; i < node->n; i++)
        node->items[i] = i % 2 == 0 ? a->items[i / 2] : b->items[i / 2];
    return node;
}

static random_node *fold_chunks(random_plan *plan, const random_node *a)
{
    const size_t chunk = 1 + random_pick(plan, random_pick(plan, 4) == 0 ? 5000 : 9);
    random_node *const node =
        random_new_node(plan, (a->n + chunk - 1) / chunk, sizeof(uint64_t), RAW_NUMBER);
    uint64_t *const identity = random_room(plan, sizeof *identity);
    random_fn *const f = random_reader_of(plan, a, sizeof(uint64_t));
    *identity = random_next(&plan->state);
    random_say(plan, "fold_chunks(%zu)", chunk);
    *node->it = par_iter_fold_chunks(a->it, chunk, sizeof(uint64_t), identity, random_fold, f);
    node->is_wrong = a->is_wrong || !a->has_positions;
    node->has_flat = a->has_flat;
    for (size_t i = 0; i < a->n; i++) {
        random_item *const item = &node->items[i / chunk];
        item->number = (i % chunk == 0 ? *identity : item->number) * f->factor + a->items[i].number;
        item->code = item->code != 0 ? item->code : a->items[i].code;
    }
    return node;
}

random_node *random_form_of(random_plan *plan, const random_node *a, const random_node *b)
{
    switch (random_pick(plan, 3)) {
    case 0:
        return intersperse(plan, a);
    case 1:
        return shortest(plan, a, b);
    default:
        return fold_chunks(plan, a);
    }
}

/* ---- divided --------------------------------------------------------------------------------- */

static void list_parts(random_node *node, par_cell all, uint64_t *share)
{
    par_cell left;
    par_cell right;
    if (random_divide(&left, &right, &all, share) == 0) {
        node->items[node->n++].number = all.row * 1000003 + all.column;
        return;
    }
    list_parts(node, left, share);
    list_parts(node, right, share);
}

random_node *random_divided(random_plan *plan)
{
    enum { MOST = 3000 };
    par_cell *const all = random_room(plan, sizeof *all);
    uint64_t *const share = random_room(plan, sizeof *share);
    random_node *const node = random_new_node(plan, MOST + 8, sizeof(par_cell), RAW_CELL);
    *all = (par_cell){random_pick(plan, 100), random_pick(plan, MOST)};
    *share = 2 + random_pick(plan, 5);
    random_say(plan, "divide(%zu, %zu)", all->column, (size_t)*share);
    *node->it = par_iter_divide(all, sizeof *all, random_divide, share);
    node->has_positions = false;
    node->has_flat = true;
    node->n = 0;
    list_parts(node, *all, share);
    return node;
}
