# Lines of par/scan.h and par/arrange.h, for refuses.cmake.
prelude([[
#include <par/arrange.h>
#include <par/scan.h>
static inline double sum(double a, double b) { return a + b; }
static inline bool odd(int x) { return x % 2 != 0; }
static inline int half(int x) { return x / 2; }
static inline bool same(int a, int b) { return a == b; }
static inline bool above(int x, const long *limit) { return x > *limit; }
static inline uint32_t bin(int x) { return (uint32_t)x; }
#define MACRO(x) ((x) > 0)
]])

right("PAR_DEFINE_SCAN(all, double, sum, 0)")
right("PAR_DEFINE_FILTER(all, int, odd)")
right("PAR_DEFINE_FILTER_CTX(all, int, long, above)")
right("PAR_DEFINE_PARTITION(all, int, odd)")
right("PAR_DEFINE_PARTITION_CTX(all, int, long, above)")
right("PAR_DEFINE_UNIQUE(all, int, same)")
right("PAR_DEFINE_HISTOGRAM(all, int, bin)")

wrong("PAR_DEFINE_SCAN(all, float, sum, 0)")
wrong("PAR_DEFINE_FILTER(all, int, half)")
wrong("PAR_DEFINE_FILTER(all, long, odd)")
wrong("PAR_DEFINE_FILTER(all, int, MACRO)")
wrong("PAR_DEFINE_FILTER_CTX(all, int, int, above)")
wrong("PAR_DEFINE_PARTITION(all, int, same)")
wrong("PAR_DEFINE_PARTITION_CTX(all, int, int, above)")
wrong("PAR_DEFINE_UNIQUE(all, int, odd)")
wrong("PAR_DEFINE_UNIQUE_CTX(all, int, long, same)")
wrong("PAR_DEFINE_HISTOGRAM(all, int, half)")
wrong("PAR_DEFINE_HISTOGRAM_CTX(all, int, long, bin)")
