/* SPDX-License-Identifier: MIT */
/* render_checks.c - see render_checks.h. */
#include "mandelbrot/picture/render_checks.h"

#include "mandelbrot/field/kernels.h"
#include "mandelbrot/field/reference.h"
#include "mandelbrot/picture/render.h"

#include <fcntl.h>
#include <unistd.h>

static const size_t thread_counts[] = SUPPORT_POOL_SIZES;
enum { THREAD_COUNTS = sizeof thread_counts / sizeof thread_counts[0], LIMIT = 255 };

/* A render with what belongs to it. */
typedef struct scene {
    mandel_view view;
    mandel_image image;
    mandel_shade shade;
    mandel_crew crew;
    mandel_render render;
} scene;

static void need(int error, const char *what)
{
    if (error == 0)
        return;
    fprintf(stderr, "%s: %s\n", what, strerror(error));
    abort();
}

static void scene_init(scene *s, mandel_layout layout, const mandel_view *view, size_t threads)
{
    s->view = *view;
    need(mandel_image_init(&s->image, layout, view->width, view->height), "image");
    need(mandel_shade_init(&s->shade, MANDEL_COLOUR_GREY, LIMIT, NULL, 0.0), "shade");
    need(mandel_crew_init(&s->crew, threads), "crew");
    s->render = (mandel_render){
        .view = &s->view,
        .sampler = {.instructions = mandel_kernels_best()->instructions,
                    .shortcuts = true,
                    .limit = LIMIT,
                    .pixel = mandel_view_pixel(view)},
        .shade = &s->shade,
        .image = &s->image,
        .crew = &s->crew,
        .tallies = s->crew.tallies,
    };
}

static void scene_fini(scene *s)
{
    mandel_crew_fini(&s->crew);
    mandel_shade_fini(&s->shade);
    mandel_image_fini(&s->image);
}

static size_t scene_bytes(const scene *s)
{
    return s->image.stride * s->image.height;
}

/* Renders on the crew into an image that was something else before. */
static mandel_tally scene_run(scene *s)
{
    mandel_crew_reset(&s->crew);
    memset(s->image.pixels, 0x5a, scene_bytes(s));
    need(mandel_render_run(&s->render), "render");
    return mandel_crew_total(&s->crew);
}

/* Renders into the image on the calling thread alone. */
static mandel_tally run_serially(const scene *s, mandel_image *image)
{
    mandel_tally tally = {0};
    mandel_render serial = s->render;
    serial.crew = NULL;
    serial.tallies = &tally;
    serial.image = image;
    memset(image->pixels, 0xa5, image->stride * image->height);
    need(mandel_render_run(&serial), "render");
    return tally;
}

static mandel_view whole_view(uint32_t width, uint32_t height)
{
    return (mandel_view){width, height, {-2.25, 1.125}, {0.75, -1.125}};
}

/* Views of every kind: with the axis in the middle, elsewhere, between two rows and outside, upside
 * down, from right to left, without extent. In the ones with many digits, rows mirror each other
 * where the arithmetic is not quite sure of it. */
static const mandel_view views[] = {
    {90, 61, {-2.25, 1.125}, {0.75, -1.125}},
    {90, 60, {-2.25, 1.125}, {0.75, -1.125}},
    {70, 50, {-2.0, 1.0}, {0.5, -1.5}},
    {70, 50, {-2.0, 0.25}, {0.5, -1.0}},
    {64, 41, {-2.0, 0.0}, {0.5, -1.0}},
    {40, 77, {-1.2, 0.35}, {-1.0, 0.2}},
    {80, 61, {-2.25, -1.125}, {0.75, 1.125}},
    {300, 36, {0.75, 1.125}, {-2.25, -1.125}},
    {33, 36, {-2.0, 1.04}, {0.5, -3.952}},
    {33, 61, {-2.0, -1.05}, {0.5, 1.1973684210526316}},
    {21, 165, {-2.0, 1.29}, {0.5, -3.0986597938144333}},
    {50, 40, {-0.7, 1.1}, {-0.7, -1.1}},
    {50, 40, {-2.0, 0.3}, {0.5, 0.3}},
    {50, 40, {-2.0, 0.0}, {0.5, 0.0}},
    {300, 20, {-0.1, 0.1}, {-0.1, 0.1}},
    {300, 20, {3.0, 0.0}, {3.0, 0.0}},
};
enum { VIEWS = sizeof views / sizeof views[0] };

