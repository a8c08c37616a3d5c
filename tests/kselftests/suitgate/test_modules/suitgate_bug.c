// SPDX-License-Identifier: GPL-2.0-only
/*
 * What a debugging kernel is there to find, on purpose: a control for the runs
 * that find nothing. The parameter "plant" takes the name of a bug.
 */
#define pr_fmt(fmt) KBUILD_MODNAME ": " fmt

#include <linux/kernel.h>
#include <linux/kthread.h>
#include <linux/module.h>
#include <linux/mutex.h>
#include <linux/slab.h>
#include <linux/spinlock.h>
#include <linux/string.h>

#define SIZE 123

static DEFINE_MUTEX(first);
static DEFINE_MUTEX(second);
static DEFINE_SPINLOCK(spin);
static int shared;

/* Nobody optimises these away. */
static volatile unsigned int shift = 40;
static volatile unsigned int sink;

static void plant_leak(void)
{
	void *lost = kmalloc(SIZE, GFP_KERNEL);

	OPTIMIZER_HIDE_VAR(lost);
}

static void plant_free(void)
{
	volatile u8 *gone = kmalloc(SIZE, GFP_KERNEL);

	if (!gone)
		return;
	kfree((void *)gone);
	sink = gone[1];
}

static void plant_bounds(void)
{
	volatile u8 *small = kmalloc(SIZE, GFP_KERNEL);

	if (!small)
		return;
	sink = small[SIZE];
	kfree((void *)small);
}

static void plant_shift(void)
{
	sink = 1 << shift;
}

static void plant_sleep(void)
{
	spin_lock(&spin);
	might_sleep();
	spin_unlock(&spin);
}

static void plant_order(void)
{
	mutex_lock(&first);
	mutex_lock(&second);
	mutex_unlock(&second);
	mutex_unlock(&first);
	mutex_lock(&second);
	mutex_lock(&first);
	mutex_unlock(&first);
	mutex_unlock(&second);
}

static int racer(void *arg)
{
	while (!kthread_should_stop()) {
		shared++;
		cond_resched();
	}
	return 0;
}

static void plant_race(void)
{
	struct task_struct *task = kthread_run(racer, NULL, "suitgate-race");
	unsigned int i;

	if (IS_ERR(task))
		return;
	for (i = 0; i < 5000000; i++) {
		shared++;
		barrier();
	}
	kthread_stop(task);
}

static const struct {
	const char *name;
	void (*plant)(void);
} bugs[] = {
	{ "leak", plant_leak },
	{ "free", plant_free },
	{ "bounds", plant_bounds },
	{ "shift", plant_shift },
	{ "sleep", plant_sleep },
	{ "order", plant_order },
	{ "race", plant_race },
};

static int set_plant(const char *value, const struct kernel_param *kp)
{
	unsigned int i;

	for (i = 0; i < ARRAY_SIZE(bugs); i++)
		if (sysfs_streq(value, bugs[i].name)) {
			bugs[i].plant();
			return 0;
		}
	return -EINVAL;
}

static const struct kernel_param_ops plant_ops = { .set = set_plant };
module_param_cb(plant, &plant_ops, NULL, 0200);
MODULE_PARM_DESC(plant, "name of a bug");

static int __init suitgate_bug_init(void)
{
	return 0;
}

static void __exit suitgate_bug_exit(void)
{
}

module_init(suitgate_bug_init);
module_exit(suitgate_bug_exit);
MODULE_LICENSE("GPL");
MODULE_DESCRIPTION("Bugs on purpose, to test what finds them");
