# SPDX-License-Identifier: GPL-3.0-or-later
# Cost per page, and p99 of the delay of who wants the mmap lock, against load.
title1 = 'cost per page'
title2 = 'p99 delay of who wants the mmap lock'
xlabel1 = 'load'
xlabel2 = 'load'
load plots.'/lines.gp'
