/* SPDX-License-Identifier: MIT */
/* app.c - a user's program in C: one loop and one join. */
#include <par/par.h>
#include <stdio.h>

static int squares[1000];

static void square(size_t begin, size_t end, void *arg)
{
    (void)arg;
    for (size_t i = begin; i < end; i++)
        squares[i] = (int)(i * i);
}

static void add_one(void *arg)
{
    *(int *)arg += 1;
}

int main(void)
{
    int left = 0;
    int right = 0;
    par_for(0, 1000, square, NULL);
    par_join(add_one, &left, add_one, &right);
    for (int i = 0; i < 1000; i++) {
        if (squares[i] != i * i) {
            fprintf(stderr, "squares[%d] is %d\n", i, squares[i]);
            return 1;
        }
    }
    return left == 1 && right == 1 ? 0 : 1;
}
