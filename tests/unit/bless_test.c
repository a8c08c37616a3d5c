// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Everything below a folder, signed: each name that a driver can ask for, also
 * through links, with the bytes behind it, and nothing else.
 */
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "release.h"

static const char *key, *trust, *root;
static struct sg_bless_report counts;

/* What was left out, a line each; how often there was progress. */
static struct {
	char skipped[1024];
	size_t last, total;
	const char *only;	/* all that is wanted */
} seen;

static void note_skipped(void *context, const char *name, const char *reason)
{
	size_t len = strlen(seen.skipped);

	assert_ptr_equal(context, &seen);
	snprintf(seen.skipped + len, sizeof(seen.skipped) - len, "%s: %s\n",
		 name, reason);
}

static void note_progress(void *context, size_t done, size_t total)
{
	assert_ptr_equal(context, &seen);
	assert_true(done <= total && done >= seen.last);
	seen.last = done;
	seen.total = total;
}

static bool is_wanted(void *context, const char *name, const char *path)
{
	assert_ptr_equal(context, &seen);
	assert_non_null(strstr(path, name));
	return strstr(name, seen.only);
}

static void open_shop(void)
{
	memset(&seen, 0, sizeof(seen));
	key = private_key("acme", SUIT_ALG_ESP256);
	trust = public_key("acme");
	root = scratch_folder("fw");
}

static int bless(const char *dir, struct sg_buf *out)
{
	const struct sg_bless_request request = {
		.dir = dir, .sequence = 9, .key = key,
		.skipped = note_skipped, .progress = note_progress,
		.wanted = seen.only ? is_wanted : NULL, .context = &seen,
	};

	seen.last = 0;
	seen.skipped[0] = '\0';
	return sg_bless(&request, out, &counts, &why);
}

static struct suit_slice blessed(void)
{
	struct sg_buf out;

	succeeded(bless(root, &out));
	assert_int_equal(seen.last, seen.total);
	assert_int_equal(seen.total, counts.names);
	return taken(&out);
}

static void file(const char *name, const char *content)
{
	scratch_file(text("fw/%s", name), bytes_of(content));
}

/* Would these bytes be delivered under this name? */
static int ask(struct suit_slice envelope, const char *name,
	       const char *content)
{
	return verify_bytes(envelope, trust, text("firmware/%s", name),
			    scratch_file("asked", bytes_of(content)));
}

static void each_file_is_signed(void **state)
{
	struct suit_slice envelope;

	(void)state;
	open_shop();
	file("one.fw", "one");
	scratch_folder("fw/deep");
	file("deep/two.fw.zst", "two");
	file("empty.fw", "");
	envelope = blessed();
	assert_int_equal(counts.names, 3);
	assert_int_equal(counts.files, 3);
	assert_int_equal(counts.bytes, 6);
	assert_int_equal(counts.skipped, 0);
	assert_false(counts.catalogue);
	succeeded(ask(envelope, "one.fw", "one"));
	assert_int_equal(report.sequence_number, 9);
	succeeded(ask(envelope, "deep/two.fw.zst", "two"));
	succeeded(ask(envelope, "empty.fw", ""));
	refused(ask(envelope, "one.fw", "two"), SUIT_ERR_IMAGE);
	refused(ask(envelope, "empty.fw", "x"), SUIT_ERR_IMAGE_SIZE);
	refused(ask(envelope, "deep/two.fw", "two"),
		SUIT_ERR_COMPONENT_ABSENT);
	refused(ask(envelope, "two.fw.zst", "two"),
		SUIT_ERR_COMPONENT_ABSENT);
	expect_bytes(blessed(), envelope);
}

