/* SPDX-License-Identifier: MIT */
/* iter_text.c - the parts of a text as a source. The positions of the source are the bytes of the
 * text; where parts may be empty there is one position more, behind the last byte.
 *
 * T1  A part begins at a position that is 0 or stands behind a separator; a word, where none stands
 *     before. So at most one begins at each, and whether one does shows in two bytes.
 * T2  A piece emits the parts that begin in it, and follows the last one to its end, also beyond
 *     the piece's. It looks for the first beginning only inside the piece. So all pieces together
 *     emit each part once, and look at a byte twice at most. */
#include "par_iter/lazy/iter_text.h"

#include "par_iter/base/array.h"

#include <string.h>

enum text_kind { LINES, SPLIT_AT, SPLIT, WORDS };

/* Positions of a piece of a for_each, unless the user says something else. */
enum { PIECE = 4096 };

/* ---- sources -------------------------------------------------------------------------------- */

static par_iter source(enum text_kind kind, const char *text, size_t n)
{
    static const char nothing[1] = {0};
    const int code = ws_array_check(text, 1, n);
    const bool has_last = kind == SPLIT || kind == SPLIT_AT;
    return (par_iter){.status_ = code,
                      .kind_ = WS_ITER_TEXT,
                      .size_ = sizeof(par_text),
                      .n_ = code != 0 ? 0 : n + has_last,
                      .step_ = 1,
                      .source_size_ = 1,
                      .source_element_ = sizeof(par_text),
                      .chunk_ = kind,
                      .offset_ = n,
                      .base_ = text == NULL ? nothing : text,
                      .min_piece_ = PIECE};
}

par_iter par_iter_lines(const char *text, size_t n)
{
    return source(LINES, text, n);
}

par_iter par_iter_words(const char *text, size_t n)
{
    return source(WORDS, text, n);
}

par_iter par_iter_split_at(const char *text, size_t n, char separator)
{
    par_iter it = source(SPLIT_AT, text, n);
    it.first_ = (unsigned char)separator;
    return it;
}

par_iter par_iter_split(const char *text, size_t n, par_separator_fn *find, void *ctx)
{
    par_iter it = source(SPLIT, text, n);
    it.fn_.separator = find;
    it.ctx_ = ctx;
    if (find == NULL)
        it.status_ = EINVAL;
    return it;
}

/* ---- emitting ------------------------------------------------------------------------------- */

typedef struct writer {
    par_text *block;
    size_t n;
    size_t most;
    ws_iter_emit *emit;
    void *to;
} writer;

static int flush(writer *w)
{
    const size_t n = w->n;
    w->n = 0;
    return n == 0 ? 0 : w->emit(w->to, w->block, n);
}

static inline int put(writer *w, const char *begin, const char *end)
{
    w->block[w->n++] = (par_text){begin, (size_t)(end - begin)};
    return w->n == w->most ? flush(w) : 0;
}

/* ---- between separators --------------------------------------------------------------------- */

static const char *find_in(const par_iter *it, const char *from, size_t n)
{
    if (it->chunk_ == SPLIT)
        return it->fn_.separator(from, n, it->ctx_);
    return memchr(from, it->chunk_ == LINES ? '\n' : (int)it->first_, n);
}

/* The position of the first separator from begin on, or `end` if there is none before. */
static size_t find(const par_iter *it, size_t begin, size_t end)
{
    const char *const text = it->base_;
    const char *const found = begin < end ? find_in(it, text + begin, end - begin) : NULL;
    return found == NULL ? end : (size_t)(found - text);
}

static int put_part(const par_iter *it, size_t begin, size_t end, writer *w)
{
    const char *const text = it->base_;
    const bool has_cr =
        it->chunk_ == LINES && end > begin && end < it->offset_ && text[end - 1] == '\r';
    return put(w, text + begin, text + end - has_cr);
}

