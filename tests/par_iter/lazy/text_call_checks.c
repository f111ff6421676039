/* SPDX-License-Identifier: MIT */
/* text_call_checks.c - the calls that run an iterator over a text, and what they return. */
#include "par_iter/lazy/text_checks.h"
#include "par_iter/lazy/text_parts.h"

enum { HUGE_TEXT = 400000 };

/* ---- calls ----------------------------------------------------------------------------------- */

typedef struct sample {
    enum kind kind;
    char *text;
    size_t n;
    parts parts;
} sample;

static ptrdiff_t add_lengths(void *out, const void *in, size_t n, void *ctx)
{
    const par_text *const texts = in;
    size_t *const sum = out;
    (void)ctx;
    for (size_t i = 0; i < n; i++)
        *sum += texts[i].n + 1;
    return 0;
}

static void add_sums(void *left, const void *right, void *ctx)
{
    (void)ctx;
    *(size_t *)left += *(const size_t *)right;
}

static ptrdiff_t count_each(void *out, const void *in, size_t n, void *ctx)
{
    size_t sum = 0;
    (void)out;
    (void)add_lengths(&sum, in, n, NULL);
    atomic_fetch_add((atomic_size_t *)ctx, sum);
    return 0;
}

/* A text that is longer than the first one by at least 3. */
static ptrdiff_t find_longer(const void *in, size_t n, bool last, void *ctx)
{
    const par_text *const texts = in;
    const size_t least = *(const size_t *)ctx;
    for (size_t i = 0; i < n; i++) {
        const size_t at = last ? n - 1 - i : i;
        if (texts[at].n >= least)
            return (ptrdiff_t)at;
    }
    return (ptrdiff_t)n;
}

static const char *compare_sums(const sample *s, const par_iter *it)
{
    size_t expected = 0;
    size_t sum = 0;
    atomic_size_t each = 0;
    (void)add_lengths(&expected, s->parts.list, s->parts.n, NULL);
    if (par_iter_reduce(it, &sum, sizeof sum, add_lengths, add_sums, NULL) != 0 || sum != expected)
        return wrong("kind %d: reduced to %zu, not %zu", (int)s->kind, sum, expected);
    if (par_iter_for_each(it, count_each, &each) != 0 || atomic_load(&each) != expected)
        return wrong("kind %d: for_each", (int)s->kind);
    par_iter small = *it;
    par_iter_pieces(&small, 1, 3, 0);
    atomic_store(&each, 0);
    if (par_iter_for_each(&small, count_each, &each) != 0 || atomic_load(&each) != expected)
        return wrong("kind %d: for_each in pieces of 3", (int)s->kind);
    if (par_iter_count(it, &sum) != 0 || sum != s->parts.n)
        return wrong("kind %d: counted %zu, not %zu", (int)s->kind, sum, s->parts.n);
    return NULL;
}

static const char *compare_found(const sample *s, const par_iter *it)
{
    size_t least = 20;
    size_t first = 0;
    size_t last = s->parts.n;
    par_text got[2];
    while (first < s->parts.n && s->parts.list[first].n < least)
        first++;
    while (last > 0 && s->parts.list[last - 1].n < least)
        last--;
    const int code = first < s->parts.n ? 0 : ENODATA;
    if (par_iter_find_first(it, &got[0], NULL, find_longer, &least) != code ||
        par_iter_find_last(it, &got[1], NULL, find_longer, &least) != code)
        return wrong("kind %d: the wrong code", (int)s->kind);
    if (code == 0 &&
        (got[0].text != s->parts.list[first].text || got[1].text != s->parts.list[last - 1].text))
        return wrong("kind %d: found something else", (int)s->kind);
    return NULL;
}

static const char *compare_collected(const sample *s, const par_iter *it)
{
    parts got = {0, NULL};
    void *list = NULL;
    const int code = par_iter_collect_new(it, &list, &got.n);
    got.list = list;
    const bool same = code == 0 && are_same(&s->parts, &got);
    free(list);
    return same ? NULL : wrong("kind %d: collected something else, code %d", (int)s->kind, code);
}

