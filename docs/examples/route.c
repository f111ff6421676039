/* SPDX-License-Identifier: MIT */
/* route.c - the shortest round trip, by a typed task with a structure as an argument and a
 * result. */
#include <par/task.h>
#include <stdio.h>

enum { TOWNS = 9, SERIAL = 4 };

struct trip {
    unsigned visited; /* a bit per town */
    int left;         /* towns to visit */
    int last;
    int length;
};

static int distance(int a, int b)
{
    static const int x[TOWNS] = {0, 40, 13, 71, 55, 8, 90, 32, 64};
    static const int y[TOWNS] = {0, 12, 77, 30, 81, 45, 66, 50, 5};
    const int dx = x[a] > x[b] ? x[a] - x[b] : x[b] - x[a];
    const int dy = y[a] > y[b] ? y[a] - y[b] : y[b] - y[a];
    return dx + dy;
}

static struct trip go_on(struct trip t, int town)
{
    return (struct trip){t.visited | 1u << town, t.left - 1, town,
                         t.length + distance(t.last, town)};
}

/* The first town from `town` on that the trip has not visited; TOWNS if there is none. */
static int next_town(struct trip t, int town)
{
    while (town < TOWNS && (t.visited & 1u << town) != 0)
        town++;
    return town;
}

static int shortest_alone(struct trip t)
{
    int town = next_town(t, 0);
    if (town == TOWNS)
        return t.length + distance(t.last, 0);
    int best = shortest_alone(go_on(t, town));
    while ((town = next_town(t, town + 1)) < TOWNS) {
        const int length = shortest_alone(go_on(t, town));
        best = length < best ? length : best;
    }
    return best;
}

/* The shortest way home over the towns that are left, the next one being `town` or a later one. */
PAR_TASK_2(int, shortest, struct trip, t, int, town)
{
    if (t.left <= SERIAL && town == next_town(t, 0))
        return shortest_alone(t);
    const int later = next_town(t, town + 1);
    const struct trip longer = go_on(t, town);
    if (later == TOWNS)
        return PAR_CALL(shortest, longer, next_town(longer, 0));
    PAR_FORK(shortest, others, t, later);
    const int here = PAR_CALL(shortest, longer, next_town(longer, 0));
    const int there = PAR_JOIN(shortest, others);
    return here < there ? here : there;
}

int main(void)
{
    const struct trip start = {1, TOWNS - 1, 0, 0};
    printf("the shortest trip through %d towns is %d long\n", TOWNS, shortest(start, 1));
}
