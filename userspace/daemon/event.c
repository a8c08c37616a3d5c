// SPDX-License-Identifier: GPL-2.0-or-later
#include "event.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/uio.h>
#include <syslog.h>

#include <systemd/sd-journal.h>

enum { MAX_FIELD = 1024, MAX_FIELDS = 8 };

static const struct {
	const char *id;
	int priority;
} kinds[] = {
	[EVENT_INSTALLED] = { "d38fa3e67a6147f697cb316a4d99a99d", LOG_NOTICE },
	[EVENT_CONFIRMED] = { "5dea839899444f0fb73416760bad7f90", LOG_NOTICE },
	[EVENT_RESTORED] = { "59bc893206fc4b3ba61471c48351d8b7", LOG_WARNING },
	[EVENT_REFUSED] = { "be1ce97bac32404c9587b399daf0755a", LOG_WARNING },
	[EVENT_DENIED] = { "67ad863d28de409191faf4604524da90", LOG_WARNING },
};

struct entry {
	char text[MAX_FIELDS][MAX_FIELD];
	struct iovec field[MAX_FIELDS];
	int n;
};

/* Longer ones are cut. */
static void add(struct entry *entry, const char *name, const char *value)
{
	char *text = entry->text[entry->n];
	int len;

	if (!value || !*value)
		return;
	len = snprintf(text, MAX_FIELD, "%s=%s", name, value);
	entry->field[entry->n++] = (struct iovec){
		text, len < MAX_FIELD ? (size_t)len : MAX_FIELD - 1,
	};
}

static void log_event(const struct event *event, const char *fmt, va_list ap)
{
	const int priority = kinds[event->kind].priority;
	const char digit[] = { (char)('0' + priority), '\0' };
	struct entry entry = { .n = 0 };
	char message[MAX_FIELD];

	vsnprintf(message, sizeof(message), fmt, ap);
	add(&entry, "MESSAGE", message);
	add(&entry, "PRIORITY", digit);
	add(&entry, "MESSAGE_ID", kinds[event->kind].id);
	add(&entry, "SUITGATE_AUTHORITY", event->authority);
	add(&entry, "SUITGATE_VERSION", event->version);
	add(&entry, "SUITGATE_MANIFEST", event->manifest);
	add(&entry, "SUITGATE_FIRMWARE", event->firmware);
	add(&entry, "SUITGATE_REASON", event->reason);
	if (!getenv("JOURNAL_STREAM") ||
	    sd_journal_sendv(entry.field, entry.n) < 0)
		daemon_log(priority, "%s", message);
}

void event_log(const struct event *event, const char *fmt, ...)
{
	va_list ap;

	va_start(ap, fmt);
	log_event(event, fmt, ap);
	va_end(ap);
}

void event_job(enum event_kind kind, const struct store_job *job,
	       const char *fmt, ...)
{
	char manifest[2 * SG_GATE_MAX_DIGEST + 1];
	const struct event event = {
		.kind = kind, .authority = job->authority,
		.version = job->version, .manifest = manifest,
	};
	va_list ap;

	sg_gate_hex(job->digest.value, job->digest.len, manifest);
	va_start(ap, fmt);
	log_event(&event, fmt, ap);
	va_end(ap);
}
