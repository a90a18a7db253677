# SPDX-License-Identifier: GPL-3.0-or-later
# The look of every figure: terminal, colours, markers, dashes, patterns, grid, and
# where panels stand. A template sets the sizes that are its own and then loads this.
#
# Colours are Okabe and Ito's, which stay apart for every kind of colour vision.
# No two of the first fifteen styles share a marker, nor do neighbours share a
# dash pattern, so that lines stay apart in black and white too; no two of the
# first sixteen fills share both colour and pattern.
#
# In: kind (svg or png), out (the file), data, title, machine, axes, entries (of the legend),
# heads (lines of the title), notes (lines of the caption), emulated, intervals (are
# there any), rows and their name, panels, and of each its heading, xname, yname, xtics,
# ytics, ....

# Pictures: the plot keeps its height, and the legend below it makes the picture
# taller. In units of the SVG; the PNG has 1.5 times as many pixels.
width = 900.
# As many columns of the legend as its longest entry allows.
widest = 0
do for [r = 1:rows] { widest = strlen(name[r]) > widest ? strlen(name[r]) : widest }
key_columns = entries < 4 ? 1 : widest <= 14 ? 4 : widest <= 21 ? 3 : widest <= 35 ? 2 : 1
if (!exists('across')) { across = 1 }
if (!exists('panel_head')) { panel_head = 0. }
if (!exists('plot_height')) { plot_height = 340. }
if (!exists('axis_height')) { axis_height = 78. }
if (!exists('left')) { left = 100. }
top = 38. + 22 * heads
row = 22.
key_rows = (entries + key_columns - 1) / key_columns
note_row = 20.
down = (panels + across - 1) / across
panel_height = panel_head + plot_height + axis_height
height = top + down * panel_height + row * key_rows + 14 + note_row * notes + 8
if (kind eq 'svg') {
	small = ',13'
	set key spacing 0.91	# these two make a row of the legend as high as said
	set terminal svg size width,height font 'DejaVu Sans,Verdana,sans-serif,16' \
		background rgb 'white' linewidth 1
}
if (kind eq 'png') {
	small = ',14.5'
	set key spacing 1.18
	# 77: not this picture here
	if (strstrt(GPVAL_TERMINALS, ' pngcairo ') == 0) {
		printerr 'this gnuplot has no terminal pngcairo; install gnuplot-nox'
		exit status 77
	}
	set terminal pngcairo size 1.5 * width,1.5 * height font 'DejaVu Sans,18' \
		background rgb 'white' linewidth 1.5 pointscale 1.5
}
set output out

# Where the edges of panel i, from 1, are on the screen.
part = (width - 20) / across
top_of(i) = 1 - (top + ((i - 1) / across) * panel_height + panel_head) / height
bottom_of(i) = top_of(i) - plot_height / height
left_of(i) = (((i - 1) % across) * part + left) / width
right_of(i) = (((i - 1) % across + 1) * part) / width
key_top = 1 - (top + down * panel_height) / height
note_middle = (note_row * (notes - 0.5) + 10) / height
# Where a value stands if it is of row r of a panel.
at(r) = column(2) == r ? column(1) : NaN
head = '{/:Bold '.title."}\n{/".(emulated ? ':Bold' : '').'*0.85 '.machine. \
	"}\n{/*0.85 ".axes.'}'
# Numbers of a ratio's axis, which is logarithmic: as fine as its @span from 1 asks for.
ratio_step(span) = span < 1.03 ? 0.01 : span < 1.12 ? 0.02 : span < 1.3 ? 0.05 : \
	span < 1.6 ? 0.1 : 0.25
# Beyond three decades only powers of ten, and not more than six of them.
ratio_decades(span) = span < 1e3 ? 1 : int(ceil(log10(span) / 6))
ratio_tics = 'set ytics (); decades = ratio_decades(span); '. \
	'if (span < 2) { do for [k = -40:40] { if (1 + k * ratio_step(span) > 0) { '. \
	'set ytics add (sprintf("%.2f", 1 + k * ratio_step(span)) 1 + k * ratio_step(span)) }'. \
	'} } else { do for [e = -6:6] { do for [m in span < 4 ? "1 1.2 1.5 2 3 5 7" : '. \
	'span < 1e3 ? "1 2 5" : "1"] { set ytics add (sprintf("%g", m * 10.**(decades * e)) '. \
	'm * 10.**(decades * e)) } } }'

# A figure of panels has its legend in a plot of its own that is as large as the
# picture: in a panel it would be broken into as many columns as fit beside it.
legend = 'set lmargin at screen 0; set rmargin at screen 1; '. \
	'set tmargin at screen 1; set bmargin at screen 0; unset border; unset tics; '. \
	'unset grid; unset title; unset xlabel; unset ylabel; unset logscale; '. \
	'unset label; set xrange [0:1]; set yrange [0:1]; '. \
	'set key noenhanced at screen 0.03,key_top left top Left reverse samplen 4 '. \
	'maxcols key_columns maxrows key_rows height 0 width 0'

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

# Patterns, in another order the second time round: solid, diagonal, empty,
# crosshatched, the other diagonal, dense ones.
colour(k) = word('#0072B2 #D55E00 #009E73 #000000 #CC79A7 #E69F00 #56B4E9 #666666', \
	1 + k % 8)
fill(k) = int(word('3 4 0 1 5 2 6 7  4 0 1 5 2 6 7 3', 1 + k % 16))

set border 3 lw 1
set tics nomirror
set grid lc rgb '#dddddd' lt 1 lw 0.8
