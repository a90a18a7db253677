# SPDX-License-Identifier: GPL-3.0-or-later
# Cost per page over the page count, a line for each group of strategies.

set xlabel 'range length (pages)'
set logscale xy
set logscale x 4
set xtics format '%.0f'
set ytics format '%.0s%c'
set key noenhanced
set rmargin 6

if (text) {
	set title "Cost of faulting a range in, ".unit." per page\n".kernel.", ".clock."\n".axes
	set key below left Left reverse maxcols 1 samplen 3
} else {
	set title "Cost of faulting a range in through HMM\n{/*0.75 ".kernel.", ".clock."}\n{/*0.75 ".axes."}"
	set ylabel unit.' per page'
	low = 0.07 + 0.045 * curves
	set key at screen 0.03,low left top Left reverse maxcols 1 samplen 4 spacing 1.15
	set bmargin at screen low + 0.13
	set label 1 '{/*0.7 '.same.' The floor of the harness (null) is not drawn.}' at screen 0.03,0.03
}
plot for [i = 0:curves - 1] data index i using 1:2 with linespoints ls 1 + (i % styles) title columnheader(1)
