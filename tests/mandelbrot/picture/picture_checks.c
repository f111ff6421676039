/* SPDX-License-Identifier: MIT */
/* picture_checks.c - see picture_checks.h. */
#include "mandelbrot/picture/picture_checks.h"

#include "mandelbrot/picture/scene.h"

#include <fcntl.h>
#include <unistd.h>

static const size_t thread_counts[] = SUPPORT_POOL_SIZES;
enum { THREAD_COUNTS = sizeof thread_counts / sizeof thread_counts[0] };

/* ---- in every way --------------------------------------------------------------------------- */

/* What a picture may be asked for. */
typedef struct way {
    mandel_colouring colouring;
    unsigned antialias;
    bool subdivide;
    bool keep;
    bool shortcuts;
} way;

static const unsigned sides[] = {0, 2, 3};
enum { SIDES = sizeof sides / sizeof sides[0], WAYS = SCENE_COLOURINGS * SIDES * 2 * 2 * 2 };

static way way_at(size_t i)
{
    way w;
    w.keep = i % 2 != 0;
    i /= 2;
    w.shortcuts = i % 2 != 0;
    i /= 2;
    w.subdivide = i % 2 != 0;
    i /= 2;
    w.antialias = sides[i % SIDES];
    w.colouring = (mandel_colouring)(i / SIDES);
    return w;
}

/* From one way to the next: where each is slow, only some are tried, which differ in all they ask
 * for. */
static size_t stride(void)
{
    enum { ALL = 10, SOME = 7 };
    return scaled(ALL) == ALL ? 1 : SOME;
}

static void scene_init_way(scene *s, const mandel_view *view, const way *w)
{
    scene_init(s, view, w->colouring);
    s->picture.antialias = w->antialias;
    s->picture.subdivide = w->subdivide;
    s->picture.sampler.shortcuts = w->shortcuts;
    if (w->keep)
        scene_keep(s, mandel_colouring_needs_fractions(w->colouring),
                   mandel_colouring_needs_distances(w->colouring));
}

static const char *compare_tallies(const scene *s, const mandel_tally *got,
                                   const mandel_tally *expected)
{
    if (got->pixels != scene_pixels(s))
        return wrong("%llu pixels", (unsigned long long)got->pixels);
    return got->iterations == expected->iterations
               ? NULL
               : wrong("%llu iterations, serially %llu", (unsigned long long)got->iterations,
                       (unsigned long long)expected->iterations);
}

/* Nothing is to be the same as of a picture made serially, without shortcuts and a field, but for
 * what the way says. */
static const char *check_way(const way *w, const mandel_view *view, mandel_crew *crew)
{
    const way plain_way = {w->colouring, w->antialias, w->subdivide, false, false};
    scene plain;
    scene serial;
    scene parallel;
    scene_init_way(&plain, view, &plain_way);
    scene_init_way(&serial, view, w);
    scene_init_way(&parallel, view, w);
    scene_make(&plain, NULL);
    const mandel_tally expected = scene_make(&serial, NULL);
    const mandel_tally got = scene_make(&parallel, crew);
    const char *problem = compare_tallies(&parallel, &got, &expected);
    if (problem == NULL && !scene_same_image(&plain, &serial))
        problem = "the image is not the plain one";
    if (problem == NULL && !scene_same_image(&serial, &parallel))
        problem = "the images differ";
    if (problem == NULL && w->keep && !scene_same_field(&serial, &parallel))
        problem = "the fields differ";
    scene_fini(&plain);
    scene_fini(&serial);
    scene_fini(&parallel);
    return problem == NULL ? NULL
                           : wrong("%s%s%s%s, %u points: %s", mandel_colouring_name(w->colouring),
                                   w->subdivide ? ", subdivided" : "", w->keep ? ", kept" : "",
                                   w->shortcuts ? ", shortcuts" : "", w->antialias, problem);
}

const char *picture_the_same_in_every_way_and_on_any_number_of_threads(void)
{
    static const mandel_view views[] = {{61, 40, {-2.25, 1.125}, {0.75, -1.125}},
                                        {49, 53, {-0.76, 0.13}, {-0.72, 0.09}}};
    for (size_t k = 0; k < THREAD_COUNTS; k++) {
        mandel_crew crew;
        scene_need(mandel_crew_init(&crew, thread_counts[k]), "crew");
        const char *problem = NULL;
        for (size_t i = k % stride(); i < WAYS && problem == NULL; i += stride()) {
            const way w = way_at(i);
            problem = check_way(&w, &views[(i / 7 + k) % 2], &crew);
        }
        mandel_crew_fini(&crew);
        if (problem != NULL)
            return wrong("%zu threads: %s", thread_counts[k], problem);
    }
    return NULL;
}

