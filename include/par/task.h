/* SPDX-License-Identifier: MIT */
/* task.h - functions that can be forked, with their types: the cheapest way to write recursion in
 * parallel.
 *
 *     PAR_TASK_1(long, fib, long, n)
 *     {
 *         if (n < 2)
 *             return n;
 *         PAR_FORK(fib, right, n - 2);
 *         long left = PAR_CALL(fib, n - 1);
 *         return left + PAR_JOIN(fib, right);
 *     }
 *
 * A fork that nobody has taken by the time it is joined costs little more than the call: a few
 * stores to memory that only this thread uses. Nothing is allocated.
 *
 * PAR_TASK_n(R, name, T1, a1, ..., Tn, an) { body }
 *     Defines a task of n = 0 to 6 arguments, local to the file. It is also the function
 *     `R name(T1 a1, ...)`, which any thread may call: outside a pool it runs in the default pool.
 *     PAR_VOID_TASK_n(name, ...) is the form without a result.
 * PAR_DECLARE_TASK_n, PAR_DEFINE_TASK_n (and PAR_DECLARE_VOID_TASK_n, PAR_DEFINE_VOID_TASK_n)
 *     The same for a task that several files use: the declaration, with the same arguments and a
 *     semicolon, stands in a header; the definition with the body in one file that includes it.
 *
 * PAR_FORK(name, child, args...);
 *     Forks name(args...) under the name `child`, in the current block. From here on another
 *     thread may run it. The arguments are evaluated now and copied.
 * PAR_CALL(name, args...)
 *     Calls the task like a function; inside a task this hands the worker on in a register.
 * PAR_JOIN(name, child)
 *     Ends the fork: runs it here if nobody has taken it, else waits, running only what it forked.
 *     Its value is the task's result.
 *
 * A fork belongs to its block. Leaving the block in any way joins it, so a child never outlives the
 * frame that it may point into. Joins in any order are right: joining an older fork first runs the
 * younger ones that nobody has taken, and their results are kept for their own joins. Outside
 * tasks, PAR_FORK makes the thread a member of the default pool until the block is left. Joining
 * twice, or what was not forked, does not compile, or ends a debug build with a message. */
#ifndef PAR_TASK_H
#define PAR_TASK_H

#include <par/detail/task.h>

#define PAR_FORK(...)                                                                              \
    PAR_DETAIL_CAT(PAR_DETAIL_FORK_, PAR_DETAIL_TWO_OR_N(__VA_ARGS__))(__VA_ARGS__)
#define PAR_CALL(...)                                                                              \
    PAR_DETAIL_CAT(PAR_DETAIL_CALL_, PAR_DETAIL_ONE_OR_N(__VA_ARGS__))(__VA_ARGS__)
#define PAR_JOIN(name, child) name##_par_join(PAR_DETAIL_FRAME_OF(name, child), &child##_par_guard)

/* ---- the arities ----------------------------------------------------------------------------- */

#define PAR_TASK_0(R, name)                                                                        \
    PAR_DETAIL_VALUE_TASK(static inline, R, name, (), (), (), (), (), (void), (), ())
#define PAR_VOID_TASK_0(name)                                                                      \
    PAR_DETAIL_VOID_TASK(static inline, name, (), (), (), (), (), (void), (), ())
#define PAR_DECLARE_TASK_0(R, name)                                                                \
    PAR_DETAIL_VALUE_TASK(extern, R, name, (), (), (), (), (), (void), (), ())
#define PAR_DECLARE_VOID_TASK_0(name)                                                              \
    PAR_DETAIL_VOID_TASK(extern, name, (), (), (), (), (), (void), (), ())
#define PAR_DEFINE_TASK_0(R, name) R name##_par_body(PAR_DETAIL_HIDDEN)
#define PAR_DEFINE_VOID_TASK_0(name) void name##_par_body(PAR_DETAIL_HIDDEN)

#define PAR_TASK_1(R, name, T1, a1)                                                                \
    PAR_DETAIL_VALUE_TASK(static inline, R, name, (T1 par_1;), (, T1 a1), (, a1),                  \
                          (, par_f->par_1), (par_f->par_1 = a1;), (T1 a1), (a1), (par_f->par_1))
