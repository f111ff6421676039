/* SPDX-License-Identifier: MIT */
#define _POSIX_C_SOURCE 200809L /* ftello, unlink */

#include "files.h"

#include "build.h"
#include "entries.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static const char magic[8] = "PARINDX";

/* ---- single files ---------------------------------------------------------------------------- */

static FILE *open_file(const files *self, size_t number, const char *mode)
{
    enum { BUFFER = 1 << 16 };
    char path[4096];
    const int n = snprintf(path, sizeof path, "%s.%zu", self->output, number);
    if (n < 0 || (size_t)n >= sizeof path) {
        errno = ENAMETOOLONG;
        return NULL;
    }
    FILE *file = fopen(path, mode);
    if (file != NULL)
        setvbuf(file, NULL, _IOFBF, BUFFER);
    return file;
}

void files_remove(const files *self, size_t number)
{
    char path[4096];
    snprintf(path, sizeof path, "%s.%zu", self->output, number);
    unlink(path);
}

/* Closes what was written; `code` is the failure until now. */
static int end_file(FILE *file, int code)
{
    if (fclose(file) != 0 && code == 0)
        code = errno;
    return code;
}

int files_write(const files *self, size_t number, const bytes *index)
{
    FILE *file = open_file(self, number, "wb");
    if (file == NULL)
        return errno;
    return end_file(file, fwrite(index->at, 1, index->n, file) == index->n ? 0 : errno);
}

/* ---- joining --------------------------------------------------------------------------------- */

static int open_all(const files *self, const size_t *numbers, size_t n, entry_reader *readers)
{
    for (size_t i = 0; i < n; i++) {
        readers[i].file = open_file(self, numbers[i], "rb");
        if (readers[i].file == NULL)
            return errno;
    }
    return 0;
}

/* Joins files into `out`, and removes them. */
static int join(const files *self, const size_t *numbers, size_t n, FILE *out, uint64_t *made)
{
    entry_reader *readers = calloc(n + 1, sizeof *readers);
    if (readers == NULL)
        return ENOMEM;
    entry_writer to = {.file = out};
    int code = open_all(self, numbers, n, readers);
    if (code == 0)
        code = entries_merge(&to, readers, n);
    for (size_t i = 0; i < n && readers[i].file != NULL; i++)
        fclose(readers[i].file);
    for (size_t i = 0; i < n; i++)
        files_remove(self, numbers[i]);
    free(readers);
    const off_t size = ftello(out);
    *made += size > 0 ? (uint64_t)size : 0;
    return code;
}

/* Makes one file of a full level. */
static int join_level(files *self, size_t level, size_t *number, uint64_t *made)
{
    *number = 2 * ++self->joined;
    FILE *out = open_file(self, *number, "wb");
    if (out == NULL)
        return errno;
    const int code = end_file(out, join(self, self->waiting[level], self->n[level], out, made));
    self->n[level] = 0;
    if (code != 0)
        files_remove(self, *number);
    return code;
}

int files_add(files *self, size_t number, uint64_t *made)
{
    for (size_t level = 0; level < FILES_LEVELS; level++) {
        self->waiting[level][self->n[level]++] = number;
        if (self->n[level] < FILES_AT_ONCE)
            return 0;
        const int code = join_level(self, level, &number, made);
        if (code != 0)
            return code;
    }
    files_remove(self, number);
    return EOVERFLOW;
}

/* The files that wait, in the order of their documents: those of high levels are the older ones. */
static size_t list_waiting(files *self, size_t *numbers)
{
    size_t n = 0;
    for (size_t level = FILES_LEVELS; level-- > 0;) {
        for (size_t i = 0; i < self->n[level]; i++)
            numbers[n++] = self->waiting[level][i];
        self->n[level] = 0;
    }
    return n;
}

static int write_names(FILE *out, char *const *names, size_t n)
{
    const uint64_t count = n;
    fwrite(magic, 1, sizeof magic, out);
    fwrite(&count, 1, sizeof count, out);
    for (size_t i = 0; i < n; i++)
        fwrite(names[i], 1, strlen(names[i]) + 1, out);
    return ferror(out) != 0 ? EIO : 0;
}

int files_finish(files *self, char *const *names, size_t names_n, uint64_t *made)
{
    size_t numbers[FILES_LEVELS * FILES_AT_ONCE];
    FILE *out = fopen(self->output, "wb");
    if (out == NULL)
        return errno;
    int code = write_names(out, names, names_n);
    if (code == 0)
        code = join(self, numbers, list_waiting(self, numbers), out, made);
    return end_file(out, code);
}

void files_free(files *self)
{
    size_t numbers[FILES_LEVELS * FILES_AT_ONCE];
    const size_t n = list_waiting(self, numbers);
    for (size_t i = 0; i < n; i++)
        files_remove(self, numbers[i]);
}

/* ---- looking up ------------------------------------------------------------------------------ */

/* Reads a name that ends with a zero byte. NULL at the end or without memory. */
static char *read_name(FILE *file)
{
    bytes name = {0};
    int c = 0;
    do {
        c = getc(file);
        const unsigned char byte = (unsigned char)c;
        if (c == EOF || bytes_put(&name, &byte, 1) != 0) {
            bytes_free(&name);
            return NULL;
        }
    } while (c != 0);
    return (char *)name.at;
}

static int read_names(FILE *file, documents *all)
{
    char head[sizeof magic];
    uint64_t n = 0;
    if (fread(head, 1, sizeof head, file) != sizeof head ||
        memcmp(head, magic, sizeof magic) != 0 || fread(&n, 1, sizeof n, file) != sizeof n ||
        n > UINT32_MAX)
        return EINVAL;
    all->paths = calloc((size_t)n + 1, sizeof *all->paths);
    if (all->paths == NULL)
        return ENOMEM;
    for (; all->n < n; all->n++) {
        all->paths[all->n] = read_name(file);
        if (all->paths[all->n] == NULL)
            return EIO;
    }
    return 0;
}

static int print_places(entry_reader *from, const documents *all, FILE *out)
{
    bytes places = {0};
    const size_t n = (size_t)from->places_n;
    const int code = entry_copy_places(&(entry_writer){.bytes = &places}, from);
    for (size_t i = 0; i < n && code == 0; i++) {
        place here;
        memcpy(&here, places.at + i * sizeof here, sizeof here);
        if (here.document < all->n)
            fprintf(out, "%s: %u\n", all->paths[here.document], here.offset);
    }
    bytes_free(&places);
    return code;
}

/* Reads from the beginning until the word is found. */
static long long find_in(entry_reader *from, const char *word, const documents *all, FILE *out)
{
    bytes passed = {0};
    long long found = 0;
    int code = 0;
    while (code == 0 && found == 0 && (code = entry_read(from)) > 0) {
        const bool is_it =
            from->word_n == strlen(word) && memcmp(from->word, word, from->word_n) == 0;
        found = is_it ? (long long)from->places_n : 0;
        passed.n = 0;
        code = is_it ? -print_places(from, all, out)
                     : -entry_copy_places(&(entry_writer){.bytes = &passed}, from);
    }
    bytes_free(&passed);
    return code < 0 ? code : found;
}

long long find_word(const char *index, const char *word, FILE *out)
{
    entry_reader from = {.file = fopen(index, "rb")};
    documents all = {0};
    if (from.file == NULL)
        return -(long long)errno;
    const int code = read_names(from.file, &all);
    const long long found = code != 0 ? -code : find_in(&from, word, &all, out);
    fclose(from.file);
    documents_free(&all);
    return found;
}