/* Into room for as many texts as there are, and for one less. */
static const char *compare_there(const sample *s, const par_iter *it)
{
    const size_t room = s->parts.n;
    par_text *const list = malloc((room + 1) * sizeof *list);
    parts got = {0, list};
    const int code = list == NULL ? ENOMEM : par_iter_collect(it, list, room, &got.n);
    const bool same = code == 0 && are_same(&s->parts, &got);
    const int less =
        list == NULL || room == 0 ? EOVERFLOW : par_iter_collect(it, list, room - 1, &got.n);
    const bool is_unchanged = got.n == (code == 0 ? s->parts.n : 0);
    free(list);
    if (less != EOVERFLOW || !is_unchanged)
        return wrong("kind %d: code %d where there was too little room", (int)s->kind, less);
    return same ? NULL : wrong("kind %d: collected wrongly, code %d", (int)s->kind, code);
}

static const char *run_every_call(void *arg)
{
    const sample *const s = arg;
    const par_iter it = iterator(s->kind, s->text, s->n);
    const char *problem = compare_sums(s, &it);
    if (problem == NULL)
        problem = compare_found(s, &it);
    if (problem == NULL)
        problem = compare_collected(s, &it);
    return problem == NULL ? compare_there(s, &it) : problem;
}

/* Calls the function with samples of some lengths and of each kind. */
static const char *with_samples(inside_fn *fn)
{
    static const size_t lengths[] = {0, 1, 200, 5000, HUGE_TEXT, HUGE_TEXT};
    static const size_t means[] = {1, 1, 5, 12, 30, HUGE_TEXT};
    char *const text = malloc(HUGE_TEXT);
    par_text *const list = malloc((HUGE_TEXT + 1) * sizeof *list);
    const char *problem = text == NULL || list == NULL ? "no memory" : NULL;
    uint64_t seed = 11;
    for (size_t i = 0; i < 6 && problem == NULL; i++) {
        const size_t n = i < 4 ? lengths[i] : scaled(lengths[i]);
        fill_text(text, n, means[i], &seed);
        for (int kind = 0; kind < KINDS && problem == NULL; kind++) {
            sample s = {(enum kind)kind, text, n, {0, list}};
            serial(s.kind, text, n, &s.parts);
            problem = in_every_pool(fn, &s);
        }
    }
    free(text);
    free(list);
    return problem;
}

const char *text_every_call_runs_it(void)
{
    return with_samples(run_every_call);
}

/* ---- stages ---------------------------------------------------------------------------------- */

static ptrdiff_t keep_long(void *out, const void *in, size_t n, void *ctx)
{
    const par_text *const texts = in;
    par_text *const kept = out;
    size_t count = 0;
    (void)ctx;
    for (size_t i = 0; i < n; i++) {
        if (texts[i].n > 3)
            kept[count++] = texts[i];
    }
    return (ptrdiff_t)count;
}

static ptrdiff_t take_lengths(void *out, const void *in, size_t n, void *ctx)
{
    (void)ctx;
    for (size_t i = 0; i < n; i++)
        ((size_t *)out)[i] = ((const par_text *)in)[i].n;
    return (ptrdiff_t)n;
}

static int take_bytes(par_sink *sink, const void *in, size_t n, void *ctx)
{
    const par_text *const texts = in;
    int code = 0;
    (void)ctx;
    for (size_t i = 0; i < n && code == 0; i++)
        code = par_sink_put(sink, texts[i].text, texts[i].n);
    return code;
}

static size_t long_ones(const sample *s, size_t *bytes)
{
    size_t count = 0;
    *bytes = 0;
    for (size_t i = 0; i < s->parts.n; i++) {
        count += s->parts.list[i].n > 3;
        *bytes += s->parts.list[i].n;
    }
    return count;
}

static const char *run_stages(void *arg)
{
    const sample *const s = arg;
    size_t bytes = 0;
    const size_t longer = long_ones(s, &bytes);
    size_t n = 0;
    void *list = NULL;
    par_iter it = iterator(s->kind, s->text, s->n);
    par_iter_filter(&it, keep_long, NULL);
    par_iter_map(&it, sizeof(size_t), take_lengths, NULL);
    if (par_iter_collect_new(&it, &list, &n) != 0 || n != longer)
        return wrong("kind %d: %zu long texts, not %zu", (int)s->kind, n, longer);
    free(list);
    par_iter flat = iterator(s->kind, s->text, s->n);
    par_iter_flat_map(&flat, 1, take_bytes, NULL);
    if (par_iter_count(&flat, &n) != 0 || n != bytes)
        return wrong("kind %d: %zu bytes, not %zu", (int)s->kind, n, bytes);
    const par_iter one = iterator(s->kind, s->text, s->n);
    const par_iter two = par_iter_chain(&one, &one);
    if (par_iter_count(&two, &n) != 0 || n != 2 * s->parts.n)
        return wrong("kind %d: a chain of %zu, not twice %zu", (int)s->kind, n, s->parts.n);
    return NULL;
}

