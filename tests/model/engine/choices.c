/* SPDX-License-Identifier: MIT */
/* choices.c - the search, depth first. The path from the first choice to the present one is a
 * stack; the next execution repeats it up to the last choice that can still be made otherwise.
 *
 * A state that was seen before, with no fewer preemptions and late stores left, is not entered a
 * second time. States are told apart by a hash of 64 bits. */
#include "engine/choices.h"

#include "engine/inside.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { DEPTH = 1 << 16, REPLAYED = 4096, TEXT = 1 << 16, ALTERNATIVES = 32 };

typedef struct choice_made {
    unsigned char made;
    unsigned char n;
    unsigned char cost;
    unsigned costly;
    unsigned name; /* of the choice made */
    size_t step;
    unsigned number; /* among the step's choices; 0: who goes on */
    unsigned char spent[COSTS];
} choice_made;

/* A choice of a written schedule. */
typedef struct written {
    size_t step;
    unsigned number;
    unsigned name;
} written;

static choice_made path[DEPTH];
static size_t depth;    /* choices on the path */
static size_t position; /* those that the present execution has made */
static bool begun;
static choice_bounds bounds;
static unsigned spent[COSTS];

static size_t last_step;
static unsigned number_in_step;

static bool replaying;
static written replay[REPLAYED];
static size_t replay_count;

/* ---- states that were seen ------------------------------------------------------------------- */

enum { FIRST_SIZE = 1 << 16, LAST_SIZE = 1 << 24 };

typedef struct seen {
    uint64_t key; /* 0: empty */
    unsigned char left[COSTS];
} seen;

static seen *table;
static size_t table_size;
static size_t table_used;
static size_t states;
static bool no_cache;

void choices_use_cache(bool use)
{
    no_cache = !use;
}

static void make_table(size_t size)
{
    table = calloc(size, sizeof *table);
    table_size = size;
    table_used = 0;
    if (table != NULL)
        return;
    (void)fprintf(stderr, "no memory for %zu states\n", size);
    exit(2);
}

static seen *find(uint64_t key)
{
    size_t i = (size_t)key & (table_size - 1);
    while (table[i].key != 0 && table[i].key != key)
        i = (i + 1) & (table_size - 1);
    return &table[i];
}

static void grow_table(void)
{
    seen *old = table;
    const size_t old_size = table_size;
    make_table(2 * old_size);
    for (size_t i = 0; i < old_size; i++) {
        if (old[i].key != 0) {
            *find(old[i].key) = old[i];
            table_used++;
        }
    }
    free(old);
}

bool choices_has_seen(uint64_t key)
{
    if (replaying || no_cache || position < depth)
        return false;
    if (table_used >= table_size / 4 * 3) {
        if (table_size == LAST_SIZE)
            return false; /* full: the rest is explored without it */
        grow_table();
    }
    const unsigned preemptions = bounds.most[COST_PREEMPTION] - spent[COST_PREEMPTION];
    const unsigned late = bounds.most[COST_LATE] - spent[COST_LATE];
    seen *entry = find(key == 0 ? 1 : key);
    if (entry->key != 0 && entry->left[COST_PREEMPTION] >= preemptions &&
        entry->left[COST_LATE] >= late)
        return true;
    if (entry->key == 0) {
        table_used++;
        states++;
    }
    entry->key = key == 0 ? 1 : key;
    entry->left[COST_PREEMPTION] = (unsigned char)preemptions;
    entry->left[COST_LATE] = (unsigned char)late;
    return false;
}

size_t choices_states(void)
{
    return states;
}

/* ---- executions ------------------------------------------------------------------------------ */

static void begin_execution(void)
{
    position = 0;
    memset(spent, 0, sizeof spent);
    last_step = 0;
    number_in_step = 0;
}

void choices_search(choice_bounds wanted)
{
    bounds = wanted;
    depth = 0;
    begun = false;
    replaying = false;
    states = 0;
    free(table);
    make_table(FIRST_SIZE);
}

static bool can_make(const choice_made *choice, unsigned option)
{
    const bool costs = (choice->costly >> option & 1) != 0;
    return !costs || choice->spent[choice->cost] < bounds.most[choice->cost];
}

