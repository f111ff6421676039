/* SPDX-License-Identifier: MIT */
/* task.h - what the macros of par/task.h expand to. Not API. */
#ifndef PAR_DETAIL_TASK_H
#define PAR_DETAIL_TASK_H

#include <par/detail/worker.h>

PAR_BEGIN_DECLS

/* Inside a task these names are its hidden parameters: the worker that it runs on, and the head of
 * its forks. Elsewhere they mean these functions, which say by their type that both must be looked
 * up. */
PAR_API void par_detail_here_v1(void) PAR_NOEXCEPT;
typedef void par_detail_nowhere(void);

PAR_API void par_detail_head_v1(void) PAR_NOEXCEPT;

/* A fork in its block; par_detail_guard_end joins it when the block is left. It never leaves the
 * function, so the compiler keeps it in no memory. */
typedef struct par_detail_guard {
    par_detail_job *job; /* NULL once it is joined */
    par_detail_run_fn *run;
    par_detail_worker *worker;
    par_detail_slot *base;  /* the head before the fork */
    par_detail_slot *next;  /* and after it: the same if there was no room */
    par_detail_slot **head; /* the hidden parameter; NULL outside tasks */
    bool entered;           /* the fork has made the thread a member of the default pool */
} par_detail_guard;

PAR_API void par_detail_misused_v1(const char *task, const char *what) PAR_NOEXCEPT;

/* Whether the fork is the newest: then only its own entry stands above the head that its pop
 * restores. Where the compiler cannot prove it, an older join may have settled the fork already,
 * and later forks may have come to stand where it stood. One that there was no room for is not
 * found there either; what stands below its head is another's. */
PAR_DETAIL_INLINE bool par_detail_is_newest(const par_detail_guard *guard,
                                            const par_detail_slot *head) PAR_NOEXCEPT
{
    const bool equal = guard->next == head;
    if (__builtin_constant_p(equal))
        return equal;
    return PAR_LIKELY(equal &&
                      PAR_DETAIL_LOAD_RELAXED(&guard->next[-1].frame) == (size_t)guard->job);
}

/* Takes the fork back. True: it is the caller's to run. False: it has ended. */
PAR_DETAIL_INLINE bool par_detail_guard_join(par_detail_guard *guard) PAR_NOEXCEPT
{
    par_detail_job *job = guard->job;
    par_detail_slot *head = guard->head != NULL ? *guard->head : par_detail_head(guard->worker);
    bool mine = false;
    const bool is_newest = par_detail_is_newest(guard, head);
    guard->job = NULL;
    if (is_newest) {
        head = guard->base;
        mine = par_detail_pop(guard->worker, head, guard->run, job);
    } else {
        par_detail_reclaim_v1(guard->worker, guard->next, guard->run, job);
        head = par_detail_head(guard->worker);
    }
    if (guard->head != NULL)
        *guard->head = head;
    return mine;
}

PAR_DETAIL_INLINE void par_detail_guard_end(par_detail_guard *guard) PAR_NOEXCEPT
{
    if (PAR_UNLIKELY(guard->job != NULL)) {
        par_detail_job *job = guard->job;
        if (par_detail_guard_join(guard))
            guard->run(job);
    }
    if (PAR_UNLIKELY(guard->entered))
        par_detail_leave_v1(guard->worker);
}

/* Forks a job whose arguments stand in its frame: inside a task, and elsewhere. */
PAR_DETAIL_INLINE par_detail_guard par_detail_guard_in(par_detail_worker *worker,
                                                       par_detail_slot **head,
                                                       par_detail_run_fn *run,
                                                       par_detail_job *job) PAR_NOEXCEPT
{
    par_detail_slot *next = par_detail_push(worker, *head, run, job);
    const par_detail_guard guard = {job, run, worker, *head, next, head, false};
    *head = next;
    return guard;
}

PAR_DETAIL_INLINE par_detail_guard par_detail_guard_out(par_detail_run_fn *run,
                                                        par_detail_job *job) PAR_NOEXCEPT
{
    par_detail_worker *self = par_detail_self_v1;
    const bool enters = self == NULL;
    par_detail_worker *worker = enters ? par_detail_enter_v1() : self;
    par_detail_slot *head = par_detail_head(worker);
    par_detail_slot *next = par_detail_push(worker, head, run, job);
    const par_detail_guard guard = {job, run, worker, head, next, NULL, enters};
    return guard;
}

