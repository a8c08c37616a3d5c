// SPDX-License-Identifier: GPL-2.0-only
#include "device.h"

#include <linux/capability.h>
#include <linux/fs.h>
#include <linux/miscdevice.h>
#include <linux/module.h>
#include <linux/slab.h>
#include <linux/uaccess.h>

#include "control.h"
#include "event.h"
#include "notify.h"
#include "state.h"
#include "uapi/suitgate.h"

/* Whoever calls, and whoever opened the file, rules this machine's policy. */
static bool allowed(const struct file *file)
{
	return capable(CAP_MAC_ADMIN) &&
	       file_ns_capable(file, &init_user_ns, CAP_MAC_ADMIN);
}

static int device_open(struct inode *inode, struct file *file)
{
	struct suit_reader *reader;

	if (!allowed(file))
		return -EPERM;
	reader = kzalloc(sizeof(*reader), GFP_KERNEL);
	if (!reader)
		return -ENOMEM;
	mutex_init(&reader->lock);
	file->private_data = reader;
	return stream_open(inode, file);
}

static int device_release(struct inode *inode, struct file *file)
{
	kfree(file->private_data);
	return 0;
}

static ssize_t device_read(struct file *file, char __user *buf, size_t len,
			   loff_t *pos)
{
	if (!allowed(file))
		return -EPERM;
	return suit_event_read(file->private_data, buf, len,
			       !(file->f_flags & O_NONBLOCK));
}

static __poll_t device_poll(struct file *file, poll_table *table)
{
	if (!allowed(file))
		return EPOLLERR;
	return suit_event_poll(file->private_data, file, table);
}

static int call(const struct suit_control *control, void *arg)
{
	int ret = -EPERM;

	if (!control->before_seal)
		return control->call(arg);
	suit_state_hold();
	if (!suit_state_sealed())
		ret = control->call(arg);
	suit_state_release();
	return ret;
}

/* Structures grow at the end: both sides may know less than the other. */
static long call_with(const struct suit_control *control, void __user *user)
{
	void *arg = kzalloc(control->size, GFP_KERNEL);
	u32 size;
	int ret;

	if (!arg)
		return -ENOMEM;
	ret = -EFAULT;
	if (get_user(size, (u32 __user *)user))
		goto out;
	ret = -EINVAL;
	if (size < 2 * sizeof(u32))
		goto out;
	ret = -E2BIG;
	if (size > PAGE_SIZE)
		goto out;
	ret = copy_struct_from_user(arg, control->size, user, size);
	if (ret)
		goto out;
	ret = call(control, arg);
	*(u32 *)arg = size;
	if (control->answers &&
	    copy_to_user(user, arg, min(size, control->size)))
		ret = -EFAULT;
out:
	kfree_sensitive(arg);
	return ret;
}

static long device_ioctl(struct file *file, unsigned int cmd,
			 unsigned long arg)
{
	const struct suit_control *control;

	if (!allowed(file))
		return -EPERM;
	control = suit_control_find(cmd);
	if (!control)
		return -ENOTTY;
	if (!control->size)
		return call(control, NULL);
	return call_with(control, (void __user *)arg);
}

static const struct file_operations device_ops = {
	.owner = THIS_MODULE,
	.open = device_open,
	.release = device_release,
	.read = device_read,
	.poll = device_poll,
	.unlocked_ioctl = device_ioctl,
	.compat_ioctl = compat_ptr_ioctl,
};

static struct miscdevice device = {
	.minor = MISC_DYNAMIC_MINOR,
	.name = "suitgate",
	.fops = &device_ops,
	.mode = 0600,
};

int suit_device_init(void)
{
	int ret = misc_register(&device);

	if (!ret)
		suit_notify_device(&device.this_device->kobj);
	return ret;
}

void suit_device_exit(void)
{
	suit_notify_device(NULL);
	misc_deregister(&device);
}
