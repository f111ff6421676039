/* SPDX-License-Identifier: MIT */
/* scene.h - a picture with what belongs to it, for the checks of this folder that make pictures. */
#ifndef TESTS_MANDELBROT_SCENE_H
#define TESTS_MANDELBROT_SCENE_H

#include "mandelbrot/picture/picture.h"
#include "support.h"

enum { SCENE_LIMIT = 200, SCENE_COLOURINGS = MANDEL_COLOUR_DISTANCE + 1 };

typedef struct scene {
    mandel_shade shade;
    mandel_image image;
    mandel_field field; /* without memory until it is asked for */
    mandel_picture picture;
} scene;

/* Ends the program if there is an error. */
void scene_need(int error, const char *what);

/* All of the set. */
mandel_view scene_whole(uint32_t width, uint32_t height);

/* A picture in the first palette, or a grey one in one byte for each pixel. No crew yet. */
void scene_init(scene *s, const mandel_view *view, mandel_colouring colouring);

/* Gives the picture an image of another layout. */
void scene_set_layout(scene *s, mandel_layout layout);

/* Gives the picture a field. */
void scene_keep(scene *s, bool has_fractions, bool has_distances);

void scene_fini(scene *s);

/* Makes it over something else, on a crew or, for NULL, without. Returns what was done. */
mandel_tally scene_make(scene *s, mandel_crew *crew);

size_t scene_pixels(const scene *s);

/* Whether images, and whether fields, are the same; the fields of both have the same parts. */
bool scene_same_image(const scene *a, const scene *b);
bool scene_same_field(const scene *a, const scene *b);

#endif
