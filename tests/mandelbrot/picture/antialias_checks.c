/* SPDX-License-Identifier: MIT */
/* antialias_checks.c - see antialias_checks.h. */
#include "mandelbrot/picture/antialias_checks.h"

#include "mandelbrot/image/light.h"
#include "mandelbrot/picture/antialias.h"
#include "mandelbrot/picture/scene.h"

/* Steps of a byte up to which neighbours are alike. */
enum { UNSEEN = 10 };

static size_t depth_of(const scene *s)
{
    return s->image.layout == MANDEL_LAYOUT_RGB ? 3 : 1;
}

static bool differ(const scene *s, size_t a, size_t b)
{
    const size_t depth = depth_of(s);
    for (size_t k = 0; k < depth; k++)
        if (abs(s->image.pixels[depth * a + k] - s->image.pixels[depth * b + k]) > UNSEEN)
            return true;
    return false;
}

/* Whether a pixel looks unlike one of its four neighbours. */
static bool is_edge(const scene *s, size_t pixel)
{
    const size_t width = s->image.width;
    const size_t column = pixel % width;
    const size_t row = pixel / width;
    return (column > 0 && differ(s, pixel, pixel - 1)) ||
           (column + 1 < width && differ(s, pixel, pixel + 1)) ||
           (row > 0 && differ(s, pixel, pixel - width)) ||
           (row + 1 < s->image.height && differ(s, pixel, pixel + width));
}

/* ---- edges ---------------------------------------------------------------------------------- */

static const char *compare_edges(const scene *plain, const scene *smooth)
{
    const size_t depth = depth_of(plain);
    size_t edges = 0;
    size_t changed = 0;
    for (size_t i = 0; i < scene_pixels(plain); i++) {
        const bool is_same =
            memcmp(plain->image.pixels + depth * i, smooth->image.pixels + depth * i, depth) == 0;
        if (is_edge(plain, i)) {
            edges++;
            changed += !is_same;
        } else if (!is_same) {
            return wrong("pixel %zu changed, which is flat", i);
        }
    }
    /* Some edges happen to be right already. */
    return edges > 100 && changed > edges / 3
               ? NULL
               : wrong("%zu of %zu pixels at edges changed", changed, edges);
}

/* In grey both layouts; with a field and without. */
static const char *check_edges(mandel_colouring colouring, unsigned side, bool subdivide,
                               bool in_bytes)
{
    const mandel_view view = scene_whole(100, 75);
    scene plain;
    scene smooth;
    scene_init(&plain, &view, colouring);
    scene_init(&smooth, &view, colouring);
    if (!in_bytes && colouring == MANDEL_COLOUR_GREY) {
        scene_set_layout(&plain, MANDEL_LAYOUT_RGB);
        scene_set_layout(&smooth, MANDEL_LAYOUT_RGB);
    }
    plain.picture.subdivide = smooth.picture.subdivide = subdivide;
    smooth.picture.antialias = side;
    const mandel_tally less = scene_make(&plain, NULL);
    const mandel_tally more = scene_make(&smooth, NULL);
    const char *problem = compare_edges(&plain, &smooth);
    if (problem == NULL && less.pixels != more.pixels)
        problem = "pixels were counted twice";
    if (problem == NULL && less.iterations >= more.iterations)
        problem = "points were not counted";
    scene_fini(&plain);
    scene_fini(&smooth);
    return problem == NULL
               ? NULL
               : wrong("%s, %u points: %s", mandel_colouring_name(colouring), side, problem);
}

const char *antialias_flat_areas_stay_and_edges_change(void)
{
    static const unsigned sides[] = {2, 3, 7, MANDEL_ANTIALIAS_MAX};
    for (size_t i = 0; i < sizeof sides / sizeof sides[0] * SCENE_COLOURINGS; i++) {
        const mandel_colouring colouring = (mandel_colouring)(i % SCENE_COLOURINGS);
        const unsigned side = sides[i / SCENE_COLOURINGS];
        const char *problem = check_edges(colouring, side, side == 3, true);
        if (problem == NULL && colouring == MANDEL_COLOUR_GREY)
            problem = check_edges(colouring, side, side == 3, false);
        if (problem != NULL)
            return problem;
    }
    return NULL;
}

/* An image of something else, and a view in which every point escapes at the first test: each point
 * is one update, and each edge becomes as bright as these points. */
