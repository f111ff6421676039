/* SPDX-License-Identifier: MIT */
#include "base/park_poke.h"

void park_poke(ws_parker *parker)
{
    pthread_cond_broadcast(&parker->ready);
}
