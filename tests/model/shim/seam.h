/* SPDX-License-Identifier: MIT */
/* seam.h - included before everything else in every file that the checker compiles: the accesses
 * that are inlined into callers, and the calls of the system that the code under test makes by
 * itself, become steps of the model. */
#ifndef MODEL_SEAM_H
#define MODEL_SEAM_H

#include "engine/model.h"

#define PAR_DETAIL_LOAD_RELAXED(word) model_load(word, MODEL_SITE)
#define PAR_DETAIL_STORE_RELAXED(word, value) model_store(word, value, MODEL_SITE)
#define PAR_DETAIL_STORE_RELEASE(word, value) model_store(word, value, MODEL_SITE)
#define PAR_DETAIL_COMPILER_BARRIER() ((void)0)

/* The system's own declarations get the new names too; crew.c and waits.c have the
 * definitions. */
#define pthread_mutex_lock model_mutex_lock
#define pthread_mutex_unlock model_mutex_unlock
#define pthread_mutex_trylock model_mutex_trylock
#define pthread_once model_once
#define pthread_atfork model_atfork
#define nanosleep model_nanosleep
#define sched_yield model_sched_yield
#define sched_getcpu model_getcpu

#endif
