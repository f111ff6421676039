/* SPDX-License-Identifier: MIT */
/* iter.h - parallel iterators: a source, stages that its elements pass through, and a call that
 * runs it all. Nothing runs before that call, and nothing is stored between the stages but a block
 * that fits into a first-level cache.
 *
 *     par_iter it = par_iter_over(x, sizeof *x, n);
 *     par_iter_map(&it, sizeof(float), squares, NULL);
 *     par_iter_filter(&it, above, &limit);
 *     int code = par_iter_reduce_with(&it, &top, largest_fold, largest_merge, NULL);
 *
 * Stages and consumers are the block functions of par/algorithm.h; par/typed.h makes them from a
 * function of one element.
 *
 * A par_iter is a value: it may be copied, needs no end, and borrows what it is given, which must
 * outlive the calls that run it. Building one allocates nothing and may be done anywhere; what is
 * wrong in it is kept and returned by the call that runs it, which changes nothing then. Elements
 * have at most PAR_ITER_MAX_SIZE bytes, and there are at most PAR_ITER_MAX_STAGES stages; more is
 * EINVAL. Elements handed to a stage are aligned as the source's are, or to 64 bytes where they
 * stand in a block of par's.
 *
 * Order: the elements of an iterator have one, that of its source. Ordered results do not depend on
 * the number of threads: the source is cut into pieces by its length and element size alone. Stages
 * see the blocks of different pieces at the same time.
 *
 * Positions: after a filter, filter_map or flat_map nobody knows how many elements come before one.
 * Where positions are needed then (enumerate, positions, rev, take, skip, step_by, zip, interleave,
 * intersperse, chunks), the iterator returns EINVAL.
 *
 * The calls that run it may be made from any thread, inside tasks too; they block until all is done
 * and run only what they forked meanwhile. They return 0; an errno code: what was wrong in the
 * iterator, EINVAL for a NULL, ENOMEM, ECANCELED as par_try_for; or, unchanged, the first negative
 * value that a block function returned: blocks not yet begun are then skipped. */
#ifndef PAR_ITER_H
#define PAR_ITER_H

#include <par/algorithm.h>

PAR_BEGIN_DECLS

enum { PAR_ITER_MAX_STAGES = 8, PAR_ITER_MAX_SIZE = 16384 };

/* Writes n elements of a source of the user's own, those at the positions first, first + 1 and so
 * on. Returns 0, or a negative value to stop the whole call. Called from several threads at once,
 * in any order, and once for each position unless a stage needs it again. */
typedef int par_fill_fn(void *out, size_t first, size_t n, void *ctx);

typedef struct par_iter par_iter;

/* What a flat_map writes its elements to. */
typedef struct par_sink par_sink;

/* Hands n more elements on, which are copied. Returns 0, or a value that the flat_map returns at
 * once: the rest of the call has been stopped, or nothing more is wanted. */
PAR_API int par_sink_put(par_sink *sink, const void *elements, size_t n) PAR_NOEXCEPT;

/* Runs another iterator, and hands its elements on in their order: they are of the size that the
 * flat_map puts out (EINVAL). One of more than 4096 positions, or than its pieces are to have, is
 * run in parallel, and what comes out of it is stored until it has ended: ENOMEM. A shorter one
 * runs on the calling thread. Otherwise as above. */
PAR_API int par_sink_put_iter(par_sink *sink, const par_iter *inner) PAR_NOEXCEPT;

/* Makes of each of n elements any number of others, in order, by par_sink_put. Returns 0, what
 * par_sink_put returned, or a negative value to stop the whole call. */
typedef int par_flat_fn(par_sink *sink, const void *in, size_t n, void *ctx);

/* Makes *inner the iterator of the elements that *element becomes. What it borrows must stay until
 * the flat_map has come to an end with this element. Returns 0, or a value to stop the call. */
typedef int par_inner_fn(par_iter *inner, const void *element, void *ctx);

/* Divides *data into two parts, which it writes to *left and *right, and returns 1; or returns 0 if
 * it is to stay whole, or a negative value to stop the whole call. May be called again for the same
 * data, and says the same then. */
typedef int par_divide_fn(void *left, void *right, const void *data, void *ctx);

/* State of one thread: made before its first block, ended after its last one. A value other than 0
 * of init stops the call and is returned; fini is called for each state that was made. */
typedef int par_init_fn(void *state, void *ctx);
typedef void par_fini_fn(void *state, void *ctx);

/* Looks at n elements and returns the index of one it is looking for, the first or the last as it
 * is asked, or n if there is none; or a negative value to stop the whole call. */
