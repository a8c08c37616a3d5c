// SPDX-License-Identifier: GPL-2.0-or-later
#include <stdio.h>

#include "bench.h"

int main(int argc, char **argv)
{
	if (argc != 2) {
		fprintf(stderr, "usage: bench SUITCTL\n");
		return 2;
	}
	bench_verify("es256");
	bench_verify("esp256");
	bench_memory();
	bench_catalogue();
	bench_create(argv[1]);
	return 0;
}
