#!/bin/sh
# sh bench/suite/compare.sh <build folder> <results folder> <rounds> <command A> <command B>
# Runs each program of the suite in two ways in turns, and prints for each of them how the times on
# all threads compare, and last the geometric mean over the suite. The commands are put before the
# program:
#   sh bench/suite/compare.sh build out 3 "env PAR_WAIT=descendants" "env PAR_WAIT=any"
#   sh bench/suite/compare.sh build out 3 "env PAR_NUM_THREADS=64" "env PAR_NUM_THREADS=2"
#   sh bench/suite/compare.sh build out 3 "taskset -c 0 env PAR_NUM_THREADS=2" "taskset -c 0 env PAR_NUM_THREADS=1"
# More options for the programs can stand in SUITE_OPTIONS. Needs jq.
set -eu

if [ $# -ne 5 ] || [ ! -d "$1/bench/suite" ]; then
    echo "usage: sh bench/suite/compare.sh <build folder> <results folder> <rounds> <command A> <command B>" >&2
    exit 2
fi
build=$1
results=$2
rounds=$3
mkdir -p "$results"
rm -f "$results/a.jsonl" "$results/b.jsonl"

round=1
while [ "$round" -le "$rounds" ]; do
    for program in "$build"/bench/suite/*; do
        [ -f "$program" ] && [ -x "$program" ] || continue
        echo "round $round of $rounds: $(basename "$program")" >&2
        # Commands and options are several words.
        # shellcheck disable=SC2086
        $4 "$program" --repeat 3 ${SUITE_OPTIONS-} --json "$results/a.jsonl" >/dev/null
        # shellcheck disable=SC2086
        $5 "$program" --repeat 3 ${SUITE_OPTIONS-} --json "$results/b.jsonl" >/dev/null
    done
    round=$((round + 1))
done

jq --null-input --raw-output --slurpfile a "$results/a.jsonl" --slurpfile b "$results/b.jsonl" '
    def median: sort | (.[(length - 1) / 2 | floor] + .[length / 2 | floor]) / 2;
    def time: .sides[] | select(.name == "par, all threads") | .median;
    [range($a | length)
     | {name: "\($a[.].benchmark) \($a[.].parameters.size)", ratio: (($a[.] | time) / ($b[.] | time))}]
    | group_by(.name)
    | map({name: .[0].name, ratio: (map(.ratio) | median), least: (map(.ratio) | min), most: (map(.ratio) | max)})
    | (.[] | "\(.name)\t\(.ratio)\t(\(.least) to \(.most))"),
      "geometric mean of A / B\t\(map(.ratio | log) | add / length | exp)"'
