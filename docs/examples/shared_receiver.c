/* SPDX-License-Identifier: MIT */
/* shared_receiver.c - many threads take from one receiver: each order is served once, by whoever is
 * free. A receiver is cloned, not locked. */
#include <par/channel.h>
#include <par/scope.h>
#include <stdio.h>
#include <stdlib.h>

enum { WORKERS = 4, ORDERS = 1000 };

struct order {
    int number;
    int price;
};

PAR_CHANNEL_DEFINE(orders, struct order);

/* What one worker has: its own receiver, and its own sums. */
struct worker {
    orders_receiver in;
    size_t served;
    long money;
};

static void serve(par_scope *scope, void *arg)
{
    struct worker *self = arg;
    struct order order;
    (void)scope;
    while (orders_recv(self->in, &order) == 0) { /* EPIPE: no more will come */
        self->served++;
        self->money += order.price;
    }
    orders_receiver_drop(self->in);
}

static void take_orders(orders_sender out)
{
    for (int i = 0; i < ORDERS; i++)
        if (orders_send(out, (struct order){i, i % 10}) != 0)
            break;           /* EPIPE: nobody serves any more */
    orders_sender_drop(out); /* the last sender closes the channel */
}

static void run_shop(par_scope *scope, void *arg)
{
    struct worker *workers = arg;
    orders_sender out;
    orders_receiver in;
    if (orders_create(&out, &in, 16) != 0)
        return;
    for (int i = 0; i < WORKERS; i++) {
        workers[i].in = orders_receiver_clone(in);
        if (par_scope_spawn(scope, serve, &workers[i]) != 0)
            orders_receiver_drop(workers[i].in);
    }
    orders_receiver_drop(in); /* the workers have theirs */
    take_orders(out);
}

int main(void)
{
    static struct worker workers[WORKERS];
    par_scope_run(run_shop, workers);
    size_t served = 0;
    long money = 0;
    for (int i = 0; i < WORKERS; i++) {
        served += workers[i].served;
        money += workers[i].money;
    }
    printf("%zu orders served, %ld earned\n", served, money);
}
