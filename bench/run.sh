#!/bin/sh
# sh bench/run.sh <build folder> [<results folder> [--quick]]
# Runs all benchmarks that were built there, and leaves their results as JSON in the results folder
# (default: bench-results in the build folder), in place of earlier ones. --quick only shows that
# they run. Build them first: cmake --build <build folder> --target bench-all
set -eu

if [ $# -lt 1 ] || [ ! -d "$1/bench" ]; then
    echo "usage: sh bench/run.sh <build folder> [<results folder> [--quick]]" >&2
    exit 2
fi
here=$(dirname "$0")
build=$1
results=${2-$build/bench-results}
quick=${3-}
if [ -n "$quick" ] && [ "$quick" != --quick ]; then
    echo "run.sh: the third argument can only be --quick, not \"$quick\"" >&2
    exit 2
fi
case $quick in
'') rounds=5 ;;
*) rounds=2 ;;
esac

mkdir -p "$results"
rm -f "$results"/micro.jsonl "$results"/suite.jsonl "$results"/peers.jsonl \
    "$results"/mandelbrot.json

echo "==== micro"
"$build/bench/micro/bench-micro" --json "$results/micro.jsonl" $quick

echo "==== suite"
for program in "$build"/bench/suite/*; do
    if [ -f "$program" ] && [ -x "$program" ]; then
        "$program" --json "$results/suite.jsonl" $quick
    fi
done

echo "==== peers"
sh "$here/peers/run.sh" "$build/bench/peers" "$results/peers.jsonl" "$rounds" $quick

renderer=$build/bench/mandelbrot/mandelbrot
if [ -x "$renderer" ]; then
    echo "==== mandelbrot"
    view=
    [ -z "$quick" ] || view="- 200x150 -2.25,1.125 0.75,-1.125"
    # The view is several words.
    # shellcheck disable=SC2086
    "$renderer" --bench --json $view >"$results/mandelbrot.json"
fi
echo "results are in $results"
