/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * For the programs that are a list of tests: each gets the device, open.
 */
#ifndef GATE_H
#define GATE_H

#include "device.h"

#include "../kselftest_harness.h"

/* a kernel that looks for bugs, in emulation, is slow, not stuck */
#undef TEST_TIMEOUT_DEFAULT
#define TEST_TIMEOUT_DEFAULT 300

FIXTURE(gate)
{
	int fd;
};

FIXTURE_SETUP(gate)
{
	self->fd = open(SUITGATE_DEVICE, O_RDWR | O_CLOEXEC | O_NONBLOCK);
	ASSERT_GE(self->fd, 0);
}

FIXTURE_TEARDOWN(gate)
{
	close(self->fd);
}

#define GATE_MAIN							\
int main(int argc, char **argv)						\
{									\
	int ret;							\
									\
	prepare();							\
	ret = test_harness_run(argc, argv);				\
	clean_up();							\
	return ret;							\
}

#endif /* GATE_H */
