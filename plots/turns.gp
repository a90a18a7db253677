# SPDX-License-Identifier: GPL-3.0-or-later
# The share of waits for the mmap lock, and of times that it is held, that are at least so
# long: a line for each length of a processor's turn.
#
# Colours are those of style.gp.
# In: kind (svg or png), out, turns (words, in us). In folders of those names wait.dat and
# hold.dat: a number of instructions, rising, and the share that is no less.

if (kind eq 'svg') {
	set terminal svg size 900,450 font 'DejaVu Sans,Verdana,sans-serif,15' background rgb 'white'
} else {
	if (strstrt(GPVAL_TERMINALS, ' pngcairo ') == 0) { exit status 77 }
	set terminal pngcairo size 1350,675 font 'DejaVu Sans,16' background rgb 'white' linewidth 1.5
}
set output out
array colour[7] = ['#0072B2', '#D55E00', '#009E73', '#000000', '#CC79A7', '#E69F00', '#56B4E9']
lines = words(turns)
file(i, k) = word(turns, i).(k == 1 ? '/wait.dat' : '/hold.dat')
set multiplot layout 1,2 margins 0.12,0.98,0.2,0.87 spacing 0.09,0
set logscale xy 10
set format x '%.0s%c'
set format y '%h'
set xrange [500:*]
set yrange [0.0005:1.2]
set grid lc rgb '#dddddd'
set xlabel 'instructions of the whole guest'
set ylabel 'share at least so long' offset 1,0
set key bottom left Left reverse samplen 1.5 spacing 0.85 font ',12'
do for [k = 1:2] {
	set title (k == 1 ? 'waiting for the mmap lock' : 'holding it')
	plot for [i = 1:lines] file(i, k) using 1:2 \
		with linespoints lw 2 pt 3 + i pi 25 ps 0.8 lc rgb colour[1 + (i - 1) % 7] \
		title word(turns, i) eq '0' ? 'a timer tick' : word(turns, i).' us'
	unset ylabel
	unset key
}
unset multiplot
