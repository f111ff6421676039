/* SPDX-License-Identifier: MIT */
/* build.h - builds the index of a folder in five stages: read the files, index each piece of text
 * in memory, merge small indices into large ones in memory, write those to files, and merge the
 * files into one. */
#ifndef BUILD_H
#define BUILD_H

#include "documents.h"

#include <par/pipeline.h>

enum { BUILD_STAGES = 5 };

typedef struct build_options {
    const char *folder;   /* of the documents */
    const char *output;   /* the index; the files on the way have its name and a number */
    bool uses_threads;    /* a thread for each stage, and channels; else tasks of the pool */
    size_t threads;       /* that index, if so; 0: one for each core */
    size_t tokens;        /* pieces under way, at most; 0: four for each thread */
    size_t segment_bytes; /* that indices grow to in memory before they are written */
} build_options;

typedef struct build_report {
    size_t documents;
    par_pipeline_stats stats;
    par_stage_stats stages[BUILD_STAGES];
    uint64_t bytes[BUILD_STAGES]; /* that each stage has made */
} build_report;

extern const char *const build_stage_names[BUILD_STAGES];

/* 0; an errno code, or what a stage returned. */
int build_index(const build_options *options, build_report *report);

/* Prints where `word` stands, and returns how often; negative errno codes. */
long long find_word(const char *index, const char *word, FILE *out);

#endif
