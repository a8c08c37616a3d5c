// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * What a disk had on it when the power went, from the log that dm-log-writes
 * kept of every write and flush (Documentation/admin-guide/device-mapper/
 * log-writes.rst):
 *
 *	replay LOG			a line for each entry
 *	replay LOG DISK N [SEED]	the disk after the first N entries
 *
 * With SEED not 0, of the writes since the last flush some have got lost, as
 * they may.
 */
#include <endian.h>
#include <fcntl.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define MAGIC 0x6a736677736872ULL

enum { SECTOR = 512, MAX_ENTRIES = 65536, MAX_SECTOR = 4096 };
enum { FLUSH = 1, FUA = 2, DISCARD = 4, MARK = 8 };

struct super {
	uint64_t magic;
	uint64_t version;
	uint64_t n_entries;
	uint32_t sector_size;
} __attribute__((packed));

struct entry {
	uint64_t sector;
	uint64_t n_sectors;
	uint64_t flags;
	uint64_t data_len;
};

/* An entry, and where its data are in the log. */
struct logged {
	struct entry entry;
	off_t data;
};

static struct logged logged[MAX_ENTRIES];
static char mark[MAX_ENTRIES][64];

static void must(bool good, const char *what)
{
	if (good)
		return;
	fprintf(stderr, "replay: %s\n", what);
	exit(2);
}

static void read_at(int fd, void *buf, size_t len, off_t at)
{
	must(pread(fd, buf, len, at) == (ssize_t)len, "the log is cut off");
}

static size_t read_log(int fd)
{
	struct super super;
	struct entry raw;
	uint64_t n, i;
	size_t unit;
	off_t at;

	read_at(fd, &super, sizeof(super), 0);
	must(le64toh(super.magic) == MAGIC, "this is no log");
	n = le64toh(super.n_entries);
	unit = le32toh(super.sector_size);
	must(n <= MAX_ENTRIES && unit <= MAX_SECTOR && unit >= SECTOR,
	     "the log is too large");
	at = (off_t)unit;
	for (i = 0; i < n; i++) {
		struct entry *entry = &logged[i].entry;

		read_at(fd, &raw, sizeof(raw), at);
		entry->sector = le64toh(raw.sector);
		entry->n_sectors = le64toh(raw.n_sectors);
		entry->flags = le64toh(raw.flags);
		entry->data_len = le64toh(raw.data_len);
		if (entry->flags & MARK && entry->data_len < sizeof(mark[i]))
			read_at(fd, mark[i], entry->data_len,
				at + (off_t)sizeof(raw));
		at += (off_t)unit;
		logged[i].data = at;
		if (!(entry->flags & (DISCARD | MARK)))
			at += (off_t)(entry->n_sectors * unit);
	}
	return n;
}

static void list(size_t n)
{
	size_t i;

	for (i = 0; i < n; i++) {
		const struct entry *entry = &logged[i].entry;

		if (entry->flags & MARK)
			printf("%zu mark %s\n", i, mark[i]);
		else
			printf("%zu %s%s %llu\n", i,
			       entry->flags & FLUSH ? "flush" : "write",
			       entry->flags & FUA ? "-fua" : "",
			       (unsigned long long)entry->n_sectors);
	}
}

static void apply(int log, int disk, const struct logged *what)
{
	static uint8_t buf[1 << 20];
	size_t left = what->entry.n_sectors * SECTOR, n;
	off_t to = (off_t)(what->entry.sector * SECTOR), from = what->data;

	if (what->entry.flags & (DISCARD | MARK))
		return;
	for (; left; left -= n, to += (off_t)n, from += (off_t)n) {
		n = left < sizeof(buf) ? left : sizeof(buf);
		read_at(log, buf, n, from);
		must(pwrite(disk, buf, n, to) == (ssize_t)n, "no room");
	}
}

/* Everything before it is on the disk when it is. */
static bool is_barrier(const struct entry *entry)
{
	return entry->flags & FLUSH;
}

static void replay(int log, int disk, size_t n, unsigned int seed)
{
	size_t safe = 0, i;

	for (i = 0; i < n; i++)
		if (is_barrier(&logged[i].entry))
			safe = i;
	for (i = 0; i < n; i++) {
		bool may_be_lost = seed && i >= safe &&
				   !(logged[i].entry.flags & FUA);

		if (may_be_lost && rand_r(&seed) & 0x100)
			continue;
		apply(log, disk, &logged[i]);
	}
}

int main(int argc, char **argv)
{
	int log, disk;
	size_t n, wanted;

	must(argc == 2 || argc == 4 || argc == 5,
	     "usage: replay LOG [DISK N [SEED]]");
	log = open(argv[1], O_RDONLY | O_CLOEXEC);
	must(log >= 0, argv[1]);
	n = read_log(log);
	if (argc == 2) {
		list(n);
		return 0;
	}
	disk = open(argv[2], O_WRONLY | O_CREAT | O_CLOEXEC, 0600);
	must(disk >= 0, argv[2]);
	wanted = strtoul(argv[3], NULL, 10);
	must(wanted <= n, "so many entries there are not");
	replay(log, disk, wanted,
	       argc == 5 ? (unsigned int)strtoul(argv[4], NULL, 10) : 0);
	return 0;
}
