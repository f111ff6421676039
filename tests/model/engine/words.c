/* SPDX-License-Identifier: MIT */
/* words.c - which words are shared, found out by running: a word counts as private until a second
 * thread uses it. Whoever finds out that more is shared than was known repeats the search, so the
 * last one has known all. */
#include "engine/inside.h"

enum { TABLE = 8192 };

bool words_all_shared;

static known_word table[TABLE];
static size_t used;
static uint64_t execution;
static uint64_t hash;
static bool grown;

static known_word *find(const void *at)
{
    size_t i = (size_t)model_mix((uintptr_t)at, 0) % TABLE;
    while (table[i].at != NULL && table[i].at != at)
        i = (i + 1) % TABLE;
    known_word *word = &table[i];
    if (word->at == NULL) {
        if (++used > TABLE / 2)
            model_fail(MODEL_MISUSE, "more than %d words", TABLE / 2);
        word->at = at;
    }
    return word;
}

static bool has_several(unsigned bits)
{
    return (bits & (bits - 1)) != 0;
}

static bool is_shared(const known_word *word)
{
    return word->writers != 0 && has_several(word->readers | word->writers);
}

known_word *words_use(const void *at, unsigned how)
{
    known_word *word = find(at);
    const unsigned bit = 1U << (unsigned)(model_run.current - model_run.threads);
    if ((how & WORD_READ) != 0)
        word->readers |= bit;
    if ((how & WORD_CHANGE) != 0)
        word->writers |= bit;
    if (!word->shared && (words_all_shared || is_shared(word))) {
        word->shared = true;
        grown = true;
    }
    if (!word->contended && (words_all_shared || has_several(word->writers))) {
        word->contended = true;
        grown = true;
    }
    return word;
}

uint64_t words_tag(known_word *word)
{
    if (word->execution != execution) {
        word->execution = execution;
        word->tag = (uintptr_t)word->at;
    }
    return word->tag;
}

void words_change(known_word *word, uint64_t origin)
{
    const uint64_t before = words_tag(word);
    word->tag = model_mix(before, origin);
    hash += word->tag - before;
}

uint64_t words_hash(void)
{
    return hash;
}

void words_begin(void)
{
    execution++;
    hash = 0;
}

bool words_are_growing(void)
{
    return grown && !words_all_shared;
}

bool words_have_grown(void)
{
    const bool answer = words_are_growing();
    grown = false;
    return answer;
}
