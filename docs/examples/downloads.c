/* SPDX-License-Identifier: MIT */
/* downloads.c - a thread for each of three hosts; the first failure comes back. */
#include <par/thread.h>
#include <stdio.h>
#include <string.h>

typedef struct host {
    const char *name;
    size_t bytes;
} host;

/* Stands for something that takes long and may fail. */
static int download(par_thread_scope *scope, void *arg)
{
    host *from = arg;
    (void)scope;
    if (strchr(from->name, '.') == NULL)
        par_panic(22, "%s is not a host", from->name);
    from->bytes = 100 * strlen(from->name);
    return 0;
}

static int download_all(par_thread_scope *scope, void *arg)
{
    host *hosts = arg;
    int code = 0;
    for (size_t i = 0; i < 3 && code == 0; i++)
        code = par_thread_scope_spawn(scope, NULL, download, &hosts[i]);
    return code;
}

int main(void)
{
    host hosts[] = {{"a.example", 0}, {"nowhere", 0}, {"long.example", 0}};
    par_failure outcome;
    const int code = par_catch_thread_scope(download_all, hosts, &outcome);
    printf("%d: %s\n", code, outcome.message);
    for (size_t i = 0; i < 3; i++)
        printf("%s: %zu bytes\n", hosts[i].name, hosts[i].bytes);
}