#define PAR_VOID_TASK_1(name, T1, a1)                                                              \
    PAR_DETAIL_VOID_TASK(static inline, name, (T1 par_1;), (, T1 a1), (, a1), (, par_f->par_1),    \
                         (par_f->par_1 = a1;), (T1 a1), (a1), (par_f->par_1))
#define PAR_DECLARE_TASK_1(R, name, T1, a1)                                                        \
    PAR_DETAIL_VALUE_TASK(extern, R, name, (T1 par_1;), (, T1 a1), (, a1), (, par_f->par_1),       \
                          (par_f->par_1 = a1;), (T1 a1), (a1), (par_f->par_1))
#define PAR_DECLARE_VOID_TASK_1(name, T1, a1)                                                      \
    PAR_DETAIL_VOID_TASK(extern, name, (T1 par_1;), (, T1 a1), (, a1), (, par_f->par_1),           \
                         (par_f->par_1 = a1;), (T1 a1), (a1), (par_f->par_1))
#define PAR_DEFINE_TASK_1(R, name, T1, a1) R name##_par_body(PAR_DETAIL_HIDDEN, T1 a1)
#define PAR_DEFINE_VOID_TASK_1(name, T1, a1) void name##_par_body(PAR_DETAIL_HIDDEN, T1 a1)

#define PAR_TASK_2(R, name, T1, a1, T2, a2)                                                        \
    PAR_DETAIL_VALUE_TASK(static inline, R, name, (T1 par_1; T2 par_2;), (, T1 a1, T2 a2),         \
                          (, a1, a2), (, par_f->par_1, par_f->par_2),                              \
                          (par_f->par_1 = a1; par_f->par_2 = a2;), (T1 a1, T2 a2), (a1, a2),       \
                          (par_f->par_1, par_f->par_2))
#define PAR_VOID_TASK_2(name, T1, a1, T2, a2)                                                      \
    PAR_DETAIL_VOID_TASK(static inline, name, (T1 par_1; T2 par_2;), (, T1 a1, T2 a2), (, a1, a2), \
                         (, par_f->par_1, par_f->par_2), (par_f->par_1 = a1; par_f->par_2 = a2;),  \
                         (T1 a1, T2 a2), (a1, a2), (par_f->par_1, par_f->par_2))
#define PAR_DECLARE_TASK_2(R, name, T1, a1, T2, a2)                                                \
    PAR_DETAIL_VALUE_TASK(extern, R, name, (T1 par_1; T2 par_2;), (, T1 a1, T2 a2), (, a1, a2),    \
                          (, par_f->par_1, par_f->par_2), (par_f->par_1 = a1; par_f->par_2 = a2;), \
                          (T1 a1, T2 a2), (a1, a2), (par_f->par_1, par_f->par_2))
#define PAR_DECLARE_VOID_TASK_2(name, T1, a1, T2, a2)                                              \
    PAR_DETAIL_VOID_TASK(extern, name, (T1 par_1; T2 par_2;), (, T1 a1, T2 a2), (, a1, a2),        \
                         (, par_f->par_1, par_f->par_2), (par_f->par_1 = a1; par_f->par_2 = a2;),  \
                         (T1 a1, T2 a2), (a1, a2), (par_f->par_1, par_f->par_2))
#define PAR_DEFINE_TASK_2(R, name, T1, a1, T2, a2)                                                 \
    R name##_par_body(PAR_DETAIL_HIDDEN, T1 a1, T2 a2)
#define PAR_DEFINE_VOID_TASK_2(name, T1, a1, T2, a2)                                               \
    void name##_par_body(PAR_DETAIL_HIDDEN, T1 a1, T2 a2)

#define PAR_TASK_3(R, name, T1, a1, T2, a2, T3, a3)                                                \
    PAR_DETAIL_VALUE_TASK(                                                                         \
        static inline, R, name, (T1 par_1; T2 par_2; T3 par_3;), (, T1 a1, T2 a2, T3 a3),          \
        (, a1, a2, a3), (, par_f->par_1, par_f->par_2, par_f->par_3),                              \
        (par_f->par_1 = a1; par_f->par_2 = a2; par_f->par_3 = a3;), (T1 a1, T2 a2, T3 a3),         \
        (a1, a2, a3), (par_f->par_1, par_f->par_2, par_f->par_3))
