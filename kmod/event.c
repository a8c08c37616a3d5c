// SPDX-License-Identifier: GPL-2.0-only
#include "event.h"

#include <linux/sched.h>
#include <linux/slab.h>
#include <linux/timekeeping.h>
#include <linux/uaccess.h>

static struct suitgate_record *ring;
static u64 newest;	/* number of the last record, 0: none yet */
static DEFINE_SPINLOCK(lock);
static DECLARE_WAIT_QUEUE_HEAD(readers);

void suit_event_add(struct suitgate_record *record)
{
	record->size = sizeof(*record);
	record->lost = 0;
	record->time = ktime_get_boottime_ns();
	record->pid = task_pid_nr(current);
	get_task_comm(record->comm, current);
	spin_lock(&lock);
	record->number = ++newest;
	ring[newest % SUIT_EVENTS] = *record;
	spin_unlock(&lock);
	wake_up_interruptible(&readers);
}

static u64 oldest_held(void)
{
	return newest > SUIT_EVENTS ? newest - SUIT_EVENTS + 1 : 1;
}

bool suit_event_get(u64 number, struct suitgate_record *out)
{
	bool there;

	spin_lock(&lock);
	number = max(number, oldest_held());
	there = number <= newest;
	if (there)
		*out = ring[number % SUIT_EVENTS];
	spin_unlock(&lock);
	return there;
}

static bool available(const struct suit_reader *reader)
{
	return READ_ONCE(newest) >= max(READ_ONCE(reader->next), 1ULL);
}

/* The next record for a reader, with what it lost before it. */
static bool take(struct suit_reader *reader, struct suitgate_record *out)
{
	if (!suit_event_get(reader->next, out))
		return false;
	if (reader->next)
		out->lost = min_t(u64, out->number - reader->next, U32_MAX);
	return true;
}

/* As many as there are and fit; bytes copied, 0 when there is none. */
static ssize_t copy_records(struct suit_reader *reader,
			    struct suitgate_record *record, char __user *buf,
			    size_t len)
{
	ssize_t done = 0;

	if (mutex_lock_interruptible(&reader->lock))
		return -ERESTARTSYS;
	while (len - done >= sizeof(*record) && take(reader, record)) {
		if (copy_to_user(buf + done, record, sizeof(*record))) {
			done = done ?: -EFAULT;
			break;
		}
		WRITE_ONCE(reader->next, record->number + 1);
		done += sizeof(*record);
	}
	mutex_unlock(&reader->lock);
	return done;
}

ssize_t suit_event_read(struct suit_reader *reader, char __user *buf,
			size_t len, bool wait)
{
	struct suitgate_record *record;
	ssize_t ret;

	if (len < sizeof(*record))
		return -EINVAL;
	record = kmalloc(sizeof(*record), GFP_KERNEL);
	if (!record)
		return -ENOMEM;
	/* another thread may have taken what there was */
	while (!(ret = copy_records(reader, record, buf, len))) {
		if (!wait) {
			ret = -EAGAIN;
			break;
		}
		ret = wait_event_interruptible(readers, available(reader));
		if (ret)
			break;
	}
	kfree(record);
	return ret;
}

__poll_t suit_event_poll(struct suit_reader *reader, struct file *file,
			 poll_table *table)
{
	poll_wait(file, &readers, table);
	return available(reader) ? EPOLLIN | EPOLLRDNORM : 0;
}

int suit_event_init(void)
{
	ring = kvcalloc(SUIT_EVENTS, sizeof(*ring), GFP_KERNEL);
	return ring ? 0 : -ENOMEM;
}

void suit_event_exit(void)
{
	kvfree(ring);
}
