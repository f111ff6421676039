// SPDX-License-Identifier: MIT

// See rival.h: Go's channels, in a C archive, so that the same main() measures them as the others.
package main

/*
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
typedef struct rival_run { size_t shape, capacity, bytes, n; } rival_run;
typedef struct rival_result { uint64_t received, sum; } rival_result;
*/
import "C"

import "sync"

const (
	threads   = 4
	seq       = 0
	spsc      = 1
	mpsc      = 2
	mpmc      = 3
	selecting = 4
)

type outcome struct {
	received, sum uint64
}

type element[T any] struct {
	make   func(int) T
	number func(T) uint64
}

func (o *outcome) take(number uint64) {
	o.received++
	o.sum += number
}

func runSeq[T any](capacity, n int, e element[T]) outcome {
	channel := make(chan T, capacity)
	var o outcome
	for begin := 0; begin < n; {
		end := begin + capacity
		if end > n {
			end = n
		}
		for i := begin; i < end; i++ {
			channel <- e.make(i)
		}
		for i := begin; i < end; i++ {
			o.take(e.number(<-channel))
		}
		begin = end
	}
	return o
}

func send[T any](channel chan T, begin, end int, e element[T]) {
	for i := begin; i < end; i++ {
		channel <- e.make(i)
	}
}

func runMany[T any](capacity, n, senders, receivers int, e element[T]) outcome {
	channel := make(chan T, capacity)
	parts := make([]outcome, receivers)
	var done sync.WaitGroup
	for s := 0; s < senders; s++ {
		go send(channel, s*(n/senders), (s+1)*(n/senders), e)
	}
	for r := 0; r < receivers; r++ {
		done.Add(1)
		go func(part *outcome) {
			var o outcome
			for i := 0; i < n/receivers; i++ {
				o.take(e.number(<-channel))
			}
			*part = o
			done.Done()
		}(&parts[r])
	}
	done.Wait()
	var o outcome
	for _, part := range parts {
		o.received += part.received
		o.sum += part.sum
	}
	return o
}

func runSelect[T any](capacity, n int, e element[T]) outcome {
	var channels [threads]chan T
	for s := range channels {
		channels[s] = make(chan T, capacity)
		go send(channels[s], s*(n/threads), (s+1)*(n/threads), e)
	}
	var o outcome
	for i := 0; i < n; i++ {
		var v T
		select {
		case v = <-channels[0]:
		case v = <-channels[1]:
		case v = <-channels[2]:
		case v = <-channels[3]:
		}
		o.take(e.number(v))
	}
	return o
}

func run[T any](shape, capacity, n int, e element[T]) (outcome, bool) {
	switch {
	case shape == seq && capacity > 0:
		return runSeq(capacity, n, e), true
	case shape == spsc:
		return runMany(capacity, n, 1, 1, e), true
	case shape == mpsc:
		return runMany(capacity, n, threads, 1, e), true
	case shape == mpmc:
		return runMany(capacity, n, threads, threads, e), true
	case shape == selecting:
		return runSelect(capacity, n, e), true
	}
	return outcome{}, false
}

//export rival_move_go
func rival_move_go(r *C.rival_run, result *C.rival_result) C.bool {
	var o outcome
	var has bool
	shape, capacity, n := int(r.shape), int(r.capacity), int(r.n)
	if ^r.capacity == 0 {
		return false // Go has no unbounded channels
	}
	switch r.bytes {
	case 0:
		o, has = run(shape, capacity, n, element[struct{}]{
			func(int) struct{} { return struct{}{} }, func(struct{}) uint64 { return 0 }})
	case 8:
		o, has = run(shape, capacity, n, element[uint64]{
			func(i int) uint64 { return uint64(i) }, func(v uint64) uint64 { return v }})
	default:
		o, has = run(shape, capacity, n, element[[8]uint64]{
			func(i int) [8]uint64 { return [8]uint64{uint64(i)} },
			func(v [8]uint64) uint64 { return v[0] }})
	}
	result.received = C.uint64_t(o.received)
	result.sum = C.uint64_t(o.sum)
	return C.bool(has)
}

func main() {}
