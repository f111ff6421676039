/* SPDX-License-Identifier: MIT */
#include <par/pipeline.h>
#include <stdint.h>
#include <stdio.h>

/* A block of a stream that can only be read from its beginning to its end. */
struct block {
    size_t n;
    unsigned char bytes[4000];
    uint32_t sum;
};

struct totals {
    size_t blocks;
    uint32_t sum;
};

static int read_block(void *element, void *ctx)
{
    FILE *from = ctx;
    struct block *block = element;
    block->n = fread(block->bytes, 1, sizeof block->bytes, from);
    if (ferror(from))
        return -1;
    return block->n > 0 ? 0 : PAR_STAGE_END;
}

static int sum_block(void *element, void *ctx)
{
    struct block *block = element;
    (void)ctx;
    block->sum = 1;
    for (size_t i = 0; i < block->n; i++)
        block->sum = block->sum * 31 + block->bytes[i];
    return 0;
}

/* In order: another order would give another sum. */
static int add_block(void *element, void *ctx)
{
    const struct block *block = element;
    struct totals *all = ctx;
    all->blocks++;
    all->sum = all->sum * 37 + block->sum;
    return 0;
}

int main(void)
{
    FILE *file = tmpfile();
    if (file == NULL)
        return 1;
    for (int i = 0; i < 1000000; i++)
        fprintf(file, "%d\n", i);
    rewind(file);

    struct totals all = {0, 0};
    const par_stage stages[] = {
        {PAR_STAGE_SERIAL_IN_ORDER, read_block, file, "read", 0},
        {PAR_STAGE_PARALLEL, sum_block, NULL, "sum", 0},
        {PAR_STAGE_SERIAL_IN_ORDER, add_block, &all, "add", 0},
    };
    par_pipeline_options options = PAR_PIPELINE_OPTIONS_INIT;
    options.element_size = sizeof(struct block);
    const int code = par_pipeline_run(stages, 3, &options);
    printf("code %d, %zu blocks, sum %08x\n", code, all.blocks, all.sum);
    fclose(file);
}