static int emit_parts(const par_iter *it, size_t begin, size_t end, writer *w)
{
    size_t from = begin == 0 ? 0 : find(it, begin - 1, end - 1) + 1;
    int code = 0;
    while (from < end && code == 0) {
        const size_t to = find(it, from, it->offset_);
        code = put_part(it, from, to, w);
        from = to + 1; /* behind the last one it is behind all positions */
    }
    return code;
}

/* ---- words ---------------------------------------------------------------------------------- */

/* Each byte of a word, and its lowest and highest bit. */
#define ONES UINT64_C(0x0101010101010101)
#define LOW_BITS (0x7f * ONES)
#define HIGH_BITS (0x80 * ONES)

/* Compilers make one load of it. */
static inline uint64_t load(const unsigned char *from)
{
    uint64_t word = 0;
    for (int i = 0; i < 8; i++)
        word |= (uint64_t)from[i] << (8 * i);
    return word;
}

/* Bit i says whether byte i is white. A sum that reaches the highest bit of a byte tells that the
 * lower seven are at least so much. */
static inline uint64_t white_of_8(uint64_t bytes)
{
    const uint64_t low = bytes & LOW_BITS;
    const uint64_t from_tab = low + (0x80 - '\t') * ONES;
    const uint64_t above_cr = low + (0x80 - '\r' - 1) * ONES;
    const uint64_t not_space = (low ^ ' ' * ONES) + LOW_BITS;
    const uint64_t white = ((from_tab & ~above_cr) | ~not_space) & ~bytes & HIGH_BITS;
    return ((white >> 7) * UINT64_C(0x0102040810204080)) >> 56;
}

static uint64_t white_of_64(const char *from)
{
    const unsigned char *const bytes = (const unsigned char *)from;
    uint64_t white = 0;
    for (unsigned i = 0; i < 64; i += 8)
        white |= white_of_8(load(bytes + i)) << i;
    return white;
}

/* What lies behind the text is white. */
static uint64_t white_of(const char *from, const char *end)
{
    char rest[64];
    if (end - from >= 64)
        return white_of_64(from);
    memset(rest, ' ', sizeof rest);
    memcpy(rest, from, (size_t)(end - from));
    return white_of_64(rest);
}

/* A word that has begun. */
typedef struct open_word {
    bool is_open;
    const char *from; /* NULL: it began in another piece */
} open_word;

/* Takes the edges of 64 bytes in turn: where words begin and where they end. Words that begin at
 * `end` or behind are those of others. */
static int emit_edges(uint64_t edges, const char *at, const char *end, open_word *word, writer *w)
{
    int code = 0;
    for (; edges != 0 && code == 0; edges &= edges - 1) {
        const char *const edge = at + __builtin_ctzll(edges);
        if (word->is_open && word->from != NULL)
            code = put(w, word->from, edge);
        word->is_open = !word->is_open;
        word->from = edge < end ? edge : NULL;
    }
    return code;
}

static int emit_words(const par_iter *it, const char *begin, const char *end, writer *w)
{
    const char *const text_end = (const char *)it->base_ + it->offset_;
    const bool is_white = begin == it->base_ || (white_of(begin - 1, begin) & 1) != 0;
    open_word word = {!is_white, NULL};
    int code = 0;
    for (const char *at = begin; code == 0 && at < text_end; at += 64) {
        if (at >= end && !(word.is_open && word.from != NULL))
            return 0;
        const uint64_t white = white_of(at, text_end);
        code = emit_edges(white ^ (white << 1 | !word.is_open), at, end, &word, w);
        if (text_end - at <= 64)
            break;
    }
    if (code == 0 && word.is_open && word.from != NULL)
        code = put(w, word.from, text_end);
    return code;
}

/* ---- pieces --------------------------------------------------------------------------------- */

int ws_iter_text_piece(const par_iter *it, size_t begin, size_t end, par_text *block, size_t most,
                       ws_iter_emit *emit, void *to)
{
    const char *const text = it->base_;
    writer w = {.block = block, .most = most, .emit = emit, .to = to};
    const int code = it->chunk_ == WORDS ? emit_words(it, text + begin, text + end, &w)
                                         : emit_parts(it, begin, end, &w);
    return code != 0 ? code : flush(&w);
}
