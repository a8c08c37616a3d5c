// SPDX-License-Identifier: GPL-2.0-only
/*
 * Every allocation and every copy from or to user space fails once, in each
 * call, in a driver's request, and as the module comes and goes: the n-th one,
 * n = 1, 2, ... until there is no n-th one. Whatever it is that fails, nothing
 * is delivered that should not be, and the next one succeeds.
 */
#include <sys/syscall.h>

#include "device.h"

#define DEBUG "/sys/kernel/debug/"
#define UNSIGNED "suitgate/unsigned.bin"
#define WORD_MAX 32

static int knob, module, device;
static unsigned int hits;

static void put(const char *path, const char *word)
{
	int fd = open(path, O_WRONLY);

	if (fd < 0 || write(fd, word, strlen(word)) < 0)
		ksft_exit_fail_msg("cannot write %s to %s\n", word, path);
	close(fd);
}

static void put_all(const char *file, const char *word)
{
	static const char *const kinds[] = {
		"failslab", "fail_page_alloc", "fail_usercopy",
	};
	char path[128];
	size_t i;

	for (i = 0; i < sizeof(kinds) / sizeof(kinds[0]); i++) {
		snprintf(path, sizeof(path), DEBUG "%s/%s", kinds[i], file);
		put(path, word);
	}
}

static void set_nth(unsigned int n)
{
	char word[WORD_MAX];

	snprintf(word, sizeof(word), "%u", n);
	/* copying this word may be what fails */
	if (pwrite(knob, word, strlen(word), 0) < 0 &&
	    pwrite(knob, word, strlen(word), 0) < 0)
		ksft_exit_fail_msg("cannot write fail-nth\n");
}

/* How many more had to come for one to fail. */
static unsigned int get_nth(void)
{
	char word[WORD_MAX] = "";

	/* copying the answer may be what fails: then nothing else did */
	if (pread(knob, word, sizeof(word) - 1, 0) <= 0)
		strcpy(word, "1");
	set_nth(0);
	return atoi(word);
}

static int was_hit(void)
{
	return !get_nth();
}

/* Where the function @name is: from @start to before @end. */
static void find(const char *name, unsigned long long *start,
		 unsigned long long *end)
{
	char line[256], symbol[128], type;
	unsigned long long at;
	FILE *symbols = fopen("/proc/kallsyms", "r");

	*start = *end = 0;
	while (symbols && fgets(line, sizeof(line), symbols)) {
		if (sscanf(line, "%llx %c %127s", &at, &type, symbol) != 3)
			continue;
		if (*start && at > *start && (!*end || at < *end))
			*end = at;
		if (!*start && !strcmp(symbol, name)) {
			*start = at;
			rewind(symbols);
		}
	}
	if (!*start || !*end)
		ksft_exit_fail_msg("where is %s?\n", name);
	fclose(symbols);
}

/* What @name calls: with @kind "require" only that fails, with "reject" not. */
static void range(const char *kind, const char *name)
{
	unsigned long long start, end;
	char file[WORD_MAX], word[WORD_MAX];

	find(name, &start, &end);
	snprintf(file, sizeof(file), "%s-start", kind);
	snprintf(word, sizeof(word), "0x%llx", start);
	put_all(file, word);
	snprintf(file, sizeof(file), "%s-end", kind);
	snprintf(word, sizeof(word), "0x%llx", end);
	put_all(file, word);
}

static int ask_for(const char *name)
{
	int fd = open(TRIGGER, O_WRONLY), ret;

	ret = write(fd, name, strlen(name)) < 0 ? -errno : 0;
	close(fd);
	return ret;
}

static void open_device(void)
{
	device = open(SUITGATE_DEVICE, O_RDWR | O_CLOEXEC | O_NONBLOCK);
	if (device < 0)
		ksft_exit_fail_msg("no device\n");
}

static struct suitgate_info info(void)
{
	struct suitgate_info now;

	if (info_call(device, &now))
		ksft_exit_fail_msg("no answer of the device\n");
	return now;
}

