# Lines of par/typed.h and its kin, for refuses.cmake.
prelude([[
#include <par/typed.h>
#include <par/typed_find.h>
#include <par/typed_sum.h>
#include <par/typed_try.h>
static inline float square(float x) { return x * x; }
static inline double sum(double a, double b) { return a + b; }
static inline float mixed(float a, double b) { return a + (float)b; }
static inline void reset(int *x) { *x = 0; }
struct pair { int a, b; };
static inline bool is_odd(int x) { return x % 2 != 0; }
static inline bool is_below(int x, const int *limit) { return x < *limit; }
static inline bool is_less(int a, int b) { return a < b; }
static inline bool odd_half(float *out, int x) { *out = (float)x / 2; return is_odd(x); }
static inline bool part(float *out, int x, const int *of) { *out = (float)x; return x % *of == 0; }
static inline double plus(double a, float b) { return a + (double)b; }
static inline double wide(float x) { return (double)x; }
static inline double times(float x, const float *factor) { return (double)(x * *factor); }
static inline void raise(int *x, const int *more) { *x += *more; }
static inline int check(int *x) { return *x < 0; }
static inline int check_below(int *x, const int *limit) { return *x < *limit; }
static inline int half(float *out, int x) { *out = (float)x / 2; return x < 0; }
static inline int half_below(float *out, int x, const int *limit) { *out = 0; return x < *limit; }
#define MACRO(x) ((x) * (x))
]])

right("PAR_DEFINE_MAP(all, float, float, square)")
right("PAR_DEFINE_REDUCE_WITH(all, double, sum)")
right("PAR_DEFINE_FOR_EACH(all, int, reset)")
right("PAR_DEFINE_MAP_CTX(all, double, float, float, times)")
right("PAR_DEFINE_FOR_EACH_CTX(all, int, int, raise)")
right("PAR_DEFINE_FILTER_MAP(all, float, int, odd_half)")
right("PAR_DEFINE_FILTER_MAP_CTX(all, float, int, int, part)")
right("PAR_DEFINE_REDUCE(all, double, float, plus, sum)")
right("PAR_DEFINE_MAP_REDUCE(all, double, float, wide, sum)")
right("PAR_DEFINE_MAP_REDUCE_CTX(all, double, float, float, times, sum)")
right("PAR_DEFINE_SUM(all, double)")
right("PAR_DEFINE_SUM(all, long double)")
right("PAR_DEFINE_PRODUCT(all, unsigned char)")
right("PAR_DEFINE_FIND(all, int, is_odd)")
right("PAR_DEFINE_FIND_CTX(all, int, int, is_below)")
right("PAR_DEFINE_EXTREMES(all, int, is_less)")
right("PAR_DEFINE_TRY_MAP(all, float, int, half)")
right("PAR_DEFINE_TRY_MAP_CTX(all, float, int, int, half_below)")
right("PAR_DEFINE_TRY_FOR_EACH(all, int, check)")
right("PAR_DEFINE_TRY_FOR_EACH_CTX(all, int, int, check_below)")

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

wrong("PAR_DEFINE_MAP_CTX(all, double, float, float, wide)")
wrong("PAR_DEFINE_MAP_CTX(all, double, float, int, times)")
wrong("PAR_DEFINE_MAP(all, double, float, times)")
wrong("PAR_DEFINE_FOR_EACH_CTX(all, int, int, reset)")
wrong("PAR_DEFINE_FILTER_MAP(all, double, int, odd_half)")
wrong("PAR_DEFINE_FILTER_MAP(all, float, int, half)")
wrong("PAR_DEFINE_FILTER_MAP_CTX(all, float, int, long, part)")
wrong("PAR_DEFINE_REDUCE(all, double, float, sum, sum)")
wrong("PAR_DEFINE_REDUCE(all, double, float, plus, plus)")
wrong("PAR_DEFINE_REDUCE(all, double, float, plus, missing)")
wrong("PAR_DEFINE_MAP_REDUCE(all, double, float, square, sum)")
wrong("PAR_DEFINE_MAP_REDUCE(all, double, float, wide, plus)")
wrong("PAR_DEFINE_MAP_REDUCE_CTX(all, double, float, float, wide, sum)")
wrong("PAR_DEFINE_SUM(all, struct pair)" "${expansion}")
wrong("PAR_DEFINE_PRODUCT(all, int *)" "${expansion}")
wrong("PAR_DEFINE_FIND(all, int, check)")
wrong("PAR_DEFINE_FIND(all, int, is_below)")
wrong("PAR_DEFINE_FIND(all, long, is_odd)")
wrong("PAR_DEFINE_FIND_CTX(all, int, float, is_below)")
wrong("PAR_DEFINE_EXTREMES(all, int, is_odd)")
wrong("PAR_DEFINE_EXTREMES(all, float, is_less)")
wrong("PAR_DEFINE_TRY_MAP(all, float, int, odd_half)")
wrong("PAR_DEFINE_TRY_MAP(all, int, int, half)")
wrong("PAR_DEFINE_TRY_MAP_CTX(all, float, int, int, half)")
wrong("PAR_DEFINE_TRY_FOR_EACH(all, int, reset)")
wrong("PAR_DEFINE_TRY_FOR_EACH(all, int, MACRO)")
wrong("PAR_DEFINE_TRY_FOR_EACH_CTX(all, int, long, check_below)")

if(ENDING STREQUAL "cpp")
  # Copies of this one are more than their bytes.
  prelude("struct counted { counted(const counted &); counted &operator=(const counted &); };\n")
  prelude("counted first(counted, counted);\n")
  wrong("PAR_DEFINE_REDUCE_WITH(all, counted, first)"
    "counted must be a type that memcpy can copy")
  prelude("bool matches(counted); bool make(counted *, int); counted count(int);\n")
  wrong("PAR_DEFINE_FIND(all, counted, matches)" "counted must be a type that memcpy can copy")
  wrong("PAR_DEFINE_FILTER_MAP(all, counted, int, make)"
    "counted must be a type that memcpy can copy")
  wrong("PAR_DEFINE_MAP_REDUCE(all, counted, int, count, first)"
    "counted must be a type that memcpy can copy")
endif()
