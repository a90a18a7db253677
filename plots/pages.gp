# SPDX-License-Identifier: GPL-3.0-or-later
# Cost per page over the page count, a line for each group of strategies.
#
# In: data (blocks of pages and cost, each under its label), order (the blocks
# as they lie at the right edge, from above), title, subtitle, caption, unit.

set datafile columnheaders
do for [i = 0:curves - 1] {
	stats data index i using 1:2 nooutput name 'S'
	low = i && low < S_min_y ? low : S_min_y
	high = i && high > S_max_y ? high : S_max_y
	first = i && first < S_min_x ? first : S_min_x
	last = i && last > S_max_x ? last : S_max_x
}

set logscale x 4
set logscale y 10
set xrange [first / 1.25:last * 1.25]
set yrange [low / 1.25:high * 1.25]
set xlabel 'range length (pages)'

# Only lengths that are powers of 4: everything between is interpolation. Long
# ones are too wide to stand side by side.
set xtics ()
do for [e = 0:15] {
	set xtics add (last > 70000 && e > 4 ? gprintf('%.0b%B', 4.**e) : \
		sprintf('%d', 4**e) 4**e)
}
# 1, 2, 5: a picture may span much less than a power of ten.
set ytics ()
do for [e = -1:12] {
	do for [m in '1 2 5'] {
		set ytics add (gprintf('%.0s%c', m * 10.**e) m * 10.**e)
	}
}

# Where lines lie on each other, the second pass shows their markers in turn.
place(k) = int(word(order, k + 1))
if (text) {
	# The program adds legend and caption below: a key of gnuplot's is cut
	# off at the edge.
	unset key
	set title title.', '.unit." per page\n".subtitle
	plot for [k = 0:curves - 1] data index place(k) using 1:2 \
			with linespoints lt k + 1 pt k + 1, \
		for [k = 0:curves - 1] data index place(k) using 1:2 \
			every curves::k with points pt k + 1
} else {
	set tmargin at screen 1 - top / height
	set bmargin at screen 1 - (top + plot_height) / height
	set rmargin 4
	set title title."\n{/*0.8 ".subtitle.'}'
	set ylabel unit.' per page'
	set key noenhanced at screen 0.03,1 - (top + plot_height + axis_height) / height \
		left top Left reverse maxcols 1 samplen 5 height 0 width 0
	set label 1 '{/*0.75 '.caption.'}' at screen 0.03, \
		(note_row * (notes - 0.5) + 10) / height left
	plot for [k = 0:curves - 1] data index place(k) using 1:2 \
			with linespoints ls 1 + k % styles title columnheader(1), \
		for [k = 0:curves - 1] data index place(k) using 1:2 \
			every curves::k with points ls 1 + k % styles notitle
}
