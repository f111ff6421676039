/* SPDX-License-Identifier: MIT */
/* report.h - a measured case as lines for people, and as one line of JSON for programs. Only
 * bench.c uses it. docs/benchmarks.md lists the fields of the JSON. */
#ifndef BENCH_REPORT_H
#define BENCH_REPORT_H

#include "harness/bench.h"

/* `spreads` has those of the sides first, then those of the ratios. */
void bench_report_text(FILE *stream, const bench_case *c, const bench_spread *spreads);

void bench_report_json(FILE *stream, const bench *b, const bench_case *c,
                       const bench_spread *spreads);

#endif
