// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * What suitgated makes of a refusal of the gate: a report that is kept, signed
 * by the device, and a line for the journal. And what it installs beside what
 * is installed.
 */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "../../userspace/daemon/policy.h"
#include "../../userspace/daemon/report.h"
#include "report_case.h"

#define MANIFEST "000102030405060708090a0b0c0d0e0f" \
	"101112131415161718191a1b1c1d1e1f"
#define LONG MANIFEST "202122232425262728292a2b2c2d2e2f"
#define SEEN "30313233343536373839303132333435" \
	"36373839303132333435363738393031"
#define NO_BYTES "[-16, h'e3b0c44298fc1c149afbf4c8996fb924" \
	"27ae41e4649b934ca495991b7852b855']"

static char said[2048];

void daemon_log(int priority, const char *fmt, ...)
{
	size_t len = strlen(said);
	va_list ap;

	len += (size_t)snprintf(said + len, sizeof(said) - len, "<%d>",
				priority);
	va_start(ap, fmt);
	len += (size_t)vsnprintf(said + len, sizeof(said) - len, fmt, ap);
	va_end(ap);
	snprintf(said + len, sizeof(said) - len, "\n");
}

/* A daemon whose folders are below @name. */
static struct daemon begin(const char *name)
{
	struct daemon daemon = { 0 };
	bool rebuilt;

	said[0] = '\0';
	daemon.config.config_dir = (char *)scratch_folder(name);
	succeeded(store_open(daemon.config.config_dir, &daemon.store, &rebuilt,
			     &why));
	return daemon;
}

static struct sg_gate_record refusal(void)
{
	struct sg_gate_record record = {
		.number = 12, .bytes = 70000, .error = "image-mismatch",
		.err = -EACCES, .path = "file", .verdict = "refused",
		.source = "loaded", .mode = "enforce", .pid = 99,
		.digest = "01234567890123456789012345678901",
		.comm = "modprobe", .authority = "acme", .name = "acme/x.fw",
	};
	size_t i;

	for (i = 0; i < sizeof(record.manifest); i++)
		record.manifest[i] = (uint8_t)i;
	return record;
}

/* What is kept. */
static struct kept {
	unsigned int n;
	struct store_report report;
	char facts[8192];
} kept;

static int keep(void *context, const struct store_report *is,
		struct sg_error *err)
{
	(void)context;
	(void)err;
	kept.n++;
	kept.report = *is;
	snprintf(kept.facts, sizeof(kept.facts), "%s", is->facts);
	return 0;
}

static void read_kept(struct daemon *daemon)
{
	kept.n = 0;
	succeeded(store_reports(daemon->store, 0, false, keep, NULL, &why));
}

/* What the device signed of it, verified; removed from the facts. */
static struct suit_slice take_signed(struct daemon *daemon)
{
	const char *trust = text("%s/device.pub", daemon->config.config_dir);
	sd_json_variant *facts = NULL, *is;
	struct sg_buf bytes, out;
	char *rest;
	void *data;

	assert_true(sd_json_parse(kept.facts, 0, &facts, NULL, NULL) >= 0);
	is = sd_json_variant_by_key(facts, "suitReport");
	assert_non_null(is);
	assert_true(sd_json_variant_unbase64(is, &data, &bytes.len) >= 0);
	bytes.data = data;
	succeeded(sg_report_verify(&bytes, &trust, 1, &out, &why));
	free(data);
	assert_true(sd_json_variant_filter(&facts,
			(char *[]){ (char[]){ "suitReport" }, NULL }) >= 0);
	assert_true(sd_json_variant_format(facts, 0, &rest) >= 0);
	snprintf(kept.facts, sizeof(kept.facts), "%s", rest);
	free(rest);
	sd_json_variant_unref(facts);
	return taken(&out);
}

