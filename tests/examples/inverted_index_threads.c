/* SPDX-License-Identifier: MIT */
/* inverted_index_threads.c - the index of the example against one made in the plainest way. It must
 * be the same bytes in both modes and for every number of threads. INDEX_FOLDER names a real folder
 * to index. */
#include "examples/inverted_index_kit.h"

#include "build.h"

#include <dirent.h>
#include <sys/stat.h>

static bool are_same(const char *a, const char *b)
{
    size_t a_n = 0;
    size_t b_n = 0;
    unsigned char *left = kit_read_all(a, &a_n);
    unsigned char *right = kit_read_all(b, &b_n);
    const bool same = a_n == b_n && memcmp(left, right, a_n) == 0;
    free(left);
    free(right);
    return same;
}

static size_t count_files(const char *folder)
{
    DIR *dir = opendir(folder);
    size_t n = 0;
    const struct dirent *entry;
    while (dir != NULL && (entry = readdir(dir)) != NULL)
        n += entry->d_name[0] != '.';
    closedir(dir);
    return n;
}

typedef struct order {
    build_options options;
    build_report report;
    int code;
} order;

static void build_task(void *arg)
{
    order *self = arg;
    self->code = build_index(&self->options, &self->report);
}

/* In a pool of `threads`; or in the default one. */
static const char *build_in(size_t threads, order *self)
{
    const char *problem = NULL;
    if (threads == 0) {
        build_task(self);
        return self->code == 0 ? NULL : strerror(self->code);
    }
    par_pool *pool = pool_of(threads, &problem);
    if (pool == NULL)
        return problem;
    (void)par_pool_run(pool, build_task, self);
    (void)par_pool_destroy(pool);
    return self->code == 0 ? NULL : strerror(self->code);
}

static const struct {
    bool uses_threads;
    size_t pool;
    size_t threads;
    size_t tokens;
} ways[] = {{false, 1, 0, 0}, {false, 2, 0, 0}, {false, 8, 0, 3}, {false, 0, 0, 1},
            {true, 0, 1, 0},  {true, 0, 3, 0},  {true, 2, 2, 1},  {true, 0, 8, 64}};

/* Builds it in all ways; the first index is compared with the plain one, the others with it. */
static const char *build_all_ways(const char *folder, size_t segment_bytes)
{
    char first[300];
    char next[300];
    (void)snprintf(first, sizeof first, "%s", kit_path("out/first"));
    (void)snprintf(next, sizeof next, "%s", kit_path("out/next"));
    const char *problem = NULL;
    for (size_t i = 0; i < sizeof ways / sizeof ways[0] && problem == NULL; i++) {
        order self = {.options = {.folder = folder,
                                  .output = i == 0 ? first : next,
                                  .uses_threads = ways[i].uses_threads,
                                  .threads = ways[i].threads,
                                  .tokens = ways[i].tokens,
                                  .segment_bytes = segment_bytes}};
        problem = build_in(ways[i].pool, &self);
        if (problem == NULL)
            problem = i == 0 ? kit_check_plainly(folder, first)
                             : (are_same(first, next) ? NULL : "it differs from the first");
        if (problem != NULL)
            problem = wrong("%s (way %zu)", problem, i);
    }
    if (problem == NULL && count_files(kit_path("out")) != 2)
        problem = "files on the way were left";
    (void)remove(first);
    (void)remove(next);
    return problem;
}

static const char *inverted_index_is_that_of_a_plain_loop(void)
{
    char folder[300];
    (void)snprintf(folder, sizeof folder, "%s", kit_path("texts"));
    return build_all_ways(folder, 1 << 20);
}

/* So that files are joined in three levels. */
static const char *inverted_index_joins_many_files(void)
{
    char folder[300];
    (void)snprintf(folder, sizeof folder, "%s", kit_path("texts/below"));
    return build_all_ways(folder, 1);
}

static const char *inverted_index_of_a_real_folder(void)
{
    const char *folder = getenv("INDEX_FOLDER");
    return build_all_ways(folder == NULL ? "/usr/share/common-licenses" : folder, 1 << 18);
}

static const char *inverted_index_of_nothing(void)
{
    char folder[300];
    (void)snprintf(folder, sizeof folder, "%s", kit_path("none"));
    if (mkdir(folder, 0700) != 0)
        return "the test cannot make a folder";
    return build_all_ways(folder, 1000);
}

static const char *inverted_index_finds_words(void)
{
    char folder[300];
    (void)snprintf(folder, sizeof folder, "%s", kit_path("small"));
    if (mkdir(folder, 0700) != 0)
        return "the test cannot make a folder";
    FILE *file = kit_create("small/a");
    fputs("To be, or not to be", file);
    fclose(file);
    order self = {.options = {.folder = folder, .output = kit_path("out/small")}};
    const char *problem = build_in(0, &self);
    FILE *out = tmpfile();
    const long long to = find_word(self.options.output, "to", out);
    const long long whether = find_word(self.options.output, "whether", out);
    fclose(out);
    if (problem == NULL && (to != 2 || whether != 0))
        problem = wrong("'to' is found %lld times, 'whether' %lld times", to, whether);
    (void)remove(kit_path("out/small"));
    return problem;
}

/* The output is in a folder that is not there: the stage that writes fails. */
static const char *inverted_index_returns_codes(void)
{
    char folder[300];
    (void)snprintf(folder, sizeof folder, "%s", kit_path("texts/below"));
    for (size_t i = 0; i < 2; i++) {
        order self = {.options = {.folder = folder,
                                  .output = "/nowhere/there/is",
                                  .uses_threads = i == 1,
                                  .segment_bytes = 1000}};
        (void)build_in(0, &self);
        if (self.code != ENOENT)
            return wrong("code %d", self.code);
        self.options.folder = "/nowhere";
        (void)build_in(0, &self);
        if (self.code != ENOENT)
            return wrong("code %d for a folder that is not there", self.code);
    }
    return NULL;
}

#define CHECKS(X)                                                                                  \
    X(inverted_index, is_that_of_a_plain_loop)                                                     \
    X(inverted_index, joins_many_files)                                                            \
    X(inverted_index, of_a_real_folder)                                                            \
    X(inverted_index, of_nothing)                                                                  \
    X(inverted_index, finds_words)                                                                 \
    X(inverted_index, returns_codes)

const check checks[] = {CHECKS(CHECK_ROW){NULL, NULL}};

int main(int argc, char **argv)
{
    kit_make_folder();
    return checks_main(argc, argv);
}
