#!/bin/sh
# sh instructions.sh <program> <compiler, such as gcc-12> <build type> <processor> <numbers>
# Counts by callgrind what an unstolen join takes: the difference of two sizes, so that only joins
# are in it. Fails if it is more than `numbers` has, or if counting is not free while it is off.
# 77: this build or machine cannot tell.
set -eu
program=$1
compiler=$2
build=$3
processor=$4
numbers=$5

skip() {
    echo "skipped: $1"
    exit 77
}

[ "$build" = Release ] || skip "the build is '$build', the numbers are for Release"
[ "$processor" = x86_64 ] || skip "the processor is $processor, the numbers are for x86_64"
grep -q "^$compiler " "$numbers" || skip "there are no numbers for $compiler"
command -v valgrind >/dev/null || skip "valgrind is not installed"

log=$(mktemp)
trap 'rm -f "$log"' EXIT

# count <way> <size>: joins and instructions, as two words
count() {
    status=0
    joins=$(valgrind --tool=callgrind --toggle-collect='counted*' --callgrind-out-file=/dev/null \
        "$program" "$1" "$2" 2>"$log") || status=$?
    [ "$status" -eq 0 ] || [ "$status" -eq 77 ] || cat "$log" >&2
    [ "$status" -eq 0 ] || return "$status"
    echo "$joins $(sed -n 's/.*Collected : //p' "$log")"
}

# each <way>: instructions of one join, with three decimals
each() {
    small=$(count "$1" 14) || return
    large=$(count "$1" 24) || return
    echo "$small $large" | awk '{ printf "%.3f\n", ($4 - $2) / ($3 - $1) }'
}

# measure <way>: the same in $result, or the end of the test
measure() {
    status=0
    result=$(each "$1") || status=$?
    [ "$status" -ne 77 ] || skip "there is no membarrier here"
    [ "$status" -eq 0 ] || exit 1
}

PAR_NUM_THREADS=1
export PAR_NUM_THREADS
tolerance=$(sed -n 's/^tolerance //p' "$numbers")
failed=0
for way in typed join; do
    written=$(awk -v c="$compiler" -v w="$way" '$1 == c && $2 == w { print $3 }' "$numbers")
    unset PAR_STATS
    measure "$way"
    echo "$way: $result instructions, $written written down"
    awk -v a="$result" -v b="$written" -v t="$tolerance" 'BEGIN { exit a > b + t }' || {
        echo "$way: more than $tolerance above what is written down"
        failed=1
    }
    awk -v a="$result" -v b="$written" -v t="$tolerance" 'BEGIN { exit a < b - t }' ||
        echo "$way: has fallen; write the new number down"
    unset_result=$result
    PAR_STATS=0
    export PAR_STATS
    measure "$way"
    if [ "$result" != "$unset_result" ]; then
        echo "$way: $result instructions with PAR_STATS=0, $unset_result without it"
        failed=1
    fi
done
exit $failed