const char *picture_the_default_pool_makes_it_too(void)
{
    const mandel_view view = scene_whole(300, 200);
    const way w = {MANDEL_COLOUR_HISTOGRAM, 2, true, true, true};
    mandel_crew crew;
    scene_need(mandel_crew_init(&crew, 0), "crew");
    const char *const problem = check_way(&w, &view, &crew);
    mandel_crew_fini(&crew);
    return problem;
}

/* ---- fields --------------------------------------------------------------------------------- */

const char *picture_a_field_is_needed_for_some(void)
{
    for (size_t i = 0; i < WAYS; i++) {
        const way w = way_at(i);
        const bool expected = w.subdivide || w.colouring == MANDEL_COLOUR_HISTOGRAM;
        mandel_shade shade = {.colouring = w.colouring};
        mandel_image image = {0};
        mandel_picture picture = {
            .subdivide = w.subdivide, .antialias = w.antialias, .shade = &shade, .image = &image};
        if (mandel_picture_needs_field(&picture) != expected)
            return wrong("%s: %d", mandel_colouring_name(w.colouring), !expected);
        picture.image = NULL;
        if (!mandel_picture_needs_field(&picture))
            return "without an image there are only the samples";
    }
    return NULL;
}

/* A field made with one colouring, or with none, and coloured by another. */
static const char *check_colouring(mandel_colouring colouring, const scene *sampled,
                                   mandel_crew *crew)
{
    scene direct;
    scene anew;
    scene_init(&direct, &sampled->picture.view, colouring);
    scene_init(&anew, &sampled->picture.view, colouring);
    scene_make(&direct, NULL);
    mandel_field field = sampled->field;
    anew.picture.field = &field;
    anew.picture.crew = crew;
    memset(anew.image.pixels, 0x5a, anew.image.stride * anew.image.height);
    scene_need(mandel_picture_colour(&anew.picture), "colour");
    const bool is_same = scene_same_image(&direct, &anew);
    scene_fini(&direct);
    scene_fini(&anew);
    return is_same ? NULL : wrong("%s differs", mandel_colouring_name(colouring));
}

const char *picture_colours_come_from_a_kept_field_too(void)
{
    const mandel_view view = scene_whole(300, 157);
    scene sampled;
    scene_init(&sampled, &view, MANDEL_COLOUR_GREY);
    scene_keep(&sampled, true, true);
    const char *problem = NULL;
    for (size_t k = 0; k < THREAD_COUNTS && problem == NULL; k++) {
        mandel_crew crew;
        scene_need(mandel_crew_init(&crew, thread_counts[k]), "crew");
        scene_make(&sampled, &crew);
        for (int i = 0; i < SCENE_COLOURINGS && problem == NULL; i++)
            problem = check_colouring((mandel_colouring)i, &sampled, &crew);
        mandel_crew_fini(&crew);
    }
    scene_fini(&sampled);
    return problem;
}

const char *picture_samples_alone_need_no_image(void)
{
    const mandel_view view = scene_whole(200, 100);
    mandel_crew crew;
    scene with_image;
    scene without;
    scene_need(mandel_crew_init(&crew, 3), "crew");
    scene_init(&with_image, &view, MANDEL_COLOUR_GREY);
    scene_init(&without, &view, MANDEL_COLOUR_GREY);
    scene_keep(&with_image, true, true);
    scene_keep(&without, true, true);
    without.picture.image = NULL;
    without.picture.antialias = 4;
    scene_make(&with_image, &crew);
    scene_make(&without, &crew);
    const bool is_same = scene_same_field(&with_image, &without);
    scene_fini(&with_image);
    scene_fini(&without);
    mandel_crew_fini(&crew);
    return is_same ? NULL : "the fields differ";
}

/* ---- bits ----------------------------------------------------------------------------------- */

/* Who is inside after the last of the updates is not tested again by counting, so that takes one
 * more. */
const char *picture_bits_alone(void)
{
    const mandel_view view = scene_whole(301, 203);
    const char *problem = NULL;
    mandel_crew crew;
    scene only;
    scene counted;
    scene_need(mandel_crew_init(&crew, 3), "crew");
    scene_init(&only, &view, MANDEL_COLOUR_GREY);
    scene_init(&counted, &view, MANDEL_COLOUR_GREY);
    scene_set_layout(&only, MANDEL_LAYOUT_BITS);
    scene_set_layout(&counted, MANDEL_LAYOUT_BITS);
    only.picture.only_bits = true;
    only.picture.sampler.shortcuts = false;
    only.picture.sampler.limit = SCENE_LIMIT - 1;
    scene_make(&counted, &crew);
    for (int i = 0; i < 2 && problem == NULL; i++) {
        const mandel_tally tally = scene_make(&only, i == 0 ? NULL : &crew);
        if (tally.pixels != scene_pixels(&only))
            problem = wrong("%llu pixels", (unsigned long long)tally.pixels);
        else if (!scene_same_image(&only, &counted))
            problem = i == 0 ? "serial bits differ" : "bits differ";
    }
    scene_fini(&only);
    scene_fini(&counted);
    mandel_crew_fini(&crew);
    return problem;
}

