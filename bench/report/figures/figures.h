/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Every figure, in the order of "all": a line here, figure_NAME.c here and its
 * template in plots/ are all that one is of. Read twice: for the declarations, and for
 * the table of figure.c.
 */
FIGURE(pages)
FIGURE(numa)
FIGURE(nodes)
FIGURE(contention)
FIGURE(modelled)
FIGURE(modelled_load)
FIGURE(bystander)
FIGURE(drivers)
FIGURE(responder)
FIGURE(counters)
FIGURE(phases)
FIGURE(heatmap)
FIGURE(order)
FIGURE(aa)
FIGURE(kernels)