#define PAR_VOID_TASK_3(name, T1, a1, T2, a2, T3, a3)                                              \
    PAR_DETAIL_VOID_TASK(                                                                          \
        static inline, name, (T1 par_1; T2 par_2; T3 par_3;), (, T1 a1, T2 a2, T3 a3),             \
        (, a1, a2, a3), (, par_f->par_1, par_f->par_2, par_f->par_3),                              \
        (par_f->par_1 = a1; par_f->par_2 = a2; par_f->par_3 = a3;), (T1 a1, T2 a2, T3 a3),         \
        (a1, a2, a3), (par_f->par_1, par_f->par_2, par_f->par_3))
#define PAR_DECLARE_TASK_3(R, name, T1, a1, T2, a2, T3, a3)                                        \
    PAR_DETAIL_VALUE_TASK(                                                                         \
        extern, R, name, (T1 par_1; T2 par_2; T3 par_3;), (, T1 a1, T2 a2, T3 a3), (, a1, a2, a3), \
        (, par_f->par_1, par_f->par_2, par_f->par_3),                                              \
        (par_f->par_1 = a1; par_f->par_2 = a2; par_f->par_3 = a3;), (T1 a1, T2 a2, T3 a3),         \
        (a1, a2, a3), (par_f->par_1, par_f->par_2, par_f->par_3))
#define PAR_DECLARE_VOID_TASK_3(name, T1, a1, T2, a2, T3, a3)                                      \
    PAR_DETAIL_VOID_TASK(extern, name, (T1 par_1; T2 par_2; T3 par_3;), (, T1 a1, T2 a2, T3 a3),   \
                         (, a1, a2, a3), (, par_f->par_1, par_f->par_2, par_f->par_3),             \
                         (par_f->par_1 = a1; par_f->par_2 = a2; par_f->par_3 = a3;),               \
                         (T1 a1, T2 a2, T3 a3), (a1, a2, a3),                                      \
                         (par_f->par_1, par_f->par_2, par_f->par_3))
#define PAR_DEFINE_TASK_3(R, name, T1, a1, T2, a2, T3, a3)                                         \
    R name##_par_body(PAR_DETAIL_HIDDEN, T1 a1, T2 a2, T3 a3)
#define PAR_DEFINE_VOID_TASK_3(name, T1, a1, T2, a2, T3, a3)                                       \
    void name##_par_body(PAR_DETAIL_HIDDEN, T1 a1, T2 a2, T3 a3)

#define PAR_TASK_4(R, name, T1, a1, T2, a2, T3, a3, T4, a4)                                        \
    PAR_DETAIL_VALUE_TASK(                                                                         \
        static inline, R, name, (T1 par_1; T2 par_2; T3 par_3; T4 par_4;),                         \
        (, T1 a1, T2 a2, T3 a3, T4 a4), (, a1, a2, a3, a4),                                        \
        (, par_f->par_1, par_f->par_2, par_f->par_3, par_f->par_4),                                \
        (par_f->par_1 = a1; par_f->par_2 = a2; par_f->par_3 = a3; par_f->par_4 = a4;),             \
        (T1 a1, T2 a2, T3 a3, T4 a4), (a1, a2, a3, a4),                                            \
        (par_f->par_1, par_f->par_2, par_f->par_3, par_f->par_4))
#define PAR_VOID_TASK_4(name, T1, a1, T2, a2, T3, a3, T4, a4)                                      \
    PAR_DETAIL_VOID_TASK(                                                                          \
        static inline, name, (T1 par_1; T2 par_2; T3 par_3; T4 par_4;),                            \
        (, T1 a1, T2 a2, T3 a3, T4 a4), (, a1, a2, a3, a4),                                        \
        (, par_f->par_1, par_f->par_2, par_f->par_3, par_f->par_4),                                \
        (par_f->par_1 = a1; par_f->par_2 = a2; par_f->par_3 = a3; par_f->par_4 = a4;),             \
        (T1 a1, T2 a2, T3 a3, T4 a4), (a1, a2, a3, a4),                                            \
        (par_f->par_1, par_f->par_2, par_f->par_3, par_f->par_4))
