// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * The kernel's verdict: a manifest projected on the one component that is
 * delivered, and no verdict without a match that is still in force.
 */
#include "gadget.h"

/**
 * struct verdict - about one of components 0 to 3
 * @shared: content of the shared sequence, NULL for none
 * @validate: content of validate
 * @trace: what was asked of the device
 * @index: of the component that is delivered
 */
struct verdict {
	const char *name;
	const char *shared;
	const char *validate;
	enum suit_error error;
	const char *trace;
	u32 index;
};

static void check_verdict(void **state)
{
	const struct verdict *row = *state;

	expect(gadget_decide(row->shared, row->validate, row->index),
	       row->error);
	assert_string_equal(gadget.trace, row->trace);
}

#define ZERO "20, {3: <<digest'zero'>>}"
#define ONE "20, {3: <<digest'one'>>}"
#define WRONG "20, {3: <<digest'wrong'>>}"
#define KNOWN "20, {1: " GADGET_VENDOR ", 2: " GADGET_CLASS "}"

static const struct verdict rows[] = {
	{ "the digest matches", "[12, 0, " ZERO "]", "[12, 0, 3, 15]",
	  SUIT_OK, "i0" },
	{ "another component is delivered",
	  "[12, 0, " ZERO ", 12, 1, " ONE "]", "[12, true, 3, 15]", SUIT_OK,
	  "i1", 1 },
	{ "nothing is asked about others",
	  "[12, true, " KNOWN ", 12, 1, " ONE "]",
	  "[12, true, 1, 15, 2, 15, 12, 1, 3, 15]", SUIT_OK, "v1 c1 i1", 1 },
	{ "in a list", "[12, 1, " ONE "]", "[12, [0, 1, 2], 3, 15]",
	  SUIT_OK, "i1", 1 },
	{ "twice in a list", "[12, 1, " ONE "]", "[12, [1, 1], 3, 15]",
	  SUIT_OK, "i1 i1", 1 },
	{ "not in the list", "[12, 1, " ONE "]", "[12, [0, 2], 3, 15]",
	  SUIT_ERR_NO_IMAGE_MATCH, "", 1 },
	{ "matched in shared", "[12, 0, " ZERO ", 3, 15]", "[12, 0, 20, {}]",
	  SUIT_OK, "i0" },
	{ "the digest differs", "[12, 0, " WRONG "]", "[12, 0, 3, 15]",
	  SUIT_ERR_IMAGE, "i0" },
	{ "the size differs",
	  "[12, 0, 20, {3: <<digest'zero'>>, 14: 3}]", "[12, 0, 3, 15]",
	  SUIT_ERR_IMAGE_SIZE, "i0" },
	{ "no digest", "[12, 0, 20, {14: 4}]", "[12, 0, 3, 15]",
	  SUIT_ERR_PARAMETER_MISSING, "" },
	{ "no image-match", "[12, 0, " ZERO "]", "[12, 0, 20, {}]",
	  SUIT_ERR_NO_IMAGE_MATCH, "" },
	{ "no image-match, but the same content",
	  "[12, 0, 20, {3: <<digest'zero'>>, 18: 'zero'}]",
	  "[12, 0, 6, 15]", SUIT_ERR_NO_IMAGE_MATCH, "p0" },
	{ "an image-match of another component",
	  "[12, 0, " ZERO ", 12, 1, " ONE "]", "[12, 0, 3, 15]",
	  SUIT_ERR_NO_IMAGE_MATCH, "", 1 },
	{ "another component that does not match",
	  "[12, 0, " WRONG ", 12, 1, " ONE "]", "[12, [0, 1], 3, 15]",
	  SUIT_OK, "i1", 1 },
	{ "an abort for another component",
	  "[12, 1, " ONE "]", "[12, 0, 14, 15, 12, 1, 3, 15]", SUIT_OK,
	  "i1", 1 },
	{ "another component that is of another vendor",
	  "[12, 0, 20, {1: " STRANGER "}, 1, 15, 12, 1, " ONE "]",
	  "[12, 1, 3, 15]", SUIT_OK, "i1", 1 },
	{ "of another vendor", "[12, 0, 20, {1: " STRANGER "}, 1, 15, " ZERO
	  "]", "[12, 0, 3, 15]", SUIT_ERR_VENDOR, "v0" },
	{ "of another class, after the match", "[12, 0, " ZERO ","
	  " 20, {2: " STRANGER "}]", "[12, 0, 3, 15, 2, 15]",
	  SUIT_ERR_CLASS, "i0 c0" },
	{ "an abort after the match", "[12, 0, " ZERO "]",
	  "[12, 0, 3, 15, 14, 15]", SUIT_ERR_ABORT, "i0" },
	{ "another slot", "[12, 0, " ZERO ", 20, {5: 1}]",
	  "[12, 0, 5, 15, 3, 15]", SUIT_ERR_SLOT, "s0" },
};

