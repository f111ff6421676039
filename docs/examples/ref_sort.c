/* SPDX-License-Identifier: MIT */
/* ref_sort.c - cities by size, numbers by radix, and the middle of an array. */
#include <par/sort.h>
#include <stdio.h>

enum { N = 100000 };

struct city {
    const char *name;
    uint32_t people;
};

static inline bool larger(struct city a, struct city b)
{
    return a.people > b.people;
}

PAR_DEFINE_SORT(sort_by_people, struct city, larger)

static int compare(const void *a, const void *b, void *ctx)
{
    const double left = *(const double *)a;
    const double right = *(const double *)b;
    (void)ctx;
    return (left > right) - (left < right);
}

int main(void)
{
    static double numbers[N];
    struct city cities[] = {{"Cadiz", 111}, {"Bergen", 291}, {"Aarhus", 291}, {"Turin", 842}};
    for (size_t i = 0; i < N; i++)
        numbers[i] = (double)(i * 7919 % N);

    if (sort_by_people(cities, 4) != 0)
        return 1;
    for (size_t i = 0; i < 4; i++)
        printf("%s%s", cities[i].name, i < 3 ? ", " : "\n");
    if (par_select_nth(numbers, sizeof *numbers, N, N / 2, compare, NULL) != 0)
        return 1;
    printf("%g\n", numbers[N / 2]);
    if (par_sort_f64(numbers, N) != 0)
        return 1;
    printf("%g %g\n", numbers[0], numbers[N - 1]);
}
