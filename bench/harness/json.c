/* SPDX-License-Identifier: MIT */
/* json.c - see json.h. */
#include "harness/json.h"

#include <math.h>
#include <string.h>

void bench_json_string(FILE *stream, const char *text)
{
    putc('"', stream);
    for (const unsigned char *c = (const unsigned char *)text; *c != 0; c++) {
        if (*c == '"' || *c == '\\')
            fprintf(stream, "\\%c", *c);
        else if (*c < 0x20 || *c > 0x7e)
            fprintf(stream, "\\u%04x", *c);
        else
            putc(*c, stream);
    }
    putc('"', stream);
}

void bench_json_number(FILE *stream, double value)
{
    if (!isfinite(value)) {
        fputs("null", stream);
        return;
    }
    char text[32];
    snprintf(text, sizeof text, "%.9g", value);
    char *const comma = strchr(text, ',');
    if (comma != NULL)
        *comma = '.';
    fputs(text, stream);
}
