#!/bin/sh
# sh bench/report/fill.sh <results folder> [<document>]
# Puts the tables of a run of bench/run.sh into docs/benchmarks.md, in place of those that are
# there: between the lines <!-- results --> and <!-- end of results -->. Needs jq.
set -eu

here=$(cd "$(dirname "$0")" && pwd)
page=${2-$here/../../docs/benchmarks.md}
if [ $# -lt 1 ] || [ ! -f "$1/micro.jsonl" ] || [ ! -f "$page" ]; then
    echo "usage: sh bench/report/fill.sh <results folder> [<document>]" >&2
    exit 2
fi
if [ "$(grep -c -x -e '<!-- results -->' -e '<!-- end of results -->' "$page")" -ne 2 ]; then
    echo "fill.sh: $page needs one line <!-- results --> and one <!-- end of results -->" >&2
    exit 1
fi

new=$(mktemp)
trap 'rm -f "$new"' EXIT
{
    sed '/^<!-- results -->$/q' "$page"
    echo
    for file in micro.jsonl suite.jsonl peers.jsonl mandelbrot.json; do
        [ ! -f "$1/$file" ] || cat "$1/$file"
    done | jq -L "$here" --slurp --raw-output -f "$here/markdown.jq"
    sed -n '/^<!-- end of results -->$/,$p' "$page"
} >"$new"
cat "$new" >"$page"
