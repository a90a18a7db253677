# SPDX-License-Identifier: GPL-3.0-or-later
# Groups of points: a group for each column, a point for each row. Points and not bars,
# since on a logarithmic axis the length of a bar means nothing.
#
# In: what style.gp takes, data (a block for each panel: a block of lines for each
# row), name (of the rows), caption.

panel_head = 10.
plot_height = panels > 1 ? 240. : 300.
load style
set datafile missing '-'
each = 0.84 / rows
middle(r) = (r - (rows - 1) / 2.) * each
# The number stands above its point, and lies while there is room for it to.
places = rows * columns[1]
lying = places <= 14
align = lying ? 'center' : 'left'
# A macro, which is put in when the loop below is read.
bars = intervals ? 'for [r = 0:rows - 1] data index i - 1 using '. \
	'(at(r) + middle(r)):3:7:8 with yerrorbars ls 1 + r % styles '. \
	'dt 1 pt 0 ps 1.2, ' : ''
set multiplot
set xtics noenhanced
set label 1 caption at screen 0.03,note_middle left font small
set label 2 head at screen 0.5,1 - 30 / height center
set grid noxtics ytics
set xtics scale 0
if (columns[1] > 7) { set xtics rotate by 20 right font small }
do for [i = 1:panels] {
	set lmargin at screen left_of(i)
	set rmargin at screen right_of(i)
	set tmargin at screen top_of(i)
	set bmargin at screen bottom_of(i)
	set xlabel xname[i]
	set ylabel yname[i]
	set logscale y 10
	set yrange [ylow[i] / 1.3:yhigh[i] * (lying ? 1.3 : (yhigh[i] / ylow[i]) ** 0.25)]
	set xrange [xlow[1] - 0.55:xhigh[1] + 0.55]
	set xtics ()
	set ytics ()
	eval 'set xtics add ('.xtics[i].')'
	eval 'set ytics add ('.ytics[i].')'
	unset arrow
	do for [g = 1:columns[i] - 1] {
		set arrow from xlow[i] + g - 0.5,graph 0 to xlow[i] + g - 0.5,graph 1 \
			nohead back lc rgb '#dddddd' lw 0.8
	}
	unset key
	plot @bars for [r = 0:rows - 1] data index i - 1 using (at(r) + middle(r)):3 \
			with points ls 1 + r % styles notitle, \
		for [r = 0:rows - 1] data index i - 1 using \
			(at(r) + middle(r)):(intervals && valid(8) ? $8 : $3): \
			(valid(3) ? strcol(6) : '') with labels \
			font small rotate by (lying ? 0 : 90) \
			offset (lying ? 0 : 0.1),(lying ? 0.8 : 0.7) \
			@align notitle
	unset label
}
unset arrow
eval legend
plot 2 notitle, for [r = 0:rows - 1] keyentry with points ls 1 + r % styles \
	title name[r + 1]
unset multiplot
set xtics noenhanced
