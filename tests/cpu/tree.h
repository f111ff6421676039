/* SPDX-License-Identifier: MIT */
/* tree.h - a temporary folder with files in it, for tests of what reads the system's files. */
#ifndef TESTS_CPU_TREE_H
#define TESTS_CPU_TREE_H

#include <ftw.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

/* Ends the test program: without its files nothing can be said. */
static inline void tree_require(int condition, const char *what)
{
    if (!condition) {
        perror(what);
        abort();
    }
}

/* Makes the folder; `root` has room for 64 letters. */
static inline void tree_begin(char *root)
{
    const char *const folder = getenv("TMPDIR");
    snprintf(root, 64, "%.40s/par-tree-XXXXXX", folder != NULL ? folder : P_tmpdir);
    tree_require(mkdtemp(root) != NULL, root);
}

static inline int tree_remove_entry(const char *path, const struct stat *status, int type,
                                    struct FTW *walk)
{
    (void)status;
    (void)type;
    (void)walk;
    return remove(path);
}

static inline void tree_end(const char *root)
{
    nftw(root, tree_remove_entry, 8, FTW_DEPTH | FTW_PHYS);
}

/* Makes every folder above the last slash. */
static inline void tree_make_folders(char *path)
{
    for (char *slash = strchr(path + 1, '/'); slash != NULL; slash = strchr(slash + 1, '/')) {
        *slash = '\0';
        mkdir(path, 0700);
        *slash = '/';
    }
}

/* Writes <root><path>; a path that ends in a slash becomes an empty folder. */
static inline void tree_write(const char *root, const char *path, const void *content, size_t size)
{
    char full[512];
    snprintf(full, sizeof full, "%s%s", root, path);
    tree_make_folders(full);
    if (full[strlen(full) - 1] == '/') {
        return;
    }
    FILE *const file = fopen(full, "w");
    tree_require(file != NULL, full);
    tree_require(fwrite(content, 1, size, file) == size, full);
    fclose(file);
}

#endif