static const struct verdict overrides[] = {
	{ "override: the digest after the match", "[12, 0, " ZERO ", 3, 15]",
	  "[12, 0, " WRONG "]", SUIT_ERR_NO_IMAGE_MATCH, "i0" },
	{ "override: the same digest after the match",
	  "[12, 0, " ZERO ", 3, 15]", "[12, 0, " ZERO "]",
	  SUIT_ERR_NO_IMAGE_MATCH, "i0" },
	{ "override: the size after the match", "[12, 0, " ZERO ", 3, 15]",
	  "[12, 0, 20, {14: 4}]", SUIT_ERR_NO_IMAGE_MATCH, "i0" },
	{ "override: and matched again", "[12, 0, " WRONG "]",
	  "[12, 0, " ZERO ", 3, 15, 20, {14: 4}, 3, 15]", SUIT_OK, "i0 i0" },
	{ "override: and not matched again", "[12, 0, " ZERO ", 3, 15]",
	  "[12, 0, " WRONG ", 3, 15]", SUIT_ERR_IMAGE, "i0 i0" },
	{ "override: of another component", "[12, 0, " ZERO "]",
	  "[12, 0, 3, 15, 12, 1, " WRONG "]", SUIT_OK, "i0" },
	{ "override: of something else", "[12, 0, " ZERO "]",
	  "[12, 0, 3, 15, " KNOWN "]", SUIT_OK, "i0" },
	{ "override: for all components", "[12, 0, " ZERO "]",
	  "[12, 0, 3, 15, 12, true, " WRONG "]", SUIT_ERR_NO_IMAGE_MATCH,
	  "i0" },
	{ "set: a digest that is set already", "[12, 0, " ZERO "]",
	  "[12, 0, 3, 15, 19, {3: <<digest'wrong'>>}]", SUIT_OK, "i0" },
	{ "set: a size that was not, after the match", "[12, 0, " ZERO "]",
	  "[12, 0, 3, 15, 19, {14: 3}]", SUIT_ERR_NO_IMAGE_MATCH, "i0" },
	{ "override: in a run-sequence after the match", "[12, 0, " ZERO "]",
	  "[12, 0, 3, 15, 32, <<[" WRONG "]>>]", SUIT_ERR_NO_IMAGE_MATCH,
	  "i0" },
	{ "override: in a branch that then fails", "[12, 0, " ZERO "]",
	  "[12, 0, 3, 15, 15, [<<[" WRONG ", 14, 0]>>, <<[20, {}]>>]]",
	  SUIT_ERR_NO_IMAGE_MATCH, "i0" },
	{ "override: in a run-sequence that ends softly",
	  "[12, 0, " ZERO "]",
	  "[12, 0, 3, 15, 32, <<[20, {13: true}, " WRONG ", 14, 0]>>]",
	  SUIT_ERR_NO_IMAGE_MATCH, "i0" },
};

static const struct verdict branches[] = {
	{ "branch: matched in the one that is taken", "[12, 0, " ZERO "]",
	  "[12, 0, 15, [<<[3, 15]>>, <<[14, 0]>>]]", SUIT_OK, "i0" },
	{ "branch: matched in the second", "[12, 0, " ZERO "]",
	  "[12, 0, 15, [<<[14, 0]>>, <<[3, 15]>>]]", SUIT_OK, "i0" },
	{ "branch: a match in one that is not taken", "[12, 0, " ZERO "]",
	  "[12, 0, 15, [<<[20, {}]>>, <<[3, 15]>>]]",
	  SUIT_ERR_NO_IMAGE_MATCH, "" },
	{ "branch: matched in one that then fails", "[12, 0, " ZERO "]",
	  "[12, 0, 15, [<<[3, 15, 14, 0]>>, <<[20, {}]>>]]",
	  SUIT_ERR_NO_IMAGE_MATCH, "i0" },
	{ "branch: matched in one that fails, then nil",
	  "[12, 0, " ZERO "]",
	  "[12, 0, 15, [<<[3, 15, 14, 0]>>, <<[14, 0]>>, null]]",
	  SUIT_ERR_NO_IMAGE_MATCH, "i0" },
	{ "branch: matched in a run-sequence that ends softly",
	  "[12, 0, " ZERO "]",
	  "[12, 0, 32, <<[20, {13: true}, 3, 15, 14, 0]>>]",
	  SUIT_ERR_NO_IMAGE_MATCH, "i0" },
	{ "branch: matched deep inside one that fails", "[12, 0, " ZERO "]",
	  "[12, 0, 15, [<<[32, <<[3, 15]>>, 14, 0]>>, <<[20, {}]>>]]",
	  SUIT_ERR_NO_IMAGE_MATCH, "i0" },
	{ "branch: matched before one that fails", "[12, 0, " ZERO "]",
	  "[12, 0, 3, 15, 15, [<<[14, 0]>>, <<[20, {}]>>]]", SUIT_OK,
	  "i0" },
	{ "branch: matched before a run-sequence that ends softly",
	  "[12, 0, " ZERO "]",
	  "[12, 0, 3, 15, 32, <<[20, {13: true}, 14, 0]>>]", SUIT_OK,
	  "i0" },
	{ "branch: either of two images", "[12, 0, 20, {}]",
	  "[12, 0, 15, [<<[" WRONG ", 3, 15]>>, <<[" ZERO ", 3, 15]>>]]",
	  SUIT_OK, "i0 i0" },
	{ "branch: neither of two images", "[12, 0, 20, {}]",
	  "[12, 0, 15, [<<[" WRONG ", 3, 15]>>, <<[" ONE ", 3, 15]>>]]",
	  SUIT_ERR_TRY_EACH, "i0 i0" },
	{ "branch: an image, or none but nil", "[12, 0, 20, {}]",
	  "[12, 0, 15, [<<[" WRONG ", 3, 15]>>, <<[" ONE ", 3, 15]>>,"
	  " null]]", SUIT_ERR_NO_IMAGE_MATCH, "i0 i0" },
	{ "branch: for other components", "[12, 0, " ZERO "]",
	  "[12, 1, 15, [<<[3, 15]>>, <<[3, 15]>>], 12, 0, 3, 15]", SUIT_OK,
	  "i0" },
	{ "branch: a size that a failed one set stays", "[12, 0, " ZERO "]",
	  "[12, 0, 15, [<<[20, {14: 3}, 14, 0]>>, <<[3, 15]>>]]",
	  SUIT_ERR_TRY_EACH, "i0" },
};

