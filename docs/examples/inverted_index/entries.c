/* SPDX-License-Identifier: MIT */
#include "entries.h"

#include <errno.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

typedef struct head {
    uint64_t places_n;
    uint32_t word_n;
    uint32_t reserved;
} head;

/* ---- bytes in and out ------------------------------------------------------------------------ */

static int failure(FILE *file)
{
    return ferror(file) != 0 && errno != 0 ? errno : EIO;
}

static bool is_at_end(entry_reader *from)
{
    if (from->file == NULL)
        return from->left == 0;
    const int c = getc(from->file);
    if (c == EOF)
        return ferror(from->file) == 0;
    ungetc(c, from->file);
    return false;
}

static int get(entry_reader *from, void *to, size_t n)
{
    if (from->file != NULL)
        return fread(to, 1, n, from->file) == n ? 0 : failure(from->file);
    if (n > from->left)
        return EIO;
    memcpy(to, from->at, n);
    from->at += n;
    from->left -= n;
    return 0;
}

static int put(entry_writer *to, const void *from, size_t n)
{
    if (to->file == NULL)
        return bytes_put(to->bytes, from, n);
    return fwrite(from, 1, n, to->file) == n ? 0 : failure(to->file);
}

/* ---- entries --------------------------------------------------------------------------------- */

int entry_read(entry_reader *from)
{
    head next;
    if (is_at_end(from))
        return 0;
    int code = get(from, &next, sizeof next);
    if (code == 0)
        code = next.word_n <= WORD_BYTES ? get(from, from->word, next.word_n) : EIO;
    from->word_n = next.word_n;
    from->places_n = next.places_n;
    return code == 0 ? 1 : -code;
}

int entry_write(entry_writer *to, const unsigned char *word, uint32_t word_n, uint64_t places_n)
{
    const head next = {places_n, word_n, 0};
    const int code = put(to, &next, sizeof next);
    return code != 0 ? code : put(to, word, word_n);
}

int entry_write_places(entry_writer *to, const place *places, size_t n)
{
    return put(to, places, n * sizeof *places);
}

int entry_copy_places(entry_writer *to, entry_reader *from)
{
    enum { AT_ONCE = 4096 };
    place some[AT_ONCE];
    int code = 0;
    while (code == 0 && from->places_n > 0) {
        const size_t n = from->places_n < AT_ONCE ? (size_t)from->places_n : AT_ONCE;
        code = get(from, some, n * sizeof *some);
        if (code == 0)
            code = entry_write_places(to, some, n);
        from->places_n -= n;
    }
    return code;
}

/* ---- merging --------------------------------------------------------------------------------- */

static int compare_words(const entry_reader *a, const entry_reader *b)
{
    const uint32_t n = a->word_n < b->word_n ? a->word_n : b->word_n;
    const int order = memcmp(a->word, b->word, n);
    return order != 0 ? order : (a->word_n > b->word_n) - (a->word_n < b->word_n);
}

/* By word, and for the same word by place in the array: so earlier documents come first. */
static bool is_before(const entry_reader *a, const entry_reader *b)
{
    const int order = compare_words(a, b);
    return order != 0 ? order < 0 : a < b;
}

/* A heap of readers, the first on top. */
typedef struct heap {
    entry_reader **readers;
    size_t n;
} heap;

static void sink(heap *h, size_t i)
{
    for (;;) {
        size_t first = i;
        for (size_t child = 2 * i + 1; child <= 2 * i + 2 && child < h->n; child++) {
            if (is_before(h->readers[child], h->readers[first]))
                first = child;
        }
        if (first == i)
            return;
        entry_reader *moved = h->readers[i];
        h->readers[i] = h->readers[first];
        h->readers[first] = moved;
        i = first;
    }
}

static int fill_heap(heap *h, entry_reader *from, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        const int more = entry_read(&from[i]);
        if (more < 0)
            return -more;
        if (more > 0)
            h->readers[h->n++] = &from[i];
    }
    for (size_t i = h->n / 2; i-- > 0;)
        sink(h, i);
    return 0;
}

/* Takes off the top all readers that stand at the same word, in order; `same` has room for all. */
static size_t take_same(heap *h, entry_reader **same, uint64_t *places_n)
{
    size_t n = 0;
    *places_n = 0;
    while (h->n > 0 && (n == 0 || compare_words(h->readers[0], same[0]) == 0)) {
        same[n++] = h->readers[0];
        *places_n += h->readers[0]->places_n;
        h->readers[0] = h->readers[--h->n];
        sink(h, 0);
    }
    return n;
}

static int rise(heap *h, entry_reader *reader)
{
    const int more = entry_read(reader);
    if (more <= 0)
        return -more;
    size_t i = h->n++;
    for (; i > 0 && is_before(reader, h->readers[(i - 1) / 2]); i = (i - 1) / 2)
        h->readers[i] = h->readers[(i - 1) / 2];
    h->readers[i] = reader;
    return 0;
}

static int merge_word(entry_writer *to, heap *h, entry_reader **same)
{
    uint64_t places_n = 0;
    const size_t n = take_same(h, same, &places_n);
    int code = entry_write(to, same[0]->word, same[0]->word_n, places_n);
    for (size_t i = 0; i < n && code == 0; i++)
        code = entry_copy_places(to, same[i]);
    for (size_t i = 0; i < n && code == 0; i++)
        code = rise(h, same[i]);
    return code;
}

int entries_merge(entry_writer *to, entry_reader *from, size_t n)
{
    if (n == 0)
        return 0;
    heap h = {.readers = malloc(2 * n * sizeof *h.readers)};
    if (h.readers == NULL)
        return ENOMEM;
    int code = fill_heap(&h, from, n);
    while (code == 0 && h.n > 0)
        code = merge_word(to, &h, h.readers + n);
    free(h.readers);
    return code;
}
