# markdown.jq: the report as Markdown. jq -L <this folder> --slurp --raw-output -f markdown.jq
include "tables";

def cell: gsub("\\|"; "\\|");
def row: "| \(map(cell) | join(" | ")) |";

report
| (facts | join("\n")), "",
  (.tables[]
   | "### \(.title)", "",
     (if .note == "" then empty else .note, "" end),
     (.head | row),
     "|\(.head | to_entries | map(if .key == 0 then "---|" else "---:|" end) | join(""))",
     (.rows[] | row),
     "")
