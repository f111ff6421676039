#!/bin/sh
# sh channels/run.sh <folder of the programs> <results> [<rounds> [<option>...]]
# Runs the programs of all libraries that were built in turns, par's first, again and again: what
# disturbs the machine for a while disturbs all of them. Adds the results to a file, a line of JSON
# for each benchmark of each run. The options go to each program. RIVALS, if set, names the
# libraries; RUN is put before each program, such as "taskset -c 0".
set -eu

if [ $# -lt 2 ]; then
    echo "usage: sh channels/run.sh <folder of the programs> <results> [<rounds> [<option>...]]" >&2
    exit 2
fi
programs=$1
results=$2
rounds=${3-5}
shift 2
[ $# -eq 0 ] || shift

round=1
while [ "$round" -le "$rounds" ]; do
    for name in ${RIVALS-par crossbeam mpsc go tbb concurrentqueue}; do
        program=$programs/channels-$name
        [ -x "$program" ] || continue
        echo "== round $round of $rounds: $name"
        # RUN is several words.
        # shellcheck disable=SC2086
        ${RUN-} "$program" --json "$results" "$@"
    done
    round=$((round + 1))
done
