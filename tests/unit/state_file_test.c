// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Configuration that cannot be read is an error, never a gate with less of it:
 * a mode that is left out would leave the gate open.
 */
#include <string.h>
#include <sys/stat.h>

#include "outcome.h"
#include "scratch.h"
#include "suitgate/state.h"
#include "table.h"

static int collect(struct sg_state *out)
{
	return sg_state_collect(scratch("etc"), scratch("var"), out, &why);
}

static void open_shop(void)
{
	scratch_folder("etc");
	scratch_folder("var");
}

static const struct source {
	const char *name;
} sources[] = {
	{ "etc/mode" }, { "etc/identity" }, { "var/floors.state" },
	{ "etc/trust.d" }, { "var/trust.d" }, { "etc/manifests" },
	{ "var/manifests" },
};

static void a_loop_is_not_nothing(void **state)
{
	const struct source *row = *state;
	struct sg_state out;

	open_shop();
	scratch_link(row->name, strrchr(row->name, '/') + 1);
	failed(collect(&out), row->name);
	assert_non_null(strstr(why.message, "Too many levels"));
	assert_int_equal(out.n, 0);
}

/* What the mode may be, exactly. */
static const struct mode {
	const char *name;
	struct suit_slice content;
	unsigned int mode;
} modes[] = {
#define MODE(content, mode) \
	{ #content, { (const u8 *)(content), sizeof(content) - 1 }, mode }
	MODE("setup", SG_MODE_SETUP),
	MODE("audit\n", SG_MODE_AUDIT),
	MODE("enforce\n", SG_MODE_ENFORCE),
	MODE("sealed\n", SG_MODE_SEALED),
	MODE("sealed            \r\n\n", SG_MODE_SEALED),
	MODE("", 0),
	MODE("\n", 0),
	MODE(" sealed", 0),
	MODE("Sealed", 0),
	MODE("audit\nsealed\n", 0),
	MODE("audit\0sealed\n", 0),
	MODE("audit\0\n", 0),
	MODE("enforce for good and ever\n", 0),
};

static void the_mode_is_one_word(void **state)
{
	const struct mode *row = *state;
	struct sg_state out;

	open_shop();
	scratch_file("etc/mode", row->content);
	if (!row->mode) {
		failed(collect(&out), "/etc/mode:1: expected setup, audit, "
		       "enforce or sealed");
		return;
	}
	succeeded(collect(&out));
	assert_int_equal(out.n, 1);
	assert_int_equal(out.item[0].mode, row->mode);
	sg_state_free(&out);
}

static void an_identity_is_text(void **state)
{
	static const char content[] = "vendor=acme.example\0\nclass=a\n";
	struct sg_state out;

	(void)state;
	open_shop();
	scratch_file("etc/identity", (struct suit_slice){
			     (const u8 *)content, sizeof(content) - 1 });
	failed(collect(&out), "/etc/identity: not a text file");
}

/* A malformed item is trouble with a file, and no verdict. */
static const struct item {
	const char *name;
	const char *state;
	const char *message;
} items[] = {
	{ "an item of one", "[1, [[5]]]", "item 1 is malformed" },
	{ "an item of three", "[1, [[5, <<1>>, 0]]]", "item 1 is malformed" },
	{ "the second is none", "[1, [[5, <<1>>], 0]]", "item 2 is malformed" },
	{ "a kind of the future", "[1, [[6, <<1>>]]]",
	  "from a newer release: item 1 is of kind 6" },
	{ "a version of the future", "[2, []]",
	  "from a newer release: version 2" },
	{ "a mode of the future", "[1, [[5, <<5>>]]]",
	  "item 1: not a mode" },
	{ "no state", "1", "not a state file" },
	{ "something after it", "[1, [], 2]", "not a state file" },
};

static void a_malformed_file_is_no_verdict(void **state)
{
	const struct item *row = *state;
	struct suit_slice bytes = diag("%s", row->state);
	const struct sg_buf file = { (uint8_t *)bytes.ptr, bytes.len };
	struct sg_state out;

	failed(sg_state_decode(&file, &out, &why), row->message);
	assert_int_equal(out.n, 0);
}

static void a_folder_that_cannot_be_is_not_nothing(void **state)
{
	const char *name = repeat("d", 5000, "");
	struct sg_state out;

	(void)state;
	open_shop();
	failed(sg_state_collect(name, scratch("var"), &out, &why),
	       "more than 4064 bytes");
	failed(sg_state_collect(scratch("etc"), name, &out, &why),
	       "more than 4064 bytes");
}

int main(void)
{
	table(sources, a_loop_is_not_nothing);
	table(modes, the_mode_is_one_word);
	table(items, a_malformed_file_is_no_verdict);
	single("an identity is text", an_identity_is_text);
	single("a folder that cannot be is not nothing",
	       a_folder_that_cannot_be_is_not_nothing);
	return table_run("state_file");
}
