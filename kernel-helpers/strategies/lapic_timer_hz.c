// SPDX-License-Identifier: GPL-2.0-only
/*
 * lapic_timer_hz=N: the frequency of the local APIC's timer.
 *
 * Included at the end of arch/x86/kernel/apic/apic.c. The deterministic machine
 * knows it, and measuring it takes 0.1 s of spinning, which is seconds of
 * emulation at each boot.
 */
static int __init lapic_timer_hz(char *text)
{
	unsigned long hz;
	int ret = kstrtoul(text, 0, &hz);

	if (!ret)
		lapic_timer_period = hz / HZ;
	return ret;
}
early_param("lapic_timer_hz", lapic_timer_hz);
