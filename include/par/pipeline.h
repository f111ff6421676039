/* SPDX-License-Identifier: MIT */
/* pipeline.h - elements that pass through stages, one after the other, while others do the same:
 * read, work, write.
 *
 * There are two ways to run the same stages. par_pipeline_run runs them as tasks of the pool: as
 * many at once as there are threads, and none ever waits for an element. par_thread_pipeline_run
 * gives each stage threads of its own, for stages that block (files, networks). In both, elements
 * lie in a number of tokens that is fixed at the start: so memory is bounded, and a slow stage
 * holds up those before it. The order of elements is that in which the first stage made them. */
#ifndef PAR_PIPELINE_H
#define PAR_PIPELINE_H

#include <par/group.h>

PAR_BEGIN_DECLS

/* What a stage does with an element: it changes it in place. The element has element_size bytes,
 * and is aligned for every type up to 64 bytes of alignment; the first stage finds arbitrary bytes
 * in it and makes it. Returns 0: the element goes on to the next stage, and leaves the pipeline
 * after the last. PAR_STAGE_SKIP: the stage has consumed it, and it goes no further (or the first
 * stage has made none this time). PAR_STAGE_END: likewise, and it was the last one; see below. Any
 * other value is a failure, and so is a panic, with its code. A stage may use par itself, and may
 * ask par_canceled whether its element is still wanted (on threads of the pool). */
typedef int par_stage_fn(void *element, void *ctx);

/* From the first stage: there is no further element; calls that have begun are ended, and what they
 * make is worked on. From a later stage: no element after this one is wanted; those are dropped, as
 * after a failure, but the call returns 0. */
#define PAR_STAGE_END (-2147483647 - 1)
#define PAR_STAGE_SKIP (-2147483647)

/* Who may be in a stage at the same time. */
typedef enum par_stage_kind {
    PAR_STAGE_SERIAL_IN_ORDER, /* one element at a time, in order */
    PAR_STAGE_SERIAL,          /* one at a time, in the order in which they come */
    PAR_STAGE_PARALLEL         /* any number */
} par_stage_kind;

typedef struct par_stage {
    par_stage_kind kind;
    par_stage_fn *fn;
    void *ctx;        /* passed to fn; what one call in a serial stage writes the next one sees */
    const char *name; /* for whoever prints statistics; may be NULL */
    size_t threads;   /* of a parallel stage in par_thread_pipeline_run; 0 = par_num_threads() */
} par_stage;

/* What a run has cost. Times are sums over all elements, in nanoseconds. */
typedef struct par_stage_stats {
    uint64_t items;   /* calls, without the one that ended the elements */
    uint64_t busy_ns; /* in the stage's function */
    uint64_t wait_ns; /* of elements, before they got into the stage; 0 in the first */
    size_t places;    /* how many elements could be in it at once */
    double load;      /* busy_ns / (places * wall_ns): 1 is full all the time */
} par_stage_stats;

typedef struct par_pipeline_stats {
    size_t size; /* of this struct; set by PAR_PIPELINE_STATS_INIT */
    uint64_t wall_ns;
    size_t bottleneck;       /* the stage with the highest load */
    par_stage_stats *stages; /* one for each stage, the caller's */
} par_pipeline_stats;

#define PAR_PIPELINE_STATS_INIT                                                                    \
    {                                                                                              \
        sizeof(par_pipeline_stats), 0, 0, NULL                                                     \
    }

typedef struct par_pipeline_options {
    size_t size;         /* of this struct; set by PAR_PIPELINE_OPTIONS_INIT */
    size_t element_size; /* bytes; not 0 */
    size_t tokens;       /* elements under way, at most; 0 = 4 for each thread that can work */
    par_group *group;    /* lets par_cancel stop the run; NULL = nobody can */
    void (*drop)(void *element, void *ctx); /* ends an element that was made and not consumed */
    void *drop_ctx;
    par_pipeline_stats *stats; /* filled in; NULL = nothing is measured */
} par_pipeline_options;

#define PAR_PIPELINE_OPTIONS_INIT                                                                  \
    {                                                                                              \
        sizeof(par_pipeline_options), 0, 0, NULL, NULL, NULL, NULL                                 \
    }

/* Runs `n` stages as tasks of the pool until the first one has ended and every element has left.
 *
 * A failure is that of the first element, in order, that fails: as if one thread had taken element
 * by element through all the stages. Elements before it pass through all the stages; those after it
 * are dropped, wherever they are, and nothing more is made. So a last stage that is in order has
 * got exactly the elements before the failure, and the code does not depend on threads. `drop` is
 * called once for every element that the first stage made (returned 0 for) and that neither was
 * consumed nor left the last stage; the element whose stage failed is one of them. It may be called
 * on any thread, by several at once.
 *
 * Returns 0; the code of the failure, unchanged; ECANCELED if par_cancel, or the end of a
 * par_try_for around the call, has dropped elements or kept some from being made; EINVAL for no
 * stages, a stage without function or of unknown kind, options of an unknown size (NULL too), or an
 * element_size of 0; ENOMEM, before any stage was called.
 *
 * Any thread may call it, in stages of other pipelines too. Blocks until done; meanwhile the
 * calling thread takes part, and runs only this. No thread waits for an element or for a place: a
 * thread that finds a stage occupied leaves the element there, and who leaves the stage passes it
 * on. Allocates once, for tokens * element_size bytes and a little for each token; nothing for each
 * element. After oneTBB's parallel_pipeline (McCool, Robison, Reinders: Structured Parallel
 * Programming, 2012, chapter 9). */
PAR_API int par_pipeline_run(const par_stage *stages, size_t n,
                             const par_pipeline_options *options) PAR_NOEXCEPT;

/* The same, on threads of its own: one for each serial stage, and stage.threads for each parallel
 * one, with a channel before each stage. They are in no pool: a call that they make into par enters
 * the default pool. par_canceled is always false in them. Order, failures, codes and drops are as
 * above; also EAGAIN if the threads could not be started, before any stage was called.
 *
 * The calling thread only waits; in a pool it lends its core meanwhile. All threads have ended when
 * it returns. A first stage that blocks for ever holds it up: nothing else does. */
PAR_API int par_thread_pipeline_run(const par_stage *stages, size_t n,
                                    const par_pipeline_options *options) PAR_NOEXCEPT;

PAR_END_DECLS

#endif
