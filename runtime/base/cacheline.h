/* SPDX-License-Identifier: MIT */
/* cacheline.h - how far apart words lie that different threads write. Two lines of 64 bytes: the
 * prefetcher of today's processors fetches them in pairs. */
#ifndef WS_BASE_CACHELINE_H
#define WS_BASE_CACHELINE_H

#define WS_CACHELINE 128

/* Begins a new line at the field it stands before. */
#define WS_OWN_LINE _Alignas(WS_CACHELINE)

#endif
