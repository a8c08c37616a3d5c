// SPDX-License-Identifier: GPL-2.0-or-later
#include "report.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <syslog.h>
#include <time.h>

#include "job.h"

enum { KEEP = 4096 };

void report_add(struct daemon *daemon, struct store_report *report,
		uint64_t merge_s, sd_json_variant *facts)
{
	struct sg_error err;

	if (!report->time)
		report->time = (uint64_t)time(NULL);
	if (!facts || sd_json_variant_format(facts, 0, &report->facts) < 0)
		daemon_log(LOG_ERR, "a report is lost: out of memory");
	else if (store_report_add(daemon->store, report, merge_s, KEEP,
				  &err) < 0)
		daemon_log(LOG_ERR, "a report is lost: %s", err.message);
	free(report->facts);
	sd_json_variant_unref(facts);
	report_post(daemon);
}

static int add_name(void *context, unsigned int number,
		    const struct store_component *component,
		    struct sg_error *err)
{
	sd_json_variant **names = context;

	(void)number;
	(void)err;
	return sd_json_variant_append_arrayb(names,
			SD_JSON_BUILD_STRING(component->name)) < 0 ? -1 : 0;
}

const struct report_kind *report_kind(unsigned int form)
{
	static const struct report_kind forms[] = {
		[REPORT_SUIT] = { "suitReport", "application/suit-report+cose" },
		[REPORT_EAT] = { "eat", "application/eat+cwt" },
	};

	return form < sizeof(forms) / sizeof(forms[0]) ? &forms[form] : NULL;
}

void report_add_signed(const struct daemon *daemon, sd_json_variant **facts,
		       const void *report, size_t len)
{
	const struct report_kind *kind = report_kind(daemon->config.report_form);

	if (kind && len)
		sd_json_variant_merge_objectbo(facts,
			SD_JSON_BUILD_PAIR_BASE64(kind->fact, report, len));
}

/* What a step has signed, when it did. */
static void add_result(const struct daemon *daemon, sd_json_variant **facts,
		       const struct procedure_result *result)
{
	if (result)
		report_add_signed(daemon, facts, result->report,
				  result->n_report);
}

static void add_job(struct daemon *daemon, const char *kind,
		    const struct store_job *job, const char *failure,
		    const struct procedure_result *result)
{
	sd_json_variant *facts = NULL, *names = NULL;
	struct store_report report = { 0 };
	struct sg_error ignored;

	snprintf(report.kind, sizeof(report.kind), "%s", kind);
	sg_gate_hex(job->digest.value, job->digest.len, report.subject);
	snprintf(report.result, sizeof(report.result), "%s",
		 failure ? "failed" : "ok");
	job_files(daemon, job, add_name, &names, &ignored);
	sd_json_buildo(&facts,
		SD_JSON_BUILD_PAIR_STRING("authority", job->authority),
		SD_JSON_BUILD_PAIR_UNSIGNED("sequenceNumber",
					    job->sequence_number),
		SD_JSON_BUILD_PAIR_STRING("version", job->version),
		SD_JSON_BUILD_PAIR_CONDITION(!!names, "components",
			SD_JSON_BUILD_VARIANT(names)),
		SD_JSON_BUILD_PAIR_CONDITION(!!failure, "message",
			SD_JSON_BUILD_STRING(failure)));
	add_result(daemon, &facts, result);
	report_add(daemon, &report, 0, facts);
	sd_json_variant_unref(names);
}

void report_job(struct daemon *daemon, const char *kind,
		const struct store_job *job, const char *failure)
{
	add_job(daemon, kind, job, failure, NULL);
}

void report_install(struct daemon *daemon, const struct store_job *job,
		    const struct procedure_result *result)
{
	add_job(daemon, "install", job, NULL, result);
}

void report_refusal(struct daemon *daemon, const char *digest,
		    const struct sg_error *why,
		    const struct procedure_result *result)
{
	struct store_report report = { .kind = "refused" };
	sd_json_variant *facts = NULL;

	snprintf(report.subject, sizeof(report.subject), "%s", digest);
	snprintf(report.result, sizeof(report.result), "%s",
		 why->code ? why->code : "failed");
	sd_json_buildo(&facts, SD_JSON_BUILD_PAIR_STRING("message",
							 why->message));
	add_result(daemon, &facts, result);
	report_add(daemon, &report, REPORT_MERGE_S, facts);
}

int report_json(const struct store_report *report, sd_json_variant **out)
{
	sd_json_variant *facts = NULL;
	int r;

	r = sd_json_parse(report->facts, 0, &facts, NULL, NULL);
	if (r >= 0)
		r = sd_json_buildo(out,
			SD_JSON_BUILD_PAIR_INTEGER("number", report->number),
			SD_JSON_BUILD_PAIR_UNSIGNED("time", report->time),
			SD_JSON_BUILD_PAIR_STRING("kind", report->kind),
			SD_JSON_BUILD_PAIR_STRING("subject", report->subject),
			SD_JSON_BUILD_PAIR_STRING("result", report->result),
			SD_JSON_BUILD_PAIR_UNSIGNED("count", report->count),
			SD_JSON_BUILD_PAIR_VARIANT("facts", facts));
	sd_json_variant_unref(facts);
	return r < 0 ? -1 : 0;
}
