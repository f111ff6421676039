/* SPDX-License-Identifier: MIT */
/* park_poke.h - wakes a parked thread behind the parker's back, as the system may do at any time.
 * One file for each way of parking. */
#ifndef TESTS_BASE_PARK_POKE_H
#define TESTS_BASE_PARK_POKE_H

#include "base/park.h"

void park_poke(ws_parker *parker);

#endif
