/* SPDX-License-Identifier: MIT */
/* kernels_test.c - which kernels there are. */
#include "mandelbrot/field/kernels.h"

#include <criterion/criterion.h>
#include <string.h>

Test(kernels, have_names)
{
    const mandel_kernel *kernel;
    size_t n = 0;
    for (; (kernel = mandel_kernels_at(n)) != NULL; n++) {
        cr_assert_eq(mandel_kernels_named(kernel->name), kernel);
        cr_assert_not_null(strstr(mandel_kernels_names, kernel->name));
    }
    cr_assert_geq(n, 1);
    cr_assert_null(mandel_kernels_at(n + 1));
    cr_assert_null(mandel_kernels_named("SSE2"));
    cr_assert_null(mandel_kernels_named("avx"));
    cr_assert_null(mandel_kernels_named(""));
}

Test(kernels, the_plainest_and_the_best_run_here)
{
    cr_assert(mandel_kernels_at(0)->runs_here());
    cr_assert_str_eq(mandel_kernels_at(0)->name, "scalar");
    cr_assert(mandel_kernels_best()->runs_here());
}

Test(kernels, have_all_functions)
{
    const mandel_kernel *kernel;
    for (size_t i = 0; (kernel = mandel_kernels_at(i)) != NULL; i++) {
        const mandel_instructions *const all = kernel->instructions;
        cr_assert(all->fly != NULL && all->slope != NULL, "%s", kernel->name);
        for (int k = 0; k < MANDEL_PRECISIONS; k++) {
            cr_assert(all->exact[k].count != NULL && all->exact[k].inside != NULL);
            cr_assert(all->fast[k].count != NULL && all->fast[k].inside != NULL);
        }
    }
}
