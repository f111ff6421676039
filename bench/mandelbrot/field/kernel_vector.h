/* SPDX-License-Identifier: MIT */
/* kernel_vector.h - one kind of arithmetic on vectors. kernel_vectors.h includes it once for each
 * kind; what has the kind's name in it is written KIND(name). The kind has before:
 *
 *   real, vec, mask       a number, a vector of LANES of them, and what a comparison of two gives
 *   LANES, VECTORS        VECTORS are under way at once: an update waits for the one before, so
 *                         there must be others to do meanwhile. LANES * VECTORS is at most 128.
 *   at_most, equal        comparisons; at_most is false if one side is no number
 *   bits_of               a mask as bits, the lowest lane first
 *   pick                  lane by lane the first vector where the mask is set, else the second
 *   fused                 a*b + c rounded once; only if FUSES
 *   MARGIN                of K5
 *   IS_FAST               whether it may be used where that changes the result
 *
 * Design: docs/design/mandelbrot.md */

enum {
    KIND(WIDTH) = LANES * VECTORS,
    KIND(COLUMNS) = LANES < 8 ? 8 : LANES, /* of a block: bytes of bits */
    KIND(ACROSS) = KIND(COLUMNS) / LANES,  /* vectors */
    KIND(ROWS) = VECTORS / KIND(ACROSS) < 1              ? 1
                 : VECTORS / KIND(ACROSS) > MANDEL_STRIP ? MANDEL_STRIP
                                                         : VECTORS / KIND(ACROSS),
    KIND(BLOCK) = KIND(ROWS) * KIND(ACROSS),
};

/* ---- one update ----------------------------------------------------------------------------- */

/* Some vectors double their product within the addition behind it: the processors'
 * multipliers and adders are busy alike then. The result is the same to the bit. */
static inline __attribute__((always_inline)) vec KIND(doubled)(vec product, vec c, int v)
{
#if FUSES
    if (v < DOUBLINGS)
        return fused(product, (vec){0} + 2, c);
#endif
    (void)v;
    return (product + product) + c;
}

static inline __attribute__((always_inline)) void KIND(update)(vec *z_re, vec *z_im, vec c_re,
                                                               vec c_im, int v)
{
    const vec re = *z_re;
    const vec im = *z_im;
#if FUSES && IS_FAST
    (void)v;
    *z_re = fused(-im, im, fused(re, re, c_re));
    *z_im = fused(re + re, im, c_im);
#else
    *z_re = (re * re - im * im) + c_re;
    *z_im = KIND(doubled)(re * im, c_im, v);
#endif
}

static inline __attribute__((always_inline)) mask KIND(is_inside)(vec re, vec im)
{
    return at_most(re * re + im * im, (vec){0} + 4);
}

/* ---- counting in step ----------------------------------------------------------------------- */

/* Points that are updated together, each as far as it goes. */
typedef struct KIND(group) {
    vec re[VECTORS];
    vec im[VECTORS];
    vec c_re[VECTORS];
    vec c_im[VECTORS];
    vec count[VECTORS];
} KIND(group);

static inline __attribute__((always_inline)) void KIND(follow_one)(KIND(group) * g, int v)
{
    const mask on = KIND(is_inside)(g->re[v], g->im[v]);
    vec re = g->re[v];
    vec im = g->im[v];
    KIND(update)(&re, &im, g->c_re[v], g->c_im[v], v);
    g->re[v] = pick(on, re, g->re[v]);
    g->im[v] = pick(on, im, g->im[v]);
    g->count[v] = pick(on, g->count[v] + 1, g->count[v]);
}

/* Updates each of the group's points until it has escaped, `most` times at most, and counts. */
static void KIND(follow)(KIND(group) * group, uint32_t most)
{
    KIND(group) g = *group;
    for (uint32_t i = 0; i < most; i++)
        for (int v = 0; v < VECTORS; v++)
            KIND(follow_one)(&g, v);
    *group = g;
}

/* ---- counting as lanes come free ------------------------------------------------------------ */

/* A point that has not escaped in its first updates. */
typedef struct KIND(rest) {
    real re; /* z */
    real im;
    real c_re;
    real c_im;
    uint32_t point;
} KIND(rest);

/* Points under way, each in a lane. They have begun at different times. */
typedef struct KIND(lanes) {
    vec re[VECTORS];
    vec im[VECTORS];
    vec c_re[VECTORS];
    vec c_im[VECTORS];
    vec seen_re[VECTORS]; /* an earlier z, or no number */
    vec seen_im[VECTORS];
    uint64_t now; /* updates since the first point was put into a lane */
    uint64_t begun[KIND(WIDTH)];
    uint32_t point[KIND(WIDTH)];
    uint64_t used[VECTORS]; /* bits of the lanes that have a point */
    size_t n_used;
    const KIND(rest) * next; /* point to be put into a lane */
    const KIND(rest) * end;
} KIND(lanes);

