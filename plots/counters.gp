# SPDX-License-Identifier: GPL-3.0-or-later
# Stacked bars: a bar for each column, on it what the rows of a panel are.
#
# In: what style.gp takes, data (a block for each panel: a block of lines for each
# row, and one of the sums), name (of the rows), caption.

across = panels > 3 && columns[1] <= 24 ? 2 : 1
panel_head = 34.
plot_height = 200.
axis_height = 172.
load style
set datafile missing '-'
lying = columns[1] * across <= 16
align = lying ? 'center' : 'left'
set multiplot
set xtics noenhanced
set label 1 caption at screen 0.03,note_middle left font small
set label 2 head at screen 0.5,1 - 30 / height center
set grid noxtics ytics
do for [i = 1:panels] {
	set lmargin at screen left_of(i)
	set rmargin at screen right_of(i)
	set tmargin at screen top_of(i)
	set bmargin at screen bottom_of(i)
	set title heading[i] offset 0,-0.4
	set ylabel yname[i]
	set xrange [xlow[i] - 0.9:xhigh[i] + 0.9]
	set yrange [*:*]	# or stats would look no further than the last panel
	stats data index i - 1 using (at(rows) + $3 - at(rows)) nooutput name 'T'
	set yrange [0:T_max > 0 ? T_max * (lying ? 1.2 : 1.45) : 1]
	set format y T_max < 1e3 ? '%.4g' : '%.1s%c'
	set xtics () scale 0 rotate by 90 right font small
	eval 'set xtics add ('.xtics[i].')'
	unset key
	plot for [r = 0:rows - 1] data index i - 1 using \
			(at(r)):($7 + $3):(at(r) - 0.42):(at(r) + 0.42):7:($7 + $3) \
			with boxxyerror lc rgb colour(r) lw 1 fs pattern fill(r) notitle, \
		data index i - 1 using (at(rows)):3:6 with labels \
			font small rotate by (lying ? 0 : 90) \
			offset (lying ? 0 : 0.1),(lying ? 0.6 : 0.5) @align notitle
	unset label
}
eval legend
plot 2 notitle, for [r = 0:rows - 1] keyentry with boxes lc rgb colour(r) \
	fs pattern fill(r) title name[r + 1]
unset multiplot
set xtics noenhanced