static void is_reported(void **state)
{
	const struct sg_gate_record record = refusal();
	struct daemon daemon = begin("reported");

	(void)state;
	report_denial(&daemon, &record);
	read_kept(&daemon);
	assert_int_equal(kept.n, 1);
	assert_string_equal(kept.report.kind, "denied");
	assert_string_equal(kept.report.subject, "acme/x.fw");
	assert_string_equal(kept.report.result, "image-mismatch");
	assert_int_equal(kept.report.count, 1);
	expect_bytes(take_signed(&daemon),
		     diag("{3: [{0: ['firmware', 'acme', 'x.fw'],"
			  " 3: <<[-16, h'" SEEN "']>>, 14: 70000}],"
			  " 4: {5: -129, 6: [[], 0, 0, 0, {}], 7: 10},"
			  " 99: [\"\", [-16, h'" MANIFEST "']]}"));
	assert_string_equal(kept.facts,
		"{\"verdict\":\"refused\",\"mode\":\"enforce\","
		"\"path\":\"file\",\"thread\":\"modprobe\",\"bytes\":70000,"
		"\"sha256\":\"" SEEN "\",\"manifest\":\"" MANIFEST "\","
		"\"authority\":\"acme\"}");
	assert_string_equal(said,
		"<4>acme/x.fw for modprobe: refused: image-mismatch\n");
	store_close(daemon.store);
}

/* The same within an hour is one report; another reason is another. */
static void is_counted(void **state)
{
	struct sg_gate_record record = refusal();
	struct daemon daemon = begin("counted");

	(void)state;
	report_denial(&daemon, &record);
	report_denial(&daemon, &record);
	report_denial(&daemon, &record);
	read_kept(&daemon);
	assert_int_equal(kept.n, 1);
	assert_int_equal(kept.report.count, 3);
	record.error = "no-manifest";
	report_denial(&daemon, &record);
	read_kept(&daemon);
	assert_int_equal(kept.n, 2);
	assert_int_equal(kept.report.count, 1);
	assert_string_equal(kept.report.result, "no-manifest");
	store_close(daemon.store);
}

/* Neither a manifest nor bytes were seen: none is made up. */
static void without_manifest(void **state)
{
	struct sg_gate_record record = refusal();
	struct daemon daemon = begin("without");

	(void)state;
	memset(record.manifest, 0, sizeof(record.manifest));
	memset(record.digest, 0, sizeof(record.digest));
	record.bytes = 0;
	record.error = "no-manifest";
	report_denial(&daemon, &record);
	read_kept(&daemon);
	expect_bytes(take_signed(&daemon),
		     diag("{3: [{0: ['firmware', 'acme', 'x.fw'], 14: 0}],"
			  " 4: {5: -126, 6: [[], 0, 0, 0, {}], 7: 4},"
			  " 99: [\"\", " NO_BYTES "]}"));
	store_close(daemon.store);
}

/* The gate tells 32 bytes of a longer digest: what is installed has the rest. */
static void of_a_longer_digest(void **state)
{
	struct store_component installed = {
		.name = "firmware/acme/x.fw", .manifest = LONG,
		.authority = "acme", .role = SG_ROLE_VENDOR, .confirmed = true,
	};
	const struct sg_gate_record record = refusal();
	struct daemon daemon = begin("longer");

	(void)state;
	succeeded(store_component_put(daemon.store, &installed, &why));
	report_denial(&daemon, &record);
	read_kept(&daemon);
	expect_bytes(take_signed(&daemon),
		     diag("{3: [{0: ['firmware', 'acme', 'x.fw'],"
			  " 3: <<[-16, h'" SEEN "']>>, 14: 70000}],"
			  " 4: {5: -129, 6: [[], 0, 0, 0, {}], 7: 10},"
			  " 99: [\"\", [-43, h'" LONG "']]}"));
	store_close(daemon.store);
}

/* What cannot be signed is kept all the same, and why is said. */
static void cannot_be_signed(void **state)
{
	const struct sg_gate_record record = refusal();
	struct daemon daemon = begin("unsigned");

	(void)state;
	daemon.config.config_dir = (char *)scratch("nowhere");
	report_denial(&daemon, &record);
	read_kept(&daemon);
	assert_int_equal(kept.n, 1);
	assert_null(strstr(kept.facts, "suitReport"));
	assert_non_null(strstr(kept.facts, "\"thread\":\"modprobe\""));
	assert_non_null(strstr(said, "<4>there is no report: "));
	assert_non_null(strstr(said, "nowhere/device"));
	store_close(daemon.store);
}

