/* SPDX-License-Identifier: MIT */
/* time.h - deadlines. A deadline is a time of the clock that par_now shows, in nanoseconds; it is
 * CLOCK_MONOTONIC, so setting the date changes nothing. PAR_NO_WAIT has passed already: a call that
 * gets it does what it can at once. PAR_FOREVER never comes. */
#ifndef PAR_TIME_H
#define PAR_TIME_H

#include <par/config.h>

PAR_BEGIN_DECLS

typedef uint64_t par_deadline;

#define PAR_NO_WAIT ((par_deadline)0)
#define PAR_FOREVER UINT64_MAX

/* Spans in nanoseconds. */
#define PAR_US(n) ((uint64_t)(n)*1000)
#define PAR_MS(n) ((uint64_t)(n)*1000000)
#define PAR_S(n) ((uint64_t)(n)*1000000000)

/* Nanoseconds since some time in the past. Any thread, signal handlers too; does not block. */
PAR_API uint64_t par_now(void) PAR_NOEXCEPT;

/* The deadline `span` nanoseconds from now; PAR_FOREVER if that is past what a deadline can say. */
PAR_API par_deadline par_in(uint64_t span) PAR_NOEXCEPT;

PAR_END_DECLS

#endif
