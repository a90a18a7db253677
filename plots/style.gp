# SPDX-License-Identifier: GPL-3.0-or-later
# The look of every figure: terminal, colours, markers, dashes, grid.
#
# Colours are Okabe and Ito's, which stay apart for every kind of colour vision.
# No two of the first fifteen styles share a marker, nor do neighbours share a
# dash pattern, so that lines stay apart in black and white too.
#
# In: kind (svg, png or txt), out (the file), curves (lines in the legend),
# notes (lines of the caption).

text = kind eq 'txt'

# Pictures: the plot keeps its height, and the legend below it makes the picture
# taller. In units of the SVG; the PNG has 1.5 times as many pixels.
width = 900.
top = 104.
plot_height = 340.
axis_height = 78.
row = 22.
note_row = 20.
height = top + plot_height + axis_height + row * curves + 14 + note_row * notes + 8
if (kind eq 'svg') {
	small = ',13'
	set key spacing 0.91	# these two make a row of the legend as high as said
	set terminal svg size width,height font 'DejaVu Sans,16' \
		background rgb 'white' linewidth 1
}
if (kind eq 'png') {
	small = ',14.5'
	set key spacing 1.18
	set terminal pngcairo size 1.5 * width,1.5 * height font 'DejaVu Sans,18' \
		background rgb 'white' linewidth 1.5 pointscale 1.5
}
if (text) {
	set terminal dumb noenhanced size 72,27
}
set output out

# Where things are on the screen, and the heading, for every template.
plot_top = 1 - top / height
plot_bottom = 1 - (top + plot_height) / height
legend_top = 1 - (top + plot_height + axis_height) / height
caption_at = (note_row * (notes - 0.5) + 10) / height
heading = '{/:Bold '.title."}\n{/*0.85 ".machine."}\n{/*0.85 ".axes.'}'
set datafile missing '?'

# The SVG's markers are larger at the same size.
m = kind eq 'svg' ? 0.7 : 1.
set style line 1 lc rgb '#0072B2' lw 2.2 pt 7 ps 0.9 * m dt 1
set style line 2 lc rgb '#D55E00' lw 2.2 pt 5 ps 0.9 * m dt (14,4)
set style line 3 lc rgb '#009E73' lw 2.2 pt 9 ps 1.1 * m dt (3,3)
set style line 4 lc rgb '#000000' lw 1.8 pt 12 ps 1.2 * m dt (14,4,3,4)
set style line 5 lc rgb '#CC79A7' lw 2.2 pt 11 ps 1.1 * m dt (7,3)
set style line 6 lc rgb '#E69F00' lw 2.2 pt 6 ps 1.0 * m dt (10,3,2,3,2,3)
set style line 7 lc rgb '#56B4E9' lw 2.2 pt 4 ps 1.0 * m dt 1
set style line 8 lc rgb '#666666' lw 1.8 pt 8 ps 1.2 * m dt (5,5)
set style line 9 lc rgb '#0072B2' lw 1.6 pt 10 ps 1.2 * m dt (2,4)
set style line 10 lc rgb '#D55E00' lw 1.6 pt 13 ps 1.1 * m dt 1
set style line 11 lc rgb '#009E73' lw 1.6 pt 1 ps 1.1 * m dt (14,4)
set style line 12 lc rgb '#000000' lw 1.4 pt 2 ps 1.0 * m dt (3,3)
set style line 13 lc rgb '#CC79A7' lw 1.6 pt 3 ps 1.0 * m dt (14,4,3,4)
set style line 14 lc rgb '#E69F00' lw 1.6 pt 15 ps 1.0 * m dt 1
set style line 15 lc rgb '#56B4E9' lw 1.6 pt 14 ps 1.2 * m dt (7,3)
set style line 16 lc rgb '#666666' lw 1.4 pt 5 ps 0.7 * m dt (10,3,2,3,2,3)
styles = 16

set border 3 lw 1
set tics nomirror
if (!text) {
	set grid lc rgb '#dddddd' lt 1 lw 0.8
}
