/* SPDX-License-Identifier: MIT */
/* moves.h - moving many elements at once, in parallel where they are many. Knows no order. Used by
 * the sorts. */
#ifndef WS_PAR_ITER_MOVES_H
#define WS_PAR_ITER_MOVES_H

#include <stddef.h>

/* Copies bytes between arrays that do not overlap. */
void ws_moves_copy(char *to, const char *from, size_t bytes);

/* Turns n elements of `size` bytes around. */
void ws_moves_reverse(char *items, size_t n, size_t size);

/* Exchanges two elements that are one or do not overlap. */
void ws_moves_swap(char *a, char *b, size_t size);

/* Exchanges n elements at `a` with as many at `b`, apart. On the calling thread. */
void ws_moves_swap_many(char *a, char *b, size_t n, size_t size);

#endif
