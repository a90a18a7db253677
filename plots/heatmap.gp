# SPDX-License-Identifier: GPL-3.0-or-later
# How many samples there are in each field of cost and time, a map for each strategy.
#
# In: what style.gp takes, data (a block for each panel: x, row, y, samples, x and y
# where the field ends), xtics (where boots begin), caption.

across = panels > 1 ? 2 : 1
panel_head = 34.
plot_height = panels > 1 ? 190. : 280.
load style
# From a blue that is seen on white, for a field of one sample, to nearly black.
set palette defined (0 '#c6dbef', 0.5 '#4292c6', 1 '#08306b')
unset colorbox
set cbrange [0:mark_most]
set multiplot
set label 1 caption at screen 0.03,note_middle left font small
set label 2 head at screen 0.5,1 - 30 / height center
set logscale y 10
do for [i = 1:panels] {
	set lmargin at screen left_of(i)
	set rmargin at screen right_of(i)
	set tmargin at screen top_of(i)
	set bmargin at screen bottom_of(i)
	set title heading[i] offset 0,-0.4
	set xlabel xname[i]
	set ylabel yname[i] offset 2,0
	set xrange [*:*]
	set yrange [*:*]
	stats data index i - 1 using 1:3 nooutput name 'A'
	stats data index i - 1 using 5:6 nooutput name 'B'
	set xrange [0:B_max_x]
	set yrange [A_min_y:B_max_y]
	set xtics () out font small nomirror
	eval 'set xtics add ('.xtics[i].')'
	set ytics () out font small nomirror
	do for [k = 0:4] {
		v = A_min_y * (B_max_y / A_min_y) ** (k / 4.)
		set ytics add (v < 1e3 ? sprintf('%.3g', v) : v < 1e6 ? \
			sprintf('%.3gk', v / 1e3) : sprintf('%.3gM', v / 1e6) v)
	}
	unset key
	plot data index i - 1 using 1:3:1:5:3:6:4 with boxxyerror \
		lc palette fs solid 1 noborder notitle
	unset label
}
unset multiplot
