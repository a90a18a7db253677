# SPDX-License-Identifier: GPL-3.0-or-later
# The share of waits for the mmap lock, and of times that it is held, that are at least so
# long: a line for each length of a processor's turn.
#
# In: style (style.gp), kind (svg or png), out, turns (words, in us), machine. In folders of those
# names wait.dat and hold.dat: a number of instructions, rising, and the share that is no less.

entries = words(turns)
array name[entries]
do for [i = 1:entries] {
	name[i] = word(turns, i) eq '0' ? 'a timer tick' : word(turns, i).' us'
}
array heading[2] = ['waiting for it', 'holding it']
title = 'The mmap lock, by the length of a turn'
axes = 'share of all times that are at least so long'
rows = entries
heads = 3
notes = 0
emulated = 0
panels = 2
across = 2
panel_head = 44.
load style
file(i, k) = word(turns, i).(k == 1 ? '/wait.dat' : '/hold.dat')
set multiplot
set label 1 head at screen 0.5,1 - 30 / height center
set logscale xy 10
set format x '%.0s%c'
set format y '%h'
set xrange [500:*]
set yrange [0.0005:1.2]
set xlabel 'instructions of the whole guest'
unset key
do for [k = 1:panels] {
	set lmargin at screen left_of(k)
	set rmargin at screen right_of(k)
	set tmargin at screen top_of(k)
	set bmargin at screen bottom_of(k)
	set title heading[k]
	set ylabel 'share'
	plot for [i = 1:entries] file(i, k) using 1:2 with linespoints ls 1 + (i - 1) % styles pi 25
	unset label
}
eval legend
plot 2 notitle, for [i = 1:entries] keyentry with linespoints ls 1 + (i - 1) % styles title name[i]
unset multiplot
