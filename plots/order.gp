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
set yrange [mark_y_low / 1.02 < 1 / 1.02 ? mark_y_low / 1.02 : 1 / 1.02: \
	mark_y_high * 1.02]
eval ratio_tics
set grid noxtics ytics
set xlabel xname[1]
set ylabel yname[1]
# Boots that follow each other, as many named as there is room for.
stats data index 0 using (column(2) == 3 ? $4 : NaN) nooutput name 'N'
many = N_records
unset xtics
if (many > 1) {
	set xtics () scale 0 font small offset 0,0.3
	k = 0
	do for [b = 0:int(N_max)] {
		stats data index 0 using (column(2) == 3 && $4 == b ? $1 : NaN) nooutput name 'F'
		if (F_records > 0) {
			if (k % (many / 12 + 1) == 0) {
				set xtics add ('boot '.b F_min)
			}
			if (k) {
				set arrow from F_min - 0.5,graph 0 to F_min - 0.5,graph 1 \
					nohead back lc rgb '#999999' lw 0.8
			}
			k = k + 1
		}
	}
} else {
	set xtics
}
# The point that a sample is, smaller the more of them there are.
timed = 'points pt 7 ps (mark_x_high > 2000 ? 0.25 : 0.45) lc rgb "#56B4E9"'
warm = 'points pt 8 ps 0.8 lw 1.2 lc rgb "#D55E00"'
middle = 'lines lw 3.2 lc rgb "#000000"'
unset key
plot 1 with lines lw 1 lc rgb '#666666', \
	data index 0 using (at(0)):3 with @timed, \
	data index 0 using (at(1)):3 with @warm, \
	data index 0 using (at(2)):3:($5 - $1):(0) with vectors nohead lw 3.2 lc rgb '#000000'
unset label
unset arrow
eval legend
# Of the rows whose entries there are; warmups may be none.
plot 2 notitle, keyentry with points pt 7 ps 0.8 lc rgb '#56B4E9' title name[1], \
	keyentry with @warm title name[2], keyentry with @middle title name[3]
unset multiplot
