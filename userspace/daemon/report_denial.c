// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Reports of what the gate refused.
 */
#include <stdio.h>
#include <string.h>
#include <syslog.h>
#include <time.h>

#include "device_key.h"
#include "event.h"
#include "job.h"
#include "report.h"

static bool all_zero(const uint8_t *bytes, size_t len)
{
	return !*bytes && !memcmp(bytes, bytes + 1, len - 1);
}

struct find {
	const struct sg_gate_record *record;
	struct sg_gate_digest digest;
};

static int match(void *context, const struct store_component *component,
		 struct sg_error *err)
{
	struct find *find = context;
	struct sg_gate_digest is;

	if (!sg_gate_digest_parse(component->manifest, &is, err) &&
	    !memcmp(is.value, find->record->manifest,
		    sizeof(find->record->manifest)))
		find->digest = is;
	return 0;
}

/*
 * The manifest that decided. The gate keeps 32 bytes of its digest; of a longer
 * one the rest is known when we have installed it.
 */
static struct sg_gate_digest manifest_of(const struct daemon *daemon,
					 const struct sg_gate_record *record)
{
	char hex[2 * sizeof(record->manifest) + 1];
	struct find find = { .record = record };
	struct sg_error ignored;

	if (all_zero(record->manifest, sizeof(record->manifest)))
		return find.digest;
	sg_gate_hex(record->manifest, sizeof(record->manifest), hex);
	sg_gate_digest_parse(hex, &find.digest, &ignored);
	store_components(daemon->store, match, &find, &ignored);
	return find.digest;
}

static void add_decision(struct daemon *daemon, sd_json_variant **facts,
			 const struct sg_gate_record *record)
{
	const struct sg_report_decision decision = {
		.name = record->name, .code = record->error,
		.manifest = manifest_of(daemon, record),
		.bytes = record->bytes,
		.sha256 = all_zero(record->digest, sizeof(record->digest)) ?
				  NULL : record->digest,
	};
	struct sg_buf plain = { 0 }, is = { 0 };
	struct sg_error err;

	if (sg_report_decision(&decision, &plain, &err) < 0 ||
	    device_key_report(&daemon->config, NULL, &plain, &is, &err) < 0)
		daemon_log(LOG_WARNING, "there is no report: %s", err.message);
	report_add_signed(daemon, facts, is.data, is.len);
	sg_buf_free(&plain);
	sg_buf_free(&is);
}

/* When it was, by the clock as it is now. */
static uint64_t time_of(const struct sg_gate_record *record)
{
	const uint64_t now = job_now(), then = record->time / 1000000000;

	return (uint64_t)time(NULL) - (then < now ? now - then : 0);
}

/* The gate tells all it still has to whoever opens it. */
static struct store_denial denial_of(const struct sg_gate_record *record)
{
	struct store_denial denial = {
		.number = record->number, .time = record->time,
	};

	job_boot_id(denial.boot_id);
	return denial;
}

void report_denial(struct daemon *daemon, const struct sg_gate_record *record)
{
	const struct store_denial denial = denial_of(record);
	struct store_report report = {
		.kind = "denied", .time = time_of(record),
	};
	char digest[65], manifest[65];
	sd_json_variant *facts = NULL;
	struct sg_error err;

	if (store_denial_known(daemon->store, &denial, &err) == 1)
		return;
	snprintf(report.subject, sizeof(report.subject), "%s", record->name);
	snprintf(report.result, sizeof(report.result), "%s", record->error);
	sg_gate_hex(record->digest, sizeof(record->digest), digest);
	sg_gate_hex(record->manifest, sizeof(record->manifest), manifest);
	sd_json_buildo(&facts,
		SD_JSON_BUILD_PAIR_STRING("verdict", record->verdict),
		SD_JSON_BUILD_PAIR_STRING("mode", record->mode),
		SD_JSON_BUILD_PAIR_STRING("path", record->path),
		SD_JSON_BUILD_PAIR_STRING("thread", record->comm),
		SD_JSON_BUILD_PAIR_UNSIGNED("bytes", record->bytes),
		SD_JSON_BUILD_PAIR_STRING("sha256", digest),
		SD_JSON_BUILD_PAIR_STRING("manifest", manifest),
		SD_JSON_BUILD_PAIR_STRING("authority", record->authority));
	event_log(&(struct event){ .kind = EVENT_DENIED,
				   .authority = record->authority,
				   .firmware = record->name,
				   .reason = record->error },
		  "%s for %s: %s: %s", record->name, record->comm,
		  record->verdict, record->error);
	add_decision(daemon, &facts, record);
	report_add(daemon, &report, REPORT_MERGE_S, facts);
	if (store_denial_put(daemon->store, &denial, &err) < 0)
		daemon_log(LOG_ERR, "%s", err.message);
}
