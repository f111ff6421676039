/* SPDX-License-Identifier: MIT */
/* ref_scope.c - a task for each of ten numbers, each with its own copy of its argument. */
#include <par/scope.h>
#include <stdio.h>

static int cubes[10];

static void cube(par_scope *scope, void *arg)
{
    const int i = *(const int *)arg;
    (void)scope;
    cubes[i] = i * i * i;
}

static void body(par_scope *scope, void *arg)
{
    int *code = arg;
    for (int i = 0; i < 10 && *code == 0; i++)
        *code = par_scope_spawn_copy(scope, cube, &i, sizeof i);
}

int main(void)
{
    int code = 0;
    par_scope_run(body, &code);
    printf("%d %d %d\n", code, cubes[2], cubes[9]);
}
