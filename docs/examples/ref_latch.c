/* SPDX-License-Identifier: MIT */
/* ref_latch.c - waiting for detached tasks, and not for ever. */
#include <errno.h>
#include <par/latch.h>
#include <par/pool.h>
#include <stdio.h>

enum { FILES = 3 };

struct loading {
    par_latch latch;
    size_t sizes[FILES];
};

struct file {
    struct loading *loading;
    size_t index;
};

static void load(void *arg)
{
    const struct file *file = arg;
    file->loading->sizes[file->index] = 100 * (file->index + 1);
    par_latch_count_down(&file->loading->latch, 1); /* it may be gone after this line */
}

int main(void)
{
    struct loading loading = {.latch = PAR_LATCH_INIT(FILES)};
    struct file files[FILES];
    if (par_latch_wait_until(&loading.latch, par_in(PAR_MS(1)), NULL) == ETIMEDOUT)
        puts("nothing yet");
    for (size_t i = 0; i < FILES; i++) {
        files[i] = (struct file){&loading, i};
        if (par_pool_spawn(NULL, load, &files[i]) != 0)
            load(&files[i]);
    }
    par_latch_wait(&loading.latch);
    printf("%zu %zu %zu\n", loading.sizes[0], loading.sizes[1], loading.sizes[2]);
}
