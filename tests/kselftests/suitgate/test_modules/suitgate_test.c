// SPDX-License-Identifier: GPL-2.0-only
/*
 * A driver that asks for firmware in the ways for which test_firmware has no
 * trigger. Each is a parameter: what is written to it is done, and the write
 * fails as the driver was told.
 */
#define pr_fmt(fmt) KBUILD_MODNAME ": " fmt

#include <linux/completion.h>
#include <linux/firmware.h>
#include <linux/ftrace.h>
#include <linux/kernel_read_file.h>
#include <linux/kthread.h>
#include <linux/module.h>
#include <linux/platform_device.h>
#include <linux/slab.h>
#include <linux/string.h>
#include <linux/vmalloc.h>
#include <linux/wait.h>

#define BUF_SIZE (16 << 10)
#define FILL 0xaa
#define MAX_CROWD 512

static struct platform_device *device;

/* Redirects kernel_read_file(), which lies below what the gate redirects. */
static bool hold;
static DECLARE_WAIT_QUEUE_HEAD(hold_end);
static struct task_struct *nesting;
static const char *inner;
static int inner_ret;

static int ask_for(struct device *dev, const char *name)
{
	const struct firmware *fw;
	int ret = request_firmware(&fw, name, dev);

	if (!ret)
		release_firmware(fw);
	return ret;
}

static int ask(const char *name)
{
	return ask_for(&device->dev, name);
}

static ssize_t read_file(struct file *file, loff_t offset, void **buf,
			 size_t buf_size, size_t *file_size,
			 enum kernel_read_file_id id)
{
	ssize_t ret;

	if (READ_ONCE(nesting) == current) {
		WRITE_ONCE(nesting, NULL);
		inner_ret = ask(inner);
	}
	wait_event(hold_end, !READ_ONCE(hold));
	ret = kernel_read_file(file, offset, buf, buf_size, file_size, id);
	barrier();	/* a tail call would look like one from outside */
	return ret;
}

static void notrace redirect(unsigned long ip, unsigned long parent_ip,
			     struct ftrace_ops *ops, struct ftrace_regs *fregs)
{
	if (!within_module(parent_ip, THIS_MODULE))
		ftrace_regs_set_instruction_pointer(fregs,
						    (unsigned long)read_file);
}

static struct ftrace_ops ops = {
	.func = redirect,
	.flags = FTRACE_OPS_FL_IPMODIFY,
};

/* What a livepatch of @claim does to the next one who wants it. */
static char *claim = "kernel_read_file";
module_param(claim, charp, 0400);
MODULE_PARM_DESC(claim, "function to redirect; not the default: only claim it");

static void notrace claim_only(unsigned long ip, unsigned long parent_ip,
			       struct ftrace_ops *ops,
			       struct ftrace_regs *fregs)
{
}

