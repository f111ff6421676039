#!/bin/sh
# sh channels/run.sh <folder of the programs> <results> [<rounds> [<option>...]]
# Runs the programs of all libraries that were built in turns, par's first (turns.sh). The options
# go to each program. RIVALS, if set, names the libraries; RUN is put before each program, such as
# "taskset -c 0".
set -eu
usage="sh channels/run.sh"
. "$(dirname "$0")/../turns.sh"

# RUN and the names are several words.
# shellcheck disable=SC2086
measure() {
    program=$1
    shift
    ${RUN-} "$program" --json "$results" "$@"
}

# shellcheck disable=SC2086
in_turns channels- ${RIVALS-par crossbeam mpsc go tbb concurrentqueue}
