/* SPDX-License-Identifier: MIT */
/* arrange_group.c - par_group_by: the keys are written out, elements sent to buckets by the hash of
 * their key, and each bucket grouped by a table of its own. A key that a sample finds often has a
 * bucket for itself.
 *
 * G1  All elements of a key are in one bucket, in order (scatter.h), and the places of a bucket are
 *     those of its elements in the output. Where it has one key they are copied there at once.
 * G2  An entry is the first of its key in the bucket, or not. First: `key` is the key and `n` how
 *     many have it; later `n` is where the next one goes. Not first: `n` is 0, and `key` the first
 *     entry of its key.
 * G3  The keys are not needed once the entries have them, so the tables of the buckets stand there:
 *     two places of a table for each element. */
#include <par/arrange.h>
#include <par/loop.h>

#include "par_iter/base/apart.h"
#include "par_iter/base/count.h"
#include "par_iter/base/scatter.h"
#include "par_iter/base/travel.h"

#include <string.h>

enum {
    BUCKET = 4096,      /* elements of a light bucket aimed at */
    LIGHT_BITS = 10,    /* of its number, at most */
    SAMPLE = 1024,      /* keys looked at for those that are often */
    OFTEN = 4,          /* times in the sample */
    HEAVY_SLOTS = 1024, /* of the table of them: SAMPLE / OFTEN keys fill a quarter */
    BUCKETS = (1 << LIGHT_BITS) + SAMPLE / OFTEN,
};

struct entry {
    uint64_t key;
    uint32_t index; /* of the element in the input */
    uint32_t n;
};

struct heavy {
    uint64_t key;
    uint32_t bucket; /* 0: no key here */
};

struct group {
    char *out;
    par_key_group *groups;
    size_t capacity;
    const char *in;
    size_t size;
    size_t n;
    par_block_fn *key;
    void *ctx;
    uint64_t *keys;
    struct entry *entries;
    unsigned light_bits;
    size_t buckets; /* the light ones, then those of one key */
    size_t begins[BUCKETS + 1];
    size_t firsts[BUCKETS + 1]; /* groups in a bucket, then before it */
    struct heavy heavy[HEAVY_SLOTS];
    uint64_t heavy_keys[SAMPLE / OFTEN]; /* by bucket, from the first of theirs on */
};

static const uint32_t free_slot = UINT32_MAX;

static size_t light_buckets(const struct group *group)
{
    return (size_t)1 << group->light_bits;
}

/* Of one bit of difference in, half of the bits out differ: the last step of splitmix64. */
static uint64_t hash(uint64_t key)
{
    key = (key ^ (key >> 30)) * UINT64_C(0xbf58476d1ce4e5b9);
    key = (key ^ (key >> 27)) * UINT64_C(0x94d049bb133111eb);
    return key ^ (key >> 31);
}

/* ---- keys ---- */

static int write_keys(size_t begin, size_t end, void *arg)
{
    const struct group *group = arg;
    const size_t n = end - begin;
    const ptrdiff_t value =
        group->key(group->keys + begin, group->in + begin * group->size, n, group->ctx);
    ws_count_check("par_group_by", 0, value, n, true);
    return ws_array_code(value);
}

/* ---- keys that are often ---- */

/* The slot of `key`, or the one where it would stand. */
static size_t heavy_slot(const struct heavy *heavy, uint64_t key, uint64_t hashed)
{
    size_t slot = hashed % HEAVY_SLOTS;
    while (heavy[slot].bucket != 0 && heavy[slot].key != key)
        slot = (slot + 1) % HEAVY_SLOTS;
    return slot;
}

static int compare_keys(const void *a, const void *b)
{
    const uint64_t left = *(const uint64_t *)a;
    const uint64_t right = *(const uint64_t *)b;
    return (left > right) - (left < right);
}

static void add_heavy(struct group *group, uint64_t key)
{
    const size_t slot = heavy_slot(group->heavy, key, hash(key));
    group->heavy[slot] = (struct heavy){key, (uint32_t)group->buckets};
    group->heavy_keys[group->buckets - light_buckets(group)] = key;
    group->buckets++;
}