static uint32_t count_at(const mandel_view *view, size_t pixel, uint32_t limit)
{
    const reference_view same = {view->width,         view->height,         view->upper_left.re,
                                 view->upper_left.im, view->lower_right.re, view->lower_right.im};
    return reference_count(reference_re(&same, pixel % view->width),
                           reference_im(&same, pixel / view->width), limit);
}

/* ---- against the reference ------------------------------------------------------------------ */

const char *render_the_picture_of_the_book(void)
{
    const mandel_view view = {400, 300, {-1.20, 0.35}, {-1.0, 0.20}};
    const reference_view same = {400, 300, -1.20, 0.35, -1.0, 0.20};
    uint8_t *const expected = reference_picture(&same);
    const char *problem = NULL;
    for (int shortcuts = 0; shortcuts < 2 && problem == NULL; shortcuts++) {
        scene s;
        scene_init(&s, MANDEL_LAYOUT_GREY, &view, 2);
        s.render.sampler.shortcuts = shortcuts;
        scene_run(&s);
        for (size_t i = 0; i < scene_bytes(&s) && problem == NULL; i++)
            if (s.image.pixels[i] != expected[i])
                problem = wrong("pixel %zu is %u, not %u", i, s.image.pixels[i], expected[i]);
        scene_fini(&s);
    }
    free(expected);
    return problem;
}

/* Both into an image and into a field. */
static const char *compare_with_reference(scene *s)
{
    const mandel_view *const view = &s->view;
    const size_t n = (size_t)view->width * view->height;
    mandel_field field;
    need(mandel_field_init(&field, view->width, view->height, false, false), "field");
    memset(field.samples.count, 0xff, n * sizeof *field.samples.count);
    scene_run(s);
    s->render.field = &field;
    need(mandel_render_run(&s->render), "render");
    s->render.field = NULL;
    const char *problem = NULL;
    for (size_t i = 0; i < n && problem == NULL; i++) {
        const uint32_t count = count_at(view, i, LIMIT);
        if (field.samples.count[i] != count)
            problem = wrong("count %zu is %u, not %u", i, field.samples.count[i], count);
        else if (s->image.pixels[i] != mandel_colour_grey(count, LIMIT))
            problem = wrong("pixel %zu is %u with %u", i, s->image.pixels[i], count);
    }
    mandel_field_fini(&field);
    return problem;
}

const char *render_every_view_is_that_of_the_reference(void)
{
    for (size_t i = 0; i < 2 * VIEWS; i++) {
        scene s;
        scene_init(&s, MANDEL_LAYOUT_GREY, &views[i / 2], 3);
        s.render.sampler.shortcuts = i % 2 == 1;
        const char *const problem = compare_with_reference(&s);
        scene_fini(&s);
        if (problem != NULL)
            return wrong("view %zu, shortcuts %zu: %s", i / 2, i % 2, problem);
    }
    return NULL;
}

/* Who is inside after as many updates as the limit says, the last one included, would also pass one
 * more test. */
static const char *compare_bits(const mandel_view *view, size_t threads)
{
    scene s;
    scene_init(&s, MANDEL_LAYOUT_BITS, view, threads);
    s.render.only_bits = true;
    s.render.sampler.shortcuts = false;
    s.render.sampler.limit = 50;
    const mandel_tally tally = scene_run(&s);
    const char *problem = NULL;
    if (tally.pixels != (uint64_t)view->width * view->height)
        problem = wrong("%llu pixels", (unsigned long long)tally.pixels);
    for (size_t i = 0; i < s.image.stride * 8 * view->height && problem == NULL; i++) {
        const size_t row = i / (s.image.stride * 8);
        const size_t column = i % (s.image.stride * 8);
        const bool bit = (s.image.pixels[i / 8] & 0x80 >> i % 8) != 0;
        const bool expected =
            column < view->width && count_at(view, row * view->width + column, 51) == 51;
        if (bit != expected)
            problem = wrong("the bit at %zu,%zu is %d", column, row, bit);
    }
    scene_fini(&s);
    return problem;
}

const char *render_bits_are_what_is_inside(void)
{
    for (size_t i = 0; i < VIEWS; i++) {
        const size_t threads = thread_counts[i % THREAD_COUNTS];
        const char *const problem = compare_bits(&views[i], threads);
        if (problem != NULL)
            return wrong("view %zu, %zu threads: %s", i, threads, problem);
    }
    const mandel_view wide = {1027, 19, {-2.25, 1.125}, {0.75, -1.125}};
    return compare_bits(&wide, 3);
}

