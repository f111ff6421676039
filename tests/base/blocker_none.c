/* SPDX-License-Identifier: MIT */
/* blocker_none.c - threads for which there is no blocker: the linker sends pthread_setspecific
 * through this file, which has no memory for it. They share a stand-in and yield. */
#include "base/blocker.h"

#include <errno.h>
#include <stdio.h>

/* The linker wants this name. */
int __wrap_pthread_setspecific(pthread_key_t key, const void *value);

int __wrap_pthread_setspecific(pthread_key_t key, const void *value)
{
    (void)key;
    (void)value;
    return ENOMEM;
}

static int failed;

static void expect(bool holds, const char *what)
{
    if (!holds) {
        failed = 1;
        printf("%s\n", what);
    }
}

static void *other(void *arg)
{
    *(ws_blocker **)arg = ws_blocker_self();
    return NULL;
}

int main(void)
{
    ws_blocker *self = ws_blocker_self();
    ws_blocker *theirs = NULL;
    pthread_t thread;
    if (pthread_create(&thread, NULL, other, &theirs) != 0)
        return 1;
    pthread_join(thread, NULL);
    expect(self == theirs, "the stand-in is not shared");
    for (int i = 0; i < 100; i++)
        (void)ws_blocker_self();
    size_t n = 0;
    for (const ws_blocker *each = ws_blocker_first(); each != NULL; each = each->next)
        n += each != self;
    expect(n == 1, "each call takes a new one");
    expect(ws_blocker_park(self, WS_PARK_FOREVER), "it does not come back");
    expect(!ws_blocker_park(self, 0), "a deadline that has passed is not seen");
    ws_blocker_unpark(self);
    ws_blocker_cancel(self);
    return failed;
}
