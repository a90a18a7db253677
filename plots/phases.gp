# SPDX-License-Identifier: GPL-3.0-or-later
# What the call's time is made of: a panel for each strategy, a bar of 100 % for each
# page count, the cost per page above it.
#
# In: what style.gp takes, data (a block for each panel: x, row, share, where it begins,
# ...; row number "rows" is the sum), name (of the rows), unit, caption.

across = panels > 1 ? 2 : 1
bars_most = 0
do for [i = 1:panels] { bars_most = columns[i] > bars_most ? columns[i] : bars_most }
# Numbers that would run into each other are turned.
turned = bars_most > 14 / across
panel_head = turned ? 98. : 64.
axis_height = turned ? 104. : 82.
plot_height = panels > 1 ? 170. : 260.
load style
align = turned ? 'left' : 'center'
set multiplot
set label 1 caption at screen 0.03,note_middle left font small
set label 2 head at screen 0.5,1 - 30 / height center
set grid noxtics ytics
do for [i = 1:panels] {
	set lmargin at screen left_of(i)
	set rmargin at screen right_of(i)
	set tmargin at screen top_of(i)
	set bmargin at screen bottom_of(i)
	set title (strlen(heading[i]) > 36 ? '{/*0.8 '.heading[i].'}' : heading[i]) \
		offset screen 0,(turned ? 34 : 10) / height
	set xlabel xname[i]
	set ylabel '% of the call'
	set xrange [-0.7:bars_most - 0.3]
	set yrange [0:100]
	set ytics 0,25,100
	set xtics () scale 0 font small
	if (turned) { set xtics rotate by 90 right }
	eval 'set xtics add ('.xtics[i].')'
	unset key
	plot for [r = 0:rows - 1] data index i - 1 using \
			(at(r)):($4 + $3):(at(r) - 0.4):(at(r) + 0.4):4:($4 + $3) \
			with boxxyerror lc rgb colour(r) lw 1 fs pattern fill(r) notitle, \
		data index i - 1 using (at(rows)):3:7 with labels font small \
			rotate by (turned ? 90 : 0) offset 0,(turned ? 0.4 : 0.6) \
			@align notitle
	unset label
}
eval legend
plot 2 notitle, for [r = 0:rows - 1] keyentry with boxes lc rgb colour(r) \
	fs pattern fill(r) title name[r + 1]
unset multiplot