const char *text_stages_run_on_it(void)
{
    return with_samples(run_stages);
}

/* ---- how often a byte is looked at ----------------------------------------------------------- */

static const char *find_and_count(const char *text, size_t n, void *ctx)
{
    const char *const found = memchr(text, '\n', n);
    atomic_fetch_add((atomic_size_t *)ctx, found == NULL ? n : (size_t)(found - text) + 1);
    return found;
}

static const char *count_looks(void *arg)
{
    const sample *const s = arg;
    atomic_size_t looks = 0;
    size_t n;
    const par_iter it = par_iter_split(s->text, s->n, find_and_count, &looks);
    (void)par_iter_count(&it, &n);
    if (atomic_load(&looks) > 2 * s->n + it.n_)
        return wrong("%zu looks at %zu bytes", atomic_load(&looks), s->n);
    return NULL;
}

const char *text_looks_at_a_byte_twice_at_most(void)
{
    return with_samples(count_looks);
}

/* ---- codes ----------------------------------------------------------------------------------- */

static ptrdiff_t refuse_x(void *out, const void *in, size_t n, void *ctx)
{
    const par_text *const texts = in;
    (void)ctx;
    for (size_t i = 0; i < n; i++) {
        if (texts[i].n > 0 && texts[i].text[0] == 'x')
            return -42;
    }
    memcpy(out, in, n * sizeof *texts);
    return (ptrdiff_t)n;
}

static const char *fail_in_the_middle(void *arg)
{
    static char text[20000];
    size_t n = 7;
    (void)arg;
    for (size_t at = 0; at < sizeof text; at += 499) {
        memset(text, ' ', sizeof text);
        text[at] = 'x';
        par_iter it = par_iter_words(text, sizeof text);
        par_iter_filter(&it, refuse_x, NULL);
        const int code = par_iter_count(&it, &n);
        if (code != -42 || n != 7)
            return wrong("returned %d, and the count is %zu", code, n);
    }
    return NULL;
}

const char *text_returns_the_code_of_a_block(void)
{
    return in_every_pool(fail_in_the_middle, NULL);
}

const char *text_refuses_bad_arguments(void)
{
    const par_iter bad[] = {par_iter_lines(NULL, 1), par_iter_words(NULL, 1),
                            par_iter_split_at(NULL, 1, ','), par_iter_split("a", 1, NULL, NULL)};
    const par_iter none[] = {par_iter_lines(NULL, 0), par_iter_words(NULL, 0),
                             par_iter_split_at(NULL, 0, ','),
                             par_iter_split(NULL, 0, find_lf, NULL)};
    const par_iter huge = par_iter_lines("a", SIZE_MAX);
    size_t n = 0;
    if (par_iter_count(&huge, &n) != EOVERFLOW)
        return "a text without end was taken";
    for (size_t i = 0; i < 4; i++) {
        if (par_iter_count(&bad[i], &n) != EINVAL)
            return wrong("the iterator %zu was taken", i);
        if (par_iter_count(&none[i], &n) != 0 || n != (i < 2 ? 0 : 1))
            return wrong("nothing has %zu parts of kind %zu", n, i);
    }
    return NULL;
}

const char *text_has_no_positions(void)
{
    size_t n = 0;
    par_iter its[6];
    for (size_t i = 0; i < 6; i++)
        its[i] = par_iter_lines("a\nb", 3);
    if (par_iter_length(&its[0], &n))
        return "it has a length";
    par_iter_rev(&its[0]);
    par_iter_take(&its[1], 1);
    par_iter_skip(&its[2], 1);
    par_iter_step_by(&its[3], 2);
    par_iter_enumerate(&its[4], 32, 8);
    const par_iter lines = par_iter_lines("a\nb", 3);
    its[5] = par_iter_zip(&lines, &lines, 32, 16);
    for (size_t i = 0; i < 6; i++) {
        if (par_iter_count(&its[i], &n) != EINVAL)
            return wrong("stage %zu was taken", i);
    }
    return NULL;
}
