# SPDX-License-Identifier: GPL-3.0-or-later
# The share of delays that are at least so long: steps on two logarithmic axes, one
# scale for all panels.
#
# In: what style.gp takes, data (a block for each panel: x, row, y, 0 or the percentile
# of a marker), mark_* (limits and tics of all), name (of the rows), unit, caption.

across = panels > 1 ? 2 : 1
panel_head = 34.
plot_height = panels > 1 ? 230. : 300.
load style
set multiplot
set label 1 caption at screen 0.03,note_middle left font small
set label 2 head at screen 0.5,1 - 30 / height center
set logscale xy 10
set xrange [mark_x_low / 1.25:mark_x_high * 1.25]
set yrange [mark_y_low / 1.5:1.5]
set xtics ()
set ytics ()
# Numbers of more than a decade would run into each other.
if (mark_x_high / mark_x_low < 10) {
	eval 'set xtics add ('.mark_x_tics.')'
} else {
	do for [e = 0:15] {
		set xtics add (e < 3 ? sprintf('%d', 10**e) : e < 6 ? \
			sprintf('%dk', 10**(e - 3)) : e < 9 ? sprintf('%dM', 10**(e - 6)) : \
			sprintf('%dG', 10**(e - 9)) 10.**e)
		do for [m = 2:9] {
			set xtics add ('' m * 10.**e 1)
		}
	}
}
eval 'set ytics add ('.mark_y_tics.')'
step(r) = column(4) == 0 ? at(r) : NaN
marker(r) = column(4) > 0 ? at(r) : NaN
do for [i = 1:panels] {
	set lmargin at screen left_of(i)
	set rmargin at screen right_of(i)
	set tmargin at screen top_of(i)
	set bmargin at screen bottom_of(i)
	set title heading[i] offset 0,-0.4
	set xlabel 'delay ('.unit.')'
	set ylabel 'share at least so long' offset 2.5,0
	unset key
	plot for [r = 0:rows - 1] data index i - 1 using (step(r)):3 \
			with lines ls 1 + r % styles, \
		for [r = 0:rows - 1] data index i - 1 using (marker(r)):3 \
			with points ls 1 + r % styles
	unset label
}
eval legend
plot 2 notitle, for [r = 0:rows - 1] keyentry with linespoints ls 1 + r % styles \
	title name[r + 1]
unset multiplot
