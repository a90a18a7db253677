# SPDX-License-Identifier: GPL-3.0-or-later
# Cost per page over the page count, a line for each group of strategies.

if (text) {
	set title "Cost of faulting a range in, ".unit." per page\n".kernel.", ".clock."\n".axes
} else {
	set title "Cost of faulting a range in through HMM\n{/*0.8 ".kernel.", ".clock."}\n{/*0.8 ".axes."}"
	set ylabel unit.' per page'
}
set xlabel 'range length (pages)'
set logscale xy
set logscale x 4
set xtics format '%.0f'
set ytics format '%.0s%c'
set key below left Left reverse maxcols 1 samplen 3 spacing 1.05
set key noenhanced
if (!text) set label 1 "Lines within 3 % of each other at every length share a label. The harness's own floor is not drawn." at screen 0.02,0.012 font ',10'
if (!text) set bmargin at screen 0.13 + 0.034 * (curves + 1)
plot for [i = 0:curves - 1] data index i using 1:2 with linespoints ls 1 + (i % styles) title columnheader(1)