/* ---- on threads and without ----------------------------------------------------------------- */

static const char *compare_with_serial(mandel_layout layout, const mandel_view *view,
                                       size_t threads, bool shortcuts)
{
    scene s;
    mandel_image serial;
    scene_init(&s, layout, view, threads);
    need(mandel_image_init(&serial, layout, view->width, view->height), "image");
    s.render.sampler.shortcuts = shortcuts;
    run_serially(&s, &serial);
    scene_run(&s);
    const bool is_same = memcmp(s.image.pixels, serial.pixels, scene_bytes(&s)) == 0;
    mandel_image_fini(&serial);
    scene_fini(&s);
    return is_same ? NULL
                   : wrong("layout %d, %ux%u: %zu threads and none differ", layout, view->width,
                           view->height, threads);
}

const char *render_the_same_for_every_layout_size_and_number_of_threads(void)
{
    static const mandel_layout layouts[] = {MANDEL_LAYOUT_BITS, MANDEL_LAYOUT_GREY,
                                            MANDEL_LAYOUT_RGB};
    static const uint32_t sizes[][2] = {{1, 1},    {2, 1},    {255, 3},  {256, 2},    {257, 101},
                                        {1, 1009}, {1, 4101}, {2503, 1}, {257, 2060}, {517, 233}};
    for (size_t k = 0; k < sizeof sizes / sizeof sizes[0]; k++) {
        const mandel_view view = whole_view(sizes[k][0], sizes[k][1]);
        for (size_t i = 0; i < THREAD_COUNTS; i++) {
            const char *const problem = compare_with_serial(layouts[(k + i) % 3], &view,
                                                            thread_counts[i], (k + i) % 2 == 0);
            if (problem != NULL)
                return problem;
        }
    }
    return NULL;
}

/* As all pixels are right, each has been written once if there have been no more writes. */
static const char *compare_tallies(const mandel_view *view, size_t threads, bool shortcuts)
{
    scene s;
    mandel_image serial_image;
    scene_init(&s, MANDEL_LAYOUT_GREY, view, threads);
    need(mandel_image_init(&serial_image, MANDEL_LAYOUT_GREY, view->width, view->height), "image");
    s.render.sampler.shortcuts = shortcuts;
    const size_t pixels = (size_t)view->width * view->height;
    const mandel_tally serial = run_serially(&s, &serial_image);
    const mandel_tally total = scene_run(&s);
    uint64_t iterations = serial.iterations;
    if (!shortcuts) {
        iterations = 0;
        for (size_t i = 0; i < pixels; i++)
            iterations += count_at(view, i, LIMIT);
    }
    scene_fini(&s);
    mandel_image_fini(&serial_image);
    if (serial.pixels != pixels || total.pixels != pixels)
        return wrong("%llu pixels, and %llu serially, of %zu", (unsigned long long)total.pixels,
                     (unsigned long long)serial.pixels, pixels);
    if (serial.iterations != iterations || total.iterations != iterations)
        return wrong("%llu iterations, and %llu serially, of %llu",
                     (unsigned long long)total.iterations, (unsigned long long)serial.iterations,
                     (unsigned long long)iterations);
    return NULL;
}

const char *render_every_pixel_and_iteration_is_counted_once(void)
{
    const mandel_view large = whole_view(301, 2100);
    for (size_t i = 0; i < 2 * (VIEWS + THREAD_COUNTS); i++) {
        const size_t k = i / 2;
        const size_t threads = thread_counts[k % THREAD_COUNTS];
        const char *const problem =
            compare_tallies(k < VIEWS ? &views[k] : &large, threads, i % 2 == 1);
        if (problem != NULL)
            return wrong("view %zu, %zu threads, shortcuts %zu: %s", k, threads, i % 2, problem);
    }
    return NULL;
}

