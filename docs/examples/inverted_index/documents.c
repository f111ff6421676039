/* SPDX-License-Identifier: MIT */
#define _POSIX_C_SOURCE 200809L /* opendir, lstat, strdup */

#include "documents.h"

#include "words.h"

#include <dirent.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

/* ---- listing --------------------------------------------------------------------------------- */

static int add_path(documents *all, char *path)
{
    if ((all->n & (all->n - 1)) == 0) { /* room is the next power of two */
        char **paths = realloc(all->paths, (all->n == 0 ? 1 : 2 * all->n) * sizeof *paths);
        if (paths == NULL)
            return ENOMEM;
        all->paths = paths;
    }
    all->paths[all->n++] = path;
    return 0;
}

static char *join_path(const char *folder, const char *name)
{
    const size_t size = strlen(folder) + strlen(name) + 2;
    char *path = malloc(size);
    if (path != NULL)
        snprintf(path, size, "%s/%s", folder, name);
    return path;
}

static int list_folder(documents *all, const char *folder);

/* Takes over `path`. */
static int list_entry(documents *all, char *path)
{
    struct stat what;
    int code = 0;
    if (lstat(path, &what) != 0)
        code = EACCES;
    else if (S_ISREG(what.st_mode))
        code = add_path(all, path);
    else if (S_ISDIR(what.st_mode))
        code = list_folder(all, path);
    if (code != 0 || !S_ISREG(what.st_mode))
        free(path);
    return code == EACCES ? 0 : code; /* what may not be seen is not there */
}

static int list_folder(documents *all, const char *folder)
{
    DIR *dir = opendir(folder);
    if (dir == NULL)
        return errno;
    int code = 0;
    const struct dirent *entry;
    while (code == 0 && (entry = readdir(dir)) != NULL) {
        if (strcmp(entry->d_name, ".") == 0 || strcmp(entry->d_name, "..") == 0)
            continue;
        char *path = join_path(folder, entry->d_name);
        code = path == NULL ? ENOMEM : list_entry(all, path);
    }
    closedir(dir);
    return code;
}

static int compare_paths(const void *a, const void *b)
{
    return strcmp(*(char *const *)a, *(char *const *)b);
}

int documents_list(documents *all, const char *folder)
{
    const int code = list_folder(all, folder);
    if (code == 0 && all->n > UINT32_MAX)
        return EOVERFLOW;
    if (code == 0 && all->n > 0)
        qsort(all->paths, all->n, sizeof *all->paths, compare_paths);
    return code;
}

void documents_free(documents *all)
{
    for (size_t i = 0; i < all->n; i++)
        free(all->paths[i]);
    free(all->paths);
    *all = (documents){0};
}

/* ---- reading --------------------------------------------------------------------------------- */

static void close_file(reading *r)
{
    if (r->file != NULL)
        fclose(r->file);
    r->file = NULL;
}

/* Opens the next document there is. False: there are no more. */
static bool open_next(reading *r)
{
    while (r->file == NULL && r->next < r->all->n)
        r->file = fopen(r->all->paths[r->next++], "rb");
    r->offset = 0;
    r->is_in_a_run = false;
    return r->file != NULL;
}

static bool is_no_text(const reading *r, const bytes *text)
{
    enum { LOOK = 4096 };
    return r->offset == 0 && memchr(text->at, 0, text->n < LOOK ? text->n : LOOK) != NULL;
}

/* How much of a full piece to keep, so that no word goes on behind it. */
static size_t cut(const bytes *text)
{
    size_t n = text->n;
    while (n > 0 && text->n - n <= WORD_BYTES && is_of_word(text->at[n - 1]))
        n--;
    return n > 0 && !is_of_word(text->at[n - 1]) ? n : text->n;
}

/* Reads the rest of a run that was too long for a word, without what comes after it. */
static void skip_run(reading *r)
{
    int c = 0;
    while (r->is_in_a_run && (c = getc(r->file)) != EOF) {
        r->is_in_a_run = is_of_word((unsigned char)c);
        if (r->is_in_a_run)
            r->offset++;
        else
            ungetc(c, r->file);
    }
}

/* False: this document has no more. */
static bool read_piece(reading *r, bytes *text)
{
    skip_run(r);
    text->n = fread(text->at, 1, PIECE_BYTES, r->file);
    if (text->n == 0 || is_no_text(r, text) || r->offset + text->n > UINT32_MAX)
        return false;
    if (text->n < PIECE_BYTES)
        return true;
    const size_t kept = cut(text);
    r->is_in_a_run = is_of_word(text->at[kept - 1]);
    if (kept < text->n && fseek(r->file, (long)kept - (long)text->n, SEEK_CUR) != 0)
        return false;
    text->n = kept;
    return true;
}

int reading_next(reading *r, bytes *text, uint32_t *document, uint32_t *offset)
{
    text->n = 0;
    const int code = bytes_reserve(text, PIECE_BYTES);
    if (code != 0)
        return code;
    while (r->file != NULL || open_next(r)) {
        if (read_piece(r, text)) {
            *document = (uint32_t)(r->next - 1);
            *offset = (uint32_t)r->offset;
            r->offset += text->n;
            return 0;
        }
        close_file(r);
    }
    text->n = 0;
    return 0;
}
