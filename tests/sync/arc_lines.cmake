# Lines of par/arc.h and par/once.h, for refuses.cmake.
prelude([[
#include <par/arc.h>
#include <par/once.h>
struct point { long x, y; };
struct other { long x, y; };
static void end(struct point *p) { p->x = 0; }
static void end_other(struct other *p) { p->x = 0; }
static int copy(struct point *to, const struct point *from) { *to = *from; return 0; }
static struct point make(void) { struct point p = {1, 2}; return p; }
static int try_make(struct point *p) { p->x = 1; return 0; }
PAR_ARC_DEFINE(first, struct point)
PAR_ARC_DEFINE(second, struct point)
static inline void use(void) { end(0); end_other(0); copy(0, 0); make(); try_make(0); }
static const struct point p = {0, 0};
static const struct other q = {0, 0};
]])

right("PAR_ARC_DEFINE_DROP(third, struct point, end)")
right("PAR_ARC_DEFINE_COPY(third, struct point, end, copy)")
right("PAR_LAZY(struct point, point_of, make)")
right("PAR_TRY_LAZY(struct point, point_of, try_make)")
right("void user(void); void user(void) { first a = first_new(p); first_drop(first_clone(a)); }")
right("void user(first a); void user(first a) { first_weak_drop(first_downgrade(a)); }")
right("int user(first a); int user(first a) { return first_make_mut(&a); }")

# Handles of another type, and what is no handle.
wrong("void user(second a); void user(second a) { first_drop(a); }")
wrong("void user(struct point *a); void user(struct point *a) { first_drop(a); }")
wrong("void user(first a); void user(first a) { first_drop(a.ptr); }")
wrong("void user(first a); void user(first a) { first_weak_drop(a); }")
wrong("void user(first_weak a); void user(first_weak a) { first_drop(a); }")
wrong("first user(first_weak a); first user(first_weak a) { return a; }")
wrong("void user(void); void user(void) { first_new(q); }")
wrong("void user(first a); void user(first a) { first_make_mut(a); }")

# Functions of another type.
wrong("PAR_ARC_DEFINE_DROP(third, struct point, end_other)" "${expansion}")
wrong("PAR_ARC_DEFINE_COPY(third, struct point, end, end)" "${expansion}")
wrong("PAR_ARC_DEFINE_COPY(third, struct point, copy, copy)" "${expansion}")
wrong("PAR_LAZY(struct other, other_of, make)" "${expansion}")
wrong("PAR_LAZY(struct point, point_of, try_make)" "${expansion}")
wrong("PAR_TRY_LAZY(struct point, point_of, make)" "${expansion}")
wrong("PAR_TRY_LAZY(struct other, other_of, try_make)" "${expansion}")

# Without a copy there is no copying on write; C takes the name for a function of another file.
if(ENDING STREQUAL "cpp")
  wrong("PAR_ARC_DEFINE_DROP(third, struct point, end) int user(third a) { return third_make_mut(&a); }")
endif()
