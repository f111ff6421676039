/* SPDX-License-Identifier: MIT */
/* option_rows.h - the option table as data, and an environment without PAR_ variables: for the
 * tests of option.c. */
#ifndef TESTS_BASE_OPTION_ROWS_H
#define TESTS_BASE_OPTION_ROWS_H

#include "base/option.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

typedef struct option_row {
    const char *variable;
    const char *words;
    const char *meaning;
    int64_t value;
    int64_t minimum;
    int64_t maximum;
    enum { NUMBER, SIZE, WORD, TEXT } kind;
} option_row;

static const option_row rows[] = {
#define X(id, variable, kind, value, minimum, maximum, words, meaning)                             \
    {variable, words, meaning, value, minimum, maximum, kind},
    WS_OPTIONS(X)
#undef X
};

/* No PAR_ variable of whoever runs the tests. */
static inline void clear_environment(void)
{
    char **entry = environ;
    while (*entry != NULL) {
        char name[256] = "";
        const size_t length = strcspn(*entry, "=");
        if (strncmp(*entry, "PAR_", 4) == 0 && length < sizeof name) {
            memcpy(name, *entry, length);
            unsetenv(name);
            entry = environ;
        } else {
            entry++;
        }
    }
    ws_option_reset();
}

#endif