bool choices_next(void)
{
    begin_execution();
    if (!begun || replaying) {
        const bool first = !begun;
        begun = true;
        return first;
    }
    for (; depth > 0; depth--) {
        choice_made *last = &path[depth - 1];
        for (unsigned option = last->made + 1U; option < last->n; option++) {
            if (can_make(last, option)) {
                last->made = (unsigned char)option;
                return true;
            }
        }
    }
    return false;
}

static unsigned name_of(const unsigned *names, unsigned option)
{
    return names != NULL ? names[option] : option;
}

/* The choice of the written schedule; the first one where it names none. */
static unsigned replayed(unsigned n, const unsigned *names, unsigned number)
{
    for (size_t i = 0; i < replay_count; i++) {
        if (replay[i].step != model_run.steps || replay[i].number != number)
            continue;
        for (unsigned option = 0; option < n; option++) {
            if (name_of(names, option) == replay[i].name)
                return option;
        }
        model_fail(MODEL_MISUSE, "the schedule asks at step %zu for what is not possible there",
                   replay[i].step);
    }
    return 0;
}

static unsigned next_number(bool about_threads)
{
    if (last_step != model_run.steps)
        number_in_step = 0;
    last_step = model_run.steps;
    return about_threads ? 0 : ++number_in_step;
}

unsigned choices_make(unsigned n, choice_cost cost, unsigned costly, const unsigned *names,
                      bool about_threads)
{
    const unsigned number = next_number(about_threads);
    if (n > ALTERNATIVES)
        model_fail(MODEL_MISUSE, "a choice of %u; at most %d", n, ALTERNATIVES);
    if (n <= 1)
        return 0;
    if (position == DEPTH)
        model_fail(MODEL_MISUSE, "more than %d choices", DEPTH);
    choice_made *choice = &path[position];
    if (position == depth) {
        choice->made = (unsigned char)(replaying ? replayed(n, names, number) : 0);
        choice->n = (unsigned char)n;
        choice->cost = (unsigned char)cost;
        choice->costly = costly;
        choice->step = model_run.steps;
        choice->number = number;
        for (int i = 0; i < COSTS; i++)
            choice->spent[i] = (unsigned char)spent[i];
        depth++;
    }
    if (choice->n != n || choice->step != model_run.steps)
        model_fail(MODEL_MISUSE, "the harness does not do the same when it is run again");
    position++;
    choice->name = name_of(names, choice->made);
    if ((costly >> choice->made & 1) != 0)
        spent[cost]++;
    return choice->made;
}

/* ---- schedules as text ----------------------------------------------------------------------- */

const char *choices_schedule(void)
{
    static char text[TEXT];
    size_t length = 0;
    text[0] = '\0';
    for (size_t i = 0; i < position && length + 64 < TEXT; i++) {
        const choice_made *choice = &path[i];
        if (choice->made == 0)
            continue;
        const char *comma = length > 0 ? "," : "";
        const int n = choice->number == 0
                          ? snprintf(text + length, TEXT - length, "%s%zu:%u", comma, choice->step,
                                     choice->name)
                          : snprintf(text + length, TEXT - length, "%s%zu.%u:%u", comma,
                                     choice->step, choice->number, choice->name);
        length += (size_t)n;
    }
    return length > 0 ? text : "-";
}

static bool parse_one(const char **text, written *out)
{
    char *end;
    *out = (written){0};
    out->step = strtoul(*text, &end, 10);
    if (end == *text)
        return false;
    if (*end == '.') {
        const char *begin = end + 1;
        out->number = (unsigned)strtoul(begin, &end, 10);
        if (end == begin)
            return false;
    }
    if (*end != ':')
        return false;
    const char *begin = end + 1;
    out->name = (unsigned)strtoul(begin, &end, 10);
    *text = end;
    return end != begin;
}

bool choices_replay(const char *schedule)
{
    replaying = true;
    begun = false;
    depth = 0;
    replay_count = 0;
    if (strcmp(schedule, "-") == 0)
        return true;
    while (replay_count < REPLAYED && parse_one(&schedule, &replay[replay_count])) {
        replay_count++;
        if (*schedule == '\0')
            return true;
        if (*schedule++ != ',')
            return false;
    }
    return false;
}
