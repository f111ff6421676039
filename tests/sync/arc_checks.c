/* SPDX-License-Identifier: MIT */
/* arc_checks.c - references on one thread. That nothing leaks, AddressSanitizer sees. */
#include "sync/arc_checks.h"

#include "sync/arc.h"

typedef struct thing {
    int value;
    int *ended; /* counts */
} thing;

static void end_thing(void *object)
{
    const thing *self = object;
    if (self->ended != NULL)
        ++*self->ended;
}

static thing *thing_of(int value, int *ended)
{
    thing *made = par_arc_new(sizeof *made, _Alignof(thing), end_thing);
    if (made == NULL)
        abort();
    *made = (thing){value, ended};
    return made;
}

/* ---- memory ---- */

const char *arc_makes_zeroed_aligned_objects(void)
{
    static const size_t sizes[] = {0, 1, 7, 64, 5000};
    for (size_t align = 1; align <= 65536; align *= 2) {
        for (size_t i = 0; i < sizeof sizes / sizeof sizes[0]; i++) {
            unsigned char *object = par_arc_new(sizes[i], align, NULL);
            if (object == NULL || (uintptr_t)object % align != 0)
                return wrong("%p for an alignment of %zu", (void *)object, align);
            for (size_t k = 0; k < sizes[i]; k++)
                if (object[k] != 0)
                    return "not zero";
            memset(object, 0xff, sizes[i]);
            if (par_arc_clone(object) != object || par_arc_count(object) != 2)
                return "what was written has reached the counts";
            par_arc_drop(object);
            par_arc_drop(object);
        }
    }
    max_align_t *any = par_arc_new(sizeof *any, 0, NULL);
    const bool aligned = any != NULL && (uintptr_t)any % _Alignof(max_align_t) == 0;
    par_arc_drop(any);
    par_arc_drop(NULL);
    par_weak_drop(NULL);
    return aligned ? NULL : "not aligned by default";
}

const char *arc_refuses_what_cannot_be(void)
{
    volatile size_t huge = SIZE_MAX; /* or the compiler warns */
    if (par_arc_new(8, 3, NULL) != NULL || par_arc_new(8, 24, NULL) != NULL)
        return "an alignment that is no power of two is taken";
    if (par_arc_new(huge, 8, NULL) != NULL || par_arc_new(huge / 2, 8, NULL) != NULL ||
        par_arc_new(8, huge / 2 + 1, NULL) != NULL)
        return "more than there can be is given";
    return NULL;
}

/* ---- counts ---- */

const char *arc_ends_with_the_last_reference(void)
{
    int ended = 0;
    thing *object = thing_of(1, &ended);
    thing *other = par_arc_clone(object);
    if (other != object || par_arc_count(object) != 2 || par_arc_weak_count(object) != 0)
        return "not two references";
    par_arc_drop(object);
    if (ended != 0 || par_arc_count(other) != 1 || other->value != 1)
        return "ended too early";
    par_arc_drop(other);
    return ended == 1 ? NULL : wrong("ended %d times", ended);
}

const char *arc_keeps_memory_for_weak_references(void)
{
    int ended = 0;
    thing *object = thing_of(2, &ended);
    par_weak *weak = par_arc_downgrade(object);
    par_weak *more = par_weak_clone(weak);
    thing *up = par_weak_upgrade(weak);
    if (up != object || par_arc_count(object) != 2 || par_arc_weak_count(object) != 2)
        return wrong("%zu and %zu references", par_arc_count(object), par_arc_weak_count(object));
    par_arc_drop(object);
    par_weak_drop(more);
    if (ended != 0 || par_arc_weak_count(up) != 1)
        return "ended by a weak reference";
    par_arc_drop(up);
    if (ended != 1 || par_weak_upgrade(weak) != NULL)
        return "not ended, or upgraded after the end";
    more = par_weak_clone(weak);
    par_weak_drop(weak);
    const bool gone = par_weak_upgrade(more) == NULL;
    par_weak_drop(more);
    return gone && ended == 1 ? NULL : "came back";
}

