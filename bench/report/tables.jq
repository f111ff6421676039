# tables.jq: reads all results of a run (jq --slurp) and makes of them
#   {machine, runtimes, tables: [{title, note, head: [text], rows: [[text]]}]}
# which markdown.jq and html.jq write down. Numbers are rounded here and nowhere else.

# ---- numbers

# To three digits, without an exponent for anything that is measured here.
def digits:
  if . == null then "-"
  elif . == 0 then "0"
  else
    . as $x
    | ((if . < 0 then -. else . end) | log10 | floor) as $size
    | (if $size >= 2 then 1 else pow(10; 2 - $size) end) as $scale
    | ($x * $scale | round / $scale | tostring)
  end;

def median:
  map(select(. != null)) | sort
  | if length == 0 then null
    else (.[(length - 1) / 2 | floor] + .[length / 2 | floor]) / 2 end;

def spread: "\(.median | digits) (\(.min | digits) to \(.max | digits))";

# ---- looking things up

def benchmark($program; $name): map(select(.program == $program and .benchmark == $name));
def side($name): .sides[] | select(.name == $name);
def ratio($name): .ratios[] | select(.name == $name);

# Of several runs of one thing: the median of their medians, and how far these reach.
def across: {median: map(.median) | median, min: map(.median) | min, max: map(.median) | max};

# ---- tables of what was measured

def parameters: .parameters | to_entries | map("\(.key) \(.value)") | join(", ");

def micro_tables:
  map(select(.program == "bench-micro"))
  | map({
      title: "\(.benchmark)",
      note: parameters,
      head: [.unit, "min", "median", "p99", "max", "samples"],
      rows: ([.sides[], .ratios[]]
        | map([.name, (.min | digits), (.median | digits), (.p99 | digits), (.max | digits),
               "\(.samples)"]))
    });

def is_suite: .program != "bench-micro" and .program != "peer" and has("sides");

def suite_table:
  map(select(is_suite))
  | {
      title: "suite",
      note: "Times are medians; a speed-up stands with the smallest and the largest one measured.",
      head: ["program", "size", "unit", "serial", "1 thread", "all threads",
             "1 thread / serial", "1 thread / all threads", "serial / all threads"],
      rows: map([.benchmark, "\(.parameters.size)", .unit,
        (side("serial").median | digits),
        (side("par, 1 thread").median | digits),
        (side("par, all threads").median | digits),
        (ratio("1 thread / serial") | spread),
        (ratio("1 thread / all threads") | spread),
        (ratio("serial / all threads") | spread)])
    };

# All runs of the peers' programs, one group for each benchmark, number of threads and side. In a
# group, par's runs and those of another runtime are paired in the order in which they were made.
# `over` is the side over the plain loop of its own run, where there is one.
def peer_groups:
  map(select(.program == "peer"))
  | map(. as $run | .sides[] | .name as $name | . + {benchmark: $run.benchmark, unit: $run.unit,
      runtime: $run.runtime.name, threads: $run.runtime.threads,
      over: ([$run.ratios[] | select(.name | startswith($name + " / ")) | .median] | first)})
  | map(select(.name | test("plain|serial") | not))
  | group_by([.benchmark, .threads, .name]);

def peer_rows:
  map(select(.runtime == "par")) as $ours
  | group_by(.runtime)
  | map(. as $theirs
      | [range([length, ($ours | length)] | min) | $ours[.].median / $theirs[.].median] as $ratios
      | [.[0].runtime, (across | spread), "\(map(.p99) | median | digits)",
         (map(.over) | median | digits),
         ({median: ($ratios | median), min: ($ratios | min), max: ($ratios | max)} | spread)]);

def peer_tables:
  peer_groups
  | map({
      title: "\(.[0].benchmark), \(.[0].name), on \(.[0].threads) thread\(if .[0].threads == 1 then "" else "s" end)",
      note: "Each runtime ran \(map(select(.runtime == "par")) | length) times, in turns. The median of the runs' medians, with the smallest and the largest of these.",
      head: ["runtime", .[0].unit, "p99", "this / plain C", "par / this"],
      rows: peer_rows
    });

