/* SPDX-License-Identifier: MIT */
/* ring.h - the slots of a deque: an array that an index runs around. It is reserved once and never
 * grows or moves, so that thieves may read it at any time; its pages come into being when they are
 * first used. */
#ifndef WS_DEQUE_RING_H
#define WS_DEQUE_RING_H

#include <par/detail/worker.h>

#include <stddef.h>

/* Reserves `capacity` slots, a power of two, or fewer if there is not so much address space. The
 * number reserved; 0 and *slots untouched if there is no room for 64. */
size_t ws_ring_reserve(par_detail_slot **slots, size_t capacity);
void ws_ring_release(par_detail_slot *slots, size_t capacity);

#endif
