/* SPDX-License-Identifier: MIT */
/* concurrentqueue.cpp - moodycamel's BlockingConcurrentQueue, which has no bounds. It keeps the
 * order of one producer only. */
#include "channels/queues.hpp"

#include <concurrentqueue/blockingconcurrentqueue.h>

namespace
{

template <typename T> struct blocking {
    moodycamel::BlockingConcurrentQueue<T> queue;
    void push(T element)
    {
        queue.enqueue(element);
    }
    void pop(T &element)
    {
        queue.wait_dequeue(element);
    }
};

template <typename T> bool move_of(const rival_run &run, rival_result &result)
{
    blocking<T> queue;
    return run.capacity == RIVAL_UNBOUNDED && rival::move<T>(queue, run, result);
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
    return "concurrentqueue";
}

const char *rival_version(void)
{
    return "1.0";
}
