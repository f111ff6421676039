/* SPDX-License-Identifier: MIT */
/* elements.h - channels of every kind and size of element for the tests: making them, elements that
 * can be told apart, and a ledger of those that were dropped. */
#ifndef TESTS_STREAM_ELEMENTS_H
#define TESTS_STREAM_ELEMENTS_H

#include "support.h"

#include <par/channel.h>
#include <par/select.h>

typedef struct kind {
    const char *name;
    size_t capacity;
    unsigned flags;
} kind;

#define KINDS_WITH_ROOM                                                                            \
    {"one", 1, 0}, {"array", 3, 0}, {"array", 64, 0}, {"list", PAR_UNBOUNDED, 0},                  \
        {"spsc", 1, PAR_CHANNEL_SPSC},                                                             \
    {                                                                                              \
        "spsc", 5, PAR_CHANNEL_SPSC                                                                \
    }

static const kind kinds[] = {KINDS_WITH_ROOM, {"zero", 0, 0}};

enum { KINDS = sizeof kinds / sizeof kinds[0], KINDS_ROOMY = KINDS - 1, MOST_BYTES = 256 };

typedef struct shape {
    size_t size;
    size_t align;
} shape;

static const shape shapes[] = {{0, 0},  {1, 0},  {3, 0},    {3, 4},   {8, 0},
                               {24, 0}, {64, 0}, {64, 128}, {200, 64}};

enum { SHAPES = sizeof shapes / sizeof shapes[0] };

/* ---- elements ---- */

/* The number, as far as the size holds it, and bytes that follow from it. */
static inline void element_fill(unsigned char *element, size_t size, size_t number)
{
    for (size_t i = 0; i < size; i++)
        element[i] = (unsigned char)(i < 8 ? number >> (8 * i) : number * 31 + i);
}

static inline bool element_is(const unsigned char *element, size_t size, size_t number)
{
    unsigned char wanted[MOST_BYTES];
    element_fill(wanted, size, number);
    return size == 0 || memcmp(element, wanted, size) == 0;
}

/* ---- ledgers ---- */

enum { LEDGER = 4096 };

typedef struct ledger {
    size_t size;
    size_t align;
    atomic_size_t dropped;
    atomic_size_t crooked; /* at addresses they may not have */
    atomic_size_t each[LEDGER];
} ledger;

static inline void ledger_drop(void *element, void *ctx)
{
    ledger *book = ctx;
    size_t number = 0;
    memcpy(&number, element, book->size < sizeof number ? book->size : sizeof number);
    atomic_fetch_add(&book->dropped, 1);
    if (book->size >= 2)
        atomic_fetch_add(&book->each[number % LEDGER], 1);
    if (book->align != 0 && (uintptr_t)element % book->align != 0)
        atomic_fetch_add(&book->crooked, 1);
}

/* ---- channels ---- */

typedef struct ends {
    par_sender *sender;
    par_receiver *receiver;
} ends;

static inline int ends_make(ends *made, const kind *of, const shape *element, ledger *book)
{
    par_channel_options options = PAR_CHANNEL_OPTIONS_INIT;
    options.element_size = element->size;
    options.element_align = element->align;
    options.capacity = of->capacity;
    options.flags = of->flags;
    options.name = of->name;
    if (book != NULL) {
        book->size = element->size;
        book->align = element->align;
        options.drop = ledger_drop;
        options.drop_ctx = book;
    }
    return par_channel_create(&made->sender, &made->receiver, &options);
}

static inline void ends_drop(ends *made)
{
    par_sender_drop(made->sender);
    par_receiver_drop(made->receiver);
}

/* Of size_t. */
static inline ends ends_of_numbers(const kind *of)
{
    static const shape number = {sizeof(size_t), 0};
    ends made = {NULL, NULL};
    (void)ends_make(&made, of, &number, NULL);
    return made;
}

/* ---- checks of each kind and size ---- */

typedef const char *each_fn(const kind *of, const shape *element);

static inline const char *each_kind(size_t n_kinds, each_fn *fn)
{
    for (size_t k = 0; k < n_kinds; k++) {
        for (size_t s = 0; s < SHAPES; s++) {
            const char *problem = fn(&kinds[k], &shapes[s]);
            if (problem != NULL)
                return wrong("%s (%s of capacity %zd, elements of %zu bytes)", problem,
                             kinds[k].name, (ssize_t)kinds[k].capacity, shapes[s].size);
        }
    }
    return NULL;
}

#define EXPECT(condition)                                                                          \
    do {                                                                                           \
        if (!(condition))                                                                          \
            return wrong("line %d: not %s", __LINE__, #condition);                                 \
    } while (0)

#endif
