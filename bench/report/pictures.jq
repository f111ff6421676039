# pictures.jq: what the pictures show, as lines of tab-separated values.
#   jq -L <this folder> --slurp --raw-output -f pictures.jq --arg picture <name>
include "tables";

def name: if .parameters.size != null and .benchmark == "tree_sum"
  then "\(.benchmark) \(.parameters.size)" else .benchmark end;

if $picture == "suite" then
  .[] | select(is_suite)
  | [name] + (ratio("1 thread / all threads") | [.median, .min, .max]) + [ratio("1 thread / serial").median]
elif $picture == "latency" then
  (.[] | select(.program == "bench-micro" and .unit == "us" and (.benchmark | IN("wake", "steal", "empty_loop", "short_loop", "two_pieces")))
   | .benchmark as $benchmark | .sides[] | ["\($benchmark): \(.name)", .median, .p99])
elif $picture == "peers" then
  # A line for each thing, a column for each runtime: its time over par's. "?" where it did not run.
  (["par", "oneTBB", "libstdc++", "libgomp", "libomp", "Rayon"]
    - (["oneTBB", "libstdc++", "libgomp", "libomp", "Rayon"] - map(.runtime.name? // ""))) as $runtimes
  | (["what"] + $runtimes),
    (peer_groups[]
     | "\(.[0].benchmark), \(.[0].name), \(.[0].threads)" as $what
     | (map(select(.runtime == "par")) | across.median) as $ours
     | [$what] + [$runtimes[] as $name
         | map(select(.runtime == $name)) | across.median
         | if . == null or $ours == null then "?" else . / $ours end])
else error("no such picture: \($picture)") end
| select(all(. != null))
| @tsv
