/* SPDX-License-Identifier: MIT */
/* tbb.cpp - oneTBB's concurrent_bounded_queue; without bounds it has a very large one. */
#include "channels/queues.hpp"

#include <tbb/concurrent_queue.h>
#include <tbb/version.h>

namespace
{

template <typename T> bool move_of(const rival_run &run, rival_result &result)
{
    tbb::concurrent_bounded_queue<T> queue;
    if (run.capacity == 0)
        return false;
    if (run.capacity != RIVAL_UNBOUNDED)
        queue.set_capacity(static_cast<std::ptrdiff_t>(run.capacity));
    return rival::move<T>(queue, run, result);
}

} // namespace

bool rival_move(const rival_run *run, rival_result *result)
{
    switch (run->bytes) {
    case 0:
        return move_of<rival::empty>(*run, *result);
    case 8:
        return move_of<rival::numbers<1>>(*run, *result);
    default:
        return move_of<rival::numbers<8>>(*run, *result);
    }
}

const char *rival_name(void)
{
    return "oneTBB";
}

const char *rival_version(void)
{
    return TBB_VERSION_STRING;
}
