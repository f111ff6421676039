/* SPDX-License-Identifier: MIT */
/* folder.c - see folder.h. */
#include "mandelbrot/base/folder.h"

#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static void need(bool condition, const char *what)
{
    if (condition)
        return;
    perror(what);
    abort();
}

folder folder_make(void)
{
    folder f;
    char here[200];
    need(getcwd(here, sizeof here) != NULL, "getcwd");
    snprintf(f.path, sizeof f.path, "%s/mandelbrot-test-XXXXXX", here);
    need(mkdtemp(f.path) != NULL, "mkdtemp");
    return f;
}

static bool is_file(const struct dirent *entry)
{
    return strcmp(entry->d_name, ".") != 0 && strcmp(entry->d_name, "..") != 0;
}

void folder_remove(folder *f)
{
    DIR *const dir = opendir(f->path);
    need(dir != NULL, f->path);
    for (const struct dirent *entry = readdir(dir); entry != NULL; entry = readdir(dir))
        if (is_file(entry))
            (void)unlinkat(dirfd(dir), entry->d_name, 0);
    closedir(dir);
    need(rmdir(f->path) == 0, f->path);
}

size_t folder_files(const folder *f)
{
    size_t n = 0;
    DIR *const dir = opendir(f->path);
    need(dir != NULL, f->path);
    for (const struct dirent *entry = readdir(dir); entry != NULL; entry = readdir(dir))
        n += is_file(entry);
    closedir(dir);
    return n;
}

const char *folder_path(const folder *f, const char *name)
{
    enum { KEPT = 4 };
    static char paths[KEPT][600];
    static int last;
    last = (last + 1) % KEPT;
    snprintf(paths[last], sizeof paths[last], "%s/%s", f->path, name);
    return paths[last];
}

uint8_t *folder_read(const char *path, size_t *n)
{
    *n = 0;
    FILE *const file = fopen(path, "rb");
    if (file == NULL)
        return NULL;
    size_t room = 1 << 16;
    uint8_t *bytes = malloc(room);
    need(bytes != NULL, "malloc");
    while ((*n += fread(bytes + *n, 1, room - *n - 1, file)) == room - 1) {
        room *= 2;
        bytes = realloc(bytes, room);
        need(bytes != NULL, "realloc");
    }
    bytes[*n] = 0;
    fclose(file);
    return bytes;
}

void folder_write(const char *path, const char *text)
{
    FILE *const file = fopen(path, "wb");
    need(file != NULL && fputs(text, file) >= 0 && fclose(file) == 0, path);
}

bool folder_same(const folder *f, const char *name_a, const char *name_b)
{
    size_t n_a;
    size_t n_b;
    uint8_t *const a = folder_read(folder_path(f, name_a), &n_a);
    uint8_t *const b = folder_read(folder_path(f, name_b), &n_b);
    const bool same = a != NULL && b != NULL && n_a == n_b && memcmp(a, b, n_a) == 0;
    free(a);
    free(b);
    return same;
}
