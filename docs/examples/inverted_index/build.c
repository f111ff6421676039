/* SPDX-License-Identifier: MIT */
/* build.c - the five stages.
 *
 * What goes through them is a piece: it is a text in the first stage, then an index in memory, then
 * a number of files. Two stages keep pieces back until they have enough of them; so the first one
 * makes a last, empty piece, which tells them to give out what they have. All stages but the one
 * that indexes are in order: this is what keeps the places of a word in order, and what makes the
 * last piece the last one everywhere. */
#include "build.h"

#include "entries.h"
#include "files.h"
#include "index_text.h"

#include <errno.h>
#include <stdlib.h>

const char *const build_stage_names[BUILD_STAGES] = {"read", "index", "merge", "write", "join"};

enum { READ, INDEX, MERGE, WRITE, JOIN };

typedef struct piece {
    bytes text;
    bytes index;
    uint32_t document;
    uint32_t offset;
    size_t file; /* its number, once it is written; 0: none */
    bool is_last;
} piece;

/* Each member belongs to the stage that it is named after. */
typedef struct build {
    const build_options *options;
    documents all;
    reading reading;
    bool has_read_all;
    bytes *merge_kept; /* indices that wait */
    size_t merge_n;
    size_t merge_bytes;
    size_t write_n;
    files join;
    size_t made[BUILD_STAGES]; /* bytes; of the parallel stage, counted behind it */
} build;

static void drop_piece(void *element, void *ctx)
{
    piece *self = element;
    const build *b = ctx;
    bytes_free(&self->text);
    bytes_free(&self->index);
    if (self->file != 0)
        files_remove(&b->join, self->file);
}

/* ---- read ------------------------------------------------------------------------------------ */

static int read_piece(void *element, void *ctx)
{
    build *b = ctx;
    piece *self = element;
    *self = (piece){.file = 0};
    if (b->has_read_all)
        return PAR_STAGE_END;
    const int code = reading_next(&b->reading, &self->text, &self->document, &self->offset);
    if (code != 0)
        return code;
    self->is_last = b->has_read_all = self->text.n == 0;
    b->made[READ] += self->text.n;
    return 0;
}

/* ---- index ----------------------------------------------------------------------------------- */

static int index_piece(void *element, void *ctx)
{
    piece *self = element;
    (void)ctx;
    const int code =
        index_text(&self->index, self->text.at, self->text.n, self->document, self->offset);
    bytes_free(&self->text);
    return code;
}

/* ---- merge ----------------------------------------------------------------------------------- */

static int keep(build *b, piece *self)
{
    if ((b->merge_n & (b->merge_n - 1)) == 0) { /* room is the next power of two */
        const size_t room = b->merge_n == 0 ? 1 : 2 * b->merge_n;
        bytes *kept = realloc(b->merge_kept, room * sizeof *kept);
        if (kept == NULL)
            return ENOMEM;
        b->merge_kept = kept;
    }
    b->made[INDEX] += self->index.n;
    b->merge_bytes += self->index.n;
    b->merge_kept[b->merge_n++] = self->index;
    self->index = (bytes){0};
    return 0;
}

static void free_kept(build *b)
{
    for (size_t i = 0; i < b->merge_n; i++)
        bytes_free(&b->merge_kept[i]);
    b->merge_n = 0;
    b->merge_bytes = 0;
}

/* What was kept becomes the piece's index. */
static int merge_kept(build *b, piece *self)
{
    entry_reader *readers = calloc(b->merge_n + 1, sizeof *readers);
    if (readers == NULL)
        return ENOMEM;
    for (size_t i = 0; i < b->merge_n; i++) {
        readers[i].at = b->merge_kept[i].at;
        readers[i].left = b->merge_kept[i].n;
    }
    entry_writer to = {.bytes = &self->index};
    int code = bytes_reserve(&self->index, b->merge_bytes);
    if (code == 0)
        code = entries_merge(&to, readers, b->merge_n);
    free(readers);
    free_kept(b);
    b->made[MERGE] += self->index.n;
    return code;
}

static int merge_piece(void *element, void *ctx)
{
    build *b = ctx;
    piece *self = element;
    const int code = self->index.n > 0 ? keep(b, self) : 0;
    if (code != 0)
        return code;
    if (b->merge_bytes < b->options->segment_bytes && !self->is_last) {
        bytes_free(&self->index);
        return PAR_STAGE_SKIP;
    }
    return merge_kept(b, self);
}

/* ---- write ----------------------------------------------------------------------------------- */

static int write_piece(void *element, void *ctx)
{
    build *b = ctx;
    piece *self = element;
    if (self->index.n > 0) {
        self->file = 2 * b->write_n++ + 1;
        const int code = files_write(&b->join, self->file, &self->index);
        if (code != 0)
            return code;
        b->made[WRITE] += self->index.n;
    }
    bytes_free(&self->index);
    return 0;
}

/* ---- join ------------------------------------------------------------------------------------ */

static int join_piece(void *element, void *ctx)
{
    build *b = ctx;
    const piece *self = element;
    uint64_t made = 0;
    int code = self->file != 0 ? files_add(&b->join, self->file, &made) : 0;
    if (code == 0 && self->is_last)
        code = files_finish(&b->join, b->all.paths, b->all.n, &made);
    b->made[JOIN] += made;
    return code;
}

/* ---- all ------------------------------------------------------------------------------------- */

static int run(build *b, build_report *report)
{
    const par_stage_kind in_order = PAR_STAGE_SERIAL_IN_ORDER;
    const par_stage stages[BUILD_STAGES] = {
        {in_order, read_piece, b, build_stage_names[READ], 0},
        {PAR_STAGE_PARALLEL, index_piece, b, build_stage_names[INDEX], b->options->threads},
        {in_order, merge_piece, b, build_stage_names[MERGE], 0},
        {in_order, write_piece, b, build_stage_names[WRITE], 0},
        {in_order, join_piece, b, build_stage_names[JOIN], 0},
    };
    par_pipeline_options options = PAR_PIPELINE_OPTIONS_INIT;
    options.element_size = sizeof(piece);
    options.tokens = b->options->tokens;
    options.drop = drop_piece;
    options.drop_ctx = b;
    report->stats = (par_pipeline_stats)PAR_PIPELINE_STATS_INIT;
    report->stats.stages = report->stages;
    options.stats = &report->stats;
    if (b->options->uses_threads)
        return par_thread_pipeline_run(stages, BUILD_STAGES, &options);
    return par_pipeline_run(stages, BUILD_STAGES, &options);
}

int build_index(const build_options *options, build_report *report)
{
    build b = {.options = options, .join = {.output = options->output}};
    int code = documents_list(&b.all, options->folder);
    b.reading.all = &b.all;
    if (code == 0)
        code = run(&b, report);
    report->documents = b.all.n;
    for (size_t i = 0; i < BUILD_STAGES; i++)
        report->bytes[i] = b.made[i];
    if (b.reading.file != NULL)
        fclose(b.reading.file);
    free_kept(&b);
    free(b.merge_kept);
    files_free(&b.join);
    documents_free(&b.all);
    return code;
}
