/* SPDX-License-Identifier: MIT */
/* ref_arc.c - settings that several own: the tasks that read them keep what they began with, while
 * their owner goes on to new ones. */
#include <par/arc.h>
#include <par/scope.h>
#include <stdio.h>
#include <stdlib.h>

struct settings {
    int quality;
    int threads;
};

PAR_ARC_DEFINE(shared_settings, struct settings)

static void render(par_scope *scope, void *arg)
{
    const shared_settings *mine = arg;
    (void)scope;
    printf("quality %d\n", mine->ptr->quality);
    shared_settings_drop(*mine);
}

static void body(par_scope *scope, void *arg)
{
    shared_settings *now = arg;
    const shared_settings given = shared_settings_clone(*now);
    if (par_scope_spawn_copy(scope, render, &given, sizeof given) != 0)
        shared_settings_drop(given); /* the task will not run */
    if (shared_settings_make_mut(now) == 0)
        now->ptr->quality = 9; /* a copy, unless the task has ended */
}

int main(void)
{
    shared_settings now = shared_settings_new((struct settings){.quality = 5, .threads = 2});
    if (now.ptr == NULL)
        return EXIT_FAILURE;
    par_scope_run(body, &now);
    printf("quality %d, %zu owner\n", now.ptr->quality, shared_settings_count(now));
    shared_settings_drop(now);
}