static void a_link_is_a_name(void **state)
{
	struct suit_slice envelope;

	(void)state;
	open_shop();
	scratch_folder("outside");
	scratch_file("outside/real.fw", bytes_of("real"));
	file("one.fw", "one");
	scratch_folder("fw/sub");
	file("sub/two.fw", "two");
	scratch_link("fw/alias.fw", "one.fw");
	scratch_link("fw/twice.fw", "alias.fw");
	scratch_link("fw/linked.fw", "../outside/real.fw");
	scratch_link("fw/other", "sub");
	envelope = blessed();
	assert_int_equal(counts.names, 6);
	assert_int_equal(counts.files, 3);
	assert_int_equal(counts.bytes, 10);
	succeeded(ask(envelope, "alias.fw", "one"));
	succeeded(ask(envelope, "twice.fw", "one"));
	succeeded(ask(envelope, "linked.fw", "real"));
	succeeded(ask(envelope, "other/two.fw", "two"));
	refused(ask(envelope, "alias.fw", "two"), SUIT_ERR_IMAGE);
}

static void a_file_with_many_names_is_read_once(void **state)
{
	struct suit_slice envelope;

	(void)state;
	open_shop();
	file("a.fw", "same");
	assert_int_equal(link(scratch("fw/a.fw"), scratch("fw/b.fw")), 0);
	scratch_link("fw/c.fw", "a.fw");
	file("d.fw", "same");
	envelope = blessed();
	assert_int_equal(counts.names, 4);
	/* a hard link is the same file; a copy is another */
	assert_int_equal(counts.files, 2);
	assert_int_equal(counts.bytes, 8);
	succeeded(ask(envelope, "b.fw", "same"));
	succeeded(ask(envelope, "c.fw", "same"));
	succeeded(ask(envelope, "d.fw", "same"));
}

static void loops_end(void **state)
{
	struct suit_slice envelope;

	(void)state;
	open_shop();
	scratch_folder("fw/a");
	scratch_folder("fw/b");
	file("a/x.fw", "x");
	scratch_link("fw/a/self", ".");
	scratch_link("fw/a/up", "..");
	scratch_link("fw/a/b", "../b");
	scratch_link("fw/b/a", "../a");
	scratch_link("fw/round", "round");
	scratch_link("fw/nowhere", "none");
	scratch_link("fw/through", "a/x.fw/y");
	envelope = blessed();
	succeeded(ask(envelope, "a/x.fw", "x"));
	succeeded(ask(envelope, "b/a/x.fw", "x"));
	assert_int_equal(counts.names, 2);
	assert_int_equal(counts.files, 1);
	assert_string_equal(seen.skipped,
			    "a/b/a: the link leads to a folder above it\n"
			    "a/self: the link leads to a folder above it\n"
			    "a/up: the link leads to a folder above it\n"
			    "b/a/b: the link leads to a folder above it\n"
			    "b/a/self: the link leads to a folder above it\n"
			    "b/a/up: the link leads to a folder above it\n"
			    "nowhere: the link leads nowhere\n"
			    "round: the link leads nowhere\n"
			    "through: the link leads nowhere\n");
	assert_int_equal(counts.skipped, 9);
}

static void names_are_bytes(void **state)
{
	static const char *const names[] = {
		"a b.fw", "a,b.fw", "a+b;c&d.fw", "-rf", "a\nb.fw", "\xff.fw",
		"'\"$(x).fw", ".hidden", "a%2fb.fw", "schl\xc3\xbcssel.fw",
	};
	struct suit_slice envelope;
	size_t i;

	(void)state;
	open_shop();
	for (i = 0; i < COUNT(names); i++)
		file(names[i], names[i]);
	envelope = blessed();
	assert_int_equal(counts.names, COUNT(names));
	for (i = 0; i < COUNT(names); i++)
		succeeded(ask(envelope, names[i], names[i]));
	refused(ask(envelope, "a%2cb.fw", "a,b.fw"),
		SUIT_ERR_COMPONENT_ABSENT);
}