#define PAR_DECLARE_TASK_4(R, name, T1, a1, T2, a2, T3, a3, T4, a4)                                \
    PAR_DETAIL_VALUE_TASK(                                                                         \
        extern, R, name, (T1 par_1; T2 par_2; T3 par_3; T4 par_4;),                                \
        (, T1 a1, T2 a2, T3 a3, T4 a4), (, a1, a2, a3, a4),                                        \
        (, par_f->par_1, par_f->par_2, par_f->par_3, par_f->par_4),                                \
        (par_f->par_1 = a1; par_f->par_2 = a2; par_f->par_3 = a3; par_f->par_4 = a4;),             \
        (T1 a1, T2 a2, T3 a3, T4 a4), (a1, a2, a3, a4),                                            \
        (par_f->par_1, par_f->par_2, par_f->par_3, par_f->par_4))
#define PAR_DECLARE_VOID_TASK_4(name, T1, a1, T2, a2, T3, a3, T4, a4)                              \
    PAR_DETAIL_VOID_TASK(                                                                          \
        extern, name, (T1 par_1; T2 par_2; T3 par_3; T4 par_4;), (, T1 a1, T2 a2, T3 a3, T4 a4),   \
        (, a1, a2, a3, a4), (, par_f->par_1, par_f->par_2, par_f->par_3, par_f->par_4),            \
        (par_f->par_1 = a1; par_f->par_2 = a2; par_f->par_3 = a3; par_f->par_4 = a4;),             \
        (T1 a1, T2 a2, T3 a3, T4 a4), (a1, a2, a3, a4),                                            \
        (par_f->par_1, par_f->par_2, par_f->par_3, par_f->par_4))
#define PAR_DEFINE_TASK_4(R, name, T1, a1, T2, a2, T3, a3, T4, a4)                                 \
    R name##_par_body(PAR_DETAIL_HIDDEN, T1 a1, T2 a2, T3 a3, T4 a4)
#define PAR_DEFINE_VOID_TASK_4(name, T1, a1, T2, a2, T3, a3, T4, a4)                               \
    void name##_par_body(PAR_DETAIL_HIDDEN, T1 a1, T2 a2, T3 a3, T4 a4)

#define PAR_TASK_5(R, name, T1, a1, T2, a2, T3, a3, T4, a4, T5, a5)                                \
    PAR_DETAIL_VALUE_TASK(                                                                         \
        static inline, R, name, (T1 par_1; T2 par_2; T3 par_3; T4 par_4; T5 par_5;),               \
        (, T1 a1, T2 a2, T3 a3, T4 a4, T5 a5), (, a1, a2, a3, a4, a5),                             \
        (, par_f->par_1, par_f->par_2, par_f->par_3, par_f->par_4, par_f->par_5),                  \
        (par_f->par_1 = a1; par_f->par_2 = a2; par_f->par_3 = a3; par_f->par_4 = a4;               \
         par_f->par_5 = a5;),                                                                      \
        (T1 a1, T2 a2, T3 a3, T4 a4, T5 a5), (a1, a2, a3, a4, a5),                                 \
        (par_f->par_1, par_f->par_2, par_f->par_3, par_f->par_4, par_f->par_5))
#define PAR_VOID_TASK_5(name, T1, a1, T2, a2, T3, a3, T4, a4, T5, a5)                              \
    PAR_DETAIL_VOID_TASK(static inline, name, (T1 par_1; T2 par_2; T3 par_3; T4 par_4; T5 par_5;), \
                         (, T1 a1, T2 a2, T3 a3, T4 a4, T5 a5), (, a1, a2, a3, a4, a5),            \
                         (, par_f->par_1, par_f->par_2, par_f->par_3, par_f->par_4, par_f->par_5), \
                         (par_f->par_1 = a1; par_f->par_2 = a2; par_f->par_3 = a3;                 \
                          par_f->par_4 = a4; par_f->par_5 = a5;),                                  \
                         (T1 a1, T2 a2, T3 a3, T4 a4, T5 a5), (a1, a2, a3, a4, a5),                \
                         (par_f->par_1, par_f->par_2, par_f->par_3, par_f->par_4, par_f->par_5))
