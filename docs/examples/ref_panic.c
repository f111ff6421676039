#include <errno.h>
#include <par/loop.h>
#include <par/panic.h>
#include <stdio.h>
#include <stdlib.h>

static double checked_inverse(double x)
{
    if (x == 0)
        par_panic(EDOM, "no inverse of %g", x);
    return 1 / x;
}

static void invert_all(size_t begin, size_t end, void *arg)
{
    double *numbers = arg;
    for (size_t i = begin; i < end; i++)
        numbers[i] = checked_inverse(numbers[i]);
}

static void say(void *arg)
{
    puts(arg);
}

static void work(void *arg)
{
    const size_t n = *(size_t *)arg;
    double *numbers = malloc(n * sizeof *numbers);
    if (numbers == NULL)
        par_panic(ENOMEM, "no room for %zu numbers", n);
    PAR_DEFER(free, numbers);
    PAR_DEFER(say, "work ends");
    for (size_t i = 0; i < n; i++)
        numbers[i] = (double)i - 500;
    par_for(0, n, invert_all, numbers);
}

int main(void)
{
    size_t n = 400;
    par_failure failure;
    if (par_catch(work, &n, &failure) == 0)
        puts("done");
    n = 1000;
    if (par_catch(work, &n, &failure) == EDOM)
        puts(failure.message);
}