def renderer_table:
  map(select(has("same_picture")))
  | if length == 0 then [] else
      [.[0] | {
        title: "renderer",
        note: "\(.width) by \(.height) pixels, \(.limit) iterations, \(.kernel) kernel; \(.runs) runs of each kind, in turns.",
        head: ["", "seconds", "Mpixel/s", "Giterations/s"],
        rows: [
          ["serial", (.serial.seconds | spread), (.serial.mpixel_per_s | digits), (.serial.giteration_per_s | digits)],
          ["parallel, \(.parallel.threads) threads", (.parallel.seconds | spread), (.parallel.mpixel_per_s | digits), (.parallel.giteration_per_s | digits)],
          ["speed-up", (.speed_up | spread), "", ""]]
      }]
    end;

# ---- what was aimed at, beside what was measured

# The median of a runtime's runs in one of the sides, whichever is the fastest of them.
def best($runtimes; $sides):
  map(select(.runtime.name as $name | $runtimes | index($name)))
  | group_by(.runtime.name)
  | map(map([.sides[] | select(.name as $n | $sides | index($n)) | .median] | min) | median)
  | min;

def goal($what; $aim; $got): {what: $what, aim: $aim, got: $got};

def micro_goals:
  (benchmark("bench-micro"; "join/fib")[0] // null) as $fib
  | (benchmark("bench-micro"; "wake")[0] // null) as $wake
  | (benchmark("bench-micro"; "short_loop")[0] // null) as $short
  | (benchmark("bench-micro"; "sum")[0] // null) as $sum
  | (benchmark("bench-micro"; "idle/switches")[0] // null) as $idle
  | (benchmark("bench-micro"; "long_leaf")[0] // null) as $leaf
  | [
      ($fib // empty | .parameters.n as $n | .ratios[] | select(.name | test("1 thread / "))
        | goal("fib(\($n)): \(.name)"; (if (.name | test("typed.*noinline")) then "at most 1.25 (gcc), 1.8 (clang)" elif (.name | test("noinline")) then "at most 2.0 (gcc), 2.2 (clang)" elif (.name | test("all threads")) then "at least 1.9" else "" end); spread)),
      ($wake // empty | (side("bare futex, other processor").median) as $bare | .sides[] | select(.name | startswith("bare futex") | not)
        | goal("wake-up by \(.name), p50, over a bare futex's on another processor"; "at most 2 us more"; "\(.median - $bare | digits) us")),
      ($short // empty | goal("100 items of 1 ns: par_for, p50, less 1.1 times the serial loop's"; "at most 0.3 us"; "\(side("par_for").median - 1.1 * side("serial").median | digits) us")),
      ($idle // empty | goal("context switches of an idle pool in \(.parameters.seconds) s"; "0"; (side("context switches") | spread))),
      ($leaf // empty | goal("\(.parameters.tasks) tasks of \(.parameters.task_ms) ms behind a leaf of \(.parameters.leaf_ms) ms, until all are done, in leaves"; "at most 1.2"; .parameters.leaf_ms as $ms | .sides[0] | [.median, .min, .max] | map(. / $ms | digits) | "\(.[0]) (\(.[1]) to \(.[2]))")),
      ($sum // empty | goal("bandwidth of a sum, of that of a plain loop on each core"; "at least 0.95"; (ratio("plain loop on each core / par_reduce") | spread)))
    ];

def suite_goals:
  map(select(is_suite)) as $suite
  | [
      ($suite[] | select(.benchmark | IN("fib", "nqueens", "uts", "matmul", "mandelbrot"))
        | goal("speed-up of \(.benchmark) from 1 thread to \(.runtime.threads)"; "at least 1.9"; (ratio("1 thread / all threads") | spread))),
      ($suite[] | select(.benchmark == "tree_sum" and .parameters.size == 1023)
        | goal("sum of a tree of 1023 nodes on all threads, over the serial one"; "at most 1.2"; "\(1 / ratio("serial / all threads").median | digits)"))
    ];

def over($what; $aim; $ours; $theirs):
  if $ours == null or $theirs == null then empty else goal($what; $aim; $ours / $theirs | digits) end;

# A ratio of several runs.
def among($what; $aim; $runs; $name):
  if $runs | length == 0 then empty
  else goal($what; $aim; $runs | map(ratio($name)) | across | spread) end;

def peer_goals:
  map(select(.program == "peer" and .benchmark == "fib" and .runtime.threads == 1)) as $fib
  | map(select(.program == "peer" and .benchmark == "empty_loop")) as $loop
  | map(select(.program == "peer" and .benchmark == "two_pieces")) as $two
  | map(select(.program == "peer" and .runtime.name == "par" and .runtime.threads == 1)) as $alone
  | ($alone | map(select(.benchmark == "map/f32"))) as $map
  | ($alone | map(select(.benchmark == "fused/square_keep_sum"))) as $fused
  | ($alone | map(select(.benchmark == "fused/in_one"))) as $in_one
  | [
      among("map of \($map[0].parameters.n) floats on 1 thread, over the plain loop"; "at most 1.02"; $map; "parallel / plain loop on one core"),
      among("square, keep and sum of \($fused[0].parameters.n) doubles on 1 thread, over the plain loop"; "at most 1.1"; $fused; "parallel / plain loop on one core"),
      among("the same, over the plain loop with several sums"; "at most 1.1"; $fused; "parallel / plain loop with several sums"),
      among("the same by one function of an element, over the plain loop"; "at most 1.1"; $in_one; "parallel / plain loop on one core"),
      over("fib tasks on 1 thread, over Rayon's"; "at most 0.17"; $fib | best(["par"]; ["tasks"]); $fib | best(["Rayon"]; ["tasks"])),
      over("fib tasks on 1 thread, over oneTBB's"; "at most 0.02"; $fib | best(["par"]; ["tasks"]); $fib | best(["oneTBB"]; ["tasks"])),
      over("fib tasks on 1 thread, over the faster OpenMP's"; "at most 0.01"; $fib | best(["par"]; ["tasks"]); $fib | best(["libgomp", "libomp"]; ["tasks"])),
      over("empty loop of 64 items, p50, over the best of libgomp, libomp and oneTBB"; "at most 0.5"; $loop | best(["par"]; ["parallel loop"]); $loop | best(["libgomp", "libomp", "oneTBB"]; ["parallel loop"])),
      over("two pieces of 10 us, p50, over the best of libgomp, libomp and oneTBB"; "at most 1"; $two | best(["par"]; ["loop", "branches"]); $two | best(["libgomp", "libomp", "oneTBB"]; ["loop", "branches"]))
    ];

def goals_table:
  {
    title: "aims",
    note: "Ratios within one run; medians, some with the smallest and the largest one measured.",
    head: ["what", "aim", "measured"],
    rows: ((micro_goals + suite_goals + peer_goals) | map([.what, .aim, .got]))
  };

def report:
  map(select(has("machine"))) as $runs
  | {
      machine: ($runs[0].machine // {}),
      time: ($runs | map(.time) | sort | .[0] // "unknown"),
      quick: ($runs | any(.quick)),
      wrong: ($runs | map(select(.right | not) | "\(.program) \(.benchmark)")),
      runtimes: ($runs | map(.runtime | "\(.name) \(.version)") | unique),
      environment: ($runs | map(.runtime.environment) | add // {} | del(.PAR_NUM_THREADS)),
      tables: ([goals_table] + [suite_table] + micro_tables + peer_tables + renderer_table
        | map(select(.rows | length > 0)))
    };

def facts:
  ["Processor: \(.machine.cpu), \(.machine.cores) cores allowed, clock governor \(.machine.governor); \(.machine.system); compiler \(.machine.compiler).",
   "Runtimes: \(.runtimes | join(", ")).",
   (if .environment == {} then empty else "Environment: \(.environment | to_entries | map("\(.key)=\(.value)") | join(" "))." end),
   "Begun \(.time)."]
  + (if .quick then ["A quick run: it shows that the programs work, and no number means anything."] else [] end)
  + (.wrong | map("The answer of \(.) was wrong."));
