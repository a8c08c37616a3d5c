// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Whole files and folders: read within a bound, replaced in one step, and what
 * is no file is left alone.
 */
#include <dirent.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "folder.h"
#include "outcome.h"
#include "scratch.h"
#include "table.h"

static int read_file(const char *path, size_t max)
{
	struct sg_buf out;
	int ret = sg_file_read(path, max, &out, &why);

	if (ret < 0)
		assert_null(out.data);
	sg_buf_free(&out);
	return ret;
}

static void a_file_is_read_within_a_bound(void **state)
{
	const char *path = scratch_file("f", bytes_of("12345"));

	(void)state;
	expect_bytes(file_bytes(path), bytes_of("12345"));
	succeeded(read_file(path, 5));
	failed(read_file(path, 4), "f has 5 bytes, at most 4 are expected");
	succeeded(read_file(scratch_file("empty", bytes_of("")), 0));
}

/* None of them may hold us up, or be read for ever. */
static void what_is_no_file_is_not_read(void **state)
{
	(void)state;
	assert_int_equal(mkfifo(scratch("pipe"), 0600), 0);
	failed(read_file(scratch("pipe"), 9), "pipe is not a regular file");
	failed(read_file("/dev/zero", 9), "/dev/zero is not a regular file");
	failed(read_file("/", 9), "/ is not a regular file");
	failed(read_file(scratch("none"), 9), "none: No such file");
}

static int write_file(const char *path, const char *content, unsigned int mode)
{
	return sg_file_write(path, content, strlen(content), mode, &why);
}

static unsigned int entries_of(const char *path)
{
	DIR *dir = opendir(path);
	unsigned int n = 0;

	assert_non_null(dir);
	while (readdir(dir))
		n++;
	closedir(dir);
	return n - 2;
}

static void a_file_is_replaced_in_one_step(void **state)
{
	const char *path = scratch_file("f", bytes_of("old"));
	mode_t mask = umask(0077);
	struct stat before, after;

	(void)state;
	assert_int_equal(link(path, scratch("kept")), 0);
	assert_int_equal(stat(path, &before), 0);
	succeeded(write_file(path, "new", 0644));
	umask(mask);
	assert_int_equal(stat(path, &after), 0);
	/* another file in its place, with the mode that was asked for */
	assert_int_not_equal(before.st_ino, after.st_ino);
	assert_int_equal(after.st_mode & 07777, 0644);
	expect_bytes(file_bytes(path), bytes_of("new"));
	expect_bytes(file_bytes(scratch("kept")), bytes_of("old"));
	succeeded(write_file(path, "", 0600));
	assert_int_equal(stat(path, &after), 0);
	assert_int_equal(after.st_mode & 07777, 0600);
	assert_int_equal(after.st_size, 0);
	assert_int_equal(entries_of(scratch(".")), 2);
}

static void what_is_no_file_is_not_replaced(void **state)
{
	struct stat st;

	(void)state;
	assert_int_equal(mkfifo(scratch("pipe"), 0600), 0);
	failed(write_file(scratch("pipe"), "x", 0600), "not a regular file");
	assert_int_equal(stat(scratch("pipe"), &st), 0);
	assert_true(S_ISFIFO(st.st_mode));
	scratch_folder("folder");
	failed(write_file(scratch("folder"), "x", 0600),
	       "not a regular file");
	failed(write_file("/dev/null", "x", 0600), "not a regular file");
	failed(write_file(scratch("none/f"), "x", 0600), "none/f: No such");
	failed(write_file(text("%s", repeat("d/", 3000, "")), "x", 0600),
	       "path too long");
	assert_int_equal(entries_of(scratch(".")), 2);
}

static const char *walked;

static int note(const char *path, void *context, struct sg_error *err)
{
	(void)err;
	assert_null(context);
	walked = text("%s%s ", walked, strrchr(path, '/') + 1);
	return strstr(path, "stop") ? sg_fail(err, "stopped") : 0;
}

static int walk(const char *dir)
{
	walked = "";
	return sg_folder_walk(dir, ".suit", note, NULL, &why);
}

static void a_folder_is_walked_in_order(void **state)
{
	static const char *const names[] = {
		"b.suit", "a.suit", "c.suit~", ".hidden.suit", ".suit",
		"d.SUIT", "e.suit.suit",
	};
	size_t i;

	(void)state;
	succeeded(walk(scratch("none")));
	assert_string_equal(walked, "");
	for (i = 0; i < COUNT(names); i++)
		scratch_file(names[i], bytes_of(""));
	succeeded(walk(scratch(".")));
	assert_string_equal(walked, "a.suit b.suit e.suit.suit ");
	scratch_file("b-stop.suit", bytes_of(""));
	failed(walk(scratch(".")), "stopped");
	assert_string_equal(walked, "a.suit b-stop.suit ");
	failed(walk(scratch("a.suit")), "a.suit: Not a directory");
}

static void a_folder_is_made_with_what_is_above(void **state)
{
	struct stat st;

	(void)state;
	succeeded(sg_folder_make(scratch("a/b//c/"), 0755, &why));
	assert_int_equal(stat(scratch("a/b/c"), &st), 0);
	assert_true(S_ISDIR(st.st_mode));
	succeeded(sg_folder_make(scratch("a/b/c"), 0755, &why));
	scratch_file("f", bytes_of(""));
	failed(sg_folder_make(scratch("f/g"), 0755, &why), "f/g: Not a");
	failed(sg_folder_make(scratch("f"), 0755, &why), "f is there, but no folder");
	failed(sg_folder_make("", 0755, &why), "not a folder's path");
}

static void a_message_gets_its_place(void **state)
{
	const char *longest = repeat("m", sizeof(why.message) - 1, "");

	(void)state;
	sg_fail(&why, "wrong");
	failed(sg_error_at(&why, "x"), "x: wrong");
	sg_fail(&why, "%s", longest);
	sg_error_at(&why, "x");
	assert_int_equal(strlen(why.message), sizeof(why.message) - 1);
	assert_memory_equal(why.message, "x: mmm", 6);
	/* the reason is kept before the middle of a name */
	failed(read_file(repeat("d/", 1000, ""), 9), "d/: No such file");
	assert_non_null(strstr(why.message, "cannot open d/d/d"));
	assert_non_null(strstr(why.message, "..."));
	assert_int_equal(strlen(why.message), sizeof(why.message) - 1);
	/* a path that would leave no room is left out */
	sg_fail(&why, "wrong");
	sg_error_at(&why, longest);
	assert_string_equal(why.message, "wrong");
	sg_refuse(&why, SUIT_ERR_SIGNATURE, "%s", longest);
	assert_true(strlen(why.message) < sizeof(why.message));
	assert_non_null(strstr(why.message, " [signature-invalid]"));
}

int main(void)
{
	single("a file is read within a bound",
	       a_file_is_read_within_a_bound);
	single("what is no file is not read", what_is_no_file_is_not_read);
	single("a file is replaced in one step",
	       a_file_is_replaced_in_one_step);
	single("what is no file is not replaced",
	       what_is_no_file_is_not_replaced);
	single("a folder is walked in order", a_folder_is_walked_in_order);
	single("a folder is made with what is above",
	       a_folder_is_made_with_what_is_above);
	single("a message gets its place", a_message_gets_its_place);
	return table_run("file");
}