/* Points that have escaped within their last few updates. They wait until there is a group of them
 * to find out after how many. */
typedef struct KIND(escaped) {
    KIND(group) group;
    uint32_t point[KIND(WIDTH)];
    uint32_t count[KIND(WIDTH)]; /* before those updates */
    size_t n;
} KIND(escaped);

static uint64_t KIND(settle)(KIND(escaped) * e, const mandel_points *points)
{
    KIND(group) *const g = &e->group;
    uint64_t sum = 0;
    KIND(follow)(g, UPDATES);
    for (size_t k = 0; k < e->n; k++) {
        const uint32_t after = (uint32_t)g->count[k / LANES][k % LANES];
        const uint32_t point = e->point[k];
        sum += after;
        points->counts[point] = e->count[k] + after;
        if (points->end_re != NULL) {
            points->end_re[point] = (double)g->re[k / LANES][k % LANES];
            points->end_im[point] = (double)g->im[k / LANES][k % LANES];
        }
    }
    e->n = 0;
    return sum;
}

/* Puts the next point into a lane, if there is one. */
static void KIND(refill)(KIND(lanes) * l, size_t k)
{
    static const KIND(rest) nobody = {0}; /* stays where it is */
    const bool is_empty = l->next == l->end;
    const KIND(rest) *const rest = is_empty ? &nobody : l->next++;
    const size_t v = k / LANES;
    const size_t i = k % LANES;
    l->re[v][i] = rest->re;
    l->im[v][i] = rest->im;
    l->c_re[v][i] = rest->c_re;
    l->c_im[v][i] = rest->c_im;
    l->seen_re[v][i] = (real)NAN;
    l->begun[k] = l->now;
    l->point[k] = rest->point;
    if (is_empty) {
        l->used[v] &= ~(UINT64_C(1) << i);
        l->n_used--;
    }
}

static void KIND(fill_all)(KIND(lanes) * l, const KIND(rest) * rests, size_t n)
{
    l->now = 0;
    l->next = rests;
    l->end = rests + n;
    l->n_used = KIND(WIDTH);
    for (int v = 0; v < VECTORS; v++)
        l->used[v] = UINT64_MAX >> (64 - LANES);
    for (size_t k = 0; k < KIND(WIDTH); k++)
        KIND(refill)(l, k);
}

/* Updates all lanes and remembers where they were before. */
static void KIND(advance)(KIND(lanes) * l, uint32_t updates, vec *old_re, vec *old_im)
{
    vec re[VECTORS];
    vec im[VECTORS];
    for (int v = 0; v < VECTORS; v++) {
        old_re[v] = re[v] = l->re[v];
        old_im[v] = im[v] = l->im[v];
    }
    for (uint32_t i = 0; i < updates; i++)
        for (int v = 0; v < VECTORS; v++)
            KIND(update)(&re[v], &im[v], l->c_re[v], l->c_im[v], v);
    for (int v = 0; v < VECTORS; v++) {
        l->re[v] = re[v];
        l->im[v] = im[v];
    }
    l->now += updates;
}

/* The point in lane k has escaped in the last `updates`, which began at the old z. */
static uint64_t KIND(take)(KIND(lanes) * l, size_t k, uint32_t updates, const vec *old_re,
                           const vec *old_im, KIND(escaped) * e, const mandel_points *points)
{
    const size_t n = e->n++;
    const uint64_t before = l->now - updates - l->begun[k];
    e->group.re[n / LANES][n % LANES] = old_re[k / LANES][k % LANES];
    e->group.im[n / LANES][n % LANES] = old_im[k / LANES][k % LANES];
    e->group.c_re[n / LANES][n % LANES] = l->c_re[k / LANES][k % LANES];
    e->group.c_im[n / LANES][n % LANES] = l->c_im[k / LANES][k % LANES];
    e->group.count[n / LANES][n % LANES] = 0;
    e->point[n] = l->point[k];
    e->count[n] = FIRST + (uint32_t)before;
    KIND(refill)(l, k);
    return before + (e->n == KIND(WIDTH) ? KIND(settle)(e, points) : 0);
}

/* The point in lane k turns out to be inside. */
static uint64_t KIND(hold)(KIND(lanes) * l, size_t k, const mandel_points *points)
{
    const uint64_t updates = l->now - l->begun[k];
    points->counts[l->point[k]] = points->limit;
    KIND(refill)(l, k);
    return updates;
}

