# SPDX-License-Identifier: GPL-3.0-or-later
# Lines over names, in one panel or two side by side; a template of templates.
#
# In: data (a block a panel: names, then a column for each line), title1, title2,
# xlabel1, xlabel2 (of the panels), and what style.gp has.

cost(v) = v < 1e3 ? sprintf('%g', v) : v < 1e6 ? sprintf('%gk', v / 1e3) : \
	v < 1e9 ? sprintf('%gM', v / 1e6) : sprintf('%gG', v / 1e9)

set datafile columnheaders
set logscale y 10
set ytics ()
do for [e = -1:12] {
	do for [m in '1 2 5'] {
		set ytics add (cost(m * 10.**e) m * 10.**e)
	}
}
set offsets 0.3, 0.3, 0, 0
set xtics rotate by -25 noenhanced
set tmargin at screen plot_top - (panels > 1 ? 20. / height : 0)
set bmargin at screen plot_bottom
set label 1 caption at screen 0.03,caption_at left font small
set label 2 heading at screen 0.5,1 - 22. / height center
set multiplot
do for [i = 0:panels - 1] {
	set lmargin at screen (panels > 1 ? 0.09 + 0.5 * i : 0.1)
	set rmargin at screen (panels > 1 ? 0.47 + 0.5 * i : 0.97)
	set title (panels > 1 ? (i == 0 ? title1 : title2) : '') font small
	set xlabel (i == 0 ? xlabel1 : xlabel2)
	if (i == 0) {
		set ylabel unit.(panels > 1 ? '' : ' per page')
		set key noenhanced at screen 0.03,legend_top left top Left reverse \
			maxcols 1 samplen 5 height 0 width 0
	} else {
		unset ylabel
		unset key
		unset label 1
		unset label 2
	}
	plot for [s = 2:curves + 1] data index i using s:xtic(1) \
		with linespoints ls 1 + (s - 2) % styles title columnheader(s)
}
unset multiplot