PAR_END_DECLS

/* ---- picking by where the code stands --------------------------------------------------------
 * A task has each of its parts twice: one for code inside tasks, which knows its worker, and one
 * for code elsewhere. `par_detail_here_v1` selects. */

#ifdef __cplusplus
#define PAR_DETAIL_PART(part, name) name##_par_##part
#define PAR_DETAIL_PART_IN(part, name) name##_par_##part
#define PAR_DETAIL_PART_OUT(part, name) name##_par_##part
#define PAR_DETAIL_FRAME_OF(name, variable) (&(variable))
#else
#define PAR_DETAIL_PART(part, name)                                                                \
    _Generic(par_detail_here_v1, par_detail_worker *                                               \
             : name##_par_##part##_in, default                                                     \
             : name##_par_##part##_out)
#define PAR_DETAIL_PART_IN(part, name) name##_par_##part##_in
#define PAR_DETAIL_PART_OUT(part, name) name##_par_##part##_out
#define PAR_DETAIL_FRAME_OF(name, variable) _Generic(&(variable), name##_par_frame * : &(variable))
#endif

#define PAR_DETAIL_UNUSED __attribute__((unused))
#define PAR_DETAIL_PIECE PAR_DETAIL_UNUSED static inline __attribute__((always_inline))
#define PAR_DETAIL_NOWHERE par_detail_nowhere *par_nowhere PAR_DETAIL_UNUSED
#define PAR_DETAIL_NO_HEAD par_detail_nowhere *par_no_head PAR_DETAIL_UNUSED
#define PAR_DETAIL_NO_CALL_HEAD PAR_DETAIL_NO_HEAD
#define PAR_DETAIL_HEAD_OF(guard)                                                                  \
    ((guard)->head != NULL ? *(guard)->head : par_detail_head((guard)->worker))
#define PAR_DETAIL_OPEN(...) __VA_ARGS__

#ifdef NDEBUG
#define PAR_DETAIL_CHECK_JOIN(name, guard) ((void)0)
#else
#define PAR_DETAIL_CHECK_JOIN(name, guard)                                                         \
    ((guard)->job != NULL ? (void)0 : par_detail_misused_v1(#name, "joined twice"))
#endif

/* ---- counting arguments: 1, or N for more; 2, or N ------------------------------------------- */

#define PAR_DETAIL_EIGHTH(a, b, c, d, e, f, g, h, ...) h
#define PAR_DETAIL_ONE_OR_N(...) PAR_DETAIL_EIGHTH(__VA_ARGS__, N, N, N, N, N, N, 1, 0)
#define PAR_DETAIL_NINTH(a, b, c, d, e, f, g, h, i, ...) i
#define PAR_DETAIL_TWO_OR_N(...) PAR_DETAIL_NINTH(__VA_ARGS__, N, N, N, N, N, N, 2, 1, 0)
#define PAR_DETAIL_PASTE(a, b) a##b
#define PAR_DETAIL_CAT(a, b) PAR_DETAIL_PASTE(a, b)

#define PAR_DETAIL_CALL_1(name) PAR_DETAIL_PART(call, name)(par_detail_here_v1, par_detail_head_v1)
#define PAR_DETAIL_CALL_N(name, ...)                                                               \
    PAR_DETAIL_PART(call, name)(par_detail_here_v1, par_detail_head_v1, __VA_ARGS__)

#define PAR_DETAIL_FORK_2(name, variable)                                                          \
    name##_par_frame variable;                                                                     \
    par_detail_guard variable##_par_guard __attribute__((cleanup(par_detail_guard_end), unused)) = \
        PAR_DETAIL_PART(fork, name)(par_detail_here_v1, &par_detail_head_v1, &variable)
#define PAR_DETAIL_FORK_N(name, variable, ...)                                                     \
    name##_par_frame variable;                                                                     \
    par_detail_guard variable##_par_guard __attribute__((cleanup(par_detail_guard_end), unused)) = \
        PAR_DETAIL_PART(fork, name)(par_detail_here_v1, &par_detail_head_v1, &variable,            \
                                    __VA_ARGS__)

/* ---- the parts of a task --------------------------------------------------------------------
 * LINK is `static inline` or `extern`. FIELDS: the arguments in the frame. PARAMS: `, T1 a1, T2
 * a2`. ARGS: `, a1, a2`. FROM: `, par_f->par_1, par_f->par_2`. STORE: par_f->par_1 = a1; and so on.
 * PLAIN, PLAIN_ARGS and PLAIN_FROM: PARAMS, ARGS and FROM without their first comma. */

#define PAR_DETAIL_HIDDEN                                                                          \
    par_detail_worker *par_detail_here_v1 PAR_DETAIL_UNUSED,                                       \
        par_detail_slot *par_detail_head_v1 PAR_DETAIL_UNUSED

#define PAR_DETAIL_FORK_PARTS(name, PARAMS, STORE)                                                 \
    PAR_DETAIL_PIECE par_detail_guard PAR_DETAIL_PART_IN(fork, name)(                              \
        par_detail_worker * par_worker, par_detail_slot * *par_head,                               \
        name##_par_frame * par_f PAR_DETAIL_OPEN PARAMS)                                           \
    {                                                                                              \
        PAR_DETAIL_OPEN STORE return par_detail_guard_in(par_worker, par_head, name##_par_run,     \
                                                         &par_f->job);                             \
    }                                                                                              \
    PAR_DETAIL_PIECE par_detail_guard PAR_DETAIL_PART_OUT(fork, name)(                             \
        PAR_DETAIL_NOWHERE, PAR_DETAIL_NO_HEAD, name##_par_frame * par_f PAR_DETAIL_OPEN PARAMS)   \
    {                                                                                              \
        PAR_DETAIL_OPEN STORE return par_detail_guard_out(name##_par_run, &par_f->job);            \
    }

#define PAR_DETAIL_VALUE_TASK(LINK, R, name, FIELDS, PARAMS, ARGS, FROM, STORE, PLAIN, PLAIN_ARGS, \
                              PLAIN_FROM)                                                          \
    typedef struct name##_par_frame {                                                              \
        par_detail_job job;                                                                        \
        PAR_DETAIL_OPEN FIELDS R par_result;                                                       \
    } name##_par_frame;                                                                            \
    LINK R name##_par_body(PAR_DETAIL_HIDDEN PAR_DETAIL_OPEN PARAMS);                              \
    PAR_DETAIL_UNUSED static inline R name(PAR_DETAIL_OPEN PLAIN)                                  \
    {                                                                                              \
        par_detail_worker *par_worker = par_detail_self_v1;                                        \
        if (PAR_LIKELY(par_worker != NULL))                                                        \
            return name##_par_body(par_worker, par_detail_head(par_worker) PAR_DETAIL_OPEN ARGS);  \
        par_worker = par_detail_enter_v1();                                                        \
        R par_result =                                                                             \
            name##_par_body(par_worker, par_detail_head(par_worker) PAR_DETAIL_OPEN ARGS);         \
        par_detail_leave_v1(par_worker);                                                           \
        return par_result;                                                                         \
    }                                                                                              \
    PAR_DETAIL_UNUSED static void name##_par_run(void *par_frame)                                  \
    {                                                                                              \
        name##_par_frame *par_f = (name##_par_frame *)par_frame;                                   \
        par_f->par_result = name(PAR_DETAIL_OPEN PLAIN_FROM);                                      \
    }                                                                                              \
    PAR_DETAIL_FORK_PARTS(name, PARAMS, STORE)                                                     \
    PAR_DETAIL_PIECE R PAR_DETAIL_PART_IN(call, name)(                                             \
        par_detail_worker * par_worker, par_detail_slot * par_head PAR_DETAIL_OPEN PARAMS)         \
    {                                                                                              \
        return name##_par_body(par_worker, par_head PAR_DETAIL_OPEN ARGS);                         \
    }                                                                                              \
    PAR_DETAIL_PIECE R PAR_DETAIL_PART_OUT(call, name)(                                            \
        PAR_DETAIL_NOWHERE, PAR_DETAIL_NO_CALL_HEAD PAR_DETAIL_OPEN PARAMS)                        \
    {                                                                                              \
        return name(PAR_DETAIL_OPEN PLAIN_ARGS);                                                   \
    }                                                                                              \
    PAR_DETAIL_PIECE R name##_par_join(name##_par_frame *par_f, par_detail_guard *par_guard)       \
    {                                                                                              \
        PAR_DETAIL_CHECK_JOIN(name, par_guard);                                                    \
        if (PAR_LIKELY(par_detail_guard_join(par_guard)))                                          \
            return name##_par_body(par_guard->worker,                                              \
                                   PAR_DETAIL_HEAD_OF(par_guard) PAR_DETAIL_OPEN FROM);            \
        return par_f->par_result;                                                                  \
    }                                                                                              \
    LINK R name##_par_body(PAR_DETAIL_HIDDEN PAR_DETAIL_OPEN PARAMS)

#define PAR_DETAIL_VOID_TASK(LINK, name, FIELDS, PARAMS, ARGS, FROM, STORE, PLAIN, PLAIN_ARGS,     \
                             PLAIN_FROM)                                                           \
    typedef struct name##_par_frame {                                                              \
        par_detail_job job;                                                                        \
        PAR_DETAIL_OPEN FIELDS                                                                     \
    } name##_par_frame;                                                                            \
    LINK void name##_par_body(PAR_DETAIL_HIDDEN PAR_DETAIL_OPEN PARAMS);                           \
    PAR_DETAIL_UNUSED static inline void name(PAR_DETAIL_OPEN PLAIN)                               \
    {                                                                                              \
        par_detail_worker *par_worker = par_detail_self_v1;                                        \
        const bool par_enters = par_worker == NULL;                                                \
        if (PAR_UNLIKELY(par_enters))                                                              \
            par_worker = par_detail_enter_v1();                                                    \
        name##_par_body(par_worker, par_detail_head(par_worker) PAR_DETAIL_OPEN ARGS);             \
        if (PAR_UNLIKELY(par_enters))                                                              \
            par_detail_leave_v1(par_worker);                                                       \
    }                                                                                              \
    PAR_DETAIL_UNUSED static void name##_par_run(void *par_frame)                                  \
    {                                                                                              \
        name##_par_frame *par_f = (name##_par_frame *)par_frame;                                   \
        (void)par_f;                                                                               \
        name(PAR_DETAIL_OPEN PLAIN_FROM);                                                          \
    }                                                                                              \
    PAR_DETAIL_FORK_PARTS(name, PARAMS, STORE)                                                     \
    PAR_DETAIL_PIECE void PAR_DETAIL_PART_IN(call, name)(                                          \
        par_detail_worker * par_worker, par_detail_slot * par_head PAR_DETAIL_OPEN PARAMS)         \
    {                                                                                              \
        name##_par_body(par_worker, par_head PAR_DETAIL_OPEN ARGS);                                \
    }                                                                                              \
    PAR_DETAIL_PIECE void PAR_DETAIL_PART_OUT(call, name)(                                         \
        PAR_DETAIL_NOWHERE, PAR_DETAIL_NO_CALL_HEAD PAR_DETAIL_OPEN PARAMS)                        \
    {                                                                                              \
        name(PAR_DETAIL_OPEN PLAIN_ARGS);                                                          \
    }                                                                                              \
    PAR_DETAIL_PIECE void name##_par_join(name##_par_frame *par_f, par_detail_guard *par_guard)    \
    {                                                                                              \
        (void)par_f;                                                                               \
        PAR_DETAIL_CHECK_JOIN(name, par_guard);                                                    \
        if (PAR_LIKELY(par_detail_guard_join(par_guard)))                                          \
            name##_par_body(par_guard->worker,                                                     \
                            PAR_DETAIL_HEAD_OF(par_guard) PAR_DETAIL_OPEN FROM);                   \
    }                                                                                              \
    LINK void name##_par_body(PAR_DETAIL_HIDDEN PAR_DETAIL_OPEN PARAMS)

#endif
