/* SPDX-License-Identifier: MIT */
/* items.c - the ledger: each item is taken once. */
#include "engine/inside.h"

#include <string.h>

enum { ITEMS = 32 };

static size_t expected;
static unsigned char taken[ITEMS];

void model_items(size_t n)
{
    if (n > ITEMS)
        model_fail(MODEL_MISUSE, "%zu items; at most %d", n, ITEMS);
    expected = n;
}

void model_took(size_t item)
{
    if (item >= expected)
        model_fail(MODEL_TWICE, "%#zx is taken, which is not an item", item);
    if (taken[item] != 0)
        model_fail(MODEL_TWICE, "item %zu is taken twice", item);
    taken[item] = 1;
}

bool model_was_taken(size_t item)
{
    return item < expected && taken[item] != 0;
}

void items_begin(void)
{
    memset(taken, 0, sizeof taken);
}

void items_check(void)
{
    for (size_t i = 0; i < expected; i++) {
        if (taken[i] == 0)
            model_fail(MODEL_NEVER, "item %zu is never taken", i);
    }
}
