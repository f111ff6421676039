/* SPDX-License-Identifier: MIT */
/* tree.c - walks a tree of unknown shape: a task for each folder, spawned by its parent's task. */
#include <par/scope.h>
#include <stdatomic.h>
#include <stdio.h>

struct folder {
    const char *name;
    size_t bytes; /* of the files in it */
    const struct folder *folders;
    size_t n;
};

static const struct folder parts[] = {{"doc", 40, NULL, 0}, {"src", 900, NULL, 0}};
static const struct folder projects[] = {{"par", 30, parts, 2}, {"old", 7, parts, 2}};
static const struct folder homes[] = {{"ann", 300, projects, 2}, {"bob", 20, NULL, 0}};
static const struct folder root = {"/", 1, homes, 2};

static atomic_size_t total;

static void visit(par_scope *scope, void *arg)
{
    const struct folder *const *at = arg;
    const struct folder *folder = *at;
    atomic_fetch_add(&total, folder->bytes);
    for (size_t i = 0; i < folder->n; i++) {
        const struct folder *child = &folder->folders[i];
        if (par_scope_spawn_copy(scope, visit, &child, sizeof child) != 0)
            visit(scope, &child); /* no memory for a task: do it here */
    }
}

int main(void)
{
    const struct folder *start = &root;
    par_scope_run(visit, &start);
    printf("%s holds %zu bytes\n", root.name, atomic_load(&total));
}
