/* SPDX-License-Identifier: MIT */
/* subdivide_checks.c - see subdivide_checks.h. */
#include "mandelbrot/picture/subdivide_checks.h"

#include "mandelbrot/picture/scene.h"

/* Which parts a field has beside the counts: none, fractions, distances, both. */
enum { PARTS = 4 };

static void scene_init_parts(scene *s, const mandel_view *view, size_t parts)
{
    scene_init(s, view, MANDEL_COLOUR_GREY);
    scene_keep(s, parts % 2 != 0, parts / 2 != 0);
}

/* The first count in which two fields differ, or which other part does. */
static const char *compare_fields(const scene *plain, const scene *divided)
{
    const uint32_t *const expected = plain->field.samples.count;
    const uint32_t *const got = divided->field.samples.count;
    const size_t width = plain->picture.view.width;
    for (size_t i = 0; i < scene_pixels(plain); i++)
        if (got[i] != expected[i])
            return wrong("the count at %zu,%zu is %u, not %u", i % width, i / width, got[i],
                         expected[i]);
    return scene_same_field(plain, divided) ? NULL : "fractions or distances differ";
}

/* Compares with the field that is sampled as a whole. */
static const char *check_view(const mandel_view *view, mandel_crew *crew)
{
    for (size_t parts = 0; parts < PARTS; parts++) {
        scene plain;
        scene divided;
        scene_init_parts(&plain, view, parts);
        scene_init_parts(&divided, view, parts);
        divided.picture.subdivide = true;
        scene_make(&plain, NULL);
        const mandel_tally tally = scene_make(&divided, crew);
        const char *problem = compare_fields(&plain, &divided);
        if (problem == NULL && tally.pixels != scene_pixels(&plain))
            problem = wrong("%llu pixels", (unsigned long long)tally.pixels);
        scene_fini(&plain);
        scene_fini(&divided);
        if (problem != NULL)
            return wrong("%ux%u, parts %zu: %s", view->width, view->height, parts, problem);
    }
    return NULL;
}

static const char *check_views(const mandel_view *views, size_t n)
{
    static const size_t thread_counts[] = SUPPORT_POOL_SIZES;
    const char *problem = NULL;
    for (size_t k = 0; k < sizeof thread_counts / sizeof thread_counts[0]; k++) {
        mandel_crew crew;
        scene_need(mandel_crew_init(&crew, thread_counts[k]), "crew");
        for (size_t i = 0; i < n && problem == NULL; i++) {
            problem = check_view(&views[i], &crew);
            if (problem != NULL)
                problem = wrong("%zu threads, view %zu: %s", thread_counts[k], i, problem);
        }
        mandel_crew_fini(&crew);
    }
    return problem;
}

/* ---- the same field ------------------------------------------------------------------------- */

const char *subdivide_the_plain_field_where_nothing_is_thin(void)
{
    static const mandel_view views[] = {
        {200, 150, {-0.4, 0.3}, {0.1, -0.1}},     {200, 150, {-1.1, 0.2}, {-0.9, 0.05}},
        {200, 150, {0.5, 2.5}, {3.0, -2.5}},      {150, 200, {-0.9, 0.4}, {-0.4, -0.3}},
        {160, 120, {-0.05, -0.3}, {-0.45, 0.25}}, {97, 301, {-4.0, 3.0}, {-1.5, 1.0}}};
    return check_views(views, sizeof views / sizeof views[0]);
}

/* All points of the border escape at once, and the set is somewhere within. */
const char *subdivide_never_misses_the_set(void)
{
    static const mandel_view views[] = {
        {200, 200, {-40.0, 40.0}, {40.0, -40.0}}, {201, 199, {-40.0, 40.0}, {40.0, -40.0}},
        {200, 150, {-9.0, 60.0}, {70.0, -5.0}},   {123, 321, {-70.0, 6.0}, {5.0, -80.0}},
        {200, 200, {40.0, -40.0}, {-40.0, 40.0}}, {200, 100, {-30.0, -8.0}, {5.0, 9.0}},
        {256, 256, {-30.0, 0.1}, {40.0, -40.0}}};
    for (size_t i = 0; i < sizeof views / sizeof views[0]; i++) {
        scene s;
        size_t inside = 0;
        scene_init_parts(&s, &views[i], 0);
        scene_make(&s, NULL);
        for (size_t k = 0; k < scene_pixels(&s); k++)
            inside += s.field.samples.count[k] == SCENE_LIMIT;
        scene_fini(&s);
        if (inside == 0)
            return wrong("the test itself shows no set in view %zu", i);
    }
    return check_views(views, sizeof views / sizeof views[0]);
}

/* ---- sizes ---------------------------------------------------------------------------------- */

/* Coarse pixels, of which all are sampled as long as the picture is small. */
const char *subdivide_every_size(void)
{
    enum { MOST = 20 };
    mandel_crew crew;
    scene_need(mandel_crew_init(&crew, 2), "crew");
    const char *problem = NULL;
    for (uint32_t i = 0; i < MOST * MOST && problem == NULL; i++) {
        const mandel_view view = scene_whole(i % MOST + 1, i / MOST + 1);
        problem = check_view(&view, i % 3 == 0 ? NULL : &crew);
    }
    static const uint32_t sizes[][2] = {{1, 1000}, {1000, 1}, {2, 1000},
                                        {1000, 2}, {3, 1000}, {1000, 3}};
    for (size_t i = 0; i < sizeof sizes / sizeof sizes[0] && problem == NULL; i++) {
        const mandel_view view = {sizes[i][0], sizes[i][1], {-0.6, 0.3}, {-0.2, -0.3}};
        problem = check_view(&view, i % 2 == 0 ? NULL : &crew);
    }
    mandel_crew_fini(&crew);
    return problem;
}

const char *subdivide_views_without_extent(void)
{
    static const mandel_view views[] = {
        {70, 60, {-0.7, 0.9}, {-0.7, -0.9}},    {70, 60, {-0.7, 0.1}, {0.6, 0.1}},
        {70, 60, {0.0, 0.0}, {0.0, 0.0}},       {70, 60, {-0.1, 0.2}, {-0.1, 0.2}},
        {70, 60, {3.0, 4.0}, {3.0, 4.0}},       {70, 60, {0.0, 9.0}, {0.0, -9.0}},
        {70, 60, {0.5, 1e-320}, {0.6, -1e-320}}};
    return check_views(views, sizeof views / sizeof views[0]);
}

/* ---- what it is for ------------------------------------------------------------------------- */

const char *subdivide_saves_work(void)
{
    const mandel_view view = {400, 300, {-1.2, 0.3}, {0.2, -0.3}};
    for (size_t parts = 0; parts < PARTS; parts++) {
        scene s;
        scene_init_parts(&s, &view, parts);
        s.picture.sampler.shortcuts = false;
        const mandel_tally all = scene_make(&s, NULL);
        s.picture.subdivide = true;
        const mandel_tally less = scene_make(&s, NULL);
        scene_fini(&s);
        if (less.iterations > all.iterations / 3)
            return wrong("parts %zu: %llu of %llu iterations", parts,
                         (unsigned long long)less.iterations, (unsigned long long)all.iterations);
    }
    return NULL;
}
