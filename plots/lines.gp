# SPDX-License-Identifier: GPL-3.0-or-later
# Panels of lines, a line for each row, over names or over powers of two.
#
# In: what style.gp takes, data (a block for each panel: a block of lines for each
# row), name (of the rows), caption.

# Side by side names that are turned have room for two lines each.
across = panels > 3 && (numeric[1] || columns[1] <= 7) ? 2 : 1
alone = panels == 1 && heading[1] eq ''
panel_head = alone ? 8. : 34.
plot_height = alone ? 340. : panels > 2 ? 220. : 260.
# Names that would run into each other are turned.
room = 88. / across
turned = 0
do for [i = 1:panels] {
	turned = turned || (wide[i] + 1) * columns[i] > room
}
axis_height = !turned ? 92. : numeric[1] ? 108. : 150.
load style
set datafile missing '-'
# Over names, lines that lie on each other stand a little aside.
aside = 0.2 / (rows + 6)
beside(r, i) = numeric[i] ? 0 : (r - (rows - 1) / 2.) * aside
# A macro, which is put in when the loop below is read.
bars = intervals ? 'for [r = 0:rows - 1] data index i - 1 using '. \
	'(at(r) + beside(r, i)):3:7:8 with yerrorbars ls 1 + r % styles '. \
	'dt 1 pt 0 ps 1.2, ' : ''
set multiplot
if (turned) {
	set xtics noenhanced rotate by 30 right font small
} else {
	set xtics noenhanced
}
set label 1 caption at screen 0.03,note_middle left font small
set label 2 head at screen 0.5,1 - 30 / height center
do for [i = 1:panels] {
	set lmargin at screen left_of(i)
	set rmargin at screen right_of(i)
	set tmargin at screen top_of(i)
	set bmargin at screen bottom_of(i)
	set title heading[i] offset 0,-0.4
	set xlabel xname[i]
	set ylabel yname[i]
	set logscale y 10
	set yrange [ylow[i]:yhigh[i]]
	set xtics ()
	set ytics ()
	if (numeric[i]) {
		set logscale x 2
		set xrange [xlow[i] / 1.25:xhigh[i] * 1.25]
	} else {
		unset logscale x
		set xrange [xlow[i] - 0.3:xhigh[i] + 0.3]
	}
	eval 'set xtics add ('.xtics[i].')'
	eval 'set ytics add ('.ytics[i].')'
	unset key
	plot @bars for [r = 0:rows - 1] data index i - 1 using \
			(at(r) <= lined[i] ? at(r) + beside(r, i) : NaN):3 \
			with linespoints ls 1 + r % styles, \
		for [r = 0:rows - 1] data index i - 1 using \
			(at(r) > lined[i] ? at(r) + beside(r, i) : NaN):3 \
			with points ls 1 + r % styles
	unset label
}
eval legend
plot 2 notitle, for [r = 0:rows - 1] keyentry with linespoints ls 1 + r % styles \
	title name[r + 1]
unset multiplot
if (turned) {
	set xtics noenhanced rotate by 30 right font small
} else {
	set xtics noenhanced
}