#define PAR_DECLARE_TASK_5(R, name, T1, a1, T2, a2, T3, a3, T4, a4, T5, a5)                        \
    PAR_DETAIL_VALUE_TASK(                                                                         \
        extern, R, name, (T1 par_1; T2 par_2; T3 par_3; T4 par_4; T5 par_5;),                      \
        (, T1 a1, T2 a2, T3 a3, T4 a4, T5 a5), (, a1, a2, a3, a4, a5),                             \
        (, par_f->par_1, par_f->par_2, par_f->par_3, par_f->par_4, par_f->par_5),                  \
        (par_f->par_1 = a1; par_f->par_2 = a2; par_f->par_3 = a3; par_f->par_4 = a4;               \
         par_f->par_5 = a5;),                                                                      \
        (T1 a1, T2 a2, T3 a3, T4 a4, T5 a5), (a1, a2, a3, a4, a5),                                 \
        (par_f->par_1, par_f->par_2, par_f->par_3, par_f->par_4, par_f->par_5))
#define PAR_DECLARE_VOID_TASK_5(name, T1, a1, T2, a2, T3, a3, T4, a4, T5, a5)                      \
    PAR_DETAIL_VOID_TASK(extern, name, (T1 par_1; T2 par_2; T3 par_3; T4 par_4; T5 par_5;),        \
                         (, T1 a1, T2 a2, T3 a3, T4 a4, T5 a5), (, a1, a2, a3, a4, a5),            \
                         (, par_f->par_1, par_f->par_2, par_f->par_3, par_f->par_4, par_f->par_5), \
                         (par_f->par_1 = a1; par_f->par_2 = a2; par_f->par_3 = a3;                 \
                          par_f->par_4 = a4; par_f->par_5 = a5;),                                  \
                         (T1 a1, T2 a2, T3 a3, T4 a4, T5 a5), (a1, a2, a3, a4, a5),                \
                         (par_f->par_1, par_f->par_2, par_f->par_3, par_f->par_4, par_f->par_5))
#define PAR_DEFINE_TASK_5(R, name, T1, a1, T2, a2, T3, a3, T4, a4, T5, a5)                         \
    R name##_par_body(PAR_DETAIL_HIDDEN, T1 a1, T2 a2, T3 a3, T4 a4, T5 a5)
#define PAR_DEFINE_VOID_TASK_5(name, T1, a1, T2, a2, T3, a3, T4, a4, T5, a5)                       \
    void name##_par_body(PAR_DETAIL_HIDDEN, T1 a1, T2 a2, T3 a3, T4 a4, T5 a5)

#define PAR_TASK_6(R, name, T1, a1, T2, a2, T3, a3, T4, a4, T5, a5, T6, a6)                        \
    PAR_DETAIL_VALUE_TASK(                                                                         \
        static inline, R, name, (T1 par_1; T2 par_2; T3 par_3; T4 par_4; T5 par_5; T6 par_6;),     \
        (, T1 a1, T2 a2, T3 a3, T4 a4, T5 a5, T6 a6), (, a1, a2, a3, a4, a5, a6),                  \
        (, par_f->par_1, par_f->par_2, par_f->par_3, par_f->par_4, par_f->par_5, par_f->par_6),    \
        (par_f->par_1 = a1; par_f->par_2 = a2; par_f->par_3 = a3; par_f->par_4 = a4;               \
         par_f->par_5 = a5; par_f->par_6 = a6;),                                                   \
        (T1 a1, T2 a2, T3 a3, T4 a4, T5 a5, T6 a6), (a1, a2, a3, a4, a5, a6),                      \
        (par_f->par_1, par_f->par_2, par_f->par_3, par_f->par_4, par_f->par_5, par_f->par_6))
