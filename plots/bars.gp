# SPDX-License-Identifier: GPL-3.0-or-later
# Bars: colour and pattern both say which; a template of templates.
#
# In: data (names, then a column for each kind of bar), and what style.gp has.

set style data histograms
set boxwidth 0.9
set tmargin at screen plot_top
set bmargin at screen plot_bottom
set rmargin 4
set title heading
set xtics rotate by -20 noenhanced
set key noenhanced at screen 0.03,legend_top left top Left reverse maxcols 1 \
	samplen 3 height 0 width 0
set label 1 caption at screen 0.03,caption_at left font small
do for [i = 1:styles] {
	set style line i lw 1
}
plot for [s = 2:curves + 1] data using s:xtic(1) ls 1 + (s - 2) % styles \
	fs pattern 3 + (s - 2) % 5 border title columnheader(s)
