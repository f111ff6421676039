/* SPDX-License-Identifier: MIT */
/* ref_text.c - parts of a text: how many words, how long the longest line, what stands between
 * commas. */
#include <par/text.h>
#include <stdio.h>
#include <stdlib.h>

static const char poem[] = "The fog comes\n"
                           "on little cat feet.\n"
                           "\n"
                           "It sits looking\n"
                           "over harbor and city\n";

static ptrdiff_t lengths(void *out, const void *in, size_t n, void *ctx)
{
    const par_text *const texts = in;
    size_t *const to = out;
    (void)ctx;
    for (size_t i = 0; i < n; i++)
        to[i] = texts[i].n;
    return (ptrdiff_t)n;
}

static ptrdiff_t longest(void *out, const void *in, size_t n, void *ctx)
{
    size_t *const most = out;
    (void)ctx;
    for (size_t i = 0; i < n; i++) {
        const size_t length = ((const size_t *)in)[i];
        *most = length > *most ? length : *most;
    }
    return 0;
}

static void longer(void *left, const void *right, void *ctx)
{
    longest(left, right, 1, ctx);
}

int main(void)
{
    size_t words = 0;
    size_t length = 0;
    par_iter it = par_iter_words(poem, sizeof poem - 1);
    int code = par_iter_count(&it, &words);

    it = par_iter_lines(poem, sizeof poem - 1);
    par_iter_map(&it, sizeof(size_t), lengths, NULL);
    if (code == 0)
        code = par_iter_reduce_with(&it, &length, longest, longer, NULL);
    printf("%zu words, %zu bytes in the longest line\n", words, length);

    void *list = NULL;
    size_t n = 0;
    it = par_iter_split_at("one,,three", 10, ',');
    if (code == 0)
        code = par_iter_collect_new(&it, &list, &n);
    const par_text *const parts = list;
    for (size_t i = 0; i < n; i++)
        printf("[%.*s]", (int)parts[i].n, parts[i].text);
    printf("\n");
    free(list);
    return code;
}
