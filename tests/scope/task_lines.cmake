# Lines of par/task.h, for refuses.cmake. Each stands in a task and in a plain function: the macros
# expand to something else there.
prelude([[
#include <par/task.h>
struct point { long x, y; };
struct other { long x, y; };
PAR_TASK_1(long, twice, long, n) { return 2 * n; }
PAR_TASK_1(long, thrice, long, n) { return 3 * n; }
PAR_TASK_0(int, seven) { return 7; }
PAR_TASK_2(struct point, swap, struct point, p, long, n) { p.x = p.y + n; return p; }
PAR_VOID_TASK_1(reset, long *, n) { *n = 0; }
PAR_TASK_6(long, six, long, a, long, b, long, c, long, d, long, e, long, f) { return a+b+c+d+e+f; }
PAR_DECLARE_TASK_1(long, far_away, long, n);
static const struct point p = {0, 0};
static const struct other q = {0, 0};
static void eat(long n) { (void)n; }
]])

function(right_both body)
  right("PAR_TASK_1(long, user, long, n) { ${body} return n; }")
  right("void user(long n); void user(long n) { eat(n); ${body} }")
endfunction()

# gcc gives the place in the header for some of these, and then the line that expands the macro.
function(wrong_both body)
  wrong("PAR_TASK_1(long, user, long, n) { ${body} return n; }" "${expansion}")
  wrong("void user(long n); void user(long n) { eat(n); ${body} }" "${expansion}")
endfunction()

right_both("PAR_FORK(twice, c, n); eat(PAR_CALL(twice, n)); eat(PAR_JOIN(twice, c));")
right_both("PAR_FORK(seven, c); eat(PAR_CALL(seven)); eat(PAR_JOIN(seven, c));")
right_both("PAR_FORK(swap, c, p, n); eat(PAR_CALL(swap, p, 1).x); eat(PAR_JOIN(swap, c).y);")
right_both("PAR_FORK(reset, c, &n); PAR_JOIN(reset, c); PAR_CALL(reset, &n);")
right_both("PAR_FORK(six, c, 1, 2, 3, 4, 5, 6); PAR_FORK(far_away, d, n);")
right_both("PAR_FORK(twice, c, n); { PAR_FORK(thrice, c, n); eat(PAR_JOIN(thrice, c)); }")

# Arguments: too few, too many, of a wrong type.
wrong_both("PAR_FORK(twice, c); eat(PAR_JOIN(twice, c));")
wrong_both("PAR_FORK(six, c, 1, 2, 3, 4, 5);")
wrong_both("PAR_CALL(twice);")
wrong_both("PAR_CALL(swap, p);")
wrong_both("PAR_FORK(twice, c, n, n); eat(PAR_JOIN(twice, c));")
wrong_both("PAR_FORK(seven, c, n);")
wrong_both("PAR_FORK(six, c, 1, 2, 3, 4, 5, 6, 7);")
wrong_both("PAR_CALL(twice, n, n);")
wrong_both("PAR_CALL(seven, 1);")
wrong_both("PAR_FORK(swap, c, q, n);")
wrong_both("PAR_CALL(swap, q, n);")
wrong_both("PAR_FORK(swap, c, n, n);")
wrong_both("PAR_FORK(twice, c, p);")

# Results.
wrong_both("PAR_FORK(swap, c, p, n); n = PAR_JOIN(swap, c);")
wrong_both("PAR_FORK(reset, c, &n); n = PAR_JOIN(reset, c);")
wrong_both("n = PAR_CALL(reset, &n);")

# Joins of what is no fork, of another task, and out of the fork's block.
wrong_both("eat(PAR_JOIN(twice, c));")
wrong_both("eat(PAR_JOIN(twice, n));")
wrong_both("PAR_FORK(twice, c, n); eat(PAR_JOIN(thrice, c));")
wrong_both("PAR_FORK(twice, c, n); PAR_JOIN(reset, c);")
wrong_both("{ PAR_FORK(twice, c, n); } eat(PAR_JOIN(twice, c));")
wrong_both("PAR_FORK(twice, c, n); PAR_FORK(twice, c, n);")

# Names.
wrong_both("PAR_FORK(missing, c, n);")
wrong_both("PAR_FORK(eat, c, n);")
wrong_both("PAR_CALL(missing, n);")

# Definitions. In C++ another type makes another function, as it does everywhere.
wrong("PAR_TASK_1(long, user, long) { return 0; }")
wrong("PAR_TASK_2(long, user, long, n) { return n; }")
wrong("PAR_TASK_1(long, twice, long, n) { return n; }" "${expansion}")
wrong("PAR_DEFINE_TASK_1(int, far_away, long, n) { return 0; }" "${expansion}")
if(ENDING STREQUAL "c")
  wrong("PAR_DEFINE_TASK_1(long, far_away, int, n) { return n; }" "${expansion}")
endif()
