/* SPDX-License-Identifier: MIT */
/* shared.h - the few words that blocks of one call share beside what the loop does for them. On
 * compiler builtins, as in par/detail, since this library knows nothing below the public headers.
 */
#ifndef WS_PAR_ITER_SHARED_H
#define WS_PAR_ITER_SHARED_H

#include <stdbool.h>
#include <stddef.h>

static inline size_t ws_shared_load(const size_t *word)
{
    return __atomic_load_n(word, __ATOMIC_RELAXED);
}

/* Lowers the word to `value` if that is less. */
static inline void ws_shared_lower(size_t *word, size_t value)
{
    size_t seen = ws_shared_load(word);
    while (value < seen && !__atomic_compare_exchange_n(word, &seen, value, true, __ATOMIC_RELAXED,
                                                        __ATOMIC_RELAXED))
        ;
}

/* Takes up to `most` from the word. Returns how many were there to be taken. */
static inline size_t ws_shared_take(size_t *word, size_t most)
{
    size_t seen = ws_shared_load(word);
    size_t taken = seen < most ? seen : most;
    while (taken > 0 && !__atomic_compare_exchange_n(word, &seen, seen - taken, true,
                                                     __ATOMIC_RELAXED, __ATOMIC_RELAXED))
        taken = seen < most ? seen : most;
    return taken;
}

/* Makes a word that is 0 `code`: the first one stays. */
static inline void ws_shared_set_first(int *word, int code)
{
    int none = 0;
    (void)__atomic_compare_exchange_n(word, &none, code, false, __ATOMIC_RELAXED, __ATOMIC_RELAXED);
}

#endif