typedef ptrdiff_t par_find_fn(const void *in, size_t n, bool last, void *ctx);

typedef struct par_iter_stage {
    int kind_;
    size_t size_; /* of what comes out */
    union {
        par_block_fn *block;
        par_flat_fn *flat;
        par_inner_fn *inner;
        par_find_fn *find;
        ptrdiff_t (*prefix)(const void *in, size_t n, void *ctx);
    } fn_;
    void *ctx_;
    size_t first_;  /* enumerate: of the position; with a state: its size; else a number */
    size_t step_;   /* modulo the range of size_t, so it may go backwards */
    size_t offset_; /* enumerate: of the element */
    par_init_fn *init_;
    par_fini_fn *fini_;
} par_iter_stage;

/* To be copied, and otherwise left to the functions below. */
struct par_iter {
    int status_;
    int kind_;
    bool has_positions_;
    size_t size_; /* of an element as it comes out */
    size_t n_;    /* positions of the source */
    size_t first_;
    size_t step_;
    size_t source_size_;    /* of an element that the source is made of */
    size_t source_element_; /* of an element of the source */
    size_t chunk_;
    size_t offset_;
    const void *base_;
    const par_iter *left_;
    const par_iter *right_;
    union {
        par_fill_fn *fill;
        par_block_fn *fold;
        par_divide_fn *divide;
        ptrdiff_t (*border)(const void *in, size_t n, void *ctx);
        const char *(*separator)(const char *text, size_t n, void *ctx);
    } fn_;
    void *ctx_;
    size_t n_stages_;
    par_iter_stage stages_[PAR_ITER_MAX_STAGES];
    size_t min_piece_;
    size_t max_piece_;
    size_t max_threads_;
    size_t turn_; /* positions of the first turn; 0: one turn is all */
    bool turns_grow_;
};

/* ---- sources -------------------------------------------------------------------------------- */

/* n elements of `size` bytes, one after the other. */
PAR_API par_iter par_iter_over(const void *base, size_t size, size_t n) PAR_NOEXCEPT;

/* n elements of `size` bytes, `stride` bytes apart: a column of a matrix, a member of structs. */
PAR_API par_iter par_iter_strided(const void *base, size_t size, size_t stride,
                                  size_t n) PAR_NOEXCEPT;

/* The numbers begin <= i < end, as size_t. None if the range is reversed. */
PAR_API par_iter par_iter_range(size_t begin, size_t end) PAR_NOEXCEPT;

typedef struct par_cell {
    size_t row;
    size_t column;
} par_cell;

/* The cells of a grid, row by row, as par_cell. EOVERFLOW if a size_t cannot count them. */
PAR_API par_iter par_iter_grid(size_t rows, size_t columns) PAR_NOEXCEPT;

/* Neighbours. `index` is the position of the first. */
typedef struct par_slice {
    const void *base;
    size_t n;
    size_t index;
} par_slice;

/* Each `chunk` elements of n, as par_slice; the last may have fewer. EINVAL if chunk is 0. */
PAR_API par_iter par_iter_chunks(const void *base, size_t size, size_t n,
                                 size_t chunk) PAR_NOEXCEPT;

/* The same without the last one if that has fewer. */
PAR_API par_iter par_iter_chunks_exact(const void *base, size_t size, size_t n,
                                       size_t chunk) PAR_NOEXCEPT;

/* Each `window` neighbours of n elements, n - window + 1 of them, as par_slice. EINVAL if window
 * is 0. */
PAR_API par_iter par_iter_windows(const void *base, size_t size, size_t n,
                                  size_t window) PAR_NOEXCEPT;

/* One value n times. */
PAR_API par_iter par_iter_repeat(const void *value, size_t size, size_t n) PAR_NOEXCEPT;

/* n elements of `size` bytes that a function writes. */
PAR_API par_iter par_iter_generate(size_t size, size_t n, par_fill_fn *fill,
                                   void *ctx) PAR_NOEXCEPT;

/* What becomes of *data, of `size` bytes, when it is divided as long as the function says so: the
 * parts that stay whole, from left to right. Nobody knows how many come before one. The function is
 * called for each part, and once more in each piece for up to twelve that the piece's first part
 * was in. Parts that are to the right are kept meanwhile; ENOMEM if they do not fit. *data is
 * borrowed. */
PAR_API par_iter par_iter_divide(const void *data, size_t size, par_divide_fn *divide,
                                 void *ctx) PAR_NOEXCEPT;

/* ---- iterators made of iterators, which are borrowed ------------------------------------------
 */

