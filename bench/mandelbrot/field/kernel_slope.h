/* SPDX-License-Identifier: MIT */
/* kernel_slope.h - what points do that escape, on vectors of doubles: how they get far away, and
 * the derivative of z there. Included by kernel_vectors.h, whose names it uses. */

enum { PAIRS = VECTORS / 2 }; /* of vectors: there is more to keep for each point */

/* Whether z is still on its way. */
static inline __attribute__((always_inline)) mask is_near(vec re, vec im)
{
    return at_most(re * re + im * im, (vec){0} + MANDEL_FAR);
}

/* Some points; what is left over is far away. */
static void load_some(vec *to, const double *from, size_t n)
{
    double values[PAIRS * LANES];
    for (size_t k = 0; k < PAIRS * LANES; k++)
        values[k] = k < n ? from[k] : 2 * MANDEL_FAR;
    memcpy(to, values, sizeof values);
}

static void store_some(double *to, const vec *from, size_t n)
{
    double values[PAIRS * LANES];
    memcpy(values, from, sizeof values);
    for (size_t k = 0; k < n; k++)
        to[k] = values[k];
}

/* ---- flying --------------------------------------------------------------------------------- */

typedef struct flight {
    vec re[PAIRS];
    vec im[PAIRS];
    vec c_re[PAIRS];
    vec c_im[PAIRS];
    vec updates[PAIRS];
} flight;

static void run_flight(flight *at)
{
    flight f = *at;
    uint64_t any = 1;
    for (uint32_t i = 0; i < MANDEL_LONG && any != 0; i++) {
        any = 0;
        for (int v = 0; v < PAIRS; v++) {
            const vec re = f.re[v];
            const vec im = f.im[v];
            const vec product = re * im;
            const mask on = is_near(re, im);
            any |= bits_of(on);
            f.re[v] = pick(on, (re * re - im * im) + f.c_re[v], re);
            f.im[v] = pick(on, (product + product) + f.c_im[v], im);
            f.updates[v] = pick(on, f.updates[v] + 1, f.updates[v]);
        }
    }
    *at = f;
}

static void double_exact_fly(const mandel_flight *points)
{
    for (size_t first = 0; first < points->n; first += PAIRS * LANES) {
        const size_t left = points->n - first;
        const size_t n = left < PAIRS * LANES ? left : PAIRS * LANES;
        flight f = {.updates = {{0}}};
        load_some(f.re, points->re + first, n);
        load_some(f.im, points->im + first, n);
        load_some(f.c_re, points->c_re + first, n);
        load_some(f.c_im, points->c_im + first, n);
        run_flight(&f);
        store_some(points->re + first, f.re, n);
        store_some(points->im + first, f.im, n);
        store_some(points->updates + first, f.updates, n);
    }
}

/* ---- slopes --------------------------------------------------------------------------------- */

/* The derivative by c is updated before z:  z' := 2 z z' + 1 */

typedef struct slopes {
    vec re[PAIRS];
    vec im[PAIRS];
    vec by_re[PAIRS]; /* the derivative */
    vec by_im[PAIRS];
    vec c_re[PAIRS];
    vec c_im[PAIRS];
} slopes;

static inline __attribute__((always_inline)) void update_slope(slopes *s, int v, mask on)
{
    const vec re = s->re[v];
    const vec im = s->im[v];
    const vec half_re = re * s->by_re[v] - im * s->by_im[v];
    const vec half_im = re * s->by_im[v] + im * s->by_re[v];
    const vec product = re * im;
    s->by_re[v] = pick(on, (half_re + half_re) + 1, s->by_re[v]);
    s->by_im[v] = pick(on, half_im + half_im, s->by_im[v]);
    s->re[v] = pick(on, (re * re - im * im) + s->c_re[v], re);
    s->im[v] = pick(on, (product + product) + s->c_im[v], im);
}

static void run_slopes(slopes *at, uint32_t limit)
{
    slopes s = *at;
    for (uint32_t i = 0; i < limit; i++) {
        uint64_t any = 0;
        for (int v = 0; v < PAIRS; v++) {
            const mask on = is_near(s.re[v], s.im[v]);
            any |= bits_of(on);
            update_slope(&s, v, on);
        }
        if (any == 0)
            break;
    }
    *at = s;
}

static void double_exact_slope(const mandel_slopes *points)
{
    for (size_t first = 0; first < points->n; first += PAIRS * LANES) {
        const size_t left = points->n - first;
        const size_t n = left < PAIRS * LANES ? left : PAIRS * LANES;
        slopes s = {.re = {{0}}};
        load_some(s.c_re, points->re + first, n);
        load_some(s.c_im, points->im + first, n);
        run_slopes(&s, points->limit);
        vec z[PAIRS];
        vec derivative[PAIRS];
        for (int v = 0; v < PAIRS; v++) {
            const vec square = s.re[v] * s.re[v] + s.im[v] * s.im[v];
            z[v] = pick(is_near(s.re[v], s.im[v]), (vec){0}, square);
            derivative[v] = s.by_re[v] * s.by_re[v] + s.by_im[v] * s.by_im[v];
        }
        store_some(points->z + first, z, n);
        store_some(points->derivative + first, derivative, n);
    }
}
