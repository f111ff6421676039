/* SPDX-License-Identifier: MIT */
/* light.h - between the bytes of a picture, which are sRGB, and amounts of light, which can be
 * added and averaged. Whoever mixes colours mixes light. The same on every run and on every thread.
 */
#ifndef MANDEL_LIGHT_H
#define MANDEL_LIGHT_H

#include <stdint.h>

/* The light of a value of sRGB: 0 is none and 1 is all. */
float mandel_light_of(uint8_t srgb);

/* The value of sRGB nearest to the light, as sRGB measures; of mandel_light_of(v) it is v. No float
 * is exactly half-way between two values. What is below 0, and NaN, is 0; what is above 1 is 255.
 */
uint8_t mandel_light_to_srgb(float linear);

#endif
