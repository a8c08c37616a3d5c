// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * What suitgated makes of a refusal of the gate: a report that is kept, signed
 * by the device, and a line for the journal.
 */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>

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

enum { SECOND = 1000000000 };

static uint64_t boottime(void)
{
	struct timespec ts;

	clock_gettime(CLOCK_BOOTTIME, &ts);
	return (uint64_t)ts.tv_sec * SECOND + (uint64_t)ts.tv_nsec;
}

static struct sg_gate_record refusal(void)
{
	struct sg_gate_record record = {
		.number = 12, .time = boottime(), .bytes = 70000, .error = "image-mismatch",
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
	for (; record.number < 15; record.number++)
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

/* Told of it again, as after a start, nothing happens. */
static void is_known(void **state)
{
	struct sg_gate_record record = refusal();
	struct daemon daemon = begin("known");
	bool rebuilt;

	(void)state;
	report_denial(&daemon, &record);
	store_close(daemon.store);
	succeeded(store_open(daemon.config.config_dir, &daemon.store, &rebuilt,
			     &why));
	said[0] = '\0';
	report_denial(&daemon, &record);
	record.number = 11;
	record.time -= 5;
	report_denial(&daemon, &record);
	read_kept(&daemon);
	assert_int_equal(kept.report.count, 1);
	assert_string_equal(said, "");
	/* two at the same time may come in another order */
	record.number = 13;
	report_denial(&daemon, &record);
	record.number = 12;
	record.time += 5;
	report_denial(&daemon, &record);
	read_kept(&daemon);
	assert_int_equal(kept.report.count, 2);
	store_close(daemon.store);
}

/* Its module was loaded again, and counts from 1. */
static void counts_anew(void **state)
{
	struct sg_gate_record record = refusal();
	struct daemon daemon = begin("anew");

	(void)state;
	report_denial(&daemon, &record);
	record.number = 1;
	record.time++;
	report_denial(&daemon, &record);
	report_denial(&daemon, &record);
	read_kept(&daemon);
	assert_int_equal(kept.report.count, 2);
	store_close(daemon.store);
}

/* What was remembered of another boot says nothing of this one. */
static void of_another_boot(void **state)
{
	const struct store_denial before = {
		.boot_id = "00000000-0000-4000-8000-000000000000",
		.number = 4711, .time = UINT64_MAX >> 1,
	};
	struct sg_gate_record record = refusal();
	struct daemon daemon = begin("boot");

	(void)state;
	succeeded(store_denial_put(daemon.store, &before, &why));
	report_denial(&daemon, &record);
	report_denial(&daemon, &record);
	record.number++;
	record.time++;
	report_denial(&daemon, &record);
	read_kept(&daemon);
	assert_int_equal(kept.report.count, 2);
	store_close(daemon.store);
}

/* The time is that of the refusal, and like ones within an hour of that one. */
static void has_its_time(void **state)
{
	const uint64_t age = boottime() / SECOND / 2;
	struct sg_gate_record record = refusal();
	struct daemon daemon = begin("time");
	uint64_t now = (uint64_t)time(NULL);

	(void)state;
	record.time -= age * SECOND;
	report_denial(&daemon, &record);
	read_kept(&daemon);
	assert_in_range(kept.report.time, now - age - 2, now - age + 2);
	/* one of the future is of now */
	record.number++;
	record.time = boottime() + 10ULL * SECOND;
	report_denial(&daemon, &record);
	read_kept(&daemon);
	assert_int_equal(kept.n, age > 3600 ? 2 : 1);
	if (kept.n == 2)
		assert_in_range(kept.report.time, now, now + 2);
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

int main(void)
{
	single("a refusal is reported", is_reported);
	single("the same within an hour is counted", is_counted);
	single("one that is known is not reported again", is_known);
	single("the gate counts anew", counts_anew);
	single("another boot", of_another_boot);
	single("it has the time of the refusal", has_its_time);
	single("there was no manifest", without_manifest);
	single("the digest is longer than the gate tells", of_a_longer_digest);
	single("it cannot be signed", cannot_be_signed);
	single("the name is no component", of_an_odd_name);
	return table_run("denial");
}
