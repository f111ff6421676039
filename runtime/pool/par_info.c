/* SPDX-License-Identifier: MIT */
/* par_info.c - the program par-info: prints what par finds on this machine and decides for it. */
#include <par/config.h>
#include <par/info.h>

#include <getopt.h>
#include <stdio.h>
#include <stdlib.h>

static const char usage[] = "usage: par-info [--help] [--version]\n"
                            "Prints par's options, limits, topology and placement of threads.\n";

static int print_info(void)
{
    const size_t length = par_info(NULL, NULL, 0);
    char *text = length > 0 ? malloc(length + 1) : NULL;
    if (text == NULL) {
        fprintf(stderr, "par-info: out of memory\n");
        return 1;
    }
    par_info(NULL, text, length + 1);
    const bool printed = fputs(text, stdout) != EOF && fflush(stdout) == 0;
    free(text);
    if (!printed)
        perror("par-info: standard output");
    return printed ? 0 : 1;
}

int main(int argc, char **argv)
{
    static const struct option options[] = {
        {"help", no_argument, NULL, 'h'}, {"version", no_argument, NULL, 'V'}, {NULL, 0, NULL, 0}};
    int option;
    while ((option = getopt_long(argc, argv, "hV", options, NULL)) != -1) {
        if (option == 'V')
            return printf("par-info %s\n", par_version()) < 0;
        fputs(usage, option == 'h' ? stdout : stderr);
        return option == 'h' ? 0 : 2;
    }
    if (optind < argc) {
        fprintf(stderr, "par-info: unexpected argument '%s': it takes none\n", argv[optind]);
        return 2;
    }
    return print_info();
}
