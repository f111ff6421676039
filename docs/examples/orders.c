#include <par/panic.h>
#include <stdio.h>

enum { NOT_IN_STOCK = 1 };

typedef struct order {
    int wanted;
    int in_stock;
} order;

static void give_back(void *arg)
{
    order *all = arg;
    if (par_panicking())
        all->in_stock += 10; /* the reservation below is void */
}

/* Somewhere deep inside. */
static void pick(void *arg)
{
    const order *all = arg;
    if (all->wanted > all->in_stock)
        par_panic(NOT_IN_STOCK, "%d wanted, %d in stock", all->wanted, all->in_stock);
}

static void pack(void *arg)
{
    (void)arg; /* the other side of the join: it always runs */
}

static void serve(void *arg)
{
    order *all = arg;
    all->in_stock -= 10;
    PAR_DEFER(give_back, all);
    par_join(pick, all, pack, all);
    puts("served");
}

int main(void)
{
    order all = {.wanted = 15, .in_stock = 30};
    par_failure failure;
    (void)par_catch(serve, &all, &failure);
    if (par_catch(serve, &all, &failure) != 0)
        printf("%s; %d remain\n", failure.message, all.in_stock);
}