/* A name that is no component, as of a file with an odd path. */
static void of_an_odd_name(void **state)
{
	struct sg_gate_record record = refusal();
	struct daemon daemon = begin("odd");

	(void)state;
	snprintf(record.name, sizeof(record.name), "a//b");
	report_denial(&daemon, &record);
	read_kept(&daemon);
	assert_string_equal(kept.report.subject, "a//b");
	assert_null(strstr(kept.facts, "suitReport"));
	assert_non_null(strstr(said, "<4>there is no report: "));
	store_close(daemon.store);
}

struct owner {
	const char *authority;
	unsigned int role;
	uint64_t number;
	const char *manifest;
};

/* @wants comes where @has is. */
struct beside {
	const char *name;
	struct owner has;
	struct owner wants;
	const char *message;	/* begins with the error's name; NULL: taken */
};

#define ACME(number, manifest) { "acme", SG_ROLE_VENDOR, number, manifest }
#define BASE(number) { "base", SG_ROLE_BASELINE, number, "bb" }

static const struct beside besides[] = {
	{ "a newer release", ACME(5, "aa"), ACME(6, "bb"), NULL },
	{ "the same again", ACME(5, "aa"), ACME(5, "aa"), NULL },
	{ "an older release", ACME(5, "aa"), ACME(4, "bb"),
	  "sequence-number-below-floor: firmware/acme/x.fw: sequence number 4,"
	  " but 5 is installed" },
	{ "another release of the same number", ACME(5, "aa"), ACME(5, "bb"),
	  "sequence-number-reused: firmware/acme/x.fw: another manifest with"
	  " sequence number 5 is installed; a new release needs a higher one" },
	{ "a number after which none can come", ACME(5, "aa"),
	  ACME(UINT64_MAX, "bb"),
	  "sequence-number-jump: sequence number 18446744073709551615 leaves no"
	  " room for another release" },
	{ "another vendor", ACME(5, "aa"), { "else", SG_ROLE_VENDOR, 6, "bb" },
	  "component-owned-by-other-authority: firmware/acme/x.fw belongs to"
	  " acme, not to else" },
	{ "a vendor after a baseline", BASE(5), ACME(1, "aa"), NULL },
	{ "a baseline after a vendor", ACME(5, "aa"), BASE(6),
	  "component-owned-by-other-authority: firmware/acme/x.fw belongs to"
	  " acme, not to base" },
	{ "a baseline after another", BASE(5),
	  { "else", SG_ROLE_BASELINE, 6, "cc" },
	  "component-owned-by-other-authority: firmware/acme/x.fw belongs to"
	  " base, not to else" },
};

static struct store_component component_of(const struct owner *owner)
{
	struct store_component component = {
		.name = "firmware/acme/x.fw", .role = owner->role,
		.sequence_number = owner->number, .confirmed = true,
	};

	strcpy(component.authority, owner->authority);
	strcpy(component.manifest, owner->manifest);
	return component;
}

static void beside(void **state)
{
	static struct procedure_result result;
	const struct beside *row = *state;
	const struct store_component has = component_of(&row->has);
	struct daemon daemon = begin(row->name);
	int ret;

	succeeded(store_component_put(daemon.store, &has, &why));
	result.n_manifests = result.n_components = 1;
	result.manifest[0].sequence_number = row->wants.number;
	result.component[0] = component_of(&row->wants);
	ret = policy_check(daemon.store, &result, &why);
	assert_int_equal(ret, row->message ? -1 : 0);
	if (row->message) {
		assert_string_equal(why.message, row->message);
		assert_true(why.refused);
		assert_memory_equal(why.code, row->message, strlen(why.code));
	}
	store_close(daemon.store);
}

int main(void)
{
	single("a refusal is reported", is_reported);
	single("the same within an hour is counted", is_counted);
	single("there was no manifest", without_manifest);
	single("the digest is longer than the gate tells", of_a_longer_digest);
	single("it cannot be signed", cannot_be_signed);
	single("the name is no component", of_an_odd_name);
	table(besides, beside);
	return table_run("denial");
}
