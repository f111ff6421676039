/* SPDX-License-Identifier: MIT */
/* ref_arrange.c - numbers above a limit, how many there are of each last digit, and these together.
 */
#include <par/arrange.h>
#include <stdio.h>

enum { N = 100000 };

static inline bool is_above(int number, const int *limit)
{
    return number > *limit;
}

static inline uint32_t last_digit(int number)
{
    return (uint32_t)(number % 10);
}

PAR_DEFINE_FILTER_CTX(above, int, int, is_above)
PAR_DEFINE_HISTOGRAM(last_digits, int, last_digit)

static ptrdiff_t digit_keys(void *out, const void *in, size_t n, void *ctx)
{
    (void)ctx;
    for (size_t i = 0; i < n; i++)
        ((uint64_t *)out)[i] = last_digit(((const int *)in)[i]);
    return (ptrdiff_t)n;
}

int main(void)
{
    static int numbers[N];
    static int kept[N];
    static int together[N];
    for (int i = 0; i < N; i++)
        numbers[i] = i;

    const int limit = 99950;
    size_t n = 0;
    size_t counts[10];
    if (above(kept, &n, numbers, N, &limit) != 0 || last_digits(counts, 10, kept, n) != 0)
        return 1;
    printf("%zu numbers, %zu of them end with 7\n", n, counts[7]);

    par_key_group groups[10];
    size_t groups_n = 0;
    if (par_group_by(together, groups, 10, &groups_n, kept, sizeof *kept, n, digit_keys, NULL) != 0)
        return 1;
    for (size_t g = 0; g < groups_n; g++) {
        const int *first = together + groups[g].begin;
        if (groups[g].key == 7)
            printf("from %d to %d\n", first[0], first[groups[g].n - 1]);
    }
}
