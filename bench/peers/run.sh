#!/bin/sh
# sh peers/run.sh <folder of the programs> <results> [<rounds> [<option>...]]
# Runs the programs of all runtimes that were built in turns, par's first, again and again: what
# disturbs the machine for a while disturbs all of them. Adds the results to a file, a line of JSON
# for each benchmark of each run. The options go to each program. PEERS, if set, names the runtimes.
set -eu

if [ $# -lt 2 ]; then
    echo "usage: sh peers/run.sh <folder of the programs> <results> [<rounds> [<option>...]]" >&2
    exit 2
fi
programs=$1
results=$2
rounds=${3-5}
shift 2
[ $# -eq 0 ] || shift

round=1
while [ "$round" -le "$rounds" ]; do
    for name in ${PEERS-par tbb pstl libgomp libomp rayon}; do
        program=$programs/peer-$name
        [ -x "$program" ] || continue
        echo "== round $round of $rounds: $name"
        # On one thread, where nothing but their cost is measured: tasks, a map, and a chain of
        # steps. Then all, on all threads.
        for filter in fib map/ fused/; do
            "$program" --json "$results" --threads 1 --filter "$filter" "$@"
        done
        "$program" --json "$results" "$@"
    done
    round=$((round + 1))
done
