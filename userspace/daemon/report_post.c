// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Reports on their way to the operator.
 */
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <syslog.h>
#include <unistd.h>

#include "fetch.h"
#include "report.h"

enum { AGAIN_S = 300 };	/* after the server did not take one */

/* One report on its way, and when to try the next. */
struct report_post {
	struct daemon *daemon;
	struct fetch *fetch;
	sd_event_source *timer;
	int64_t number;
	int fd;
};

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
	const struct report_kind *kind;
	char *text = NULL;
	void *bytes;
	unsigned int i;
	size_t len;

	if (report_json(report, &json) < 0)
		return;
	facts = sd_json_variant_by_key(json, "facts");
	oldest->media_type = "application/json";
	for (i = 0; !is && (kind = report_kind(i)); i++) {
		is = sd_json_variant_by_key(facts, kind->fact);
		if (is)
			oldest->media_type = kind->media_type;
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
