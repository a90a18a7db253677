# SPDX-License-Identifier: GPL-3.0-or-later
# Cost per page, strategies by placements: the darker the dearer, and a number.
cost(v) = v < 1e3 ? sprintf('%.0f', v) : v < 1e6 ? sprintf('%.1fk', v / 1e3) : \
	sprintf('%.1fM', v / 1e6)

unset key
unset grid
set border 0
set tmargin at screen plot_top
set bmargin at screen plot_bottom
set title heading
set xtics rotate by -20 noenhanced
set ytics noenhanced
set yrange [*:*] reverse
# Light enough for black numbers everywhere, and darker in print too.
set palette defined (0 '#ffffff', 1 '#6baed6')
set logscale cb
unset colorbox
set label 1 caption at screen 0.03,caption_at left font small
plot data matrix rowheaders columnheaders using 1:2:3 with image, \
	'' matrix rowheaders columnheaders using 1:2:(cost($3)) with labels