/* Whoever is done with the limit is inside. Returns the updates that it took them, and in `left`
 * how many no lane can do without passing the limit. */
static uint64_t KIND(hold_full)(KIND(lanes) * l, const mandel_points *points, uint32_t *left)
{
    const uint32_t most = points->limit - FIRST;
    uint64_t sum = 0;
    *left = most;
    for (size_t k = 0; k < KIND(WIDTH); k++) {
        if ((l->used[k / LANES] >> k % LANES & 1) == 0)
            continue;
        const uint32_t rest = most - (uint32_t)(l->now - l->begun[k]);
        if (rest == 0)
            sum += KIND(hold)(l, k, points);
        else if (rest < *left)
            *left = rest;
    }
    return sum;
}

/* Whoever is where it was before comes there again and again. */
static uint64_t KIND(hold_periodic)(KIND(lanes) * l, const mandel_points *points)
{
    uint64_t sum = 0;
    for (size_t v = 0; v < VECTORS; v++) {
        uint64_t again = bits_of(equal(l->re[v], l->seen_re[v])) &
                         bits_of(equal(l->im[v], l->seen_im[v])) & l->used[v];
        for (; again != 0; again &= again - 1)
            sum += KIND(hold)(l, v * LANES + (size_t)__builtin_ctzll(again), points);
    }
    return sum;
}

static void KIND(remember)(KIND(lanes) * l)
{
    memcpy(l->seen_re, l->re, sizeof l->re);
    memcpy(l->seen_im, l->im, sizeof l->im);
}

static uint64_t KIND(count_rests)(const mandel_points *points, const KIND(rest) * rests, size_t n)
{
    const uint64_t stay = memory_of_periods(points->limit);
    KIND(lanes) l;
    KIND(escaped) e = {.n = 0};
    KIND(fill_all)(&l, rests, n);
    uint64_t sum = 0;
    uint64_t look = PERIODS;
    uint64_t forget = 0;
    uint32_t left = points->limit - FIRST;
    while (l.n_used > 0) {
        const uint32_t updates = left < UPDATES ? left : UPDATES;
        vec old_re[VECTORS];
        vec old_im[VECTORS];
        KIND(advance)(&l, updates, old_re, old_im);
        left -= updates;
        for (size_t v = 0; v < VECTORS; v++) {
            uint64_t gone = l.used[v] & ~(uint64_t)bits_of(KIND(is_inside)(l.re[v], l.im[v]));
            for (; gone != 0; gone &= gone - 1)
                sum += KIND(take)(&l, v * LANES + (size_t)__builtin_ctzll(gone), updates, old_re,
                                  old_im, &e, points);
        }
        if (left == 0)
            sum += KIND(hold_full)(&l, points, &left);
        if (!points->shortcuts || l.now < look)
            continue;
        look = l.now + PERIODS;
        sum += KIND(hold_periodic)(&l, points);
        if (l.now >= forget) {
            forget = l.now + stay;
            KIND(remember)(&l);
        }
    }
    return sum + KIND(settle)(&e, points);
}

/* ---- counting ------------------------------------------------------------------------------- */

/* The c of up to WIDTH points; what is left over escapes at once. */
static void KIND(load)(vec *to, const double *from, size_t n)
{
    real c[KIND(WIDTH)];
    if (n == KIND(WIDTH)) {
        for (size_t k = 0; k < KIND(WIDTH); k++)
            c[k] = (real)from[k];
    } else {
        for (size_t k = 0; k < KIND(WIDTH); k++)
            c[k] = k < n ? (real)from[k] : 4;
    }
    memcpy(to, c, sizeof c);
}

static void KIND(begin)(KIND(group) * g)
{
    for (int v = 0; v < VECTORS; v++)
        g->re[v] = g->im[v] = g->count[v] = (vec){0};
}

static bool KIND(has_inside)(const KIND(group) * g)
{
    uint64_t lanes = 0;
    for (int v = 0; v < VECTORS; v++)
        lanes |= bits_of(KIND(is_inside)(g->re[v], g->im[v]));
    return lanes != 0;
}