static void what_is_not_run(void **state)
{
	struct opened o;

	(void)state;
	gadget_reset();
	expect(open_manifest(&o, SUIT_PROFILE_KERNEL,
			     manifest_of(1, ", 4: <<[" ZERO ", 3, 15]>>",
					 ", 8: <<[14, 15]>>,"
					 " 9: <<[23, 15]>>,"
					 " 20: <<[21, 15]>>"), ""), SUIT_OK);
	expect(suit_decide(&process, &o.m, 0, &gadget_platform), SUIT_OK);
	assert_string_equal(gadget.trace, "i0");
}

static void not_for_a_verdict(void **state)
{
	const char *manifest = manifest_of(2, "", ", 7: <<[12, 0, " ZERO
					   ", 3, 15]>>");
	struct opened o;

	(void)state;
	gadget_reset();
	expect(open_manifest(&o, SUIT_PROFILE_KERNEL, manifest, ""), SUIT_OK);
	expect(suit_decide(&process, &o.m, 0, &gadget_platform), SUIT_OK);
	expect(suit_decide(&process, &o.m, 2, &gadget_platform),
	       SUIT_ERR_COMPONENT_INDEX);
	expect(suit_decide(&process, &o.m, 0xffffffff, &gadget_platform),
	       SUIT_ERR_COMPONENT_INDEX);
	o.m.catalogue = true;
	expect(suit_decide(&process, &o.m, 0, &gadget_platform),
	       SUIT_ERR_PROFILE);
	expect(suit_manifest_peek(&o.m, &o.env), SUIT_OK);
	expect(suit_decide(&process, &o.m, 0, &gadget_platform),
	       SUIT_ERR_PROFILE);
	expect(open_manifest(&o, SUIT_PROFILE_FULL, manifest, ""), SUIT_OK);
	expect(suit_decide(&process, &o.m, 0, &gadget_platform),
	       SUIT_ERR_PROFILE);
}

/* One verdict leaves nothing behind for the next. */
static void verdicts_in_a_row(void **state)
{
	struct opened o;

	(void)state;
	gadget_reset();
	expect(open_manifest(&o, SUIT_PROFILE_KERNEL,
			     manifest_of(2, ", 4: <<[12, 0, " ZERO "]>>",
					 ", 7: <<[12, 0, 3, 15]>>"), ""),
	       SUIT_OK);
	expect(suit_decide(&process, &o.m, 0, &gadget_platform), SUIT_OK);
	expect(suit_decide(&process, &o.m, 1, &gadget_platform),
	       SUIT_ERR_NO_IMAGE_MATCH);
	expect(suit_decide(&process, &o.m, 0, &gadget_platform), SUIT_OK);
}

int main(void)
{
	table(rows, check_verdict);
	table(overrides, check_verdict);
	table(branches, check_verdict);
	single("what is not run", what_is_not_run);
	single("what is no manifest for a verdict", not_for_a_verdict);
	single("verdicts in a row", verdicts_in_a_row);
	return table_run("decide");
}
