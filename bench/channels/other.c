/* SPDX-License-Identifier: MIT */
/* other.c - a library in another language, by the macro RIVAL: crossbeam or mpsc of rust/lib.rs, or
 * go of go/main.go. */
#include "channels/rival.h"

#define JOIN(a, b) a##b
#define NAMED(a, b) JOIN(a, b)
#define TEXT(a) #a
#define TEXT_OF(a) TEXT(a)

extern bool NAMED(rival_move_, RIVAL)(const rival_run *run, rival_result *result);

bool rival_move(const rival_run *run, rival_result *result)
{
    return NAMED(rival_move_, RIVAL)(run, result);
}

const char *rival_name(void)
{
    return TEXT_OF(RIVAL);
}

const char *rival_version(void)
{
    return RIVAL_VERSION;
}