static int insert(void)
{
	return syscall(SYS_finit_module, module, "", 0) ? -errno : 0;
}

static int delete(void)
{
	return syscall(SYS_delete_module, "suitgate", O_NONBLOCK) ? -errno : 0;
}

/* A gate that lets through what nobody signed is none. */
static int is_gate(void)
{
	int ret;

	open_device();
	ret = !mode_call(device, SUITGATE_MODE_ENFORCE) &&
	      ask_for(UNSIGNED) == -ENOKEY;
	close(device);
	return ret;
}

static int is_nothing(void)
{
	return access("/sys/module/suitgate", F_OK) &&
	       access(SUITGATE_DEVICE, F_OK) &&
	       access("/sys/kernel/security/suitgate", F_OK) &&
	       !ask_for(UNSIGNED);
}

/* There all of it or nothing of it; @n-th failing: 0 at the end, -1 wrong. */
static int load_nth(unsigned int n)
{
	int ret, hit, right;

	set_nth(n);
	ret = insert();
	hit = was_hit();
	right = ret ? hit && is_nothing() : is_gate();
	if (!ret && delete())
		right = 0;
	if (!right)
		ksft_print_msg("load, %u: %d\n", n, ret);
	return right ? hit : -1;
}

static int unload_nth(unsigned int n)
{
	int ret, hit, right;

	if (insert())
		return -1;
	set_nth(n);
	ret = delete();
	hit = was_hit();
	right = ret ? hit && is_gate() && !delete() : is_nothing();
	if (!right)
		ksft_print_msg("unload, %u: %d\n", n, ret);
	return right ? hit : -1;
}

static int request_nth(unsigned int n, const char *name, int expected)
{
	struct suitgate_info before = info(), after;
	int ret, hit, right;

	set_nth(n);
	ret = ask_for(name);
	hit = was_hit();
	after = info();
	right = ret == expected || (hit && ret < 0);
	if (expected && after.delivered != before.delivered)
		right = 0;
	right = right && ask_for(name) == expected;
	if (!right)
		ksft_print_msg("%s, %u: %d\n", name, n, ret);
	return right ? hit : -1;
}

static int signed_nth(unsigned int n)
{
	return request_nth(n, NAME, 0);
}

static int changed_nth(unsigned int n)
{
	int ret;

	put_firmware("other", 5);
	ret = request_nth(n, NAME, -EKEYREJECTED);
	put_firmware(payload, sizeof(payload));
	return ret;
}

static int unsigned_nth(unsigned int n)
{
	return request_nth(n, UNSIGNED, -ENOKEY);
}

static int unload_call(const struct suitgate_load *loaded)
{
	struct suitgate_unload io = { .size = sizeof(io) };

	io.digest_alg = loaded->digest_alg;
	memcpy(io.digest, loaded->digest, sizeof(io.digest));
	return call(device, SUITGATE_IOC_UNLOAD, &io);
}

/* Loaded and answered, or loaded and not answered, or not loaded. */
static int manifest_nth(unsigned int n)
{
	struct suitgate_load io, again;
	int ret, hit, right;

	load_call(device, &io, envelope.data, envelope.len);
	unload_call(&io);
	set_nth(n);
	ret = load_call(device, &again, envelope.data, envelope.len);
	hit = was_hit();
	right = (!ret || hit) &&
		(ret == 0 || ret == -EFAULT || info().manifests == 0) &&
		!load_call(device, &io, envelope.data, envelope.len) &&
		info().manifests == 1;
	if (!right)
		ksft_print_msg("manifest, %u: %d\n", n, ret);
	return right ? hit : -1;
}

static int trust_nth(unsigned int n)
{
	struct suitgate_info before = info(), after;
	struct suitgate_trust io;
	int ret, hit, right;

	set_nth(n);
	ret = trust_call(device, &io, trust.data, trust.len);
	hit = was_hit();
	after = info();
	right = (!ret || hit) && after.authorities == before.authorities &&
		after.keys == before.keys &&
		!trust_call(device, &io, trust.data, trust.len);
	if (!right)
		ksft_print_msg("trust, %u: %d\n", n, ret);
	return right ? hit : -1;
}

