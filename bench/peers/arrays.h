/* SPDX-License-Identifier: MIT */
/* arrays.h - what a runtime does with large arrays, measured beside plain loops on one core. Used
 * by main.c. A family of cases is a file; arrays.c lays out their arrays and runs them.
 *
 * A1  The expected output is what the plain loop makes of the same input. All arithmetic is exact,
 *     so outputs are compared byte by byte.
 * A2  After each comparison the output is overwritten: what a run did not write is seen. */
#ifndef PEERS_ARRAYS_H
#define PEERS_ARRAYS_H

#include "harness/bench.h"
#include "peers/peer.h"

typedef struct array_run array_run;

typedef struct array_case {
    const char *name;
    size_t n;
    size_t quick_n;
    size_t in_size;
    size_t out_size;
    size_t out_room; /* elements of the output at most; 0: as many as the input has */
    void (*fill)(array_run *run);
    bool (*peer)(array_run *run); /* false: the runtime has no such thing */
    void (*plain)(array_run *run);
    void (*plain_sums)(array_run *run); /* a second plain loop, with several sums; or NULL */
} array_case;

struct array_run {
    const array_case *kind;
    void *in;
    size_t n;
    void *out;
    size_t out_n;
    peer_made made; /* the output instead, if it is a new array */
    void (*unmake)(peer_made *made);
    void *expected;
    size_t expected_n;
};

/* What a benchmark of arrays is made of; an end has no name. */
extern const array_case array_maps[];
extern const array_case array_folds[];
extern const array_case array_scans[];

/* The i-th of a sequence of numbers that look random. */
uint64_t array_random(uint64_t i);

/* A case for each thing that the runtime has. */
void peer_measure_arrays(bench *b);

#endif
