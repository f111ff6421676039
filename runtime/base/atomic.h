/* SPDX-License-Identifier: MIT */
/* atomic.h - every atomic access of the library, by names that carry the memory order. The only
 * file that names libatomic_ops; what it lacks is added here: exchange, an addition that
 * releases, sequentially consistent loads, stores and compare-and-swap, fetch_or and fetch_and with
 * a result.
 *
 * There are no fences on purpose: ThreadSanitizer does not see them. Where an order between two
 * words is needed, both accesses are sequentially consistent, or base/barrier.h stands in between.
 * A shared word is a size_t, or a pointer kept in one, and is only touched through these names once
 * it is shared. */
#ifndef WS_BASE_ATOMIC_H
#define WS_BASE_ATOMIC_H

#include <assert.h>
#include <atomic_ops.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

static_assert(sizeof(AO_t) == sizeof(size_t) && sizeof(size_t) == sizeof(void *),
              "a word holds a size or a pointer");

static inline size_t ws_load_relaxed(const size_t *word)
{
    return AO_load((const volatile AO_t *)word);
}

static inline size_t ws_load_acquire(const size_t *word)
{
    return AO_load_acquire((const volatile AO_t *)word);
}

static inline size_t ws_load_seq_cst(const size_t *word)
{
    return __atomic_load_n(word, __ATOMIC_SEQ_CST);
}

static inline void ws_store_relaxed(size_t *word, size_t value)
{
    AO_store((volatile AO_t *)word, value);
}

static inline void ws_store_release(size_t *word, size_t value)
{
    AO_store_release((volatile AO_t *)word, value);
}

static inline void ws_store_seq_cst(size_t *word, size_t value)
{
    __atomic_store_n(word, value, __ATOMIC_SEQ_CST);
}

static inline size_t ws_exchange_acq_rel(size_t *word, size_t value)
{
    return __atomic_exchange_n(word, value, __ATOMIC_ACQ_REL);
}

static inline size_t ws_exchange_seq_cst(size_t *word, size_t value)
{
    return __atomic_exchange_n(word, value, __ATOMIC_SEQ_CST);
}

static inline size_t ws_add_relaxed(size_t *word, size_t amount)
{
    return AO_fetch_and_add((volatile AO_t *)word, amount);
}

static inline size_t ws_add_release(size_t *word, size_t amount)
{
    return __atomic_fetch_add(word, amount, __ATOMIC_RELEASE);
}

static inline size_t ws_add_seq_cst(size_t *word, size_t amount)
{
    return AO_fetch_and_add_full((volatile AO_t *)word, amount);
}

static inline size_t ws_or_seq_cst(size_t *word, size_t bits)
{
    return __atomic_fetch_or(word, bits, __ATOMIC_SEQ_CST);
}

static inline size_t ws_and_seq_cst(size_t *word, size_t bits)
{
    return __atomic_fetch_and(word, bits, __ATOMIC_SEQ_CST);
}

static inline bool ws_cas_acq_rel(size_t *word, size_t expected, size_t desired)
{
    return AO_compare_and_swap_full((volatile AO_t *)word, expected, desired);
}

static inline bool ws_cas_seq_cst(size_t *word, size_t expected, size_t desired)
{
    return __atomic_compare_exchange_n(word, &expected, desired, false, __ATOMIC_SEQ_CST,
                                       __ATOMIC_SEQ_CST);
}

/* For the futex, whose words have 32 bits. */
static inline unsigned ws_load32_relaxed(const unsigned *word)
{
    return AO_int_load((const volatile unsigned *)word);
}

static inline unsigned ws_exchange32_acq_rel(unsigned *word, unsigned value)
{
    return __atomic_exchange_n(word, value, __ATOMIC_ACQ_REL);
}

static inline bool ws_cas32_acq_rel(unsigned *word, unsigned expected, unsigned desired)
{
    return AO_int_compare_and_swap_full((volatile unsigned *)word, expected, desired);
}

/* Tells the processor that this is a loop that waits. */
static inline void ws_pause(void)
{
#if defined(__x86_64__) || defined(__i386__)
    __builtin_ia32_pause();
#elif defined(__aarch64__)
    __asm__ volatile("isb");
#endif
}

#endif
