/* SPDX-License-Identifier: MIT */
/* ref_tree.c - a tree in memory and a tree that exists nowhere. */
#include <par/tree.h>
#include <stdio.h>
#include <string.h>

typedef struct word {
    const char *text;
    const struct word *before;
    const struct word *behind;
} word;

static int both(par_children *list, const void *node, void *ctx)
{
    const word *const w = *(const word *const *)node;
    int code = 0;
    (void)ctx;
    if (w->before != NULL)
        code = par_children_put(list, &w->before, 1);
    if (w->behind != NULL && code == 0)
        code = par_children_put(list, &w->behind, 1);
    return code;
}

typedef struct text {
    size_t n;
    char bytes[64];
} text;

static void append(void *left, const void *right, void *ctx)
{
    text *const to = left;
    const text *const from = right;
    (void)ctx;
    memcpy(to->bytes + to->n, from->bytes, from->n);
    to->n += from->n;
}

static ptrdiff_t append_word(void *out, const void *in, size_t n, void *ctx)
{
    text next;
    (void)n;
    next.n =
        (size_t)snprintf(next.bytes, sizeof next.bytes, "[%s]", (*(const word *const *)in)->text);
    append(out, &next, ctx);
    return 0;
}

/* The node of ways to climb so many steps, one or two at once. */
static int climb(par_children *list, const void *node, void *ctx)
{
    const int steps = *(const int *)node;
    const int left[] = {steps - 1, steps - 2};
    (void)ctx;
    return par_children_put(list, left, steps >= 2 ? 2 : steps >= 1 ? 1 : 0);
}

static ptrdiff_t count_top(void *out, const void *in, size_t n, void *ctx)
{
    (void)n;
    (void)ctx;
    *(long *)out += *(const int *)in == 0;
    return 0;
}

static void add(void *left, const void *right, void *ctx)
{
    (void)ctx;
    *(long *)left += *(const long *)right;
}

int main(void)
{
    const word one = {"one", NULL, NULL};
    const word two = {"two", NULL, NULL};
    const word plus = {"+", &one, &two};
    const word three = {"three", NULL, NULL};
    const word times = {"*", &plus, &three};
    const word *root = &times;
    text prefix = {0};
    text postfix = {0};
    int code = par_tree_reduce_prefix(&root, sizeof root, both, &prefix, sizeof prefix, append_word,
                                      append, NULL);
    if (code == 0)
        code = par_tree_reduce_postfix(&root, sizeof root, both, &postfix, sizeof postfix,
                                       append_word, append, NULL);
    printf("%.*s\n%.*s\n", (int)prefix.n, prefix.bytes, (int)postfix.n, postfix.bytes);

    const int stairs = 20;
    long ways = 0;
    if (code == 0)
        code = par_tree_reduce_postfix(&stairs, sizeof stairs, climb, &ways, sizeof ways, count_top,
                                       add, NULL);
    printf("%ld ways\n", ways);
    return code;
}
