# SPDX-License-Identifier: GPL-3.0-or-later
# Cost per page against the responder's batch, and against its delay.
title1 = 'no delay'
title2 = 'one page at a time'
xlabel1 = 'pages that are resolved for one message'
xlabel2 = 'delay of the page source'
load plots.'/lines.gp'
