/* SPDX-License-Identifier: MIT */
/* inverted_index_folder.c - the folder of texts that the tests make. */
#include "examples/inverted_index_kit.h"

#include "documents.h"
#include "words.h"

#include <ftw.h>
#include <sys/stat.h>
#include <unistd.h>

static char scratch[] = "/tmp/par-index-XXXXXX";

static int remove_one(const char *path, const struct stat *what, int type, struct FTW *where)
{
    (void)what;
    (void)type;
    (void)where;
    return remove(path);
}

static void end_scratch(void)
{
    (void)nftw(scratch, remove_one, 8, FTW_DEPTH | FTW_PHYS);
}

const char *kit_path(const char *name)
{
    static char path[256];
    (void)snprintf(path, sizeof path, "%s/%s", scratch, name);
    return path;
}

FILE *kit_create(const char *name)
{
    FILE *file = fopen(kit_path(name), "wb");
    if (file == NULL)
        abort();
    return file;
}

static void write_words(FILE *file, uint64_t *state, size_t n)
{
    static const char *const gaps[] = {" ", "\n", ", ", "--", "_", "\t(", ".\r\n"};
    static const char *const words[] = {"the", "Steal", "FORK", "join", "\xc3\xa4\xc3\xb6", "x1"};
    for (size_t i = 0; i < n; i++) {
        if (random_below(state, 3) == 0)
            fprintf(file, "w%zu", random_below(state, 500));
        else
            fputs(words[random_below(state, 6)], file);
        fputs(gaps[random_below(state, 7)], file);
    }
}

static void write_run(FILE *file, size_t n)
{
    for (size_t i = 0; i < n; i++)
        putc('a' + (int)(i % 26), file);
}

/* Small files of many sizes. */
static void make_small_files(uint64_t *state)
{
    for (size_t i = 0; i < 120; i++) {
        char name[64];
        snprintf(name, sizeof name, "texts/%s%zu.txt", i % 3 == 0 ? "below/" : "", i);
        FILE *file = kit_create(name);
        write_words(file, state, random_below(state, i % 10 == 0 ? 5000 : 200));
        fclose(file);
    }
}

/* What is cut: files longer than a piece, and runs that are no words where the cut would be. */
static void make_large_files(uint64_t *state)
{
    static const size_t before[] = {0,
                                    PIECE_BYTES - WORD_BYTES - 2,
                                    PIECE_BYTES - WORD_BYTES - 1,
                                    PIECE_BYTES - WORD_BYTES,
                                    PIECE_BYTES - 10,
                                    PIECE_BYTES - 1,
                                    PIECE_BYTES};
    static const size_t runs[] = {20,  WORD_BYTES,  WORD_BYTES + 1,
                                  200, PIECE_BYTES, 2 * PIECE_BYTES + 3};
    for (size_t i = 0; i < 7 * 6; i++) {
        char name[64];
        snprintf(name, sizeof name, "texts/large-%zu", i);
        FILE *file = kit_create(name);
        for (size_t at = 0; at < before[i / 6]; at++)
            putc(at % 1000 == 3 ? 'q' : ' ', file);
        write_run(file, runs[i % 6]);
        fputs(i % 2 == 0 ? " after it" : "", file);
        fclose(file);
    }
    FILE *file = kit_create("texts/many");
    write_words(file, state, 600000);
    fclose(file);
}

static void make_odd_files(void)
{
    fclose(kit_create("texts/empty"));
    FILE *file = kit_create("texts/binary");
    fwrite("words and \0 a zero", 1, 18, file);
    fclose(file);
    file = kit_create("texts/late");
    write_run(file, 5000);
    fwrite(" late \0 zero", 1, 12, file);
    fclose(file);
    char link_name[300];
    (void)snprintf(link_name, sizeof link_name, "%s", kit_path("texts/link"));
    if (symlink("late", link_name) != 0)
        abort();
}

void kit_make_folder(void)
{
    uint64_t state = 42;
    if (mkdtemp(scratch) == NULL || mkdir(kit_path("texts"), 0700) != 0 ||
        mkdir(kit_path("texts/below"), 0700) != 0 || mkdir(kit_path("out"), 0700) != 0)
        abort();
    atexit(end_scratch);
    make_small_files(&state);
    make_large_files(&state);
    make_odd_files();
}
