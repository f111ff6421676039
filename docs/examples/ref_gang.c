/* SPDX-License-Identifier: MIT */
/* ref_gang.c - three threads in step: in each round each takes over what its neighbour had. */
#include <par/gang.h>
#include <stdio.h>
#include <string.h>

enum { MEMBERS = 3, ROUNDS = 4 };

static int cells[2][MEMBERS] = {{1, 2, 3}, {0}};

static void turn(size_t index, par_gang_barrier *barrier, void *arg)
{
    (void)arg;
    for (int round = 0; round < ROUNDS; round++) {
        cells[(round + 1) % 2][index] = cells[round % 2][(index + 1) % MEMBERS];
        par_gang_wait(barrier);
    }
}

int main(void)
{
    const int code = par_gang(MEMBERS, turn, NULL);
    if (code != 0)
        fprintf(stderr, "no gang: %s\n", strerror(code));
    else
        printf("%d %d %d\n", cells[0][0], cells[0][1], cells[0][2]);
    return code;
}
