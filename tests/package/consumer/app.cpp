// SPDX-License-Identifier: MIT
// app.cpp - a user's program in C++: a loop whose body is a lambda, and one join.
#include <cstdio>
#include <numeric>
#include <par/par.h>
#include <vector>

int main()
{
    std::vector<long> squares(1000);
    par_for(
        0, squares.size(),
        [](size_t begin, size_t end, void *arg) {
            auto &out = *static_cast<std::vector<long> *>(arg);
            for (size_t i = begin; i < end; i++)
                out[i] = static_cast<long>(i * i);
        },
        &squares);

    long sum = 0;
    long flag = 0;
    par_join([](void *arg) { *static_cast<long *>(arg) = 332833500; }, &sum,
             [](void *arg) { *static_cast<long *>(arg) = 1; }, &flag);
    const long found = std::accumulate(squares.begin(), squares.end(), 0L);
    if (found != sum || flag != 1) {
        std::fprintf(stderr, "the sum of squares is %ld, not %ld\n", found, sum);
        return 1;
    }
    return 0;
}
