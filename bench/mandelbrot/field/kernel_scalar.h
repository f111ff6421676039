/* SPDX-License-Identifier: MIT */
/* kernel_scalar.h - exact arithmetic in portable C, included once for each type of number: `real`,
 * with KIND(name) for what has the type in its name, and MARGIN for that of K5.
 *
 * One point alone waits for itself: each update needs the one before, and a processor can do
 * several operations at once. So AT_ONCE points are under way together, in loops of fixed length
 * that a compiler unrolls or makes vectors of. They advance until one of them escapes or is done,
 * which then makes room for the next. */

/* The points under way. A lane whose `point` is not below the number of points is empty: its c is
 * 0, which never escapes. */
typedef struct KIND(lanes) {
    real c_re[AT_ONCE];
    real c_im[AT_ONCE];
    real re[AT_ONCE];
    real im[AT_ONCE];
    real seen_re[AT_ONCE]; /* z when `count` was a power of two */
    real seen_im[AT_ONCE];
    uint32_t count[AT_ONCE];
    size_t point[AT_ONCE];
    size_t next;
    size_t done;
} KIND(lanes);

/* Updates all lanes `most` times, or until one of them has escaped. Returns how often. */
static uint32_t KIND(advance)(KIND(lanes) * l, uint32_t most)
{
    real re[AT_ONCE];
    real im[AT_ONCE];
    memcpy(re, l->re, sizeof re);
    memcpy(im, l->im, sizeof im);
    uint32_t updates = 0;
    for (; updates < most; updates++) {
        real re2[AT_ONCE];
        real im2[AT_ONCE];
        int escaped = 0;
        for (int k = 0; k < AT_ONCE; k++) {
            re2[k] = re[k] * re[k];
            im2[k] = im[k] * im[k];
        }
        for (int k = 0; k < AT_ONCE; k++)
            escaped |= !(re2[k] + im2[k] <= 4);
        if (escaped)
            break;
        for (int k = 0; k < AT_ONCE; k++) {
            const real product = re[k] * im[k];
            re[k] = (re2[k] - im2[k]) + l->c_re[k];
            im[k] = (product + product) + l->c_im[k];
        }
    }
    memcpy(l->re, re, sizeof re);
    memcpy(l->im, im, sizeof im);
    return updates;
}

/* Whether a point lies deep in the cardioid or the disc. */
static bool KIND(is_deep)(real re, real im)
{
    const real im2 = im * im;
    const real from_cusp = re - (real)0.25;
    const real q = from_cusp * from_cusp + im2;
    const real from_centre = re + 1;
    /* No number, and so not deep, where the squares are infinite. */
    return q * (q + from_cusp) - im2 * (real)0.25 <= -MARGIN ||
           from_centre * from_centre + im2 + MARGIN <= (real)0.0625;
}

static void KIND(skip_deep)(KIND(lanes) * l, const mandel_points *points)
{
    while (l->next < points->n &&
           KIND(is_deep)((real)points->re[l->next], (real)points->im[l->next])) {
        points->counts[l->next++] = points->limit;
        l->done++;
    }
}

/* Puts the next point into a lane, or empties the lane if there is none left. */
static void KIND(fill)(KIND(lanes) * l, int k, const mandel_points *points)
{
    if (points->shortcuts)
        KIND(skip_deep)(l, points);
    const size_t point = l->next++;
    const bool is_empty = point >= points->n;
    l->point[k] = point;
    l->count[k] = 0;
    l->re[k] = 0;
    l->im[k] = 0;
    l->seen_re[k] = (real)NAN;
    l->c_re[k] = is_empty ? 0 : (real)points->re[point];
    l->c_im[k] = is_empty ? 0 : (real)points->im[point];
}

/* How many updates no lane can do without reaching the limit, or the next power of two. */
static uint32_t KIND(headroom)(const KIND(lanes) * l, const mandel_points *points)
{
    uint32_t most = points->limit;
    for (int k = 0; k < AT_ONCE; k++) {
        if (l->point[k] < points->n && points->limit - l->count[k] < most)
            most = points->limit - l->count[k];
    }
    return points->shortcuts && most > AT_A_LOOK ? AT_A_LOOK : most;
}

