/* SPDX-License-Identifier: MIT */
/* snapshot.c - a table of prices that many read while one puts new ones in its place. A reader
 * keeps the table it has, as long as it likes; the last one who has it frees it. */
#include <par/arc.h>
#include <par/mutex.h>
#include <par/scope.h>
#include <stdio.h>
#include <stdlib.h>

enum { GOODS = 3, UPDATES = 50, READERS = 4, LOOKS = 100 };

struct prices {
    int of[GOODS]; /* all of one table are equal */
};

PAR_ARC_DEFINE(price_table, struct prices)

static par_mutex mutex = PAR_MUTEX_INIT;
static price_table current PAR_GUARDED_BY(mutex);

static price_table get(void)
{
    PAR_LOCK_GUARD(guard, &mutex);
    return price_table_clone(current); /* the lock is held for one addition */
}

static price_table put(price_table fresh)
{
    PAR_LOCK_GUARD(guard, &mutex);
    const price_table old = current;
    current = fresh;
    return old;
}

static void read_prices(par_scope *scope, void *arg)
{
    int *mixed = arg;
    (void)scope;
    for (int i = 0; i < LOOKS; i++) {
        const price_table mine = get();
        for (int k = 1; k < GOODS; k++)
            *mixed += mine.ptr->of[k] != mine.ptr->of[0];
        price_table_drop(mine);
    }
}

static void update(par_scope *scope, void *arg)
{
    int *mixed = arg;
    for (int i = 0; i < READERS; i++)
        if (par_scope_spawn(scope, read_prices, &mixed[i]) != 0)
            abort();
    for (int price = 1; price <= UPDATES; price++) {
        const price_table fresh = price_table_new((struct prices){{price, price, price}});
        if (fresh.ptr != NULL)
            price_table_drop(put(fresh));
    }
}

int main(void)
{
    int mixed[READERS] = {0};
    const price_table first = price_table_new((struct prices){{0, 0, 0}});
    if (first.ptr == NULL)
        return EXIT_FAILURE;
    price_table_drop(put(first)); /* drops nothing: there was none */
    par_scope_run(update, mixed);
    const price_table last = put((price_table){NULL});
    printf("%d mixed tables, now %d\n", mixed[0] + mixed[1] + mixed[2] + mixed[3], last.ptr->of[0]);
    price_table_drop(last);
}
