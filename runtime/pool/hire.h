/* SPDX-License-Identifier: MIT */
/* hire.h - giving a seat a thread of its own: the pool's threads at its start, and later spares,
 * when a core is free because its thread waits, there is work, and nobody sleeps who could take it.
 * Spares are kept, and sleep and are woken like the others. */
#ifndef WS_POOL_HIRE_H
#define WS_POOL_HIRE_H

#include "pool/worker.h"

/* Starts the thread of `worker`, which must be counted as running and searching. It begins to work
 * once the crew's lock is free. 0 or the errno code. */
int ws_hire_thread(ws_worker *worker);

/* Starts a spare, counted likewise. False: none is left, the system refused, or the pool ends; then
 * spares_left is 0, so that nobody asks again. Takes the crew's lock. */
bool ws_hire_spare(ws_crew *crew);

/* Starts a spare that opens `mail` first, and counts it. NULL as above. */
ws_worker *ws_hire_for(ws_crew *crew, ws_mail *mail);

#endif
