/* SPDX-License-Identifier: MIT */
/* work.c - what the parallel work calls: see peer.h. */
#include "peers/peer.h"

#include "harness/clock.h"

void peer_item(size_t index)
{
    (void)index;
}

void peer_piece(void)
{
    static const int64_t piece_ns = 10000;
    bench_clock_spin(piece_ns);
}