static void what_is_no_firmware_is_left_out(void **state)
{
	const char *deep = "fw";
	struct suit_slice envelope;
	unsigned int i;

	(void)state;
	open_shop();
	file("x.fw", "x");
	file("x.fw.suit", "sidecar");
	file("x.fw.sig", "signature");
	assert_int_equal(mkfifo(scratch("fw/pipe"), 0600), 0);
	for (i = 1; i <= SUIT_MAX_SEGMENTS - 1; i++) {
		deep = text("%s/d", deep);
		scratch_folder(deep);
		if (i >= SUIT_MAX_SEGMENTS - 2)
			scratch_file(text("%s/y", deep), bytes_of("y"));
	}
	envelope = blessed();
	assert_int_equal(counts.names, 2);
	assert_int_equal(counts.skipped, 2);
	assert_non_null(strstr(seen.skipped,
			       "pipe: neither a file nor a folder\n"));
	assert_non_null(strstr(seen.skipped,
			       "/d/d: the folder is too deep\n"));
	refused(ask(envelope, "x.fw.suit", "sidecar"),
		SUIT_ERR_COMPONENT_ABSENT);
	succeeded(ask(envelope, text("%sy", repeat("d/", 14, "")), "y"));
}

static void a_name_that_is_too_long(void **state)
{
	const char *dir = repeat("d", 245, "");

	(void)state;
	open_shop();
	scratch_folder(text("fw/%s", dir));
	/* heads: 1 for the array, 9 for "firmware", 2 for each of the two */
	scratch_file(text("fw/%s/%s", dir, repeat("x", 250, "")),
		     bytes_of("good"));
	blessed();
	assert_int_equal(counts.skipped, 0);
	scratch_file(text("fw/%s/%s", dir, repeat("x", 254, "")),
		     bytes_of("bad"));
	blessed();
	assert_int_equal(counts.names, 1);
	assert_non_null(strstr(seen.skipped,
			       ": the name is too long or too deep\n"));
}

static void only_what_is_wanted(void **state)
{
	struct suit_slice envelope;

	(void)state;
	open_shop();
	file("mine.fw", "mine");
	file("yours.fw", "yours");
	scratch_link("fw/mine-too", "none");
	scratch_link("fw/yours-too", "none");
	seen.only = "mine";
	envelope = blessed();
	assert_int_equal(counts.names, 1);
	assert_string_equal(seen.skipped,
			    "mine-too: the link leads nowhere\n");
	refused(ask(envelope, "yours.fw", "yours"), SUIT_ERR_COMPONENT_ABSENT);
}

static void must_not_bless(const char *dir, const char *message)
{
	struct sg_buf out;

	failed(bless(dir, &out), message);
	assert_null(out.data);
}

static void a_folder_of_firmware_is_needed(void **state)
{
	(void)state;
	open_shop();
	must_not_bless(root, "has no firmware");
	must_not_bless(scratch("none"), "cannot look at ");
	file("x", "x");
	must_not_bless(scratch("fw/x"), "is not a folder");
	key = scratch("none.pem");
	must_not_bless(root, "none.pem: No such file");
	key = NULL;
	refused(verify(blessed(), trust), SUIT_ERR_AUTH_EMPTY);
}

/* The end of the path is no part of any name. */
static void however_the_folder_is_called(void **state)
{
	struct suit_slice plain, slashes;
	struct sg_buf out;

	(void)state;
	open_shop();
	file("x.fw", "x");
	plain = blessed();
	succeeded(bless(text("%s///", root), &out));
	slashes = taken(&out);
	expect_bytes(slashes, plain);
	scratch_link("link", "fw");
	succeeded(bless(scratch("link"), &out));
	expect_bytes(taken(&out), plain);
}

int main(void)
{
	single("each file is signed", each_file_is_signed);
	single("a link is a name", a_link_is_a_name);
	single("a file with many names is read once",
	       a_file_with_many_names_is_read_once);
	single("loops end", loops_end);
	single("names are bytes", names_are_bytes);
	single("what is no firmware is left out",
	       what_is_no_firmware_is_left_out);
	single("a name that is too long", a_name_that_is_too_long);
	single("only what is wanted", only_what_is_wanted);
	single("a folder of firmware is needed",
	       a_folder_of_firmware_is_needed);
	single("however the folder is called", however_the_folder_is_called);
	return table_run("bless");
}
