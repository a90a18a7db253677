# SPDX-License-Identifier: GPL-3.0-or-later
# A strategy against itself: the ratio in each boot, pair by pair.
#
# In: what style.gp takes, data (a block: x, row, y, boot, x and y where it ends; rows
# are medians with y and y_to their interval, boots, the margin), mark_* (limits),
# xtics, name (of the rows), caption.

plot_height = 300.
turned = (wide[1] + 1) * columns[1] > 88
axis_height = turned ? 150. : 78.
load style
span = mark_y_high > 1 / mark_y_low ? mark_y_high : 1 / mark_y_low
span = span < 1.02 ? 1.02 : span
set multiplot
set label 1 caption at screen 0.03,note_middle left font small
set label 2 head at screen 0.5,1 - 30 / height center
set lmargin at screen left_of(1)
set rmargin at screen right_of(1)
set tmargin at screen top_of(1)
set bmargin at screen bottom_of(1)
set logscale y
set xrange [-0.6:columns[1] - 0.4]
set yrange [1 / span / 1.005:span * 1.005]
eval ratio_tics
set grid noxtics ytics
set xlabel xname[1]
set ylabel yname[1]
set xtics () noenhanced scale 0
if (turned) {
	set xtics rotate by 30 right font small
}
eval 'set xtics add ('.xtics[1].')'
unset key
plot data index 0 using (at(2)):(($3 + $6) / 2):1:5:3:6 with boxxyerror fs solid 1 noborder \
		lc rgb '#e4e4e4', \
	1 with lines lw 1.2 lc rgb '#000000', \
	data index 0 using (at(1)):3 with points pt 6 ps 0.6 lw 1.2 lc rgb '#0072B2', \
	data index 0 using (at(0)):4:3:6 with yerrorbars pt 5 ps 0.9 lw 2.2 lc rgb '#D55E00'
unset label
eval legend
# A macro, which is put in when the line that has it is read.
margin = entries > 2 ? ', keyentry with boxes fs solid 1 noborder lc rgb "#e4e4e4" '. \
	'title name[3]' : ''
plot 2 notitle, keyentry with yerrorbars pt 5 ps 0.9 lw 2.2 lc rgb '#D55E00' title name[1], \
	keyentry with points pt 6 ps 0.8 lw 1.2 lc rgb '#0072B2' title name[2] @margin
unset multiplot