#define PAR_VOID_TASK_6(name, T1, a1, T2, a2, T3, a3, T4, a4, T5, a5, T6, a6)                      \
    PAR_DETAIL_VOID_TASK(                                                                          \
        static inline, name, (T1 par_1; T2 par_2; T3 par_3; T4 par_4; T5 par_5; T6 par_6;),        \
        (, T1 a1, T2 a2, T3 a3, T4 a4, T5 a5, T6 a6), (, a1, a2, a3, a4, a5, a6),                  \
        (, par_f->par_1, par_f->par_2, par_f->par_3, par_f->par_4, par_f->par_5, par_f->par_6),    \
        (par_f->par_1 = a1; par_f->par_2 = a2; par_f->par_3 = a3; par_f->par_4 = a4;               \
         par_f->par_5 = a5; par_f->par_6 = a6;),                                                   \
        (T1 a1, T2 a2, T3 a3, T4 a4, T5 a5, T6 a6), (a1, a2, a3, a4, a5, a6),                      \
        (par_f->par_1, par_f->par_2, par_f->par_3, par_f->par_4, par_f->par_5, par_f->par_6))
#define PAR_DECLARE_TASK_6(R, name, T1, a1, T2, a2, T3, a3, T4, a4, T5, a5, T6, a6)                \
    PAR_DETAIL_VALUE_TASK(                                                                         \
        extern, R, name, (T1 par_1; T2 par_2; T3 par_3; T4 par_4; T5 par_5; T6 par_6;),            \
        (, T1 a1, T2 a2, T3 a3, T4 a4, T5 a5, T6 a6), (, a1, a2, a3, a4, a5, a6),                  \
        (, par_f->par_1, par_f->par_2, par_f->par_3, par_f->par_4, par_f->par_5, par_f->par_6),    \
        (par_f->par_1 = a1; par_f->par_2 = a2; par_f->par_3 = a3; par_f->par_4 = a4;               \
         par_f->par_5 = a5; par_f->par_6 = a6;),                                                   \
        (T1 a1, T2 a2, T3 a3, T4 a4, T5 a5, T6 a6), (a1, a2, a3, a4, a5, a6),                      \
        (par_f->par_1, par_f->par_2, par_f->par_3, par_f->par_4, par_f->par_5, par_f->par_6))
#define PAR_DECLARE_VOID_TASK_6(name, T1, a1, T2, a2, T3, a3, T4, a4, T5, a5, T6, a6)              \
    PAR_DETAIL_VOID_TASK(                                                                          \
        extern, name, (T1 par_1; T2 par_2; T3 par_3; T4 par_4; T5 par_5; T6 par_6;),               \
        (, T1 a1, T2 a2, T3 a3, T4 a4, T5 a5, T6 a6), (, a1, a2, a3, a4, a5, a6),                  \
        (, par_f->par_1, par_f->par_2, par_f->par_3, par_f->par_4, par_f->par_5, par_f->par_6),    \
        (par_f->par_1 = a1; par_f->par_2 = a2; par_f->par_3 = a3; par_f->par_4 = a4;               \
         par_f->par_5 = a5; par_f->par_6 = a6;),                                                   \
        (T1 a1, T2 a2, T3 a3, T4 a4, T5 a5, T6 a6), (a1, a2, a3, a4, a5, a6),                      \
        (par_f->par_1, par_f->par_2, par_f->par_3, par_f->par_4, par_f->par_5, par_f->par_6))
#define PAR_DEFINE_TASK_6(R, name, T1, a1, T2, a2, T3, a3, T4, a4, T5, a5, T6, a6)                 \
    R name##_par_body(PAR_DETAIL_HIDDEN, T1 a1, T2 a2, T3 a3, T4 a4, T5 a5, T6 a6)
#define PAR_DEFINE_VOID_TASK_6(name, T1, a1, T2, a2, T3, a3, T4, a4, T5, a5, T6, a6)               \
    void name##_par_body(PAR_DETAIL_HIDDEN, T1 a1, T2 a2, T3 a3, T4 a4, T5 a5, T6 a6)

#endif