/* Which of the points lie deep in the cardioid or the disc. Returns whether all n do. */
static bool KIND(find_deep)(const KIND(group) * g, size_t n, uint64_t *deep)
{
    size_t sum = 0;
    for (int v = 0; v < VECTORS; v++) {
        const vec re = g->c_re[v];
        const vec im2 = g->c_im[v] * g->c_im[v];
        const vec from_cusp = re - (real)0.25;
        const vec q = from_cusp * from_cusp + im2;
        /* No number, and so not deep, where the squares are infinite. */
        const mask cardioid = at_most(q * (q + from_cusp) - im2 * (real)0.25, (vec){0} - MARGIN);
        const vec from_centre = re + 1;
        const mask disc =
            at_most(from_centre * from_centre + im2 + MARGIN, (vec){0} + (real)0.0625);
        deep[v] = bits_of(cardioid) | bits_of(disc);
        sum += (size_t)__builtin_popcountll(deep[v]);
    }
    return sum == n;
}

static void KIND(hold_deep)(const mandel_points *points, size_t first, const uint64_t *deep)
{
    for (size_t v = 0; v < VECTORS; v++) {
        for (uint64_t lanes = deep[v]; lanes != 0; lanes &= lanes - 1)
            points->counts[first + v * LANES + (size_t)__builtin_ctzll(lanes)] = points->limit;
    }
}

/* Counts the first updates of n points, of which most in most pictures need no more. Appends the
 * others to `rests` and returns how many there are. */
static size_t KIND(count_first)(const mandel_points *points, size_t first, size_t n,
                                KIND(rest) * rests, uint64_t *sum)
{
    const uint32_t most = points->limit < FIRST ? points->limit : FIRST;
    KIND(group) g;
    KIND(begin)(&g);
    KIND(load)(g.c_re, points->re + first, n);
    KIND(load)(g.c_im, points->im + first, n);
    uint64_t deep[VECTORS] = {0};
    if (points->shortcuts && KIND(find_deep)(&g, n, deep)) {
        KIND(hold_deep)(points, first, deep);
        return 0;
    }
    KIND(follow)(&g, most / 2);
    if (KIND(has_inside)(&g))
        KIND(follow)(&g, most - most / 2);
    real count[KIND(WIDTH)];
    memcpy(count, g.count, sizeof count);
    for (size_t k = 0; k < n; k++) {
        points->counts[first + k] = (uint32_t)count[k];
        *sum += (uint32_t)count[k];
    }
    if (points->end_re != NULL) {
        for (size_t k = 0; k < n; k++) {
            points->end_re[first + k] = (double)g.re[k / LANES][k % LANES];
            points->end_im[first + k] = (double)g.im[k / LANES][k % LANES];
        }
    }
    KIND(hold_deep)(points, first, deep);
    if (most == points->limit)
        return 0;
    size_t n_rests = 0;
    for (size_t v = 0; v < VECTORS; v++) {
        uint64_t on = bits_of(KIND(is_inside)(g.re[v], g.im[v])) & ~deep[v];
        for (; on != 0; on &= on - 1) {
            const size_t i = (size_t)__builtin_ctzll(on);
            rests[n_rests++] = (KIND(rest)){g.re[v][i], g.im[v][i], g.c_re[v][i], g.c_im[v][i],
                                            (uint32_t)(first + v * LANES + i)};
        }
    }
    return n_rests;
}

static uint64_t KIND(count)(const mandel_points *points)
{
    enum { ENOUGH = 2048 }; /* to keep the lanes full: they run dry once */
    KIND(rest) rests[ENOUGH + KIND(WIDTH)];
    uint64_t sum = 0;
    size_t n_rests = 0;
    for (size_t first = 0; first < points->n; first += KIND(WIDTH)) {
        const size_t left = points->n - first;
        n_rests += KIND(count_first)(points, first, left < KIND(WIDTH) ? left : KIND(WIDTH),
                                     rests + n_rests, &sum);
        if (n_rests < ENOUGH && left > KIND(WIDTH))
            continue;
        if (n_rests > 0)
            sum += KIND(count_rests)(points, rests, n_rests);
        n_rests = 0;
    }
    return sum;
}

/* ---- who is inside -------------------------------------------------------------------------- */

enum { KIND(CHUNK) = 512 }; /* columns: a multiple of those of a block */

static inline __attribute__((always_inline)) void KIND(update_block)(vec *re, vec *im,
                                                                     const vec *c_re,
                                                                     const vec *c_im)
{
    for (int v = 0; v < KIND(BLOCK); v++)
        KIND(update)(&re[v], &im[v], c_re[v % KIND(ACROSS)], c_im[v / KIND(ACROSS)], v);
}

