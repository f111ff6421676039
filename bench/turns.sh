# turns.sh: for scripts that compare programs, which read it with "." after they have set `usage` and
# have got the arguments <folder of the programs> <results> [<rounds> [<option>...]].
#
# in_turns <prefix> <name>...: calls measure <program> <option>... for each program of these names
# that was built, the first one first, again and again: what disturbs the machine for a while
# disturbs all of them. Programs add their results to the file $results, a line of JSON for each
# benchmark of each run.

if [ $# -lt 2 ]; then
    echo "usage: $usage <folder of the programs> <results> [<rounds> [<option>...]]" >&2
    exit 2
fi
programs=$1
results=$2
rounds=${3-5}
shift 2
[ $# -eq 0 ] || shift
options=$*

in_turns() {
    prefix=$1
    shift
    round=1
    while [ "$round" -le "$rounds" ]; do
        for name in "$@"; do
            [ -x "$programs/$prefix$name" ] || continue
            echo "== round $round of $rounds: $name"
            # Options are words without spaces.
            # shellcheck disable=SC2086
            measure "$programs/$prefix$name" $options
        done
        round=$((round + 1))
    done
}
