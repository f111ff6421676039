/* SPDX-License-Identifier: MIT */
/* ref_bridge.c - lines that one thread at a time can make, worked on by many, and printed in their
 * order. */
#include <par/bridge.h>
#include <stdio.h>

typedef struct line {
    char text[40];
} line;

static ptrdiff_t next_lines(void *out, size_t most, void *ctx)
{
    int *const day = ctx;
    line *const lines = out;
    size_t n = 0;
    while (n < most && *day < 12) {
        ++*day;
        snprintf(lines[n++].text, sizeof lines->text, "on day %d", *day);
    }
    return (ptrdiff_t)n; /* 0: no more */
}

/* Only every fourth goes on. */
static ptrdiff_t count_gifts(void *out, const void *in, size_t n, void *ctx)
{
    const line *const lines = in;
    line *const to = out;
    size_t kept = 0;
    (void)ctx;
    for (size_t i = 0; i < n; i++) {
        int day = 0;
        if (sscanf(lines[i].text, "on day %d", &day) != 1)
            return -1;
        if (day % 4 == 0)
            snprintf(to[kept++].text, sizeof to->text, "%.20s: %d gifts", lines[i].text,
                     day * (day + 1) * (day + 2) / 6);
    }
    return (ptrdiff_t)kept;
}

static int print(const void *results, size_t n, void *ctx)
{
    const line *const lines = results;
    (void)ctx;
    for (size_t i = 0; i < n; i++) {
        if (puts(lines[i].text) < 0)
            return -2;
    }
    return 0;
}

int main(void)
{
    int day = 0;
    return par_bridge_map(next_lines, &day, sizeof(line), 0, 0, sizeof(line), count_gifts, NULL,
                          print, NULL);
}
