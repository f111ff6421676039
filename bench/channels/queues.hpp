/* SPDX-License-Identifier: MIT */
/* queues.hpp - the shapes of rival.h for C++ queues, which have no ends and no select. A queue type
 * has push(T), pop(T &) and, if it can, push_many and pop_many of arrays. */
#ifndef CHANNELS_QUEUES_HPP
#define CHANNELS_QUEUES_HPP

#include "channels/rival.h"

#include <thread>
#include <vector>

namespace rival
{

struct empty {
    explicit empty(size_t = 0)
    {
    }
    uint64_t number() const
    {
        return 0;
    }
};

template <size_t words> struct numbers {
    uint64_t values[words];
    explicit numbers(size_t number = 0)
    {
        values[0] = number;
    }
    uint64_t number() const
    {
        return values[0];
    }
};

template <typename T, typename Queue> rival_result seq(Queue &queue, const rival_run &run)
{
    rival_result result = {0, 0};
    for (size_t begin = 0, end; begin < run.n; begin = end) {
        end = run.capacity < run.n - begin ? begin + run.capacity : run.n;
        for (size_t i = begin; i < end; i++)
            queue.push(T(i));
        for (size_t i = begin; i < end; i++) {
            T element;
            queue.pop(element);
            result.received++;
            result.sum += element.number();
        }
    }
    return result;
}

template <typename T, typename Queue>
rival_result many(Queue &queue, const rival_run &run, size_t senders, size_t receivers)
{
    std::vector<std::thread> threads;
    std::vector<rival_result> parts(receivers);
    for (size_t s = 0; s < senders; s++) {
        threads.emplace_back([&queue, &run, s, senders] {
            const size_t part = run.n / senders;
            for (size_t i = s * part; i < (s + 1) * part; i++)
                queue.push(T(i));
        });
    }
    for (size_t r = 0; r < receivers; r++) {
        threads.emplace_back([&queue, &run, &parts, r, receivers] {
            rival_result result = {0, 0};
            for (size_t i = 0; i < run.n / receivers; i++) {
                T element;
                queue.pop(element);
                result.received++;
                result.sum += element.number();
            }
            parts[r] = result;
        });
    }
    for (std::thread &thread : threads)
        thread.join();
    rival_result result = {0, 0};
    for (const rival_result &part : parts) {
        result.received += part.received;
        result.sum += part.sum;
    }
    return result;
}

template <typename T, typename Queue>
bool move(Queue &queue, const rival_run &run, rival_result &result)
{
    switch (run.shape) {
    case RIVAL_SEQ:
        result = seq<T>(queue, run);
        return true;
    case RIVAL_SPSC:
        result = many<T>(queue, run, 1, 1);
        return true;
    case RIVAL_MPSC:
        result = many<T>(queue, run, RIVAL_THREADS, 1);
        return true;
    case RIVAL_MPMC:
        result = many<T>(queue, run, RIVAL_THREADS, RIVAL_THREADS);
        return true;
    default:
        return false;
    }
}

} // namespace rival

#endif
