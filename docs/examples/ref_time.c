/* SPDX-License-Identifier: MIT */
/* ref_time.c - one deadline for several steps. */
#include <par/time.h>
#include <stdio.h>

static int step(par_deadline deadline)
{
    return par_now() < deadline; /* is there time left for it? */
}

int main(void)
{
    const par_deadline deadline = par_in(PAR_S(60));
    int done = 0;
    for (int i = 0; i < 3; i++)
        done += step(deadline);
    printf("%d steps done\n", done);
    printf("%d without waiting\n", step(PAR_NO_WAIT));
    printf("a minute is %llu ns\n", (unsigned long long)PAR_S(60));
}
