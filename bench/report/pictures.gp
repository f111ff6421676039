# pictures.gp: draws suite.png, latency.png and peers.png from suite.tsv, latency.tsv and peers.tsv
# in the current folder. gnuplot -c pictures.gp <name of the picture>
set datafile separator "\t"
set datafile missing "?"
set encoding utf8
set style fill solid 0.85 noborder
set border 3 lc rgb "#888888"
set tics nomirror tc rgb "#222222"
set grid ytics lc rgb "#dddddd"
set xtics rotate by -35 noenhanced
set style line 1 lc rgb "#2a6f97"
set style line 2 lc rgb "#c8553d"
set style line 3 lc rgb "#7a9e4b"
set style line 4 lc rgb "#8d6a9f"
set style line 5 lc rgb "#d9a441"
set style line 6 lc rgb "#5f6b73"
picture = ARG1
set output picture.".png"

if (picture eq "suite") {
    set terminal pngcairo size 1100,820 font "sans,11"
    set multiplot layout 2,1
    set key off
    set ylabel "ratio"
    set boxwidth 0.5
    set offsets 0.5, 0.5, 0, 0
    set title "How much faster on all threads than on one thread, with the smallest and the largest ratio"
    set yrange [0:*]
    plot "suite.tsv" using 0:2:xtic(1) with boxes ls 1, \
         "" using 0:3:(0):($4-$3) with vectors heads size 0.08,90 lc rgb "#222222"
    set title "How many times the serial program's time one thread takes"
    set yrange [*:*]
    set logscale y
    plot "suite.tsv" using 0:5:xtic(1) with impulses lw 22 lc rgb "#c8553d"
    unset multiplot
}
if (picture eq "latency") {
    set terminal pngcairo size 1100,620 font "sans,11"
    set title "Latency: half of the samples, and all but one in a hundred, take no longer"
    set ylabel "microseconds"
    set logscale y
    set rmargin 12
    set key outside top center horizontal
    set offsets 0.5, 0.5, 0, 0
    plot "latency.tsv" using 0:2:xtic(1) with points ls 1 pt 7 ps 1.6 title "p50", \
         "" using 0:3 with points ls 2 pt 5 ps 1.4 title "p99"
}
if (picture eq "peers") {
    stats "peers.tsv" using 2 skip 1 nooutput
    # So wide that each thing has room for its name.
    width = 120 + 26*STATS_records
    set terminal pngcairo size (width > 1100 ? width : 1100),620 font "sans,11"
    set title "Other runtimes: their time over par's (what, how, threads)"
    set ylabel "times par's"
    set logscale y
    set style data histograms
    set style histogram clustered gap 1
    set key outside top center horizontal
    plot for [i=2:STATS_columns] "peers.tsv" using i:xtic(1) ls (i-1) title columnheader(i)
}