/* Half of a picture with the axis in its middle is free, and so is most of the inside. */
const char *render_shortcuts_change_nothing_but_the_work(void)
{
    const mandel_view view = whole_view(301, 200);
    scene s;
    mandel_image plain;
    scene_init(&s, MANDEL_LAYOUT_GREY, &view, 2);
    need(mandel_image_init(&plain, MANDEL_LAYOUT_GREY, view.width, view.height), "image");
    const mandel_tally less = scene_run(&s);
    s.render.sampler.shortcuts = false;
    const mandel_tally all = run_serially(&s, &plain);
    const bool is_same = memcmp(s.image.pixels, plain.pixels, scene_bytes(&s)) == 0;
    mandel_image_fini(&plain);
    scene_fini(&s);
    if (!is_same)
        return "the pictures differ";
    return less.iterations < all.iterations / 3
               ? NULL
               : wrong("%llu iterations of %llu", (unsigned long long)less.iterations,
                       (unsigned long long)all.iterations);
}

const char *render_progress_ends_at_all_tiles(void)
{
    static const uint32_t sizes[][2] = {{700, 300}, {300, 2100}, {1, 1}};
    static const size_t tiles[] = {900, 526, 1};
    for (size_t i = 0; i < 3; i++) {
        const mandel_view view = whole_view(sizes[i][0], sizes[i][1]);
        scene s;
        scene_init(&s, MANDEL_LAYOUT_GREY, &view, 3);
        const int fd = open("/dev/null", O_WRONLY | O_CLOEXEC);
        mandel_progress progress;
        mandel_progress_init(&progress, fd);
        mandel_progress_begin(&progress, mandel_render_tiles(&s.render));
        s.render.progress = &progress;
        scene_run(&s);
        mandel_progress_fini(&progress);
        close(fd);
        const size_t all = mandel_render_tiles(&s.render);
        const size_t done = atomic_load(&progress.done);
        scene_fini(&s);
        if (done != all || all != tiles[i])
            return wrong("%zu of %zu tiles, expected %zu", done, all, tiles[i]);
    }
    return NULL;
}

/* ---- the rest ------------------------------------------------------------------------------- */

const char *render_the_same_again(void)
{
    const mandel_view view = whole_view(500, 50);
    scene s;
    scene_init(&s, MANDEL_LAYOUT_GREY, &view, 2);
    const mandel_tally once = scene_run(&s);
    const uint64_t checksum = reference_checksum(s.image.pixels, scene_bytes(&s));
    const mandel_tally again = scene_run(&s);
    const bool is_same = checksum == reference_checksum(s.image.pixels, scene_bytes(&s));
    scene_fini(&s);
    if (once.iterations != again.iterations || once.pixels != again.pixels)
        return "the tallies differ";
    return is_same ? NULL : "the pictures differ";
}

const char *render_the_default_pool_renders_too(void)
{
    const mandel_view view = whole_view(640, 240);
    return compare_with_serial(MANDEL_LAYOUT_GREY, &view, 0, true);
}

/* Few enough to hold all pixels, and enough for many threads where there are enough pixels. */
const char *render_tiles_are_as_many_as_it_takes(void)
{
    static const uint32_t sides[] = {1, 2, 7, 8, 9, 255, 256, 257, 1000, 4096, 100000, 2147483647};
    enum { SIDES = sizeof sides / sizeof sides[0] };
    for (size_t i = 0; i < (size_t)SIDES * SIDES; i++) {
        const mandel_view view = whole_view(sides[i / SIDES], sides[i % SIDES]);
        const mandel_render render = {.view = &view, .sampler = {.limit = LIMIT}};
        const size_t tiles = mandel_render_tiles(&render);
        const size_t across = ((size_t)view.width + MANDEL_TILE_COLUMNS - 1) / MANDEL_TILE_COLUMNS;
        const size_t least = across * (((size_t)view.height + 7) / 8);
        const size_t most = across * view.height;
        if (tiles < least || tiles > most || tiles < (most < 256 ? most : 256))
            return wrong("%ux%u: %zu tiles", view.width, view.height, tiles);
    }
    return NULL;
}

const char *render_pieces_are_small_but_never_empty(void)
{
    static const uint32_t limits[] = {1, 50, 255, 256, 1000, 1024, 1025, 1000000000};
    for (size_t i = 0; i < sizeof limits / sizeof limits[0]; i++) {
        const mandel_render render = {.sampler = {.limit = limits[i]}};
        const size_t grain = mandel_render_grain(&render);
        if (grain < 1)
            return wrong("limit %u: an empty piece", limits[i]);
        if (grain > 1 && (uint64_t)grain * MANDEL_SAMPLES * limits[i] > 1 << 19)
            return wrong("limit %u: pieces of %zu tiles are too large", limits[i], grain);
    }
    return NULL;
}
