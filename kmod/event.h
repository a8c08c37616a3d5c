/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Decision records: kept in a ring, read by any number of readers, each with a
 * position of its own.
 */
#ifndef SUITGATE_EVENT_H
#define SUITGATE_EVENT_H

#include <linux/mutex.h>
#include <linux/poll.h>

#include "uapi/suitgate.h"

/* Records that are held; a slower reader loses the oldest. */
#define SUIT_EVENTS 1024

/**
 * struct suit_reader - one open file
 * @lock: held by whoever takes records
 * @next: number of the record it gets next; 0 before its first read
 */
struct suit_reader {
	struct mutex lock;	/* of @next */
	u64 next;
};

int suit_event_init(void);
void suit_event_exit(void);

/* Number, stamp and keep a record; wake readers. Context: process. */
void suit_event_add(struct suitgate_record *record);
/*
 * Copy whole records to user space, as many as fit into @len. Bytes copied,
 * -EINVAL when not one fits, -EAGAIN, -ERESTARTSYS, -EFAULT.
 */
ssize_t suit_event_read(struct suit_reader *reader, char __user *buf,
			size_t len, bool wait);
__poll_t suit_event_poll(struct suit_reader *reader, struct file *file,
			 poll_table *table);
/* The record at or after @number, if any; its number is in it. */
bool suit_event_get(u64 number, struct suitgate_record *out);

#endif /* SUITGATE_EVENT_H */
