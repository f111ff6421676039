/* SPDX-License-Identifier: MIT */
/* ref_info.c - the first lines of what par found and decided. */
#include <par/info.h>
#include <stdio.h>
#include <stdlib.h>

int main(void)
{
    const size_t length = par_info(NULL, NULL, 0);
    char *text = malloc(length + 1);
    if (text == NULL)
        return 1;
    par_info(NULL, text, length + 1);
    fputs(text, stdout);
    free(text);
}
