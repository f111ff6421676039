/* SPDX-License-Identifier: MIT */
/* rival.h - what is asked of each library of channels that par is compared with, par among them. A
 * file for each implements it in the way its users would write it; main.c measures it. */
#ifndef CHANNELS_RIVAL_H
#define CHANNELS_RIVAL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

/* RIVAL_SEQ: one thread sends as many as there is room for, then receives them, and so on; without
 * bounds it sends all first. RIVAL_SPSC, RIVAL_MPSC and RIVAL_MPMC: one or RIVAL_THREADS senders,
 * one or RIVAL_THREADS receivers, on one channel, in threads that are made for it. RIVAL_SELECT:
 * RIVAL_THREADS senders, each with a channel of its own, and one receiver that selects.
 * RIVAL_BATCH: RIVAL_SPSC with RIVAL_BATCH_SIZE elements in each call. */
enum { RIVAL_SEQ, RIVAL_SPSC, RIVAL_MPSC, RIVAL_MPMC, RIVAL_SELECT, RIVAL_BATCH, RIVAL_SHAPES };

enum { RIVAL_THREADS = 4, RIVAL_BATCH_SIZE = 64 };

#define RIVAL_UNBOUNDED SIZE_MAX

typedef struct rival_run {
    size_t shape;
    size_t capacity; /* of each channel */
    size_t bytes;    /* of an element: 0, 8 or 64 */
    size_t n;        /* elements in all; a multiple of RIVAL_THREADS and of RIVAL_BATCH_SIZE */
} rival_run;

/* What came out: how many elements, and the sum of their first words. The senders number the
 * elements from 0 to n - 1, in the first word of each; an element of 0 bytes counts as 0. */
typedef struct rival_result {
    uint64_t received;
    uint64_t sum;
} rival_result;

/* Moves the elements and returns when the last has been received. False if the library has no such
 * channel. */
bool rival_move(const rival_run *run, rival_result *result);

const char *rival_name(void);
const char *rival_version(void);

#ifdef __cplusplus
}
#endif

#endif