/* ---- the rest ------------------------------------------------------------------------------- */

/* A line, a point inside, a point outside, and a pixel. */
const char *picture_views_without_extent(void)
{
    static const mandel_view views[] = {
        {40, 30, {-0.7, 1.1}, {-0.7, -1.1}}, {40, 30, {-2.1, 0.1}, {0.6, 0.1}},
        {40, 30, {0.0, 0.0}, {0.0, 0.0}},    {40, 30, {-0.75, 0.2}, {-0.75, 0.2}},
        {40, 30, {3.0, 4.0}, {3.0, 4.0}},    {1, 1, {-0.75, 0.2}, {-0.7, 0.1}},
        {1, 30, {0.0, 1.5}, {0.0, -1.5}},    {40, 1, {-2.1, 0.0}, {1.0, 0.0}}};
    mandel_crew crew;
    scene_need(mandel_crew_init(&crew, 3), "crew");
    const char *problem = NULL;
    for (size_t k = 0; k < sizeof views / sizeof views[0]; k++) {
        for (size_t i = k % stride(); i < WAYS && problem == NULL; i += stride()) {
            const way w = way_at(i);
            problem = check_way(&w, &views[k], &crew);
        }
    }
    mandel_crew_fini(&crew);
    return problem;
}

const char *picture_a_second_picture_begins_anew(void)
{
    const mandel_view view = scene_whole(150, 40);
    const char *problem = NULL;
    mandel_crew crew;
    scene_need(mandel_crew_init(&crew, 2), "crew");
    for (size_t i = 0; i < WAYS && problem == NULL; i += stride()) {
        const way w = way_at(i);
        scene first;
        scene second;
        scene_init_way(&first, &view, &w);
        scene_init_way(&second, &view, &w);
        scene_make(&first, &crew);
        const mandel_tally once = scene_make(&second, &crew);
        const mandel_tally again = scene_make(&second, &crew);
        if (once.pixels != again.pixels || once.iterations != again.iterations)
            problem = "the tallies were not cleared";
        if (!scene_same_image(&first, &second))
            problem = "the pictures differ";
        scene_fini(&first);
        scene_fini(&second);
    }
    mandel_crew_fini(&crew);
    return problem;
}

static const char *check_progress(const way *w, mandel_crew *crew, size_t total)
{
    const mandel_view view = scene_whole(700, 30);
    scene s;
    scene_init_way(&s, &view, w);
    const int fd = open("/dev/null", O_WRONLY | O_CLOEXEC);
    mandel_progress progress;
    mandel_progress_init(&progress, fd);
    s.picture.progress = &progress;
    scene_make(&s, crew);
    mandel_progress_fini(&progress);
    close(fd);
    scene_fini(&s);
    const size_t done = atomic_load(&progress.done);
    return done == total && progress.total == total
               ? NULL
               : wrong("%zu of %zu steps, expected %zu", done, progress.total, total);
}

const char *picture_progress_ends_at_all_steps(void)
{
    enum { TILES = 3 * 30, PIXELS = 700 * 30, ROWS = 30 };
    mandel_crew crew;
    scene_need(mandel_crew_init(&crew, 3), "crew");
    const char *problem = NULL;
    for (size_t i = 0; i < 2 * WAYS && problem == NULL; i += stride()) {
        const way w = way_at(i / 2);
        const size_t total = w.antialias != 0 ? ROWS : w.subdivide ? PIXELS : TILES;
        problem = check_progress(&w, i % 2 == 0 ? NULL : &crew, total);
    }
    mandel_crew_fini(&crew);
    return problem;
}

/* A field that no machine has room for. */
const char *picture_memory_that_is_not_there_is_told(void)
{
    const mandel_view view = scene_whole(8, 8);
    mandel_crew crew;
    mandel_tally tally;
    scene s;
    scene_need(mandel_crew_init(&crew, 2), "crew");
    scene_init(&s, &view, MANDEL_COLOUR_HISTOGRAM);
    s.picture.crew = &crew;
    s.picture.view.width = s.picture.view.height = MANDEL_VIEW_MAX_SIDE;
    const int parallel = mandel_picture_make(&s.picture);
    const int serial = mandel_picture_make_serially(&s.picture, &tally);
    scene_fini(&s);
    mandel_crew_fini(&crew);
    return parallel == ENOMEM && serial == ENOMEM ? NULL : wrong("%d and %d", parallel, serial);
}