static const char *check_marks(mandel_layout layout, unsigned side)
{
    const mandel_view view = {50, 40, {100.0, 90.0}, {101.0, 89.0}};
    const uint8_t bright = mandel_colour_grey(1, SCENE_LIMIT);
    mandel_tally tally = {0};
    uint64_t seed = side;
    scene s;
    scene before;
    scene_init(&s, &view, MANDEL_COLOUR_GREY);
    scene_init(&before, &view, MANDEL_COLOUR_GREY);
    scene_set_layout(&s, layout);
    scene_set_layout(&before, layout);
    for (size_t i = 0; i < s.image.stride * s.image.height; i++)
        s.image.pixels[i] = before.image.pixels[i] = (uint8_t)random_below(&seed, UNSEEN + 4);
    const mandel_render render = {.view = &s.picture.view,
                                  .sampler = s.picture.sampler,
                                  .shade = &s.shade,
                                  .image = &s.image,
                                  .tallies = &tally};
    scene_need(mandel_antialias_run(&render, side), "antialias");
    const char *problem = NULL;
    uint64_t points = 0;
    for (size_t i = 0; i < scene_pixels(&s) && problem == NULL; i++) {
        const bool edge = is_edge(&before, i);
        points += edge ? side * side : 0;
        for (size_t k = depth_of(&s) * i; k < depth_of(&s) * (i + 1); k++)
            if (s.image.pixels[k] != (edge ? bright : before.image.pixels[k]))
                problem = wrong("pixel %zu is %u", i, s.image.pixels[k]);
    }
    if (problem == NULL && tally.iterations != points)
        problem = wrong("%llu points, not %llu", (unsigned long long)tally.iterations,
                        (unsigned long long)points);
    scene_fini(&s);
    scene_fini(&before);
    return problem;
}

const char *antialias_exactly_the_edges_are_sampled(void)
{
    for (unsigned side = 1; side <= MANDEL_ANTIALIAS_MAX; side++) {
        const char *problem = check_marks(MANDEL_LAYOUT_GREY, side);
        if (problem == NULL)
            problem = check_marks(MANDEL_LAYOUT_RGB, side);
        if (problem != NULL)
            return wrong("side %u: %s", side, problem);
    }
    return NULL;
}

/* ---- the points ----------------------------------------------------------------------------- */

const char *antialias_the_same_every_time(void)
{
    static const size_t thread_counts[] = SUPPORT_POOL_SIZES;
    const mandel_view view = {150, 113, {-0.76, 0.13}, {-0.72, 0.10}};
    const char *problem = NULL;
    scene first;
    scene_init(&first, &view, MANDEL_COLOUR_SMOOTH);
    first.picture.antialias = 4;
    scene_make(&first, NULL);
    for (size_t i = 0; i < 2 * sizeof thread_counts / sizeof thread_counts[0]; i++) {
        mandel_crew crew;
        scene again;
        scene_need(mandel_crew_init(&crew, thread_counts[i / 2]), "crew");
        scene_init(&again, &view, MANDEL_COLOUR_SMOOTH);
        again.picture.antialias = 4;
        scene_make(&again, &crew);
        if (!scene_same_image(&first, &again))
            problem = wrong("%zu threads: the images differ", thread_counts[i / 2]);
        scene_fini(&again);
        mandel_crew_fini(&crew);
    }
    scene_fini(&first);
    return problem;
}

/* With a limit of 2 the set is the disc that ends at 2 and at 2i. Pixel 10 lies on its edge: half
 * of its points are inside. */
const char *antialias_points_are_around_that_of_the_pixel(void)
{
    static const mandel_view views[] = {{20, 1, {1.9, 0.0}, {2.1, -0.01}},
                                        {20, 1, {2.1, 0.0}, {1.9, -0.01}},
                                        {1, 20, {0.0, 2.1}, {0.01, 1.9}},
                                        {1, 20, {0.0, 1.9}, {0.01, 2.1}}};
    const uint8_t white = mandel_colour_grey(1, 2);
    for (size_t i = 0; i < sizeof views / sizeof views[0]; i++) {
        scene s;
        scene_init(&s, &views[i], MANDEL_COLOUR_GREY);
        mandel_shade_fini(&s.shade);
        scene_need(mandel_shade_init(&s.shade, MANDEL_COLOUR_GREY, 2, NULL, 0.0), "shade");
        s.picture.sampler.limit = 2;
        s.picture.antialias = MANDEL_ANTIALIAS_MAX;
        scene_make(&s, NULL);
        const uint8_t near = s.image.pixels[9];
        const uint8_t far = s.image.pixels[11];
        const float part = mandel_light_of(s.image.pixels[10]) / mandel_light_of(white);
        scene_fini(&s);
        if (near != (views[i].upper_left.re == 1.9 || views[i].upper_left.im == 1.9 ? 0 : white))
            return wrong("view %zu: pixel 9 is %u", i, near);
        if (far != (near == 0 ? white : 0))
            return wrong("view %zu: pixel 11 is %u", i, far);
        if (!(part > 0.45F && part < 0.55F))
            return wrong("view %zu: %g of the points are outside", i, (double)part);
    }
    return NULL;
}

