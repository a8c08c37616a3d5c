// SPDX-License-Identifier: GPL-2.0-only
/*
 * ask FILE WORD: write WORD to FILE in one go and print how that ended, "ok" or
 * the name of the error, which a shell does not tell.
 */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

int main(int argc, char **argv)
{
	ssize_t len;
	int fd;

	if (argc != 3)
		return 2;
	fd = open(argv[1], O_WRONLY);
	if (fd < 0) {
		printf("open: %s\n", strerrorname_np(errno));
		return 1;
	}
	len = strlen(argv[2]);
	if (write(fd, argv[2], len) != len) {
		puts(strerrorname_np(errno));
		return 1;
	}
	puts("ok");
	return 0;
}
