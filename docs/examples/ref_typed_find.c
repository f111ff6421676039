/* SPDX-License-Identifier: MIT */
/* ref_typed_find.c - the first of many that match, and the least. */
#include <par/typed_find.h>
#include <stdio.h>

enum { N = 100000 };

struct reading {
    int hour;
    double degrees;
};

static inline bool is_frost(struct reading r)
{
    return r.degrees < 0;
}

static inline bool is_colder(struct reading a, struct reading b)
{
    return a.degrees < b.degrees;
}

PAR_DEFINE_FIND(frost, struct reading, is_frost)
PAR_DEFINE_EXTREMES(by_degrees, struct reading, is_colder)

int main(void)
{
    static struct reading readings[N];
    for (int i = 0; i < N; i++)
        readings[i] = (struct reading){i, 20 - i * 0.001 + i % 24};

    size_t first = 0;
    size_t hours = 0;
    size_t least = 0;
    bool always = false;
    if (frost_first(readings, N, &first) != 0 || frost_count(readings, N, &hours) != 0 ||
        frost_is_all(readings, N, &always) != 0 || by_degrees_min(readings, N, &least) != 0)
        return 1;
    printf("frost from hour %d on, in %zu hours%s\n", readings[first].hour, hours,
           always ? ", always" : "");
    printf("%.2f in hour %d\n", readings[least].degrees, readings[least].hour);
}
