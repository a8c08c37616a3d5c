// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * The bounds of suit_limits.h: manifests, catalogues, sequences.
 */
#include "gadget.h"
#include "limit.h"

static enum suit_error manifest_bytes(unsigned int more)
{
	struct suit_slice manifest = diag("%s", manifest_of(1, "",
				       ", 7: <<[3, 15]>>, 23: h''"));
	struct opened o;

	manifest = filled(manifest, SUIT_MAX_MANIFEST + more);
	return open_envelope(&o, envelope_of(manifest, ""), SUIT_PROFILE_FULL);
}

static enum suit_error severed_bytes(unsigned int more)
{
	static u8 member[SUIT_MAX_MANIFEST + 1];
	const char *content = repeat("00", SUIT_MAX_MANIFEST + more, "");
	struct suit_slice bstr = diag("h'%s'", content);
	struct suit_slice digest = { member, 32 };
	struct opened o;

	expect(toy_crypto()->ops->digest(NULL, SUIT_ALG_SHA256, &bstr, 1,
					 member), SUIT_OK);
	return open_manifest(&o, SUIT_PROFILE_FULL,
			     manifest_of(1, "",
					 text(", 7: <<[3, 15]>>,"
					      " 23: [-16, h'%s']",
					      hex(digest))),
			     text(", 23: h'%s'", content));
}

static const char *with_components(unsigned int n, const char *rest)
{
	return text("{1: 1, 2: 7, 3: <<{2: [%s]}>>%s}",
		    each(n, "['c', '#']"), rest);
}

static enum suit_error catalogue_bytes(unsigned int more)
{
	struct suit_slice manifest = diag("%s", with_components(
		SUIT_MAX_COMPONENTS + 1, ", 23: h''"));
	struct opened o;

	manifest = filled(manifest, SUIT_MAX_CATALOGUE + more);
	return open_envelope(&o, envelope_of(manifest, ""), SUIT_PROFILE_FULL);
}

static enum suit_error catalogue_entries(unsigned int more)
{
	struct opened o;

	return open_manifest(&o, SUIT_PROFILE_FULL,
			     with_components(SUIT_MAX_CATALOGUE_ENTRIES + more,
					     ""), "");
}

static enum suit_error components_of_a_list(unsigned int more)
{
	struct opened o;

	return open_manifest(&o, SUIT_PROFILE_FULL,
			     with_components(1, text(
				", 7: <<[12, [%s], 3, 15]>>",
				repeat("0", SUIT_MAX_COMPONENTS + more,
				       ", "))), "");
}

/* @open and @close around a command that holds, @n sequences in all. */
static enum suit_error nested(const char *open, const char *close,
			      unsigned int n)
{
	return gadget_decide(NULL, text("[12, 0, 20, {3: <<digest'zero'>>},"
					" %s3, 15%s]",
					repeat(open, n - 1, ""),
					repeat(close, n - 1, "")), 0);
}

static enum suit_error open_nested(const char *open, const char *close,
				   unsigned int n)
{
	return open_sections(1, "", text(", 7: <<[%s3, 15%s]>>",
					 repeat(open, n - 1, ""),
					 repeat(close, n - 1, "")),
			     SUIT_PROFILE_KERNEL);
}

static enum suit_error depth_of_runs(unsigned int more)
{
	if (!more)
		expect(nested("32, <<[", "]>>", SUIT_MAX_SEQUENCE_DEPTH),
		       SUIT_OK);
	return open_nested("32, <<[", "]>>", SUIT_MAX_SEQUENCE_DEPTH + more);
}

static enum suit_error depth_of_tries(unsigned int more)
{
	const char *close = "]>>, <<[14, 0]>>]";

	if (!more)
		expect(nested("15, [<<[", close, SUIT_MAX_SEQUENCE_DEPTH),
		       SUIT_OK);
	return open_nested("15, [<<[", close, SUIT_MAX_SEQUENCE_DEPTH + more);
}

/* Commands count once for each component, also those of others. */
static enum suit_error steps(unsigned int more)
{
	unsigned int rounds = SUIT_MAX_STEPS / SUIT_MAX_COMPONENTS - 2;
	struct opened o;

	gadget_reset();
	expect(open_manifest(&o, SUIT_PROFILE_KERNEL,
			     with_components(SUIT_MAX_COMPONENTS, text(
				", 7: <<[12, true, 20, {3: <<digest'zero'>>},"
				" 3, 15, %s%s]>>",
				repeat("20, {5: 0}", rounds, ", "),
				more ? ", 12, 63, 20, {5: 0}" : "")), ""),
	       SUIT_OK);
	return suit_decide(&process, &o.m, 0, &gadget_platform);
}

static enum suit_error try_each(unsigned int more)
{
	return open_sections(1, "", text(", 7: <<[15, [%s]]>>", repeat(
		"<<[3, 15]>>", SUIT_MAX_TRY_EACH + more, ", ")),
		SUIT_PROFILE_FULL);
}

static const struct limit limits[] = {
	{ "SUIT_MAX_MANIFEST", manifest_bytes, SUIT_ERR_MANIFEST_SIZE },
	{ "SUIT_MAX_MANIFEST of a severed member", severed_bytes,
	  SUIT_ERR_MANIFEST_SIZE },
	{ "SUIT_MAX_CATALOGUE", catalogue_bytes, SUIT_ERR_MANIFEST_SIZE },
	{ "SUIT_MAX_COMPONENTS of a list", components_of_a_list,
	  SUIT_ERR_COMPONENTS },
	{ "SUIT_MAX_CATALOGUE_ENTRIES", catalogue_entries,
	  SUIT_ERR_COMPONENTS },
	{ "SUIT_MAX_SEQUENCE_DEPTH", depth_of_runs, SUIT_ERR_SEQUENCE_DEPTH },
	{ "SUIT_MAX_SEQUENCE_DEPTH of try-each", depth_of_tries,
	  SUIT_ERR_SEQUENCE_DEPTH },
	{ "SUIT_MAX_STEPS", steps, SUIT_ERR_SEQUENCE_STEPS },
	{ "SUIT_MAX_TRY_EACH", try_each, SUIT_ERR_TRY_EACH_SIZE },
};

/* More components than fit are no error but another form. */
static void more_components_are_a_catalogue(void **state)
{
	struct opened o;

	(void)state;
	expect(open_manifest(&o, SUIT_PROFILE_FULL, with_components(
		SUIT_MAX_COMPONENTS, ", 7: <<[12, 63, 3, 15]>>"), ""),
	       SUIT_OK);
	assert_false(o.m.catalogue);
	expect(open_manifest(&o, SUIT_PROFILE_FULL, with_components(
		SUIT_MAX_COMPONENTS + 1, ", 7: <<[12, 64, 3, 15]>>"), ""),
	       SUIT_OK);
	assert_true(o.m.catalogue);
}

int main(void)
{
	table(limits, check_limit);
	single("more components are a catalogue",
	       more_components_are_a_catalogue);
	return table_run("limits_manifest");
}
