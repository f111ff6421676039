/* SPDX-License-Identifier: MIT */
/* shared_cxx.cpp - typed handles and lazy globals from C++. */
#include <cstdio>
#include <par/par.h>

struct point {
    long x, y;
};

static int ended;

static void end_point(point *)
{
    ended++;
}

static int copy_point(point *to, const point *from)
{
    *to = {from->x, from->y + 1};
    return 0;
}

PAR_ARC_DEFINE(plain, point)
PAR_ARC_DEFINE_DROP(dropped, point, end_point)
PAR_ARC_DEFINE_COPY(copied, point, end_point, copy_point)

static point origin()
{
    return {3, 4};
}

static int fail_once(point *value)
{
    value->x++;
    return value->x < 2 ? 11 : 0;
}

PAR_LAZY(point, the_origin, origin)
PAR_TRY_LAZY(point, the_second, fail_once)

static int use_arcs()
{
    plain a = plain_new({1, 2});
    plain b = plain_clone(a);
    if (plain_make_mut(&b) != 0 || a.ptr == b.ptr || b.ptr->y != 2)
        return 1;
    plain_drop(a);
    plain_drop(b);
    dropped c = dropped_new({1, 2});
    dropped_weak weak = dropped_downgrade(c);
    dropped_drop(c);
    if (ended != 1 || dropped_upgrade(weak).ptr != nullptr)
        return 2;
    dropped_weak_drop(weak);
    copied d = copied_new({1, 2});
    copied e = copied_clone(d);
    if (copied_make_mut(&e) != 0 || e.ptr->y != 3)
        return 3;
    copied_drop(d);
    copied_drop(e);
    return ended == 3 ? 0 : 4;
}

static int use_lazy()
{
    point *second = nullptr;
    if (the_origin()->y != 4 || the_second(&second) != 11 || the_second(&second) != 0)
        return 5;
    return second->x == 2 ? 0 : 6;
}

int main()
{
    static_assert(noexcept(par_once_run(nullptr, nullptr, nullptr)), "does not throw");
    par_barrier barrier = PAR_BARRIER_INIT(1);
    par_latch latch = PAR_LATCH_INIT(1);
    int code = par_barrier_wait(&barrier) ? 0 : 7;
    if (par_latch_count_down(&latch, 1) != 0 || !par_latch_try_wait(&latch))
        code = 8;
    if (code == 0)
        code = use_arcs();
    if (code == 0)
        code = use_lazy();
    if (code != 0)
        std::printf("failed at %d\n", code);
    return code;
}
