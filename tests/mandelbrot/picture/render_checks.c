/* SPDX-License-Identifier: MIT */
/* render_checks.c - see render_checks.h. */
#include "mandelbrot/picture/render_checks.h"

#include "mandelbrot/field/reference.h"
#include "mandelbrot/image/colour.h"
#include "mandelbrot/picture/render.h"

#include <fcntl.h>
#include <unistd.h>

static const size_t thread_counts[] = SUPPORT_POOL_SIZES;
enum { THREAD_COUNTS = sizeof thread_counts / sizeof thread_counts[0] };

/* A render with what belongs to it. */
typedef struct scene {
    mandel_view view;
    mandel_image image;
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

static void scene_init(scene *s, mandel_layout layout, uint32_t width, uint32_t height,
                       uint32_t limit, size_t threads)
{
    s->view = (mandel_view){width, height, {-2.25, 1.125}, {0.75, -1.125}};
    need(mandel_image_init(&s->image, layout, width, height), "image");
    need(mandel_crew_init(&s->crew, threads), "crew");
    s->render = (mandel_render){.view = &s->view,
                                .limit = limit,
                                .kernel = mandel_kernel_scalar,
                                .image = &s->image,
                                .crew = &s->crew};
}

static void scene_fini(scene *s)
{
    mandel_crew_fini(&s->crew);
    mandel_image_fini(&s->image);
}

static size_t scene_bytes(const scene *s)
{
    return s->image.stride * s->image.height;
}

const char *render_the_picture_of_the_book(void)
{
    const reference_view view = {400, 300, -1.20, 0.35, -1.0, 0.20};
    uint8_t *const expected = reference_picture(&view);
    scene s;
    scene_init(&s, MANDEL_LAYOUT_GREY, 400, 300, 255, 2);
    s.view.upper_left = (mandel_point){-1.20, 0.35};
    s.view.lower_right = (mandel_point){-1.0, 0.20};
    need(mandel_render_parallel(&s.render), "render");
    const char *problem = NULL;
    for (size_t i = 0; i < scene_bytes(&s) && problem == NULL; i++)
        if (s.image.pixels[i] != expected[i])
            problem = wrong("pixel %zu is %u, not %u", i, s.image.pixels[i], expected[i]);
    scene_fini(&s);
    free(expected);
    return problem;
}

static const char *compare_with_serial(mandel_layout layout, uint32_t width, uint32_t height,
                                       size_t threads)
{
    scene s;
    scene_init(&s, layout, width, height, 255, threads);
    mandel_image serial_image;
    need(mandel_image_init(&serial_image, layout, width, height), "image");
    mandel_render serial = s.render;
    serial.image = &serial_image;
    mandel_render_serial(&serial);
    memset(s.image.pixels, 0x5a, scene_bytes(&s));
    need(mandel_render_parallel(&s.render), "render");
    const char *const problem = memcmp(s.image.pixels, serial_image.pixels, scene_bytes(&s)) == 0
                                    ? NULL
                                    : wrong("layout %d, %ux%u: %zu threads and none differ", layout,
                                            width, height, threads);
    mandel_image_fini(&serial_image);
    scene_fini(&s);
    return problem;
}

const char *render_the_same_for_every_layout_size_and_number_of_threads(void)
{
    static const mandel_layout layouts[] = {MANDEL_LAYOUT_BITS, MANDEL_LAYOUT_GREY,
                                            MANDEL_LAYOUT_RGB};
    static const uint32_t sizes[][2] = {{1, 1},     {2, 1},    {255, 3},  {256, 2},
                                        {257, 101}, {1, 1009}, {2503, 1}, {517, 233}};
    for (size_t k = 0; k < sizeof sizes / sizeof sizes[0]; k++) {
        for (size_t i = 0; i < THREAD_COUNTS; i++) {
            const char *const problem = compare_with_serial(layouts[(k + i) % 3], sizes[k][0],
                                                            sizes[k][1], thread_counts[i]);
            if (problem != NULL)
                return problem;
        }
    }
    return NULL;
}

const char *render_every_pixel_and_iteration_is_counted_once(void)
{
    for (size_t i = 0; i < THREAD_COUNTS; i++) {
        scene s;
        scene_init(&s, MANDEL_LAYOUT_GREY, 601, 211, 200, thread_counts[i]);
        const mandel_tally serial = mandel_render_serial(&s.render);
        need(mandel_render_parallel(&s.render), "render");
        const mandel_tally total = mandel_crew_total(&s.crew);
        scene_fini(&s);
        if (serial.pixels != 601 * 211 || total.pixels != serial.pixels)
            return wrong("%zu threads: %llu pixels", thread_counts[i],
                         (unsigned long long)total.pixels);
        if (serial.iterations == 0 || total.iterations != serial.iterations)
            return wrong("%zu threads: %llu iterations", thread_counts[i],
                         (unsigned long long)total.iterations);
    }
    return NULL;
}

const char *render_progress_ends_at_all_spans(void)
{
    scene s;
    scene_init(&s, MANDEL_LAYOUT_GREY, 700, 300, 255, 3);
    const int fd = open("/dev/null", O_WRONLY | O_CLOEXEC);
    mandel_progress progress;
    mandel_progress_init(&progress, fd, mandel_render_spans(&s.render));
    s.render.progress = &progress;
    need(mandel_render_parallel(&s.render), "render");
    mandel_progress_fini(&progress);
    close(fd);
    const size_t done = atomic_load(&progress.done);
    const size_t spans = mandel_render_spans(&s.render);
    scene_fini(&s);
    /* 700 pixels are two whole spans and a part of one. */
    return done == spans && spans == 900 ? NULL : wrong("%zu of %zu spans", done, spans);
}

/* The place whose tint the span has that begins at a pixel, or SIZE_MAX if the span is not the grey
 * picture in the tint of one place. */
static size_t tint_of(const scene *s, const uint8_t *grey, size_t row, size_t column)
{
    const size_t left = s->view.width - column;
    const size_t n = left < MANDEL_RENDER_SPAN ? left : MANDEL_RENDER_SPAN;
    const uint8_t *const pixels = s->image.pixels + row * s->image.stride + 3 * column;
    for (size_t place = 0; place < s->crew.places; place++) {
        const mandel_rgb tint = mandel_colour_worker(place);
        mandel_image line = {MANDEL_LAYOUT_RGB, (uint32_t)n, 1, 3 * n, NULL};
        uint8_t expected[3 * MANDEL_RENDER_SPAN];
        uint32_t counts[MANDEL_RENDER_SPAN];
        for (size_t i = 0; i < n; i++)
            counts[i] = 255u - grey[row * s->view.width + column + i];
        line.pixels = expected;
        mandel_colour_span(&line, 0, 0, n, counts, 255, &tint);
        if (memcmp(pixels, expected, 3 * n) == 0)
            return place;
    }
    return SIZE_MAX;
}

const char *render_workers_tint_whole_spans(void)
{
    enum { WIDTH = 600, HEIGHT = 90 };
    const reference_view view = {WIDTH, HEIGHT, -2.25, 1.125, 0.75, -1.125};
    uint8_t *const grey = reference_picture(&view);
    scene s;
    scene_init(&s, MANDEL_LAYOUT_RGB, WIDTH, HEIGHT, 255, 3);
    s.render.show_workers = true;
    need(mandel_render_parallel(&s.render), "render");
    uint64_t *const pixels = calloc(s.crew.places, sizeof *pixels);
    const char *problem = pixels == NULL ? "no memory" : NULL;
    for (size_t row = 0; row < HEIGHT && problem == NULL; row++) {
        for (size_t column = 0; column < WIDTH && problem == NULL; column += MANDEL_RENDER_SPAN) {
            const size_t place = tint_of(&s, grey, row, column);
            if (place == SIZE_MAX)
                problem = wrong("the span at %zu,%zu has no worker's tint", column, row);
            else
                pixels[place] +=
                    WIDTH - column < MANDEL_RENDER_SPAN ? WIDTH - column : MANDEL_RENDER_SPAN;
        }
    }
    for (size_t i = 0; i < s.crew.places && problem == NULL; i++)
        if (pixels[i] != s.crew.tallies[i].pixels)
            problem =
                wrong("place %zu tinted %llu pixels and counted %llu", i,
                      (unsigned long long)pixels[i], (unsigned long long)s.crew.tallies[i].pixels);
    free(pixels);
    free(grey);
    scene_fini(&s);
    return problem;
}

const char *render_a_second_picture_begins_anew(void)
{
    scene s;
    scene_init(&s, MANDEL_LAYOUT_GREY, 500, 50, 255, 2);
    need(mandel_render_parallel(&s.render), "render");
    const uint64_t once = mandel_crew_total(&s.crew).iterations;
    need(mandel_render_parallel(&s.render), "render");
    const uint64_t again = mandel_crew_total(&s.crew).iterations;
    scene_fini(&s);
    return once == again ? NULL : "the tallies were not cleared";
}

const char *render_the_default_pool_renders_too(void)
{
    return compare_with_serial(MANDEL_LAYOUT_GREY, 640, 240, 0);
}

const char *render_pieces_are_small_but_never_empty(void)
{
    static const uint32_t limits[] = {1, 50, 255, 1000, 1024, 1025, 1000000000};
    for (size_t i = 0; i < sizeof limits / sizeof limits[0]; i++) {
        const mandel_render render = {.limit = limits[i]};
        const size_t grain = mandel_render_grain(&render);
        if (grain < 1)
            return wrong("limit %u: an empty piece", limits[i]);
        if (grain > 1 && (uint64_t)grain * MANDEL_RENDER_SPAN * limits[i] > 1 << 18)
            return wrong("limit %u: pieces of %zu spans are too large", limits[i], grain);
    }
    return NULL;
}
