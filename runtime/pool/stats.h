/* SPDX-License-Identifier: MIT */
/* stats.h - adding up what a pool's workers counted, and printing it when the program ends. */
#ifndef WS_POOL_STATS_H
#define WS_POOL_STATS_H

/* If PAR_STATS says so, the default pool's counters are printed on stderr at exit. */
void ws_stats_print_at_exit(void);

#endif
