# SPDX-License-Identifier: GPL-3.0-or-later
# Events per page, stacked.
set datafile columnheaders
set style histogram rowstacked
set yrange [0:*]
set ylabel 'events per page'
load plots.'/bars.gp'
