/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef HMMBENCH_PAGE_ASSETS_H
#define HMMBENCH_PAGE_ASSETS_H

/* page.css and page.js, as the build found them. */
extern const char page_style[], page_script[];

#endif
