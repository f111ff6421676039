/* SPDX-License-Identifier: MIT */
/* ref_hpp.cpp - lambdas, and an exception that comes back. */
#include <cmath>
#include <cstdio>
#include <par/par.hpp>
#include <stdexcept>
#include <vector>

int main()
{
    std::vector<double> numbers(100000);
    std::vector<double> roots(numbers.size());
    par::for_each_index(0, numbers.size(),
                        [&](std::size_t i) { numbers[i] = static_cast<double>(i); });

    const auto root = [](double x) {
        if (x < 0)
            throw std::domain_error("a negative number has no root");
        return std::sqrt(x);
    };
    par::map(roots.data(), numbers.data(), numbers.size(), root);
    const double sum =
        par::reduce(roots.data(), roots.size(), 0, [](double a, double b) { return a + b; });
    std::printf("%.3f\n", sum);

    numbers[77777] = -1;
    try {
        par::map(roots.data(), numbers.data(), numbers.size(), root);
    } catch (const std::domain_error &error) {
        std::printf("%s\n", error.what());
    }
}