/* The elements of the one and then those of the other, of the same size. EOVERFLOW if a size_t
 * cannot count them. */
PAR_API par_iter par_iter_chain(const par_iter *first, const par_iter *second) PAR_NOEXCEPT;

/* Pairs of `size` bytes, with an element of `a` at their beginning and the one of `b` at the same
 * position at `offset`: as many as the shorter one has. */
PAR_API par_iter par_iter_zip(const par_iter *a, const par_iter *b, size_t size,
                              size_t offset) PAR_NOEXCEPT;

/* The same, but EINVAL if one is longer. */
PAR_API par_iter par_iter_zip_eq(const par_iter *a, const par_iter *b, size_t size,
                                 size_t offset) PAR_NOEXCEPT;

/* In turns, an element of `a` first; the rest of the longer one follows. Of the same size. */
PAR_API par_iter par_iter_interleave(const par_iter *a, const par_iter *b) PAR_NOEXCEPT;

/* The same until it is the turn of one that has no more. */
PAR_API par_iter par_iter_interleave_shortest(const par_iter *a, const par_iter *b) PAR_NOEXCEPT;

/* The elements of `inner`, with *value between each two. EOVERFLOW as above. *value is borrowed. */
PAR_API par_iter par_iter_intersperse(const par_iter *inner, const void *value) PAR_NOEXCEPT;

/* Chunks of what comes out of `inner`, as par_slice that are valid during the call that gets them.
 * A chunk has at most PAR_ITER_MAX_SIZE bytes. EINVAL if chunk is 0. Where they would have to be
 * kept for longer (zip, interleave, intersperse, chunks_of, compare), a map must make something
 * else of them first, or the call returns EINVAL. */
PAR_API par_iter par_iter_chunks_of(const par_iter *inner, size_t chunk) PAR_NOEXCEPT;

/* Folds each `chunk` elements of `inner`, of the last ones perhaps fewer, into an accumulator of
 * acc_size bytes, from a copy of *identity on: these are its elements. Chunks may be long. EINVAL
 * if chunk is 0. *identity is borrowed. */
PAR_API par_iter par_iter_fold_chunks(const par_iter *inner, size_t chunk, size_t acc_size,
                                      const void *identity, par_block_fn *fold,
                                      void *ctx) PAR_NOEXCEPT;

/* ---- stages --------------------------------------------------------------------------------- */

/* Each element becomes one of out_size bytes. */
PAR_API void par_iter_map(par_iter *it, size_t out_size, par_block_fn *map, void *ctx) PAR_NOEXCEPT;

/* The same with a state of state_size bytes for each thread, which the function gets in place of
 * ctx. init and fini, which may be NULL, get both. The states of a stage are one allocation by the
 * call that runs the iterator. */
PAR_API void par_iter_map_init(par_iter *it, size_t out_size, par_block_fn *map, size_t state_size,
                               par_init_fn *init, par_fini_fn *fini, void *ctx) PAR_NOEXCEPT;

/* Keeps some: the function writes the elements kept, in order, and returns how many. */
PAR_API void par_iter_filter(par_iter *it, par_block_fn *keep, void *ctx) PAR_NOEXCEPT;

/* Keeps some, each of which becomes one of out_size bytes. */
PAR_API void par_iter_filter_map(par_iter *it, size_t out_size, par_block_fn *map,
                                 void *ctx) PAR_NOEXCEPT;

/* Each element becomes any number of others of out_size bytes. */
PAR_API void par_iter_flat_map(par_iter *it, size_t out_size, par_flat_fn *flat,
                               void *ctx) PAR_NOEXCEPT;

/* The same, by an iterator for each element. */
PAR_API void par_iter_flat_map_iter(par_iter *it, size_t out_size, par_inner_fn *inner,
                                    void *ctx) PAR_NOEXCEPT;

/* The function works on copies of the elements, as `out`; `in` is NULL. It returns 0. */
PAR_API void par_iter_update(par_iter *it, par_block_fn *change, void *ctx) PAR_NOEXCEPT;

/* The function sees the elements, as `in`; `out` is NULL. It returns 0. */
PAR_API void par_iter_inspect(par_iter *it, par_block_fn *look, void *ctx) PAR_NOEXCEPT;

/* Each element becomes a struct of `size` bytes with its position, a size_t, at the beginning and
 * itself at `offset`. */
PAR_API void par_iter_enumerate(par_iter *it, size_t size, size_t offset) PAR_NOEXCEPT;

/* The elements become the positions, size_t, of those that `find` finds; the first is asked for. */
PAR_API void par_iter_positions(par_iter *it, par_find_fn *find, void *ctx) PAR_NOEXCEPT;