/* ---- alone ---- */

const char *arc_is_written_when_alone(void)
{
    int ended = 0;
    thing *object = thing_of(3, &ended);
    if (par_arc_get_mut(object) != object)
        return "not alone at first";
    thing *other = par_arc_clone(object);
    const bool shared = par_arc_get_mut(object) == NULL;
    par_arc_drop(other);
    par_weak *weak = par_arc_downgrade(object);
    const bool weakly = par_arc_get_mut(object) == NULL;
    par_weak_drop(weak);
    const bool again = par_arc_get_mut(object) == object && par_arc_weak_count(object) == 0;
    par_arc_drop(object);
    return shared && weakly && again && ended == 1 ? NULL
                                                   : wrong("%d %d %d", shared, weakly, again);
}

const char *arc_is_unwrapped_when_alone(void)
{
    int ended = 0;
    thing out = {0};
    thing *object = thing_of(4, &ended);
    thing *other = par_arc_clone(object);
    if (par_arc_try_unwrap(object, &out) || out.value != 0 || par_arc_count(object) != 2)
        return "unwrapped while it was shared";
    par_arc_drop(other);
    par_weak *weak = par_arc_downgrade(object);
    if (!par_arc_try_unwrap(object, &out) || out.value != 4 || out.ended != &ended)
        return "not unwrapped";
    const bool gone = par_weak_upgrade(weak) == NULL;
    par_weak_drop(weak);
    return gone && ended == 0 ? NULL : "ended, or still to be had";
}

const char *arc_is_moved_out_by_the_last(void)
{
    int ended = 0;
    thing out = {0};
    thing *object = thing_of(5, &ended);
    (void)par_arc_clone(object);
    const bool first = par_arc_into_inner(object, &out);
    const int before = out.value;
    const bool second = par_arc_into_inner(object, &out);
    if (first || before != 0 || !second || out.value != 5 || ended != 0)
        return wrong("%d %d %d %d", first, before, second, out.value);
    return NULL;
}

/* ---- copy on write ---- */

static int copy_thing(void *to, const void *from)
{
    const thing *old = from;
    *(thing *)to = (thing){old->value + 100, old->ended};
    return 0;
}

const char *arc_is_copied_on_write(void)
{
    int ended = 0;
    void *object = thing_of(6, &ended);
    void *mine = object;
    if (par_arc_make_mut(&mine, copy_thing) != 0 || mine != object)
        return "copied although it was alone";
    par_arc_clone(object);
    if (par_arc_make_mut(&mine, copy_thing) != 0 || mine == object)
        return "not copied";
    if (((thing *)mine)->value != 106 || ((thing *)object)->value != 6 ||
        par_arc_count(object) != 1 || par_arc_count(mine) != 1)
        return "copied wrongly";
    void *bytes = par_arc_clone(object);
    if (par_arc_make_mut(&bytes, NULL) != 0 || bytes == object || ((thing *)bytes)->value != 6)
        return "bytes not copied";
    par_arc_drop(object);
    par_arc_drop(mine);
    par_arc_drop(bytes);
    return ended == 3 ? NULL : wrong("ended %d times", ended);
}

static int never_copy(void *to, const void *from)
{
    (void)to;
    (void)from;
    abort();
}

const char *arc_is_moved_from_weak_references_on_write(void)
{
    int ended = 0;
    void *object = thing_of(7, &ended);
    par_weak *weak = par_arc_downgrade(object);
    void *mine = object;
    const int code = par_arc_make_mut(&mine, never_copy);
    const bool moved = code == 0 && mine != object && ((thing *)mine)->value == 7;
    const bool gone = par_weak_upgrade(weak) == NULL;
    par_weak_drop(weak);
    par_arc_drop(mine);
    return moved && gone && ended == 1 ? NULL : wrong("%d %d %d %d", code, moved, gone, ended);
}

static int fail_to_copy(void *to, const void *from)
{
    (void)to;
    (void)from;
    return 77;
}

