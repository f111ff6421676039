# html.jq: the report as one HTML page. jq -L <this folder> --slurp --raw-output -f html.jq
#   --slurpfile pictures <file with one array of {title, data: a PNG in base 64}>
include "tables";

def row($tag): "<tr>\(map("<\($tag)>\(@html)</\($tag)>") | join(""))</tr>";

report
| "<!DOCTYPE html>",
  "<html lang=\"en\"><head><meta charset=\"utf-8\"><title>par: benchmarks</title>",
  "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">",
  "<style>",
  "body { font: 15px/1.5 sans-serif; color: #222; max-width: 70em; margin: 2em auto; padding: 0 1em; }",
  "h1, h2 { font-weight: 600; } h2 { margin-top: 2em; }",
  "img { max-width: 100%; }",
  "div { overflow-x: auto; }",
  "table { border-collapse: collapse; font-variant-numeric: tabular-nums; }",
  "th, td { text-align: right; padding: .2em .8em; border-bottom: 1px solid #ddd; }",
  "th:first-child, td:first-child { text-align: left; padding-left: 0; }",
  "</style></head><body>",
  "<h1>par: benchmarks</h1>",
  (facts[] | "<p>\(@html)</p>"),
  ($pictures[0][] | "<h2>\(.title | @html)</h2>",
    "<img alt=\"\(.title | @html)\" src=\"data:image/png;base64,\(.data)\">"),
  (.tables[]
   | "<h2>\(.title | @html)</h2>",
     (if .note == "" then empty else "<p>\(.note | @html)</p>" end),
     "<div><table><thead>\(.head | row("th"))</thead><tbody>",
     (.rows[] | row("td")),
     "</tbody></table></div>"),
  "</body></html>"
