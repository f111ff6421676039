/* SPDX-License-Identifier: MIT */
/* search.c - a loop that is canceled once its answer is known. */
#include <errno.h>
#include <par/loop.h>
#include <stdatomic.h>
#include <stdint.h>
#include <stdio.h>

struct search {
    uint32_t wanted;
    par_group group;
    atomic_size_t found;
};

/* Stands for something that takes time. It is one-to-one, so only one number fits. */
static uint32_t scramble(uint32_t x)
{
    for (int round = 0; round < 8; round++) {
        x *= 2654435769U;
        x ^= x >> 15;
    }
    return x;
}

static int look(size_t begin, size_t end, void *arg)
{
    struct search *search = arg;
    for (size_t i = begin; i < end; i++) {
        if (i % 1024 == 0 && par_canceled())
            return 0;
        if (scramble((uint32_t)i) == search->wanted) {
            atomic_store(&search->found, i);
            par_cancel(&search->group);
        }
    }
    return 0;
}

int main(void)
{
    struct search search = {.wanted = scramble(1234567), .group = PAR_GROUP_INIT};
    par_loop_options options = PAR_LOOP_OPTIONS_INIT;
    options.group = &search.group;
    const int code = par_try_for(0, (size_t)1 << 32, look, &search, &options);
    if (code == ECANCELED)
        printf("found %zu\n", atomic_load(&search.found));
}