static int check_nth(unsigned int n)
{
	struct suitgate_check io = {
		.size = sizeof(io),
		.envelope = (uintptr_t)envelope.data,
		.envelope_len = envelope.len,
	};
	int ret, hit;

	set_nth(n);
	ret = call(device, SUITGATE_IOC_CHECK, &io);
	hit = was_hit();
	return !ret || hit ? hit : -1;
}

static int confirm_nth(unsigned int n)
{
	struct suitgate_confirm io = { .size = sizeof(io) };
	struct suitgate_load loaded;
	int ret, hit, right;

	load_call(device, &loaded, envelope.data, envelope.len);
	io.digest_alg = loaded.digest_alg;
	memcpy(io.digest, loaded.digest, sizeof(io.digest));
	set_nth(n);
	ret = call(device, SUITGATE_IOC_CONFIRM, &io);
	hit = was_hit();
	right = (!ret || hit) && (ret || info().floors == 1);
	if (!right)
		ksft_print_msg("confirm, %u: %d\n", n, ret);
	return right ? hit : -1;
}

static void exhaust(const char *what, int (*nth)(unsigned int n))
{
	unsigned int n;
	int hit = 1;

	for (n = 1; hit > 0; n++) {
		hit = nth(n);
		if (n % 50 == 0)
			ksft_print_msg("%s: %u\n", what, n);
		fflush(stdout);
	}
	hits += n - 2;
	ksft_test_result(!hit && n > 2, "%s: %u failures\n", what, n - 2);
	fflush(stdout);
}

/* How many there are when the module is loaded: it takes a while. */
static void announce(void)
{
	const unsigned int many = 1000000;

	set_nth(many);
	if (insert())
		ksft_exit_fail_msg("not loaded\n");
	ksft_print_msg("module loaded: of about %u\n", many - get_nth());
	if (delete())
		ksft_exit_fail_msg("not unloaded\n");
}

static void set_up(void)
{
	run("modprobe -r suitgate");
	run("echo unsigned > /lib/firmware/" UNSIGNED);
	knob = open("/proc/thread-self/fail-nth", O_RDWR);
	if (knob < 0)
		ksft_exit_skip("this kernel has no fail-nth\n");
	run("cp \"$(modinfo -n suitgate)\" suitgate.ko");
	module = open("suitgate.ko", O_RDONLY);
	put_all("verbose", "0");
	put_all("stacktrace-depth", "32");
	put(DEBUG "failslab/ignore-gfp-wait", "N");
	put(DEBUG "fail_page_alloc/ignore-gfp-wait", "N");
	put(DEBUG "fail_page_alloc/ignore-gfp-highmem", "N");
	put(DEBUG "fail_page_alloc/min-order", "0");
}

int main(void)
{
	struct suitgate_load load;
	struct suitgate_trust io;

	ksft_print_header();
	prepare();
	set_up();
	ksft_set_plan(9);
	if (insert())
		ksft_exit_fail_msg("not loaded\n");
	open_device();
	trust_call(device, &io, trust.data, trust.len);
	exhaust("trust", trust_nth);
	exhaust("manifest", manifest_nth);
	exhaust("check", check_nth);
	load_call(device, &load, envelope.data, envelope.len);
	mode_call(device, SUITGATE_MODE_ENFORCE);
	exhaust("request, signed", signed_nth);
	exhaust("request, changed", changed_nth);
	exhaust("request, nobody signed", unsigned_nth);
	exhaust("confirm", confirm_nth);
	close(device);
	if (delete())
		ksft_exit_fail_msg("not unloaded\n");

	/* a kprobe that cannot be taken back stays, and points to what was freed */
	range("reject", "unregister_kretprobe");
	exhaust("module unloaded", unload_nth);
	/* what the loader of modules does for any module is not asked here */
	range("require", "do_init_module");
	announce();
	exhaust("module loaded", load_nth);
	clean_up();
	ksft_print_msg("%u failures injected\n", hits);
	ksft_finished();
}
