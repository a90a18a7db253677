# SPDX-License-Identifier: GPL-3.0-or-later
# The look of every figure. Colours are Okabe and Ito's, which stay apart for
# every kind of colour vision; markers and dashes stay apart in black and white.

set style line 1 lc rgb '#0072B2' lw 2.2 pt 7 dt 1 ps 1.0
set style line 2 lc rgb '#D55E00' lw 2.2 pt 5 dt 1 ps 1.0
set style line 3 lc rgb '#009E73' lw 2.2 pt 9 dt (12,4) ps 1.2
set style line 4 lc rgb '#CC79A7' lw 2.2 pt 11 dt (4,4) ps 1.2
set style line 5 lc rgb '#000000' lw 2.2 pt 13 dt (12,4,3,4) ps 1.2
set style line 6 lc rgb '#E69F00' lw 2.2 pt 6 dt (8,3) ps 1.2
set style line 7 lc rgb '#56B4E9' lw 2.2 pt 4 dt (3,3) ps 1.2
set style line 8 lc rgb '#666666' lw 2.2 pt 8 dt (10,3,3,3,3,3) ps 1.2
set style line 9 lc rgb '#0072B2' lw 1.5 pt 10 dt (6,6) ps 1.2
set style line 10 lc rgb '#D55E00' lw 1.5 pt 12 dt (6,6) ps 1.2
set style line 11 lc rgb '#009E73' lw 1.5 pt 14 dt (2,4) ps 1.2
set style line 12 lc rgb '#000000' lw 1.5 pt 1 dt (2,4) ps 1.2
styles = 12

set border 3 lw 1
set tics nomirror
if (!text) set grid lc rgb '#dddddd' lt 1 lw 0.8
set title offset 0,0.3
