// SPDX-License-Identifier: GPL-2.0-or-later
/* In place of rxe.c, where this was built without the headers of libibverbs. */
#include <errno.h>
#include <stdio.h>

#include "rxe.h"

int rxe_open(struct reason *why)
{
	return reason_err(why, -ENOSYS, "hmmbench was built without libibverbs-dev: install it "
			  "(scripts/setup does) and build again");
}

void rxe_close(int handle)
{
	(void)handle;
}

const char *rxe_advice(int err)
{
	(void)err;
	return NULL;
}

int rxe_prepare(const struct range *range, struct reason *why)
{
	(void)range;
	return rxe_open(why);
}

int rxe_prepare_read(const struct range *range, struct reason *why)
{
	(void)range;
	return rxe_open(why);
}

void rxe_finish(void)
{
}

int rxe_prefetch(const struct range *range)
{
	(void)range;
	return -ENOSYS;
}

int rxe_register(const struct range *range)
{
	(void)range;
	return -ENOSYS;
}

int rxe_read(const struct range *range)
{
	(void)range;
	return -ENOSYS;
}
