# SPDX-License-Identifier: GPL-3.0-or-later
# Cost per page of each driver's way of calling.
set style histogram clustered gap 1
set logscale y 10
set format y '%.0s%c'
set ylabel unit.' per page'
load plots.'/bars.gp'
