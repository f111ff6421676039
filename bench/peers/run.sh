#!/bin/sh
# sh peers/run.sh <folder of the programs> <results> [<rounds> [<option>...]]
# Runs the programs of all runtimes that were built in turns, par's first (turns.sh). The options go
# to each program. PEERS, if set, names the runtimes.
set -eu
usage="sh peers/run.sh"
. "$(dirname "$0")/../turns.sh"

# On one thread, where nothing but their cost is measured: tasks, a map, and a chain of steps. Then
# all, on all threads.
measure() {
    program=$1
    shift
    for filter in fib map/ fused/; do
        "$program" --json "$results" --threads 1 --filter "$filter" "$@"
    done
    "$program" --json "$results" "$@"
}

# They are several words.
# shellcheck disable=SC2086
in_turns peer- ${PEERS-par tbb pstl libgomp libomp rayon}
