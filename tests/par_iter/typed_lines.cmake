# Lines of par/typed.h, for refuses.cmake.
prelude([[
#include <par/typed.h>
static inline float square(float x) { return x * x; }
static inline double sum(double a, double b) { return a + b; }
static inline float mixed(float a, double b) { return a + (float)b; }
static inline void reset(int *x) { *x = 0; }
#define MACRO(x) ((x) * (x))
]])

right("PAR_DEFINE_MAP(all, float, float, square)")
right("PAR_DEFINE_REDUCE_WITH(all, double, sum)")
right("PAR_DEFINE_FOR_EACH(all, int, reset)")

wrong("PAR_DEFINE_MAP(all, float, double, square)")
wrong("PAR_DEFINE_MAP(all, double, float, square)")
wrong("PAR_DEFINE_MAP(all, double, double, sum)")
wrong("PAR_DEFINE_MAP(all, int, int, MACRO)")
wrong("PAR_DEFINE_MAP(all, float, float, missing)")
wrong("PAR_DEFINE_REDUCE_WITH(all, float, sum)")
wrong("PAR_DEFINE_REDUCE_WITH(all, float, mixed)")
wrong("PAR_DEFINE_REDUCE_WITH(all, float, square)")
wrong("PAR_DEFINE_FOR_EACH(all, long, reset)")
wrong("PAR_DEFINE_FOR_EACH(all, float, square)")

if(ENDING STREQUAL "cpp")
  # Copies of this one are more than their bytes.
  prelude("struct counted { counted(const counted &); counted &operator=(const counted &); };\n")
  prelude("counted first(counted, counted);\n")
  wrong("PAR_DEFINE_REDUCE_WITH(all, counted, first)"
    "counted must be a type that memcpy can copy")
endif()
