/* SPDX-License-Identifier: MIT */
/* inverted_index_plain.c - the index made in the plainest way: all words of all files in one array,
 * sorted. */
#include "examples/inverted_index_kit.h"

#include "documents.h"
#include "entries.h"

typedef struct use {
    const unsigned char *word;
    size_t n;
    place where;
} use;

typedef struct plain {
    bytes uses;
    unsigned char **texts;
} plain;

static int compare_uses(const void *a, const void *b)
{
    const use *left = a;
    const use *right = b;
    const int order = memcmp(left->word, right->word, left->n < right->n ? left->n : right->n);
    if (order != 0)
        return order;
    if (left->n != right->n)
        return left->n < right->n ? -1 : 1;
    if (left->where.document != right->where.document)
        return left->where.document < right->where.document ? -1 : 1;
    return left->where.offset < right->where.offset ? -1 : 1;
}

unsigned char *kit_read_all(const char *path, size_t *n)
{
    FILE *file = fopen(path, "rb");
    if (file == NULL || fseek(file, 0, SEEK_END) != 0)
        abort();
    *n = (size_t)ftell(file);
    rewind(file);
    unsigned char *text = malloc(*n + 1);
    if (text == NULL || fread(text, 1, *n, file) != *n)
        abort();
    text[*n] = ' ';
    fclose(file);
    return text;
}

static bool is_letter(unsigned char c)
{
    return strchr("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789", c) != NULL
               ? c != 0
               : c > 127;
}

static void use_words(plain *all, unsigned char *text, size_t n, uint32_t document)
{
    size_t begin = 0;
    for (size_t i = 0; i <= n; i++) {
        if (is_letter(text[i])) {
            if (text[i] < 128 && text[i] >= 'A' && text[i] <= 'Z')
                text[i] = (unsigned char)(text[i] | 32);
            continue;
        }
        const use word = {text + begin, i - begin, {document, (uint32_t)begin}};
        if (word.n > 0 && word.n <= 64)
            (void)bytes_put(&all->uses, &word, sizeof word);
        begin = i + 1;
    }
}

static void index_plainly(plain *all, const documents *from)
{
    all->texts = calloc(from->n + 1, sizeof *all->texts);
    for (size_t i = 0; i < from->n; i++) {
        size_t n = 0;
        all->texts[i] = kit_read_all(from->paths[i], &n);
        if (memchr(all->texts[i], 0, n < 4096 ? n : 4096) == NULL)
            use_words(all, all->texts[i], n, (uint32_t)i);
    }
    if (all->uses.n > 0)
        qsort(all->uses.at, all->uses.n / sizeof(use), sizeof(use), compare_uses);
}

static void free_plain(plain *all, const documents *from)
{
    for (size_t i = 0; i < from->n; i++)
        free(all->texts[i]);
    free(all->texts);
    bytes_free(&all->uses);
}

/* The places of one entry against the next uses. */
static const char *judge_entry(entry_reader *from, const use *uses, size_t left, size_t *taken)
{
    bytes places = {0};
    const size_t n = (size_t)from->places_n;
    const char *problem = NULL;
    if (n == 0 || n > left || entry_copy_places(&(entry_writer){.bytes = &places}, from) != 0)
        problem = "the index has more words than the documents";
    for (size_t i = 0; i < n && problem == NULL; i++) {
        place here;
        memcpy(&here, places.at + i * sizeof here, sizeof here);
        if (uses[i].n != from->word_n || memcmp(uses[i].word, from->word, from->word_n) != 0 ||
            here.document != uses[i].where.document || here.offset != uses[i].where.offset)
            problem = wrong("'%.*s' is said to stand in document %u at %u", (int)from->word_n,
                            (const char *)from->word, here.document, here.offset);
    }
    if (n < left && problem == NULL && uses[n].n == from->word_n &&
        memcmp(uses[n].word, from->word, from->word_n) == 0)
        problem = "a place is missing";
    bytes_free(&places);
    *taken = n;
    return problem;
}

static const char *judge_names(FILE *file, const documents *from)
{
    char magic[8];
    uint64_t n = 0;
    if (fread(magic, 1, 8, file) != 8 || fread(&n, 1, sizeof n, file) != sizeof n || n != from->n)
        return "the index has the wrong number of names";
    for (size_t i = 0; i < from->n; i++) {
        for (const char *c = from->paths[i]; c == from->paths[i] || c[-1] != 0; c++) {
            if (getc(file) != (unsigned char)*c)
                return wrong("the name of document %zu is wrong", i);
        }
    }
    return NULL;
}

static const char *judge_index(const char *path, const plain *all, const documents *listed)
{
    entry_reader from = {.file = fopen(path, "rb")};
    if (from.file == NULL)
        return "there is no index";
    const use *uses = (const use *)(const void *)all->uses.at;
    size_t left = all->uses.n / sizeof(use);
    const char *problem = judge_names(from.file, listed);
    while (problem == NULL && entry_read(&from) > 0) {
        size_t taken = 0;
        problem = judge_entry(&from, uses, left, &taken);
        uses += taken;
        left -= taken;
    }
    fclose(from.file);
    if (problem == NULL && left > 0)
        problem = wrong("%zu words are missing", left);
    return problem;
}

const char *kit_check_plainly(const char *folder, const char *index)
{
    documents from = {0};
    plain all = {.texts = NULL};
    if (documents_list(&from, folder) != 0)
        return "the folder cannot be listed";
    index_plainly(&all, &from);
    const char *problem = judge_index(index, &all, &from);
    free_plain(&all, &from);
    documents_free(&from);
    return problem;
}