/* From the last to the first. */
PAR_API void par_iter_rev(par_iter *it) PAR_NOEXCEPT;

/* The first n elements, or all if there are fewer; all but those; each n-th, beginning with the
 * first (EINVAL if n is 0). */
PAR_API void par_iter_take(par_iter *it, size_t n) PAR_NOEXCEPT;
PAR_API void par_iter_skip(par_iter *it, size_t n) PAR_NOEXCEPT;
PAR_API void par_iter_step_by(par_iter *it, size_t n) PAR_NOEXCEPT;

/* ---- how it is cut -------------------------------------------------------------------------- */

/* Pieces have at least so many positions, at most so many, and are worked on by at most so many
 * threads at once; 0: par chooses. If the two lengths contradict each other, the first counts.
 * Ordered calls cut by length first, and hand out whole blocks of that: at least one. */
PAR_API void par_iter_pieces(par_iter *it, size_t min, size_t max, size_t max_threads) PAR_NOEXCEPT;

/* The positions of the source in turns of n, each of which begins when the one before has ended; in
 * turns of `first` and then twice as many as before. EINVAL if that is 0. For searches and others
 * that may end early: the elements are fewer that are looked at in vain. Within a turn it is cut as
 * above, by the turn's length: so a reduction is bracketed by turns. Not heeded by
 * par/iter_compare.h, and of an iterator that another one borrows. */
PAR_API void par_iter_by_uniform_blocks(par_iter *it, size_t n) PAR_NOEXCEPT;
PAR_API void par_iter_by_exponential_blocks(par_iter *it, size_t first) PAR_NOEXCEPT;

/* How many elements come out, if positions are known: true and *n; else false. */
PAR_API bool par_iter_length(const par_iter *it, size_t *n) PAR_NOEXCEPT;

/* ---- calls that run it: results of all elements -----------------------------------------------
 */

/* Hands each block on to `each`, as `in`; `out` is NULL. It returns 0. In no order. */
PAR_API int par_iter_for_each(const par_iter *it, par_block_fn *each, void *ctx) PAR_NOEXCEPT;

/* As par_reduce and par_reduce_with. Blocks that no element comes out of are left out. If none
 * comes out of any, par_iter_reduce leaves the identity, and par_iter_reduce_with returns ENODATA.
 */
PAR_API int par_iter_reduce(const par_iter *it, void *acc, size_t acc_size, par_block_fn *fold,
                            par_merge_fn *merge, void *ctx) PAR_NOEXCEPT;
PAR_API int par_iter_reduce_with(const par_iter *it, void *result, par_block_fn *fold,
                                 par_merge_fn *merge, void *ctx) PAR_NOEXCEPT;

/* How many elements come out. Runs the stages. */
PAR_API int par_iter_count(const par_iter *it, size_t *n) PAR_NOEXCEPT;

/* Stores all elements in order at `out`, which has room for `capacity` elements, and their number
 * in *n. Room for each position of the source is needed, whatever a filter leaves of them;
 * EOVERFLOW with nothing run if there is less. With a flat_map, a text, par_iter_divide or a
 * chunk_by, room for the elements that come out is needed, which par keeps meanwhile; EOVERFLOW if
 * there is less, and ENOMEM. `out` does not overlap the source. After a failure *n is unchanged and
 * what stands at `out` is undefined. */
PAR_API int par_iter_collect(const par_iter *it, void *out, size_t capacity,
                             size_t *n) PAR_NOEXCEPT;

/* The same into an array that is allocated and must be given to free(): *out is NULL and *n is 0 if
 * there are no elements. Both are unchanged after a failure. */
PAR_API int par_iter_collect_new(const par_iter *it, void **out, size_t *n) PAR_NOEXCEPT;

/* ---- calls that run it: looking for one -------------------------------------------------------
 */

/* The first element that `find` finds; the last; any. Stores it at `result`, if that is not NULL,
 * and its position in *position, if that is not NULL (then positions must be known). ENODATA and
 * both unchanged if there is none. Pieces that cannot matter any more are skipped. */
PAR_API int par_iter_find_first(const par_iter *it, void *result, size_t *position,
                                par_find_fn *find, void *ctx) PAR_NOEXCEPT;
PAR_API int par_iter_find_last(const par_iter *it, void *result, size_t *position,
                               par_find_fn *find, void *ctx) PAR_NOEXCEPT;
PAR_API int par_iter_find_any(const par_iter *it, void *result, size_t *position, par_find_fn *find,
                              void *ctx) PAR_NOEXCEPT;

PAR_END_DECLS

#endif
