/* SPDX-License-Identifier: MIT */
/* index_text.c - a table of the words, each with the list of its places; then the words are sorted,
 * and the lists written one after the other. */
#include "index_text.h"

#include "entries.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#define NONE UINT32_MAX

/* All words that are the same. */
typedef struct term {
    const unsigned char *word;
    uint32_t word_n;
    uint32_t hash;
    uint32_t places_n;
    uint32_t first; /* of `hits` */
    uint32_t last;
} term;

/* One word of the text. */
typedef struct hit {
    uint32_t at;
    uint32_t next;
} hit;

typedef struct table {
    bytes terms; /* in the order in which they were found */
    bytes hits;
    uint32_t *slots; /* each NONE or the number of a term */
    size_t slots_n;  /* a power of two */
} table;

static term *terms_of(const table *t)
{
    return (term *)(void *)t->terms.at;
}

static hit *hits_of(const table *t)
{
    return (hit *)(void *)t->hits.at;
}

static uint32_t hash_of(const unsigned char *word, size_t n)
{
    uint32_t hash = 2166136261U;
    for (size_t i = 0; i < n; i++)
        hash = (hash ^ word[i]) * 16777619U;
    return hash ^ hash >> 15;
}

/* ---- the table ------------------------------------------------------------------------------- */

static int make_slots(table *t, size_t n)
{
    uint32_t *slots = malloc(n * sizeof *slots);
    if (slots == NULL)
        return ENOMEM;
    memset(slots, 0xff, n * sizeof *slots);
    const size_t terms_n = t->terms.n / sizeof(term);
    for (uint32_t i = 0; i < terms_n; i++) {
        size_t slot = terms_of(t)[i].hash & (n - 1);
        while (slots[slot] != NONE)
            slot = (slot + 1) & (n - 1);
        slots[slot] = i;
    }
    free(t->slots);
    t->slots = slots;
    t->slots_n = n;
    return 0;
}

/* The slot of the word, or the one where it belongs. */
static uint32_t *find(const table *t, const term *wanted)
{
    size_t slot = wanted->hash & (t->slots_n - 1);
    for (; t->slots[slot] != NONE; slot = (slot + 1) & (t->slots_n - 1)) {
        const term *seen = &terms_of(t)[t->slots[slot]];
        if (seen->hash == wanted->hash && seen->word_n == wanted->word_n &&
            memcmp(seen->word, wanted->word, wanted->word_n) == 0)
            break;
    }
    return &t->slots[slot];
}

static int add(table *t, const unsigned char *word, size_t word_n, size_t at)
{
    const uint32_t number = (uint32_t)(t->hits.n / sizeof(hit));
    const hit here = {(uint32_t)at, NONE};
    const term fresh = {word, (uint32_t)word_n, hash_of(word, word_n), 1, number, number};
    int code = bytes_put(&t->hits, &here, sizeof here);
    if (code != 0)
        return code;
    uint32_t *slot = find(t, &fresh);
    if (*slot != NONE) {
        term *known = &terms_of(t)[*slot];
        hits_of(t)[known->last].next = number;
        known->last = number;
        known->places_n++;
        return 0;
    }
    *slot = (uint32_t)(t->terms.n / sizeof(term));
    code = bytes_put(&t->terms, &fresh, sizeof fresh);
    if (code == 0 && t->terms.n / sizeof(term) > t->slots_n / 2)
        code = make_slots(t, 2 * t->slots_n);
    return code;
}

/* ---- the index ------------------------------------------------------------------------------- */

static int compare_terms(const void *a, const void *b)
{
    const term *left = a;
    const term *right = b;
    const uint32_t n = left->word_n < right->word_n ? left->word_n : right->word_n;
    const int order = memcmp(left->word, right->word, n);
    return order != 0 ? order : (left->word_n > right->word_n) - (left->word_n < right->word_n);
}

static int write_term(entry_writer *to, const table *t, const term *self, place base)
{
    int code = entry_write(to, self->word, self->word_n, self->places_n);
    for (uint32_t i = self->first; i != NONE && code == 0; i = hits_of(t)[i].next) {
        const place here = {base.document, base.offset + hits_of(t)[i].at};
        code = entry_write_places(to, &here, 1);
    }
    return code;
}

static int write_terms(bytes *index, const table *t, place base)
{
    const size_t n = t->terms.n / sizeof(term);
    entry_writer to = {.bytes = index};
    int code = 0;
    if (n > 0)
        qsort(terms_of(t), n, sizeof(term), compare_terms);
    for (size_t i = 0; i < n && code == 0; i++)
        code = write_term(&to, t, &terms_of(t)[i], base);
    return code;
}

int index_text(bytes *index, unsigned char *text, size_t n, uint32_t document, uint32_t offset)
{
    enum { SLOTS = 1024 };
    table t = {.slots = NULL};
    size_t at = 0;
    size_t begin = 0;
    size_t word_n = 0;
    int code = make_slots(&t, SLOTS);
    while (code == 0 && (word_n = next_word(text, n, &at, &begin)) > 0)
        code = add(&t, text + begin, word_n, begin);
    if (code == 0)
        code = write_terms(index, &t, (place){document, offset});
    bytes_free(&t.terms);
    bytes_free(&t.hits);
    free(t.slots);
    return code;
}
