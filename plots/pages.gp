# SPDX-License-Identifier: GPL-3.0-or-later
# Cost per page over the page count, a line for each group of strategies.
#
# In: data (blocks of pages, cost and its interval, each under its label), order (the
# blocks as they lie at the right edge, from above), style, title, machine, axes,
# caption, unit.

load style
set datafile columnheaders
set datafile missing '-'
do for [i = 0:curves - 1] {
	stats data index i using 1:(valid(3) ? $3 : $2) nooutput name 'L'
	stats data index i using 1:(valid(4) ? $4 : $2) nooutput name 'S'
	low = i && low < L_min_y ? low : L_min_y
	high = i && high > S_max_y ? high : S_max_y
	first = i && first < S_min_x ? first : S_min_x
	last = i && last > S_max_x ? last : S_max_x
}

set logscale x 4
set logscale y 10
set xrange [first / 1.25:last * 1.25]
# At least a factor of 3, so that a small difference never looks like a large one.
room = high / low * 1.25**2 < 3 ? sqrt(3 / (high / low)) : 1.25
set yrange [low / room:high * room]
set xlabel 'range length (pages)'

# Only powers of 4: everything between is interpolation. Long ones in full are
# too wide to stand side by side.
pages(n) = last < 70000 || n < 1024 ? sprintf('%d', n) : \
	n < 1048576 ? sprintf('%dKi', n / 1024) : sprintf('%dMi', n / 1048576)
set xtics ()
do for [e = 0:15] {
	set xtics add (pages(4**e) 4**e)
}
# A picture may span much less than a power of ten, or many.
cost(v) = v < 1e3 ? sprintf('%g', v) : v < 1e6 ? sprintf('%gk', v / 1e3) : \
	v < 1e9 ? sprintf('%gM', v / 1e6) : sprintf('%gG', v / 1e9)
steps = high / low < 5 ? '1 1.5 2 3 4 5 7' : high / low < 1e4 ? '1 2 5' : '1'
set ytics ()
do for [e = -1:12] {
	do for [m in steps] {
		set ytics add (cost(m * 10.**e) m * 10.**e)
	}
}

# Where lines lie on each other, the second pass shows their markers in turn.
place(k) = int(word(order, k + 1))
# A macro, which is put in when the block below is read.
band = intervals ? 'for [k = 0:curves - 1] data index place(k) using 1:3:4 '. \
	'with filledcurves fs transparent solid 0.2 noborder lc rgb colour(k) '. \
	'notitle, ' : ''
if (text) {
	# The program adds legend and caption below: a key of gnuplot's is cut
	# off at the edge.
	unset key
	set title title.", ".unit."\n".machine."\n".axes
	plot for [k = 0:curves - 1] data index place(k) using 1:2 \
			with linespoints lt k + 1 pt k + 1, \
		for [k = 0:curves - 1] data index place(k) using 1:2 \
			every curves::k with points pt k + 1
} else {
	set tmargin at screen top_of(1)
	set bmargin at screen bottom_of(1)
	set rmargin 4
	set title head
	set ylabel unit.' per page'
	set key noenhanced at screen 0.03,key_top \
		left top Left reverse maxcols 1 samplen 5 height 0 width 0
	set label 1 caption at screen 0.03,note_middle \
		left font small
	plot @band for [k = 0:curves - 1] data index place(k) using 1:2 \
			with linespoints ls 1 + k % styles title columnheader(1), \
		for [k = 0:curves - 1] data index place(k) using 1:2 \
			every curves::k with points ls 1 + k % styles notitle
}
