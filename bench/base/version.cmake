# SPDX-License-Identifier: GPL-2.0-or-later
cmake_minimum_required(VERSION 3.25)
execute_process(COMMAND git -C ${SOURCE} describe --always --dirty
	OUTPUT_VARIABLE version OUTPUT_STRIP_TRAILING_WHITESPACE ERROR_QUIET)
if(NOT version)
	set(version unknown)
endif()
file(CONFIGURE OUTPUT ${OUT} CONTENT "#define HMMBENCH_VERSION \"@version@\"\n" @ONLY)
