// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Where there is no libFuzzer: run a target over the files of folders, one by
 * one.
 */
#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "fuzz.h"
#include "suitgate/types.h"

enum { MAX_BYTES = 1 << 20 };

static int is_file(const struct dirent *entry)
{
	return entry->d_name[0] != '.';
}

static void run_file(const char *path)
{
	struct sg_buf bytes;
	struct sg_error err;

	if (sg_file_read(path, MAX_BYTES, &bytes, &err) < 0) {
		fprintf(stderr, "%s\n", err.message);
		exit(2);
	}
	LLVMFuzzerTestOneInput(bytes.data, bytes.len);
	sg_buf_free(&bytes);
}

static unsigned long run_folder(const char *path)
{
	struct dirent **entry;
	char file[4096];
	int i, n = scandir(path, &entry, is_file, alphasort);

	if (n < 0) {
		perror(path);
		exit(2);
	}
	for (i = 0; i < n; i++) {
		snprintf(file, sizeof(file), "%s/%s", path, entry[i]->d_name);
		run_file(file);
		free(entry[i]);
	}
	free(entry);
	return (unsigned long)n;
}

int main(int argc, char **argv)
{
	unsigned long files = 0;
	int i;

	for (i = 1; i < argc; i++)
		files += run_folder(argv[i]);
	printf("%lu\n", files);
	return files ? 0 : 1;
}
