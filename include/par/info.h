/* SPDX-License-Identifier: MIT */
/* info.h - what par found and decided, as text. */
#ifndef PAR_INFO_H
#define PAR_INFO_H

#include <par/pool.h>

PAR_BEGIN_DECLS

/* Writes a description of `pool` (NULL: the default pool, made if need be) as lines of text:
 * versions, options with where each came from, limits, topology, and each thread's place with the
 * order it steals in. At most `size` bytes are written to `buffer`, the last of them 0. Returns the
 * length of the whole text without its 0, as snprintf does; 0 if memory ran out. Any thread may
 * call it. */
PAR_API size_t par_info(par_pool *pool, char *buffer, size_t size) PAR_NOEXCEPT;

PAR_END_DECLS

#endif
