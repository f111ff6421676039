/* SPDX-License-Identifier: MIT */
/* glossary.c - many files, each searched for the words of a glossary that all share; the first file
 * that cannot be read is the result. */
#include <errno.h>
#include <par/typed.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { WORDS = 3 };

struct glossary {
    const char *words[WORDS];
};

struct report {
    int code;         /* what went wrong, or 0 */
    const char *file; /* where */
    size_t files;
    size_t found[WORDS];
};

static size_t count_word(const char *text, const char *word)
{
    size_t count = 0;
    for (const char *at = text; (at = strstr(at, word)) != NULL; at += strlen(word))
        count++;
    return count;
}

/* The shared glossary is const: no thread changes it, so no lock is needed. */
static inline struct report search(const char *file, const struct glossary *glossary)
{
    struct report report = {.file = file, .files = 1};
    char line[4096];
    FILE *in = fopen(file, "r");
    if (in == NULL) {
        report.code = errno;
        return report;
    }
    while (fgets(line, sizeof line, in) != NULL)
        for (size_t i = 0; i < WORDS; i++)
            report.found[i] += count_word(line, glossary->words[i]);
    report.code = ferror(in) ? EIO : 0;
    fclose(in);
    return report;
}

/* The failure of the first file in order wins, whichever thread meets one first. */
static inline struct report add(struct report left, struct report right)
{
    if (left.code != 0 || right.code != 0)
        return left.code != 0 ? left : right;
    left.files += right.files;
    for (size_t i = 0; i < WORDS; i++)
        left.found[i] += right.found[i];
    return left;
}

typedef const char *name;
PAR_DEFINE_MAP_CTX(search_all, struct report, name, struct glossary, search)
PAR_DEFINE_REDUCE_WITH(sum_of, struct report, add)

static int print_report(const name *files, size_t n)
{
    static const struct glossary glossary = {{"thread", "core", "steal"}};
    struct report *reports = malloc(n * sizeof *reports);
    struct report all = {.files = 0};
    int code = reports == NULL ? ENOMEM : search_all(reports, files, n, &glossary);
    if (code == 0)
        code = sum_of(&all, reports, n);
    free(reports);
    if (code == 0)
        code = all.code;
    if (code != 0)
        printf("%s: %s\n", all.file != NULL ? all.file : "no files", strerror(code));
    else
        printf("%zu files: thread %zu, core %zu, steal %zu\n", all.files, all.found[0],
               all.found[1], all.found[2]);
    return code;
}

int main(int argc, char *argv[])
{
    if (argc > 1)
        return print_report((const name *)argv + 1, (size_t)argc - 1) != 0;
    static const name texts[] = {"a thread on each core\n", "who is idle may steal\n",
                                 "to steal is to take from another thread\n"};
    name files[] = {"glossary-1.txt", "glossary-2.txt", "glossary-3.txt", "glossary-4.txt"};
    for (size_t i = 0; i < 3; i++) {
        FILE *out = fopen(files[i], "w");
        if (out == NULL || fputs(texts[i], out) == EOF || fclose(out) != 0)
            return 1;
    }
    print_report(files, 3);
    print_report(files, 4); /* there is no fourth */
    for (size_t i = 0; i < 3; i++)
        remove(files[i]);
    return 0;
}
