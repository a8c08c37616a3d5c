// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Conditions: what each asks of the device, and what it says when it does not
 * hold.
 */
#include "gadget.h"

struct condition_row {
	const char *name;
	const char *sequence;	/* for component 0, "zero", of 4 bytes */
	enum suit_error error;
	const char *trace;
};

static void check_condition(void **state)
{
	const struct condition_row *row = *state;
	const char *sequence = text("[12, 0, %s]", row->sequence);

	expect(gadget_validate(NULL, sequence), row->error);
	assert_string_equal(gadget.trace, row->trace);
}

#define DIGEST "3: <<digest'zero'>>"

static const struct condition_row rows[] = {
	{ "vendor", "20, {1: " GADGET_VENDOR "}, 1, 15", SUIT_OK, "v0" },
	{ "vendor: an enterprise number", "20, {1: 112(h'd86f')}, 1, 15",
	  SUIT_OK, "v0" },
	{ "vendor: another enterprise number",
	  "20, {1: 112(h'd870')}, 1, 15", SUIT_ERR_VENDOR, "v0" },
	{ "vendor: a stranger", "20, {1: " STRANGER "}, 1, 15",
	  SUIT_ERR_VENDOR, "v0" },
	{ "vendor: the class", "20, {1: " GADGET_CLASS "}, 1, 15",
	  SUIT_ERR_VENDOR, "v0" },
	{ "vendor: not set", "20, {2: " GADGET_CLASS "}, 1, 15",
	  SUIT_ERR_PARAMETER_MISSING, "" },
	{ "class", "20, {2: " GADGET_CLASS "}, 2, 15", SUIT_OK, "c0" },
	{ "class: a stranger", "20, {2: " STRANGER "}, 2, 15",
	  SUIT_ERR_CLASS, "c0" },
	{ "class: not set", "2, 15", SUIT_ERR_PARAMETER_MISSING, "" },
	{ "device", "20, {24: " GADGET_DEVICE "}, 24, 15", SUIT_OK, "d0" },
	{ "device: a stranger", "20, {24: " STRANGER "}, 24, 15",
	  SUIT_ERR_DEVICE, "d0" },
	{ "device: not set", "24, 15", SUIT_ERR_PARAMETER_MISSING, "" },
	{ "slot", "20, {5: 0}, 5, 15", SUIT_OK, "s0" },
	{ "slot: another", "20, {5: 1}, 5, 15", SUIT_ERR_SLOT, "s0" },
	{ "slot: 0 in 32 bits", "20, {5: 4294967296}, 5, 15", SUIT_ERR_SLOT,
	  "s0" },
	{ "slot: not set", "5, 15", SUIT_ERR_PARAMETER_MISSING, "" },
	{ "image", "20, {" DIGEST "}, 3, 15", SUIT_OK, "i0" },
	{ "image: and its size", "20, {" DIGEST ", 14: 4}, 3, 15", SUIT_OK,
	  "i0" },
	{ "image: another", "20, {3: <<digest'one'>>}, 3, 15",
	  SUIT_ERR_IMAGE, "i0" },
	{ "image: another of the same size", "20, {3: <<digest'Zero'>>,"
	  " 14: 4}, 3, 15", SUIT_ERR_IMAGE, "i0" },
	{ "image: another size", "20, {" DIGEST ", 14: 5}, 3, 15",
	  SUIT_ERR_IMAGE_SIZE, "i0" },
	{ "image: its size in 32 bits", "20, {" DIGEST ", 14: 4294967300},"
	  " 3, 15", SUIT_ERR_IMAGE_SIZE, "i0" },
	{ "image: only a size", "20, {14: 4}, 3, 15",
	  SUIT_ERR_PARAMETER_MISSING, "" },
	{ "image: absent", "20, {" DIGEST "}, 12, 3, 20, {" DIGEST "}, 3, 15",
	  SUIT_ERR_IMAGE, "i3" },
	{ "content", "20, {18: 'zero'}, 6, 15", SUIT_OK, "p0" },
	{ "content: another", "20, {18: 'zerO'}, 6, 15", SUIT_ERR_CONTENT,
	  "p0" },
	{ "content: less", "20, {18: 'zer'}, 6, 15", SUIT_ERR_CONTENT,
	  "p0" },
	{ "content: nothing", "20, {18: h''}, 6, 15", SUIT_ERR_CONTENT,
	  "p0" },
	{ "content: not set", "6, 15", SUIT_ERR_PARAMETER_MISSING, "" },
	{ "abort", "14, 15", SUIT_ERR_ABORT, "" },
};

/* Hashing that fails is no image that differs: no branch may catch it. */
static void hashing_fails(void **state)
{
	const char *validate = "[15, [<<[3, 15]>>, <<[1, 15]>>]]";
	const char *shared = "[20, {1: " GADGET_VENDOR ", " DIGEST "}]";
	struct opened o;

	(void)state;
	gadget_reset();
	gadget.error = SUIT_ERR_CRYPTO;
	expect(open_manifest(&o, SUIT_PROFILE_KERNEL,
			     manifest_of(1, text(", 4: <<%s>>", shared),
					 text(", 7: <<%s>>", validate)), ""),
	       SUIT_OK);
	expect(suit_decide(&process, &o.m, 0, &gadget_platform),
	       SUIT_ERR_CRYPTO);
	assert_string_equal(gadget.trace, "i0");
}

/* A device without an op cannot be asked; no branch catches that either. */
static void nothing_to_ask(void **state)
{
	static const struct suit_platform_ops none;
	const struct suit_platform platform = { &none, NULL };
	static const unsigned int codes[] = { 1, 2, 3, 5, 6, 24 };
	const char *shared = "[20, {1: " GADGET_VENDOR ", 2: " GADGET_CLASS
			     ", " DIGEST ", 5: 0, 18: 'zero', 24: "
			     GADGET_DEVICE "}]";
	struct opened o;
	size_t i;

	(void)state;
	for (i = 0; i < COUNT(codes); i++) {
		const char *validate = text("[15, [<<[%u, 15]>>, <<[20, {}]>>"
					    "]]", codes[i]);

		expect(open_manifest(&o, SUIT_PROFILE_KERNEL,
				     manifest_of(1, text(", 4: <<%s>>",
							 shared),
						 text(", 7: <<%s>>",
						      validate)), ""),
		       SUIT_OK);
		expect(suit_decide(&process, &o.m, 0, &platform),
		       SUIT_ERR_COMMAND);
	}
}

int main(void)
{
	table(rows, check_condition);
	single("hashing fails", hashing_fails);
	single("a device that cannot be asked", nothing_to_ask);
	return table_run("condition");
}
