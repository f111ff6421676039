# pictures.gp: draws suite.png, latency.png and peers.png from suite.tsv, latency.tsv and peers.tsv
# in the current folder. gnuplot -c pictures.gp <name of the picture>
set datafile separator "\t"
set datafile missing "?"
set encoding utf8
set style fill solid 0.85 noborder
set border 3 lc rgb "#888888"
set tics nomirror tc rgb "#222222"
set grid ytics lc rgb "#dddddd"
set style line 1 lc rgb "#2a6f97"
set style line 2 lc rgb "#c8553d"
set style line 3 lc rgb "#7a9e4b"
set style line 4 lc rgb "#8d6a9f"
set style line 5 lc rgb "#d9a441"
picture = ARG1
set output picture.".png"

if (picture eq "suite") {
    set terminal pngcairo size 1100,520 font "sans,11"
    set title "Suite: how much faster on all threads than on one, and one thread over serial"
    set ylabel "ratio"
    set yrange [0:*]
    set xtics rotate by -35
    set boxwidth 0.38
    set key top right
    plot "suite.tsv" using ($0-0.2):2:xtic(1) with boxes ls 1 title "1 thread / all threads", \
         "" using ($0-0.2):2:3:4 with yerrorbars lc rgb "#222222" pt 0 notitle, \
         "" using ($0+0.2):5 with boxes ls 2 title "1 thread / serial"
}
if (picture eq "latency") {
    set terminal pngcairo size 1100,620 font "sans,11"
    set title "Latency: half of the samples, and all but one in a hundred, take no longer"
    set ylabel "microseconds"
    set logscale y
    set xtics rotate by -35
    set rmargin 12
    set key top right
    plot "latency.tsv" using 0:2:xtic(1) with points ls 1 pt 7 ps 1.6 title "p50", \
         "" using 0:3 with points ls 2 pt 5 ps 1.4 title "p99", \
         "" using 0:2:3 with points pt 0 notitle
}
if (picture eq "peers") {
    set terminal pngcairo size 1100,560 font "sans,11"
    set title "Other runtimes: their time over par's (what, how, threads)"
    set ylabel "times par's"
    set logscale y
    set xtics rotate by -35
    set style data histograms
    set style histogram clustered gap 1
    set key top left
    plot for [i=2:6] "peers.tsv" using i:xtic(1) ls (i-1) title columnheader(i)
}
