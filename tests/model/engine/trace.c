/* SPDX-License-Identifier: MIT */
/* trace.c - what the threads do, a line for each step. */
#include "engine/inside.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

static const char *base_name(const char *path)
{
    const char *slash = strrchr(path, '/');
    return slash == NULL ? path : slash + 1;
}

void trace_line(const thread *of, model_site site, const char *format, ...)
{
    if (!model_run.tracing)
        return;
    char text[160];
    va_list args;
    va_start(args, format);
    (void)vsnprintf(text, sizeof text, format, args);
    va_end(args);
    const int column = (int)(of - model_run.threads) * 4;
    printf("%5zu %*s%-*s %-44s", model_run.steps, column, "", 22 - column, of->name, text);
    if (site.file != NULL)
        printf(" %s:%d", base_name(site.file), site.line);
    printf("\n");
}