/* One parameter that is an order. */
#define ORDER(order, function)						\
	static const struct kernel_param_ops order##_ops = {		\
		.set = function,					\
	};								\
	module_param_cb(order, &order##_ops, NULL, 0200)

static int set_hold(const char *value, const struct kernel_param *kp)
{
	int ret = kstrtobool(value, &hold);

	wake_up_all(&hold_end);
	return ret;
}
ORDER(hold, set_hold);

/*
 * into_buf NAME: bytes that are neither what the buffer was filled with nor
 * zero are counted in the parameter "left".
 */
static unsigned int left;
module_param(left, uint, 0400);

static int set_into_buf(const char *name, const struct kernel_param *kp)
{
	const struct firmware *fw;
	u8 *buf = vmalloc(BUF_SIZE);
	unsigned int i;
	int ret;

	if (!buf)
		return -ENOMEM;
	memset(buf, FILL, BUF_SIZE);
	ret = request_firmware_into_buf(&fw, name, &device->dev, buf, BUF_SIZE);
	for (left = 0, i = 0; i < BUF_SIZE; i++)
		left += buf[i] && buf[i] != FILL;
	if (!ret)
		release_firmware(fw);
	vfree(buf);
	return ret;
}
ORDER(into_buf, set_into_buf);

/* nested OUTER,INNER: asks for INNER while it reads OUTER; tells of INNER. */
static int set_nested(const char *names, const struct kernel_param *kp)
{
	char *outer = kstrdup(names, GFP_KERNEL), *comma;

	if (!outer)
		return -ENOMEM;
	comma = strchrnul(outer, ',');
	inner = *comma ? comma + 1 : comma;
	*comma = '\0';
	inner_ret = -ENODATA;
	WRITE_ONCE(nesting, current);
	ask(outer);
	WRITE_ONCE(nesting, NULL);
	kfree(outer);
	return inner_ret;
}
ORDER(nested, set_nested);

static int read_path(ssize_t (*read)(const char *, loff_t, void **, size_t,
				     size_t *, enum kernel_read_file_id),
		     const char *path, enum kernel_read_file_id id)
{
	void *buf = NULL;
	ssize_t ret = read(path, 0, &buf, INT_MAX, NULL, id);

	vfree(buf);
	return ret < 0 ? ret : 0;
}

/* Firmware that is read past the loader, and a file that is no firmware. */
static int set_past(const char *path, const struct kernel_param *kp)
{
	return read_path(kernel_read_file_from_path, path, READING_FIRMWARE);
}
ORDER(past, set_past);

static int set_beside(const char *path, const struct kernel_param *kp)
{
	return read_path(kernel_read_file_from_path_initns, path,
			 READING_FIRMWARE);
}
ORDER(beside, set_beside);

static int set_other(const char *path, const struct kernel_param *kp)
{
	return read_path(kernel_read_file_from_path_initns, path,
			 READING_X509_CERTIFICATE);
}
ORDER(other, set_other);

/*
 * crowd N: N tasks ask for "suitgate/crowd.bin" at once; 0: wait for them.
 * How many got it is in "got".
 */
static struct task_struct *crowd[MAX_CROWD];
static unsigned int n_crowd;
static atomic_t crowd_got;

static int crowd_main(void *arg)
{
	if (!ask("suitgate/crowd.bin"))
		atomic_inc(&crowd_got);
	while (!kthread_should_stop())
		schedule_timeout_interruptible(HZ / 20);
	return 0;
}

static int set_crowd(const char *value, const struct kernel_param *kp)
{
	unsigned int n;
	int ret = kstrtouint(value, 0, &n);

	if (ret || n > MAX_CROWD)
		return -EINVAL;
	while (n_crowd) {
		kthread_stop(crowd[--n_crowd]);
		put_task_struct(crowd[n_crowd]);
	}
	if (n)
		atomic_set(&crowd_got, 0);
	for (; n_crowd < n; n_crowd++) {
		struct task_struct *task;

		task = kthread_create(crowd_main, NULL, "suitgate-crowd");
		if (IS_ERR(task))
			return PTR_ERR(task);
		crowd[n_crowd] = task;
		get_task_struct(task);
		wake_up_process(task);
	}
	return 0;
}
ORDER(crowd, set_crowd);

static int get_got(char *buf, const struct kernel_param *kp)
{
	return sysfs_emit(buf, "%d\n", atomic_read(&crowd_got));
}

static const struct kernel_param_ops got_ops = { .get = get_got };
module_param_cb(got, &got_ops, NULL, 0400);

/* A device whose driver wants firmware when it takes it. */
static struct platform_device *picky;
static char *wanted = "";
module_param(wanted, charp, 0600);
MODULE_PARM_DESC(wanted, "what the driver of suitgate_picky asks for");

static int picky_probe(struct platform_device *dev)
{
	return *wanted ? ask_for(&dev->dev, wanted) : 0;
}

static struct platform_driver picky_driver = {
	.probe = picky_probe,
	.driver.name = "suitgate_picky",
};

static int __init add_picky(void)
{
	int ret = platform_driver_register(&picky_driver);

	if (ret)
		return ret;
	picky = platform_device_register_simple("suitgate_picky", -1, NULL, 0);
	if (!IS_ERR(picky))
		return 0;
	platform_driver_unregister(&picky_driver);
	return PTR_ERR(picky);
}

static void remove_picky(void)
{
	platform_device_unregister(picky);
	platform_driver_unregister(&picky_driver);
}

static int __init suitgate_test_init(void)
{
	int ret;

	device = platform_device_register_simple("suitgate_test", -1, NULL, 0);
	if (IS_ERR(device))
		return PTR_ERR(device);
	if (strcmp(claim, "kernel_read_file"))
		ops.func = claim_only;
	ret = ftrace_set_filter(&ops, claim, strlen(claim), 1);
	if (!ret)
		ret = register_ftrace_function(&ops);
	if (ret)
		goto free;
	ret = add_picky();
	if (!ret)
		return 0;
	unregister_ftrace_function(&ops);
free:
	ftrace_free_filter(&ops);
	platform_device_unregister(device);
	return ret;
}

static void __exit suitgate_test_exit(void)
{
	set_hold("0", NULL);
	set_crowd("0", NULL);
	remove_picky();
	unregister_ftrace_function(&ops);
	ftrace_free_filter(&ops);
	platform_device_unregister(device);
}

module_init(suitgate_test_init);
module_exit(suitgate_test_exit);
MODULE_LICENSE("GPL");
MODULE_DESCRIPTION("Asks for firmware in unusual ways, to test suitgate");
