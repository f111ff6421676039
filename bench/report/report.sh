#!/bin/sh
# sh bench/report/report.sh <results folder> [<report folder>]
# Draws the report of a run of bench/run.sh: index.html, which is complete in itself, the pictures
# in it as PNG, and report.md with the same tables for docs/benchmarks.md. The report folder is by
# default the results folder. Needs jq and gnuplot.
set -eu

if [ $# -lt 1 ] || [ ! -f "$1/micro.jsonl" ]; then
    echo "usage: sh bench/report/report.sh <results folder> [<report folder>]" >&2
    exit 2
fi
here=$(cd "$(dirname "$0")" && pwd)
results=$(cd "$1" && pwd)
mkdir -p "${2-$1}"
cd "${2-$1}"

# All results, in the order in which they were made.
all_results() {
    for file in micro.jsonl suite.jsonl peers.jsonl mandelbrot.json; do
        [ ! -f "$results/$file" ] || cat "$results/$file"
    done
}

pictures='[]'
draw() {
    all_results | jq -L "$here" --slurp --raw-output --arg picture "$1" -f "$here/pictures.jq" >"$1.tsv"
    [ -s "$1.tsv" ] || return 0
    gnuplot -c "$here/pictures.gp" "$1"
    base64 -w 0 "$1.png" >"$1.base64"
    pictures=$(printf '%s' "$pictures" |
        jq --arg title "$2" --rawfile data "$1.base64" '. + [{title: $title, data: $data}]')
    rm "$1.base64"
}
draw suite "Suite"
draw latency "Latency"
draw peers "Other runtimes"

printf '%s' "$pictures" >pictures.json
all_results | jq -L "$here" --slurp --raw-output -f "$here/markdown.jq" >report.md
all_results | jq -L "$here" --slurp --raw-output --slurpfile pictures pictures.json \
    -f "$here/html.jq" >index.html
rm pictures.json
echo "$(pwd)/index.html"
