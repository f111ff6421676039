/* SPDX-License-Identifier: MIT */
/* text.h - the lines, words and other parts of a text as the source of an iterator (par/iter.h).
 *
 *     par_iter it = par_iter_lines(text, n);
 *     par_iter_filter(&it, not_empty, NULL);
 *     int code = par_iter_count(&it, &count);
 *
 * Elements are of the type par_text and point into the text, which is borrowed and need not end in
 * a 0. The bytes of a text are par_iter_over(text, 1, n).
 *
 * The text is cut by its length alone; what the iterator emits does not depend on where. A piece
 * emits the texts that begin in it, so a byte is looked at once, and a second time if a cut stands
 * between it and the beginning of its text. Nobody knows how many texts come before one: what needs
 * positions (enumerate, rev, take, skip, step_by, zip, interleave, chunks) returns EINVAL. The
 * positions of the source, of which par_iter_pieces speaks, are bytes. The calls that collect need
 * room for the texts that come out.
 *
 * Text is bytes. A separator is one byte; in UTF-8 no byte below 128 is a part of another
 * character.
 *
 * The functions may be called anywhere and do not block; they allocate nothing. The iterator is
 * EINVAL if `text` is NULL while n is not 0, or a function is NULL, and EOVERFLOW if n bytes do not
 * fit in memory's address range. */
#ifndef PAR_TEXT_H
#define PAR_TEXT_H

#include <par/iter.h>

PAR_BEGIN_DECLS

/* n bytes, without a 0 behind them. `text` is never NULL; n may be 0. */
typedef struct par_text {
    const char *text;
    size_t n;
} par_text;

/* The lines of n bytes, without the LF or CR LF that ends them. The last one may lack its end;
 * behind a final LF there is no other line. A CR anywhere else belongs to its line. */
PAR_API par_iter par_iter_lines(const char *text, size_t n) PAR_NOEXCEPT;

/* The words of n bytes: as long as they go without a space, tab, LF, VT, FF or CR. None is empty.
 */
PAR_API par_iter par_iter_words(const char *text, size_t n) PAR_NOEXCEPT;

/* What stands between separators, before the first and behind the last: of n bytes with k
 * separators always k + 1 texts, some of which may be empty. */
PAR_API par_iter par_iter_split_at(const char *text, size_t n, char separator) PAR_NOEXCEPT;

/* Returns where the first separator among n bytes stands, or NULL if there is none. Whether a byte
 * is one depends on nothing but that byte. Called from several threads at once, on any part of the
 * text; n is never 0. */
typedef const char *par_separator_fn(const char *text, size_t n, void *ctx);

/* par_iter_split_at with separators that a function finds. It is called about once for each text.
 */
PAR_API par_iter par_iter_split(const char *text, size_t n, par_separator_fn *find,
                                void *ctx) PAR_NOEXCEPT;

PAR_END_DECLS

#endif
