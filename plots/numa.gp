# SPDX-License-Identifier: GPL-3.0-or-later
# Heat maps: rows by columns, the number in each field; one scale for all panels.
#
# In: what style.gp takes, data (a block for each panel), name (of the rows), least
# and most (of all values), caption.

across = panels > 2 ? 3 : panels
panel_head = 30.
axis_height = 92.
plot_height = 30. * (rows < 3 ? 3 : rows)
left = panels > 1 ? 75. : 150.
load style
set datafile missing '-'
# A single hue from light to dark: the order is the same in black and white.
set palette defined (0 '#f7fbff', 0.5 '#6baed6', 1 '#08306b')
set logscale cb
set cbrange [least[1] / 1.01:most[1] * 1.01]
unset colorbox
unset grid
set border 0
set tics scale 0
dark(v) = v > least[1] ** 0.35 * most[1] ** 0.65
set multiplot
set xtics noenhanced
set ytics noenhanced
set label 1 caption at screen 0.03,note_middle left font small
set label 2 head at screen 0.5,1 - 30 / height center
do for [i = 1:panels] {
	set lmargin at screen left_of(i)
	set rmargin at screen right_of(i)
	set tmargin at screen top_of(i)
	set bmargin at screen bottom_of(i)
	set title heading[i] offset 0,-0.5
	# Names of two lines push it down.
	set xlabel xname[i] offset 0,(strstrt(xtics[i], '\n') || strstrt(xtics[i], "\n") ? -1 : 0)
	set ylabel panels > 1 ? yname[i] : ''
	set xrange [-0.5:columns[i] - 0.5]
	set yrange [rows - 0.5:-0.5]
	set xtics ()
	set ytics ()
	eval 'set xtics add ('.xtics[i].')'
	do for [r = 1:rows] {
		set ytics add (name[r] r - 1)
	}
	plot data index i - 1 using 1:2:($1 - 0.5):($1 + 0.5):($2 - 0.5):($2 + 0.5):3 \
			with boxxyerror lc palette fs solid 1 border rgb 'white' notitle, \
		'' index i - 1 using 1:2:(valid(3) && dark($3) ? strcol(6) : '') \
			with labels tc rgb 'white' notitle, \
		'' index i - 1 using 1:2:(valid(3) && dark($3) ? '' : strcol(6)) \
			with labels tc rgb 'black' notitle, \
		'' index i - 1 using 1:2:(valid(3) ? '' : '-') \
			with labels tc rgb 'black' notitle
	unset label
}
unset multiplot
set xtics noenhanced
set ytics noenhanced