/* At fixed places, so that the same keys are found on each run. */
static void find_heavy(struct group *group)
{
    uint64_t sample[SAMPLE];
    if (group->n < (size_t)SAMPLE * OFTEN)
        return;
    for (size_t i = 0; i < SAMPLE; i++)
        sample[i] = group->keys[hash(i) % group->n];
    qsort(sample, SAMPLE, sizeof *sample, compare_keys);
    for (size_t i = 0, begin = 0; i < SAMPLE; i++) {
        if (sample[i] != sample[begin])
            begin = i;
        if (i - begin == OFTEN - 1)
            add_heavy(group, sample[i]);
    }
}

/* ---- to the buckets ---- */

static void number(uint32_t *numbers, size_t first, size_t n, const void *arg)
{
    const struct group *group = arg;
    for (size_t i = 0; i < n; i++) {
        const uint64_t key = group->keys[first + i];
        const uint64_t hashed = hash(key);
        const uint32_t own = group->heavy[heavy_slot(group->heavy, key, hashed)].bucket;
        numbers[i] = own != 0 ? own : (uint32_t)(hashed >> 32) >> (32 - group->light_bits);
    }
}

/* A size that the compiler knows makes a copy by registers. */
static inline void copy_element(const struct group *group, size_t place, size_t index)
{
    if (group->size == 4)
        memcpy(group->out + place * 4, group->in + index * 4, 4);
    else if (group->size == 8)
        memcpy(group->out + place * 8, group->in + index * 8, 8);
    else
        memcpy(group->out + place * group->size, group->in + index * group->size, group->size);
}

static void put(size_t *to, const uint32_t *numbers, size_t first, size_t n, const void *arg)
{
    const struct group *group = arg;
    const size_t light = light_buckets(group);
    for (size_t i = 0; i < n; i++) {
        const size_t place = to[numbers[i]]++;
        if (numbers[i] < light)
            group->entries[place] =
                (struct entry){group->keys[first + i], (uint32_t)(first + i), 0};
        else
            copy_element(group, place, first + i);
    }
}

static int fill_buckets(struct group *group)
{
    const ws_scatter scatter = {.n = group->n,
                                .buckets = group->buckets,
                                .number = number,
                                .put = put,
                                .arg = group,
                                .begins = group->begins};
    return ws_scatter_run(&scatter);
}

/* ---- groups of a bucket ---- */

/* The first entry with the key of entry i, which is i itself if there was none. */
static uint32_t first_of(const struct entry *entries, uint32_t i, uint32_t *table, size_t slots)
{
    const uint64_t key = entries[i].key;
    size_t slot = (size_t)(((hash(key) & UINT32_MAX) * slots) >> 32);
    while (table[slot] != free_slot && entries[table[slot]].key != key)
        slot = slot + 1 < slots ? slot + 1 : 0;
    if (table[slot] == free_slot)
        table[slot] = i;
    return table[slot];
}

/* Links the entries to the first of their keys (G2); how many keys there are. */
static size_t link_light(struct entry *entries, size_t n, void *room)
{
    uint32_t *const table = room;
    const size_t slots = 2 * n;
    size_t firsts = 0;
    memset(table, UCHAR_MAX, slots * sizeof *table);
    for (size_t i = 0; i < n; i++) {
        const uint32_t first = first_of(entries, (uint32_t)i, table, slots);
        firsts += first == i;
        entries[first].n++;
        if (first != i)
            entries[i].key = first;
    }
    return firsts;
}

static int link_buckets(size_t begin, size_t end, void *arg)
{
    struct group *group = arg;
    for (size_t bucket = begin; bucket < end; bucket++) {
        const size_t from = group->begins[bucket];
        const size_t n = group->begins[bucket + 1] - from;
        if (par_canceled())
            return ECANCELED;
        if (bucket < light_buckets(group))
            group->firsts[bucket] = link_light(group->entries + from, n, group->keys + from);
        else
            group->firsts[bucket] = 1;
    }
    return 0;
}