/* The sum of all differences of bytes. */
static uint64_t distance(const scene *a, const scene *b)
{
    uint64_t sum = 0;
    for (size_t i = 0; i < a->image.stride * a->image.height; i++)
        sum += (uint64_t)abs(a->image.pixels[i] - b->image.pixels[i]);
    return sum;
}

/* The more points there are, the nearer is the average to that of very many. */
const char *antialias_more_points_agree(void)
{
    static const unsigned sides[] = {0, 2, 4, 8, MANDEL_ANTIALIAS_MAX};
    enum { SIDES = sizeof sides / sizeof sides[0] };
    const mandel_view view = {120, 90, {-0.76, 0.13}, {-0.72, 0.10}};
    for (int colouring = 0; colouring < SCENE_COLOURINGS; colouring++) {
        scene all[SIDES];
        uint64_t off[SIDES];
        for (size_t i = 0; i < SIDES; i++) {
            scene_init(&all[i], &view, (mandel_colouring)colouring);
            all[i].picture.antialias = sides[i];
            scene_make(&all[i], NULL);
        }
        for (size_t i = 0; i < SIDES; i++)
            off[i] = distance(&all[i], &all[SIDES - 1]);
        for (size_t i = 0; i < SIDES; i++)
            scene_fini(&all[i]);
        for (size_t i = 1; i < SIDES; i++)
            if (4 * off[i] > 3 * off[i - 1])
                return wrong("colouring %d: off by %llu with %u points, and by %llu with %u",
                             colouring, (unsigned long long)off[i - 1], sides[i - 1],
                             (unsigned long long)off[i], sides[i]);
    }
    return NULL;
}

/* ---- the rest ------------------------------------------------------------------------------- */

/* All inside, and all so far outside that each point escapes at once. */
const char *antialias_a_picture_without_edges_costs_nothing(void)
{
    static const mandel_view views[] = {{50, 40, {-0.2, 0.1}, {0.1, -0.1}},
                                        {50, 40, {100.0, 90.0}, {101.0, 89.0}}};
    for (size_t i = 0; i < 2; i++) {
        scene plain;
        scene smooth;
        scene_init(&plain, &views[i], MANDEL_COLOUR_GREY);
        scene_init(&smooth, &views[i], MANDEL_COLOUR_GREY);
        smooth.picture.antialias = 4;
        const mandel_tally less = scene_make(&plain, NULL);
        const mandel_tally same = scene_make(&smooth, NULL);
        const bool is_same = scene_same_image(&plain, &smooth);
        scene_fini(&plain);
        scene_fini(&smooth);
        if (!is_same)
            return wrong("view %zu has changed", i);
        if (less.iterations != same.iterations)
            return wrong("view %zu: points were sampled", i);
    }
    return NULL;
}

const char *antialias_every_size(void)
{
    static const uint32_t sides[] = {1, 2, 3, 9, 300};
    enum { SIDES = sizeof sides / sizeof sides[0] };
    mandel_crew crew;
    scene_need(mandel_crew_init(&crew, 3), "crew");
    const char *problem = NULL;
    for (size_t i = 0; i < (size_t)SIDES * SIDES - 1; i++) {
        const mandel_view view = scene_whole(sides[i % SIDES], sides[i / SIDES]);
        scene serial;
        scene parallel;
        scene_init(&serial, &view, MANDEL_COLOUR_SMOOTH);
        scene_init(&parallel, &view, MANDEL_COLOUR_SMOOTH);
        serial.picture.antialias = parallel.picture.antialias = 3;
        scene_make(&serial, NULL);
        scene_make(&parallel, &crew);
        if (!scene_same_image(&serial, &parallel))
            problem = wrong("%ux%u differs", view.width, view.height);
        scene_fini(&serial);
        scene_fini(&parallel);
    }
    mandel_crew_fini(&crew);
    return problem;
}
