/* SPDX-License-Identifier: MIT */
#include <par/off_thread.h>
#include <stdio.h>

/* Right triangles, one by one; it fails after the last. */
typedef struct triangle {
    int a, b, c;
} triangle;

static ptrdiff_t next_triangles(triangle *out, size_t most, void *ctx)
{
    int *c = ctx;
    (void)most;
    for (++*c; *c <= 20; ++*c) {
        for (int a = 1; a < *c; a++) {
            for (int b = a; b < *c; b++) {
                if (a * a + b * b == *c * *c) {
                    *out = (triangle){a, b, *c};
                    return 1;
                }
            }
        }
    }
    return -7;
}

PAR_DEFINE_OFF_THREAD(triangles, triangle, next_triangles)

int main(void)
{
    int c = 0;
    triangle next;
    par_off_thread *source;
    int code = triangles_start(&source, 0, &c);
    if (code != 0)
        return 1;
    while ((code = triangles_next(source, &next)) == 0)
        printf("%d %d %d\n", next.a, next.b, next.c);
    printf("code %d\n", code);
    par_off_thread_end(source, NULL, NULL);
}
