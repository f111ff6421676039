# summary.jq: reads the results of run.sh (jq --slurp --raw-output) and prints, for each library, the
# geometric mean of par's time over its own, and then each case: its median and that ratio.

def median: sort | (.[(length - 1) / 2 | floor] + .[length / 2 | floor]) / 2;
def geometric: map(log) | add / length | exp;
def digits: (. * 1000 | round / 1000 | tostring);

map(select(.program == "channels"))
| (group_by([.benchmark, .runtime.name])
   | map({benchmark: .[0].benchmark, runtime: .[0].runtime.name,
          ns: (map(.sides[0].median) | median)})) as $all
| ($all | map(select(.runtime == "par") | {key: .benchmark, value: .ns}) | from_entries) as $par
| ($all | map(select(.runtime != "par" and $par[.benchmark] != null))
   | group_by(.runtime)[]
   | "\(.[0].runtime): \(map($par[.benchmark] / .ns) | geometric | digits) over \(length) cases"),
  ($all | group_by(.benchmark)[] | sort_by(.runtime != "par")
   | "\(.[0].benchmark): " + (map("\(.runtime) \(.ns | digits)"
       + (if .runtime == "par" then "" else " (\($par[.benchmark] / .ns | digits))" end))
       | join(", ")))