/* The bits of each row of a block: those of lane k are 2^k. Returns all of them together. */
static inline __attribute__((always_inline)) uint32_t KIND(look)(const vec *re, const vec *im,
                                                                 uint32_t *rows)
{
    uint32_t all = 0;
    for (int row = 0; row < KIND(ROWS); row++) {
        rows[row] = 0;
        for (int v = 0; v < KIND(ACROSS); v++) {
            const int at = row * KIND(ACROSS) + v;
            rows[row] |= (uint32_t)bits_of(KIND(is_inside)(re[at], im[at])) << v * LANES;
        }
        all |= rows[row];
    }
    return all;
}

/* Updates the points of a block to the limit, or until all are outside. They are looked at from the
 * update `at` on. Returns the updates done. */
static uint32_t KIND(run)(const vec *c_res, const vec *c_ims, uint32_t limit, uint32_t at,
                          uint32_t *rows)
{
    vec re[KIND(BLOCK)];
    vec im[KIND(BLOCK)];
    vec c_re[KIND(ACROSS)];
    vec c_im[KIND(ROWS)];
    memcpy(c_re, c_res, sizeof c_re);
    memcpy(c_im, c_ims, sizeof c_im);
    /* The first update leads from 0 to c. */
    for (int v = 0; v < KIND(BLOCK); v++) {
        re[v] = c_re[v % KIND(ACROSS)];
        im[v] = c_im[v / KIND(ACROSS)];
    }
    uint32_t i = 1;
    for (;;) {
        for (const uint32_t until = at < limit ? at : limit; i < until; i++)
            KIND(update_block)(re, im, c_re, c_im);
        /* The squares of this look are none of the loop's, or a compiler keeps them all for it. */
        for (int v = 0; v < KIND(BLOCK); v++)
            __asm__("" : "+" REGISTER(re[v]), "+" REGISTER(im[v]));
        if (KIND(look)(re, im, rows) == 0 || i == limit)
            return i;
        at += LOOK;
    }
}

/* The c of some columns, in the order of the bits; what is left over escapes. */
static void KIND(load_columns)(real *to, const double *re, size_t n)
{
    const size_t blocks = (n + KIND(COLUMNS) - 1) / KIND(COLUMNS);
    for (size_t k = 0; k < blocks * KIND(COLUMNS); k++) {
        const size_t column = k / 8 * 8 + (7 - k % 8);
        to[k] = column < n ? (real)re[column] : 4;
    }
}

/* Some rows, from `bits` on. Neighbours are alike: a block is looked at about when all points of
 * the one before were outside, and not at all if some were inside to the end. */
static uint64_t KIND(inside_rows)(const mandel_strip *strip, const real *columns, size_t n,
                                  const double *im, size_t rows, uint8_t *bits)
{
    const size_t bytes = (n + 7) / 8;
    uint64_t sum = 0;
    uint32_t at = LOOK;
    vec c_im[KIND(ROWS)];
    for (size_t row = 0; row < KIND(ROWS); row++)
        c_im[row] = (vec){0} + (row < rows ? (real)im[row] : 4);
    for (size_t first = 0; first < n; first += KIND(COLUMNS)) {
        vec c_re[KIND(ACROSS)];
        uint32_t found[KIND(ROWS)];
        memcpy(c_re, columns + first, sizeof c_re);
        const uint32_t updates = KIND(run)(c_re, c_im, strip->limit, at, found);
        uint32_t all = 0;
        for (size_t row = 0; row < rows; row++) {
            uint8_t *const to = bits + row * strip->stride + first / 8;
            to[0] = (uint8_t)found[row];
            if (KIND(COLUMNS) == 16 && first / 8 + 1 < bytes)
                to[1] = (uint8_t)(found[row] >> 8);
            all |= found[row];
        }
        if (all != 0)
            at = strip->limit;
        else
            at = updates < strip->limit && updates > 2 * LOOK ? updates - LOOK : LOOK;
        sum += (uint64_t)updates * rows * (n - first < KIND(COLUMNS) ? n - first : KIND(COLUMNS));
    }
    return sum;
}

static uint64_t KIND(inside)(const mandel_strip *strip)
{
    uint64_t sum = 0;
    for (size_t first = 0; first < strip->columns; first += KIND(CHUNK)) {
        real columns[KIND(CHUNK)];
        const size_t left = strip->columns - first;
        const size_t n = left < KIND(CHUNK) ? left : KIND(CHUNK);
        KIND(load_columns)(columns, strip->re + first, n);
        for (size_t row = 0; row < strip->rows; row += KIND(ROWS)) {
            const size_t rows = strip->rows - row;
            sum += KIND(inside_rows)(strip, columns, n, strip->im + row,
                                     rows < KIND(ROWS) ? rows : KIND(ROWS),
                                     strip->bits + row * strip->stride + first / 8);
        }
    }
    return sum;
}