/* Makes `firsts` what lies before each bucket. */
static size_t count_groups(struct group *group)
{
    size_t before = 0;
    for (size_t bucket = 0; bucket < group->buckets; bucket++) {
        const size_t here = group->firsts[bucket];
        group->firsts[bucket] = before;
        before += here;
    }
    return before;
}

/* ---- to the output ---- */

static void write_light(const struct group *group, size_t bucket)
{
    struct entry *const entries = group->entries + group->begins[bucket];
    const size_t n = group->begins[bucket + 1] - group->begins[bucket];
    par_key_group *next = group->groups + group->firsts[bucket];
    size_t place = group->begins[bucket];
    for (size_t i = 0; i < n; i++) {
        struct entry *entry = &entries[i];
        if (entry->n > 0) {
            *next++ = (par_key_group){entry->key, place, entry->n};
            copy_element(group, place, entry->index);
            place += entry->n;
            entry->n = (uint32_t)(place - entry->n + 1);
        } else {
            copy_element(group, entries[entry->key].n++, entry->index);
        }
    }
}

/* Its elements are there. */
static void write_heavy(const struct group *group, size_t bucket)
{
    const size_t begin = group->begins[bucket];
    group->groups[group->firsts[bucket]] = (par_key_group){
        group->heavy_keys[bucket - light_buckets(group)], begin, group->begins[bucket + 1] - begin};
}

static int write_buckets(size_t begin, size_t end, void *arg)
{
    const struct group *group = arg;
    for (size_t bucket = begin; bucket < end; bucket++) {
        if (par_canceled())
            return ECANCELED;
        if (bucket < light_buckets(group))
            write_light(group, bucket);
        else
            write_heavy(group, bucket);
    }
    return 0;
}

/* ---- the call ---- */

static int run(struct group *group, size_t *groups_n)
{
    int code = ws_travel_for(0, group->n, write_keys, group, NULL);
    if (code != 0)
        return code;
    find_heavy(group);
    code = fill_buckets(group);
    if (code == 0)
        code = ws_travel_for(0, group->buckets, link_buckets, group, NULL);
    if (code != 0)
        return code;
    const size_t count = count_groups(group);
    if (count > group->capacity)
        return EOVERFLOW;
    code = ws_travel_for(0, group->buckets, write_buckets, group, NULL);
    if (code == 0)
        *groups_n = count;
    return code;
}

static int run_with(struct group *group, size_t *groups_n)
{
    group->keys = malloc(group->n * sizeof *group->keys);
    group->entries = malloc(group->n * sizeof *group->entries);
    PAR_DEFER(free, group->keys);
    PAR_DEFER(free, group->entries);
    return group->keys != NULL && group->entries != NULL ? run(group, groups_n) : ENOMEM;
}

static unsigned light_bits_for(size_t n)
{
    unsigned bits = 1;
    while (bits < LIGHT_BITS && n >> bits > BUCKET)
        bits++;
    return bits;
}

static int check(const void *out, const par_key_group *groups, size_t capacity, const void *in,
                 size_t size, size_t n)
{
    const int code = ws_apart_code(out, size, in, size, n);
    if (code == EINVAL || (groups == NULL && capacity > 0))
        return EINVAL;
    return code == 0 && n > UINT32_MAX - 1 ? EOVERFLOW : code;
}

int par_group_by(void *out, par_key_group *groups, size_t capacity, size_t *groups_n,
                 const void *in, size_t size, size_t n, par_block_fn *key, void *ctx)
{
    if (groups_n == NULL || key == NULL)
        return EINVAL;
    const int code = check(out, groups, capacity, in, size, n);
    if (code != 0)
        return code;
    ws_apart_check("par_group_by", out, n * size, in, n * size);
    if (n == 0) {
        *groups_n = 0;
        return 0;
    }
    struct group *const group = calloc(1, sizeof *group); /* too large for the stack of a task */
    if (group == NULL)
        return ENOMEM;
    PAR_DEFER(free, group);
    group->out = out;
    group->groups = groups;
    group->capacity = capacity;
    group->in = in;
    group->size = size;
    group->n = n;
    group->key = key;
    group->ctx = ctx;
    group->light_bits = light_bits_for(n);
    group->buckets = light_buckets(group);
    return run_with(group, groups_n);
}
