/* SPDX-License-Identifier: MIT */
/* atomic_test.c - the checks of atomic_checks.h under Criterion, and what each name does to one
 * word. */
#include "base/atomic.h"
#include "base/atomic_checks.h"
#include "criterion_front.h"

ATOMIC_CHECKS(CHECK_TEST)

static const size_t values[] = {0, 1, 2, 0x7fffffff, 0xffffffff, SIZE_MAX / 2, SIZE_MAX};

enum { VALUES = sizeof values / sizeof values[0] };

Test(atomic, loads_give_what_was_stored)
{
    for (size_t i = 0; i < VALUES; i++) {
        size_t word = ~values[i];
        ws_store_relaxed(&word, values[i]);
        cr_assert_eq(ws_load_relaxed(&word), values[i]);
        word = ~values[i];
        ws_store_release(&word, values[i]);
        cr_assert_eq(ws_load_acquire(&word), values[i]);
        cr_assert_eq(ws_load_seq_cst(&word), values[i]);
    }
}

Test(atomic, exchanges_give_what_was_there)
{
    for (size_t i = 0; i < VALUES; i++) {
        size_t word = values[i];
        cr_assert_eq(ws_exchange_acq_rel(&word, 17), values[i]);
        cr_assert_eq(ws_exchange_seq_cst(&word, values[i]), 17);
        cr_assert_eq(word, values[i]);
        unsigned word32 = (unsigned)values[i];
        cr_assert_eq(ws_exchange32_acq_rel(&word32, 18), (unsigned)values[i]);
        cr_assert_eq(ws_load32_relaxed(&word32), 18);
    }
}

Test(atomic, arithmetic_gives_what_was_there_and_wraps)
{
    for (size_t i = 0; i < VALUES; i++) {
        size_t word = values[i];
        cr_assert_eq(ws_add_relaxed(&word, 5), values[i]);
        cr_assert_eq(word, values[i] + 5);
        cr_assert_eq(ws_add_seq_cst(&word, (size_t)-6), values[i] + 5);
        cr_assert_eq(word, values[i] - 1);
    }
}

Test(atomic, bits_give_what_was_there)
{
    size_t word = 0x30;
    cr_assert_eq(ws_or_seq_cst(&word, (size_t)1 << 63 | 0x11), 0x30);
    cr_assert_eq(word, (size_t)1 << 63 | 0x31);
    cr_assert_eq(ws_and_seq_cst(&word, ~(size_t)0x10), (size_t)1 << 63 | 0x31);
    cr_assert_eq(word, (size_t)1 << 63 | 0x21);
}

Test(atomic, compare_and_swap_changes_only_what_is_expected)
{
    for (size_t i = 0; i < VALUES; i++) {
        const size_t value = values[i];
        size_t word = value;
        cr_assert_not(ws_cas_acq_rel(&word, value + 1, 3));
        cr_assert_not(ws_cas_seq_cst(&word, value ^ (size_t)1 << 63, 3));
        cr_assert_eq(word, value);
        cr_assert(ws_cas_acq_rel(&word, value, ~value));
        cr_assert_eq(word, ~value);
        cr_assert(ws_cas_seq_cst(&word, ~value, value));
        cr_assert_eq(word, value);
        unsigned word32 = (unsigned)value;
        cr_assert_not(ws_cas32_acq_rel(&word32, (unsigned)value ^ 1U << 31, 3));
        cr_assert_eq(word32, (unsigned)value);
        cr_assert(ws_cas32_acq_rel(&word32, (unsigned)value, 3));
        cr_assert_eq(word32, 3);
    }
}
