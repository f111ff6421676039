/* SPDX-License-Identifier: MIT */
/* scene.c - see scene.h. */
#include "mandelbrot/picture/scene.h"

#include "mandelbrot/field/kernels.h"

void scene_need(int error, const char *what)
{
    if (error == 0)
        return;
    fprintf(stderr, "%s: %s\n", what, strerror(error));
    abort();
}

mandel_view scene_whole(uint32_t width, uint32_t height)
{
    return (mandel_view){width, height, {-2.25, 1.125}, {0.75, -1.125}};
}

void scene_init(scene *s, const mandel_view *view, mandel_colouring colouring)
{
    const mandel_layout layout =
        colouring == MANDEL_COLOUR_GREY ? MANDEL_LAYOUT_GREY : MANDEL_LAYOUT_RGB;
    *s = (scene){0};
    scene_need(mandel_image_init(&s->image, layout, view->width, view->height), "image");
    scene_need(
        mandel_shade_init(&s->shade, colouring, SCENE_LIMIT, &mandel_palette_at(0)->palette, 16.0),
        "shade");
    s->picture = (mandel_picture){
        .view = *view,
        .sampler = {.instructions = mandel_kernels_best()->instructions,
                    .shortcuts = true,
                    .limit = SCENE_LIMIT,
                    .pixel = mandel_view_pixel(view)},
        .shade = &s->shade,
        .image = &s->image,
    };
}

void scene_set_layout(scene *s, mandel_layout layout)
{
    mandel_image_fini(&s->image);
    scene_need(mandel_image_init(&s->image, layout, s->picture.view.width, s->picture.view.height),
               "image");
}

void scene_keep(scene *s, bool has_fractions, bool has_distances)
{
    const mandel_view *const view = &s->picture.view;
    scene_need(
        mandel_field_init(&s->field, view->width, view->height, has_fractions, has_distances),
        "field");
    s->picture.field = &s->field;
}

void scene_fini(scene *s)
{
    mandel_field_fini(&s->field);
    mandel_image_fini(&s->image);
    mandel_shade_fini(&s->shade);
}

size_t scene_pixels(const scene *s)
{
    return (size_t)s->picture.view.width * s->picture.view.height;
}

mandel_tally scene_make(scene *s, mandel_crew *crew)
{
    memset(s->image.pixels, 0x5a, s->image.stride * s->image.height);
    if (s->picture.field != NULL)
        memset(s->field.samples.count, 0x5a, scene_pixels(s) * sizeof *s->field.samples.count);
    s->picture.crew = crew;
    mandel_tally tally;
    if (crew == NULL) {
        scene_need(mandel_picture_make_serially(&s->picture, &tally), "picture");
        return tally;
    }
    scene_need(mandel_picture_make(&s->picture), "picture");
    return mandel_crew_total(crew);
}

bool scene_same_image(const scene *a, const scene *b)
{
    return memcmp(a->image.pixels, b->image.pixels, a->image.stride * a->image.height) == 0;
}

static bool same_floats(const float *a, const float *b, size_t n)
{
    return a == NULL || memcmp(a, b, n * sizeof *a) == 0;
}

bool scene_same_field(const scene *a, const scene *b)
{
    const mandel_samples *const left = &a->field.samples;
    const mandel_samples *const right = &b->field.samples;
    const size_t n = scene_pixels(a);
    return memcmp(left->count, right->count, n * sizeof *left->count) == 0 &&
           same_floats(left->fraction, right->fraction, n) &&
           same_floats(left->distance, right->distance, n);
}
