# SPDX-License-Identifier: GPL-3.0-or-later
# A point for each sample against the median of its cell, in the order they were taken.
#
# In: what style.gp takes, data (a block: x, row, y, boot, x and y where it ends; rows
# are timed samples, warmups, medians, boots), mark_* (limits), name (of the rows),
# caption.

plot_height = 360.
load style
span = mark_y_high > 1 / mark_y_low ? mark_y_high : 1 / mark_y_low
span = span < 1.02 ? 1.02 : span * 1.02
set multiplot
set label 1 caption at screen 0.03,note_middle left font small
set label 2 head at screen 0.5,1 - 30 / height center
set lmargin at screen left_of(1)
set rmargin at screen right_of(1)
set tmargin at screen top_of(1)
set bmargin at screen bottom_of(1)
set logscale y
set xrange [mark_x_low - 0.5:mark_x_high + 0.5]
y_low = mark_y_low / 1.02
y_high = mark_y_high * 1.02
set yrange [y_low:y_high]
eval ratio_tics
set grid noxtics ytics
set xlabel xname[1]
set ylabel yname[1]
# Columns are boots where there are some, and stand where they begin.
set xtics nomirror
if (columns[1] > 1 && xname[1] ne 'order in the boot (seq)') {
	set xtics () scale 0 font small
	if (columns[1] > 30) { set xtics rotate by 90 right }
	eval 'set xtics add ('.xtics[1].')'
}
# The point that a sample is, smaller the more of them there are.
timed = 'points pt 7 ps (mark_x_high > 2000 ? 0.25 : 0.45) lc rgb "#56B4E9"'
warm = 'points pt 8 ps 0.8 lw 1.2 lc rgb "#D55E00"'
middle = 'lines lw 3.2 lc rgb "#000000"'
unset key
plot data index 0 using (at(3)):(y_low):(0):(y_high - y_low) with vectors nohead \
		lw 0.8 lc rgb '#bbbbbb', \
	1 with lines lw 1 lc rgb '#666666', \
	data index 0 using (at(0)):3 with @timed, \
	data index 0 using (at(1)):3 with @warm, \
	data index 0 using (at(2)):3:($5 - $1):(0) with vectors nohead lw 3.2 lc rgb '#000000'
unset label
eval legend
entry = entries > 2 ? 'keyentry with @warm title name[2], ' : ''
plot 2 notitle, keyentry with points pt 7 ps 0.8 lc rgb '#56B4E9' title name[1], \
	@entry keyentry with @middle title name[3]
unset multiplot
