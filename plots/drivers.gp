# SPDX-License-Identifier: GPL-3.0-or-later
# Cost per page of each driver's way of calling.
set datafile columnheaders
set style histogram clustered gap 1
# Bars begin at 0, unless the shortest could then not be seen.
stats data using 2:(0) nooutput name 'A'
low = A_min_x
high = A_max_x
do for [s = 3:curves + 1] {
	stats data using s:(0) nooutput name 'A'
	low = A_min_x < low ? A_min_x : low
	high = A_max_x > high ? A_max_x : high
}
if (high / low > 25) {
	set logscale y 10
	set yrange [10.**floor(log10(low)):*]
} else {
	set yrange [0:*]
}
set format y '%.0s%c'
set ylabel unit.' per page'
load plots.'/bars.gp'
