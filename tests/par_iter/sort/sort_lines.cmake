# Lines of par/sort.h, for refuses.cmake.
prelude([[
#include <par/sort.h>
static inline bool below(float a, float b) { return a < b; }
static inline int number(float a, float b) { return a < b; }
static inline bool mixed(float a, double b) { return (double)a < b; }
#define MACRO(a, b) ((a) < (b))
]])

right("PAR_DEFINE_SORT(all, float, below)")
right("PAR_DEFINE_SORT_UNSTABLE(all, float, below)")

wrong("PAR_DEFINE_SORT(all, double, below)")
wrong("PAR_DEFINE_SORT(all, float, number)")
wrong("PAR_DEFINE_SORT(all, float, mixed)")
wrong("PAR_DEFINE_SORT(all, float, MACRO)")
wrong("PAR_DEFINE_SORT(all, float, missing)")
wrong("PAR_DEFINE_SORT_UNSTABLE(all, double, below)")
wrong("PAR_DEFINE_SORT_UNSTABLE(all, float, number)")

if(ENDING STREQUAL "cpp")
  # Copies of this one are more than their bytes.
  prelude("struct counted { counted(const counted &); counted &operator=(const counted &); };\n")
  prelude("bool before(counted, counted);\n")
  wrong("PAR_DEFINE_SORT(all, counted, before)" "counted must be a type that memcpy can copy")
endif()
