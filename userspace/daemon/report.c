// SPDX-License-Identifier: GPL-2.0-or-later
#include "report.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <syslog.h>
#include <time.h>
#include <unistd.h>

#include "fetch.h"
#include "job.h"

enum {
	MERGE_S = 3600,		/* like denials within an hour are one report */
	AGAIN_S = 300,		/* after the server did not take one */
	KEEP = 4096,
};

/* One report on its way, and when to try the next. */
struct report_post {
	struct daemon *daemon;
	struct fetch *fetch;
	sd_event_source *timer;
	int64_t number;
	int fd;
};

static void add(struct daemon *daemon, struct store_report *report,
		uint64_t merge_s, sd_json_variant *facts)
{
	struct sg_error err;

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

/* What a device signs, by its name among the facts. */
static const struct signed_form {
	const char *fact;
	const char *media_type;
} forms[] = {
	[REPORT_SUIT] = { "suitReport", "application/suit-report+cose" },
	[REPORT_EAT] = { "eat", "application/eat+cwt" },
};

/* The signed SUIT_Report or token of a step, when there is one. */
static void add_signed(const struct daemon *daemon, sd_json_variant **facts,
		       const struct procedure_result *result)
{
	if (!result || !result->n_report)
		return;
	sd_json_variant_merge_objectbo(facts,
		SD_JSON_BUILD_PAIR_BASE64(forms[daemon->config.report_form].fact,
					  result->report, result->n_report));
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
	add_signed(daemon, &facts, result);
	add(daemon, &report, 0, facts);
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
	add_signed(daemon, &facts, result);
	add(daemon, &report, MERGE_S, facts);
}

void report_denial(struct daemon *daemon, const struct sg_gate_record *record)
{
	struct store_report report = { .kind = "denied" };
	char digest[65], manifest[65];
	sd_json_variant *facts = NULL;

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
	add(daemon, &report, MERGE_S, facts);
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

/*
 * Remember the oldest report that was not sent, as it is sent: what is signed,
 * or JSON of what has nothing that is.
 */
struct oldest {
	struct sg_buf bytes;
	const char *media_type;
	int64_t number;
	uint64_t waiting;
};

static void encode(const struct store_report *report, struct oldest *oldest)
{
	sd_json_variant *json = NULL, *facts, *is = NULL;
	char *text = NULL;
	void *bytes;
	size_t len, i;

	if (report_json(report, &json) < 0)
		return;
	facts = sd_json_variant_by_key(json, "facts");
	oldest->media_type = "application/json";
	for (i = 0; i < sizeof(forms) / sizeof(forms[0]) && !is; i++) {
		is = sd_json_variant_by_key(facts, forms[i].fact);
		if (is)
			oldest->media_type = forms[i].media_type;
	}
	if (is && sd_json_variant_unbase64(is, &bytes, &len) >= 0)
		oldest->bytes = (struct sg_buf){ bytes, len };
	if (!is && sd_json_variant_format(json, 0, &text) >= 0)
		oldest->bytes = (struct sg_buf){ (uint8_t *)text,
						 strlen(text) };
	sd_json_variant_unref(json);
}

static int take_oldest(void *context, const struct store_report *report,
		       struct sg_error *err)
{
	struct oldest *oldest = context;

	(void)err;
	if (oldest->waiting++)
		return 0;
	oldest->number = report->number;
	encode(report, oldest);
	return 0;
}

static int on_again(sd_event_source *source, uint64_t usec, void *userdata)
{
	struct report_post *post = userdata;

	(void)source;
	(void)usec;
	post->timer = sd_event_source_disable_unref(post->timer);
	report_post(post->daemon);
	return 0;
}

static void on_sent(void *context, const struct sg_error *why,
		    const char *tag, bool unchanged)
{
	struct report_post *post = context;
	struct sg_error err;

	(void)tag;
	(void)unchanged;
	post->fetch = NULL;
	close(post->fd);
	if (!why) {
		if (store_report_sent(post->daemon->store, post->number,
				      &err) < 0)
			daemon_log(LOG_ERR, "%s", err.message);
		else
			report_post(post->daemon);
		return;
	}
	daemon_log(LOG_WARNING, "report %" PRId64 " is not sent: %s",
		   post->number, why->message);
	sd_event_add_time_relative(post->daemon->event, &post->timer,
				   CLOCK_BOOTTIME, AGAIN_S * 1000000ULL, 0,
				   on_again, post);
}

static int send_bytes(struct report_post *post, const struct oldest *oldest,
		      struct sg_error *err)
{
	struct fetch_request request = {
		.url = post->daemon->config.report_url,
		.post = oldest->media_type,
		.done = on_sent, .context = post,
	};

	post->fd = memfd_create("suitgate-report", MFD_CLOEXEC);
	if (post->fd < 0)
		return sg_fail(err, "cannot send a report: %m");
	request.fd = post->fd;
	if (write(post->fd, oldest->bytes.data, oldest->bytes.len) !=
	    (ssize_t)oldest->bytes.len)
		sg_fail(err, "cannot send a report: %m");
	else
		post->fetch = fetch_start(post->daemon, &request, err);
	if (post->fetch)
		return 0;
	close(post->fd);
	return -1;
}

/* More than the spool holds: the oldest are not sent any more. */
static int shorten(struct daemon *daemon, struct oldest *oldest,
		   struct sg_error *err)
{
	while (oldest->waiting > daemon->config.report_spool) {
		if (store_report_sent(daemon->store, oldest->number, err) < 0)
			return -1;
		sg_buf_free(&oldest->bytes);
		*oldest = (struct oldest){ 0 };
		if (store_reports(daemon->store, 0, true, take_oldest, oldest,
				  err) < 0)
			return -1;
	}
	return 0;
}

void report_post(struct daemon *daemon)
{
	struct report_post *post = daemon->post;
	struct oldest oldest = { 0 };
	struct sg_error err;

	if (!daemon->config.report_url)
		return;
	if (!post) {
		post = daemon->post = calloc(1, sizeof(*post));
		if (!post)
			return;
		post->daemon = daemon;
	}
	if (post->fetch || post->timer)
		return;
	if (store_reports(daemon->store, 0, true, take_oldest, &oldest,
			  &err) < 0 || shorten(daemon, &oldest, &err) < 0) {
		daemon_log(LOG_ERR, "%s", err.message);
	} else if (oldest.bytes.data) {
		post->number = oldest.number;
		if (send_bytes(post, &oldest, &err) < 0)
			daemon_log(LOG_ERR, "%s", err.message);
	}
	sg_buf_free(&oldest.bytes);
}

void report_stop(struct daemon *daemon)
{
	struct report_post *post = daemon->post;

	if (!post)
		return;
	if (post->fetch) {
		fetch_cancel(post->fetch);
		close(post->fd);
	}
	sd_event_source_disable_unref(post->timer);
	free(post);
	daemon->post = NULL;
}
