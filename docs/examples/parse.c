/* SPDX-License-Identifier: MIT */
/* parse.c - a loop that can fail: numbers from text, until one is not a number. */
#include <errno.h>
#include <par/loop.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { LINES = 10000 };

struct table {
    char text[LINES][12];
    long numbers[LINES];
};

static int parse(size_t begin, size_t end, void *arg)
{
    struct table *table = arg;
    for (size_t i = begin; i < end; i++) {
        char *rest;
        table->numbers[i] = strtol(table->text[i], &rest, 10);
        if (*rest != '\0')
            return EILSEQ;
    }
    return 0;
}

int main(void)
{
    static struct table table;
    for (size_t i = 0; i < LINES; i++)
        (void)snprintf(table.text[i], sizeof table.text[i], "%zu", i * 3);
    int code = par_try_for(0, LINES, parse, &table, NULL);
    printf("code %d, the last number is %ld\n", code, table.numbers[LINES - 1]);

    memcpy(table.text[7000], "21OOO", 6); /* letters, not zeros */
    code = par_try_for(0, LINES, parse, &table, NULL);
    printf("%s\n", code == EILSEQ ? "one line is not a number" : "no failure");
}