const char *arc_stays_when_a_copy_fails(void)
{
    int ended = 0;
    void *object = thing_of(8, &ended);
    void *mine = par_arc_clone(object);
    const int code = par_arc_make_mut(&mine, fail_to_copy);
    const bool same = mine == object && par_arc_count(object) == 2 && ended == 0;
    par_arc_drop(mine);
    par_arc_drop(object);
    return code == 77 && same && ended == 1 ? NULL : wrong("%d %d %d", code, same, ended);
}

/* ---- too many ---- */

/* As after a leak of very many references: from then on the object stays. */
const char *arc_leaks_when_counts_overflow(void)
{
    int ended = 0;
    thing *object = thing_of(9, &ended);
    ws_arc *head = ws_arc_of(object);
    head->strong = WS_ARC_FULL;
    (void)par_arc_clone(object);
    if (head->strong != WS_ARC_SATURATED)
        return "not saturated";
    for (int i = 0; i < 10; i++) {
        par_weak *weak = par_arc_downgrade(object);
        (void)par_weak_upgrade(weak);
        par_weak_drop(weak);
        par_arc_drop(object);
        par_arc_drop(object);
    }
    if (ended != 0 || head->strong != WS_ARC_SATURATED || par_arc_get_mut(object) != NULL)
        return "does not stay";
    head->weak = WS_ARC_FULL;
    for (int i = 0; i < 10; i++) {
        (void)par_weak_clone(par_arc_downgrade(object));
        par_weak_drop((par_weak *)(void *)head);
    }
    if (head->weak != WS_ARC_SATURATED)
        return "weak ones are not saturated";
    head->strong = 1; /* so that the test itself does not leak */
    head->weak = 1;
    par_arc_drop(object);
    return ended == 1 ? NULL : wrong("ended %d times", ended);
}

/* ---- with types ---- */

static int texts_ended;

static void end_text(char **text)
{
    texts_ended++;
    free(*text);
}

static int copy_text(char **to, char *const *from)
{
    *to = strdup(*from);
    return *to == NULL ? ENOMEM : 0;
}

typedef char *text;

PAR_ARC_DEFINE(pair, thing)
PAR_ARC_DEFINE_DROP(dropped, text, end_text)
PAR_ARC_DEFINE_COPY(shared_text, text, end_text, copy_text)

static const char *use_pair(void)
{
    pair a = pair_new((thing){1, NULL});
    pair b = pair_clone(a);
    thing out = {0};
    if (a.ptr->value != 1 || pair_count(b) != 2 || pair_get_mut(a) != NULL)
        return "not shared";
    if (pair_make_mut(&b) != 0 || b.ptr == a.ptr || pair_get_mut(b) != b.ptr)
        return "not copied";
    pair_weak weak = pair_downgrade(a);
    pair_weak more = pair_weak_clone(weak);
    pair up = pair_upgrade(more);
    if (up.ptr != a.ptr || pair_try_unwrap(a, &out))
        return "not upgraded";
    pair_weak_drop(weak);
    pair_weak_drop(more);
    pair_drop(up);
    if (!pair_try_unwrap(a, &out) || !pair_into_inner(b, &out))
        return "not unwrapped";
    return out.value == 1 ? NULL : "another value";
}

const char *arc_has_typed_handles(void)
{
    const char *problem = use_pair();
    if (problem != NULL)
        return problem;
    dropped first = dropped_new(strdup("first"));
    dropped_drop(dropped_clone(first));
    dropped_drop(first);
    if (texts_ended != 1)
        return wrong("%d of 1 ended", texts_ended);
    shared_text a = shared_text_new(strdup("text"));
    shared_text b = shared_text_clone(a);
    if (shared_text_make_mut(&b) != 0 || a.ptr == b.ptr || strcmp(*a.ptr, *b.ptr) != 0)
        return "not copied";
    (*b.ptr)[0] = 'n';
    const bool apart = strcmp(*a.ptr, "text") == 0 && strcmp(*b.ptr, "next") == 0;
    shared_text_drop(a);
    shared_text_drop(b);
    return apart && texts_ended == 3 ? NULL : wrong("apart %d, %d ended", apart, texts_ended);
}