/* Whether z is where it was before, and so will be again and again. Remembers z at doubling
 * distances, as R. P. Brent's search for cycles does. */
static bool KIND(is_periodic)(KIND(lanes) * l, int k, uint32_t updates)
{
    if (l->re[k] == l->seen_re[k] && l->im[k] == l->seen_im[k])
        return true;
    const uint32_t before = l->count[k] - updates;
    if ((before ^ l->count[k]) > before || before == 0) {
        l->seen_re[k] = l->re[k];
        l->seen_im[k] = l->im[k];
    }
    return false;
}

static bool KIND(is_done)(KIND(lanes) * l, int k, uint32_t updates, const mandel_points *points,
                          uint32_t *count)
{
    *count = l->count[k];
    if (l->count[k] == points->limit || !(l->re[k] * l->re[k] + l->im[k] * l->im[k] <= 4))
        return true;
    *count = points->limit;
    return points->shortcuts && KIND(is_periodic)(l, k, updates);
}

static uint64_t KIND(count)(const mandel_points *points)
{
    KIND(lanes) l = {.next = 0, .done = 0};
    for (int k = 0; k < AT_ONCE; k++)
        KIND(fill)(&l, k, points);
    uint64_t sum = 0;
    while (l.done < points->n) {
        const uint32_t updates = KIND(advance)(&l, KIND(headroom)(&l, points));
        for (int k = 0; k < AT_ONCE; k++) {
            uint32_t count;
            if (l.point[k] >= points->n)
                continue;
            l.count[k] += updates;
            if (!KIND(is_done)(&l, k, updates, points, &count))
                continue;
            points->counts[l.point[k]] = count;
            if (points->end_re != NULL) {
                points->end_re[l.point[k]] = (double)l.re[k];
                points->end_im[l.point[k]] = (double)l.im[k];
            }
            sum += l.count[k];
            l.done++;
            KIND(fill)(&l, k, points);
        }
    }
    return sum;
}

/* ---- who is inside --------------------------------------------------------------------------- */

/* A byte of points: after each few updates it may turn out that none of them is inside. */
static uint8_t KIND(find_inside)(const real *c_re, real c_im, uint32_t limit, uint32_t *updates)
{
    real re[AT_ONCE] = {0};
    real im[AT_ONCE] = {0};
    uint8_t bits = 0xff;
    uint32_t i = 0;
    while (i < limit && bits != 0) {
        for (uint32_t look = 0; look < AT_A_LOOK && i < limit; look++, i++) {
            for (int k = 0; k < AT_ONCE; k++) {
                const real product = re[k] * im[k];
                re[k] = (re[k] * re[k] - im[k] * im[k]) + c_re[k];
                im[k] = (product + product) + c_im;
            }
        }
        bits = 0;
        for (int k = 0; k < AT_ONCE; k++)
            bits = (uint8_t)(bits << 1 | (re[k] * re[k] + im[k] * im[k] <= 4));
    }
    *updates = i;
    return bits;
}

static uint64_t KIND(inside)(const mandel_strip *strip)
{
    uint64_t sum = 0;
    for (size_t first = 0; first < strip->columns; first += AT_ONCE) {
        real c_re[AT_ONCE];
        const size_t left = strip->columns - first;
        for (size_t k = 0; k < AT_ONCE; k++)
            c_re[k] = k < left ? (real)strip->re[first + k] : 4;
        for (size_t row = 0; row < strip->rows; row++) {
            uint32_t updates;
            strip->bits[row * strip->stride + first / 8] =
                KIND(find_inside)(c_re, (real)strip->im[row], strip->limit, &updates);
            sum += (uint64_t)updates * (left < AT_ONCE ? left : AT_ONCE);
        }
    }
    return sum;
}
