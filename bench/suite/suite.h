/* SPDX-License-Identifier: MIT */
/* suite.h - programs that do something, each written twice: in plain C, and with par. A program is
 * one file that ends in a main() which calls suite_main.
 *
 * P1  The serial form is the same algorithm without a call of par, not the best serial program
 *     there is: what is compared is the cost of forking, and what a second core brings.
 * P2  The very first run is the serial one. A program whose answer nothing else foretells may keep
 *     that one's and compare; it then also checks some property that a wrong answer would lack.
 * P3  is_right looks at the last answer and destroys it, so that no run can live on an old one. */
#ifndef SUITE_SUITE_H
#define SUITE_SUITE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

typedef struct suite_program {
    const char *name;
    const char *about;
    const char *size;             /* what --size means, for --help */
    size_t sizes[3];              /* the usual ones, up to the first 0 */
    size_t quick;                 /* for --quick */
    size_t largest;               /* that --size may ask for */
    void *(*create)(size_t size); /* NULL: no memory */
    void (*destroy)(void *state);
    void (*prepare)(void *state); /* before each run, not measured; NULL: nothing */
    void (*serial)(void *state);
    void (*parallel)(void *state); /* called on a thread of the pool */
    bool (*is_right)(void *state);
    size_t (*laps)(size_t size); /* runs in a sample, of what is too short for one; NULL: 1 */
} suite_program;

/* Measures the program and returns main's result. */
int suite_main(const suite_program *program, int argc, char **argv);

/* The next of a sequence of evenly spread numbers, the same in every run. */
uint64_t suite_random(uint64_t *state);

/* A fingerprint of n bytes. */
uint64_t suite_hash(const void *bytes, size_t n);

#endif
