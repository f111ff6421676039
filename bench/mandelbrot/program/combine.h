/* SPDX-License-Identifier: MIT */
/* combine.h - which options go together. */
#ifndef MANDEL_COMBINE_H
#define MANDEL_COMBINE_H

#include "mandelbrot/program/options.h"

/* True if all that was given goes together, or false with a message. The format and the layout are
 * not looked at, as they may follow from the file. */
bool mandel_combine_options(const mandel_options *options, char message[MANDEL_MESSAGE_SIZE]);

/* The same for the format, once it is known; sets the layout. */
bool mandel_combine_format(mandel_options *options, char message[MANDEL_MESSAGE_SIZE]);

#endif
