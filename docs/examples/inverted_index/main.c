/* SPDX-License-Identifier: MIT */
/* inverted_index - builds an index of the words of all files in a folder, and looks words up. */
#include "build.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

enum { SEGMENT_BYTES = 16 << 20 };

static int explain(void)
{
    fputs(
        "inverted_index [--tokens | --threads] FOLDER INDEX   builds INDEX of the files in FOLDER\n"
        "inverted_index --find WORD INDEX                     prints where WORD stands\n"
        "\n"
        "--tokens    the stages are tasks of par's pool (so it is if nothing is said)\n"
        "--threads   the stages have threads of their own, and channels between them\n",
        stderr);
    return 2;
}

static int fail(const char *what, int code)
{
    fprintf(stderr, "inverted_index: %s: %s\n", what, strerror(code));
    return 1;
}

static void print_report(const build_report *report)
{
    const double wall = (double)report->stats.wall_ns;
    printf("%zu documents in %.2f s, %.1f MB/s of text\n", report->documents, wall / 1e9,
           (double)report->bytes[0] * 1e3 / wall);
    puts("stage    items     MB made    MB/s    busy  places");
    for (size_t i = 0; i < BUILD_STAGES; i++) {
        const par_stage_stats *stage = &report->stages[i];
        const double made = (double)report->bytes[i];
        printf("%-6s %7llu  %10.1f  %6.0f  %5.1f%%  %6zu\n", build_stage_names[i],
               (unsigned long long)stage->items, made / 1e6,
               stage->busy_ns > 0 ? made * 1e3 / (double)stage->busy_ns : 0, 100 * stage->load,
               stage->places);
    }
    printf("bottleneck: %s\n", build_stage_names[report->stats.bottleneck]);
}

static int build(const char *folder, const char *output, bool uses_threads)
{
    const build_options options = {.folder = folder,
                                   .output = output,
                                   .uses_threads = uses_threads,
                                   .segment_bytes = SEGMENT_BYTES};
    static build_report report;
    const int code = build_index(&options, &report);
    if (code != 0)
        return fail(folder, code);
    print_report(&report);
    return 0;
}

static int find(const char *word, const char *index)
{
    const long long found = find_word(index, word, stdout);
    if (found < 0)
        return fail(index, (int)-found);
    printf("%s: %lld times\n", word, found);
    return 0;
}

int main(int argc, char **argv)
{
    if (argc == 4 && strcmp(argv[1], "--find") == 0)
        return find(argv[2], argv[3]);
    if (argc == 4 && strcmp(argv[1], "--threads") == 0)
        return build(argv[2], argv[3], true);
    if (argc == 4 && strcmp(argv[1], "--tokens") == 0)
        return build(argv[2], argv[3], false);
    if (argc == 3 && argv[1][0] != '-')
        return build(argv[1], argv[2], false);
    return explain();
}
