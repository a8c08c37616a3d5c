// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * What a gateway in a test has around it: a network, and somebody who watches
 * and answers.
 */
#include <stdio.h>
#include <string.h>

#include "gateway.h"

struct transfer {
	const char *at;
	size_t left;
	size_t until_cut;
};

static struct transfer transfer;

static int fetch_open(void *context, const struct sg_fetch *what,
		      struct sg_fetched *out, void **handle,
		      struct sg_error *err)
{
	const struct page *page = gateway.page;
	size_t len;

	(void)context;
	for (; page->uri && strcmp(page->uri, what->uri); page++)
		;
	if (!page->uri)
		return sg_fail(err, "no such page");
	gateway.opened++;
	len = page->len ? page->len : strlen(page->content);
	if (page->tag && !strcmp(page->tag, what->tag) && what->offset <= len)
		out->offset = what->offset;
	if (page->tag)
		strcpy(out->tag, page->tag);
	out->size = len;
	gateway.offset = out->offset;
	transfer.at = page->content + out->offset;
	transfer.left = len - (size_t)out->offset;
	transfer.until_cut = gateway.cut ? gateway.cut : SIZE_MAX;
	*handle = &transfer;
	return 0;
}

static ssize_t fetch_read(void *handle, void *buf, size_t cap,
			  struct sg_error *err)
{
	size_t n = gateway.piece < cap ? gateway.piece : cap;

	assert_ptr_equal(handle, &transfer);
	if (!transfer.until_cut)
		return sg_fail(err, "the line was cut");
	if (n > transfer.left)
		n = transfer.left;
	if (n > transfer.until_cut)
		n = transfer.until_cut;
	memcpy(buf, transfer.at, n);
	transfer.at += n;
	transfer.left -= n;
	transfer.until_cut -= n;
	return (ssize_t)n;
}

static void fetch_close(void *handle)
{
	assert_ptr_equal(handle, &transfer);
}

static const struct sg_fetcher fetcher = {
	.open = fetch_open, .read = fetch_read, .close = fetch_close,
};

static uint64_t seen;

static void on_progress(void *context, const struct sg_progress *progress)
{
	(void)context;
	if (progress->phase == SG_PHASE_FETCH)
		seen = progress->done;
}

static bool on_cancelled(void *context)
{
	(void)context;
	return gateway.cancel && seen >= gateway.cancel;
}

static enum sg_answer on_authorize(void *context, const char *component,
				   int64_t priority)
{
	(void)context;
	snprintf(gateway.invoked, sizeof(gateway.invoked), "%s %lld",
		 component, (long long)priority);
	return gateway.answer;
}

static enum sg_answer on_wait(void *context, enum sg_wait_event event,
			      int64_t value)
{
	(void)context;
	snprintf(gateway.invoked, sizeof(gateway.invoked), "event %d %lld",
		 (int)event, (long long)value);
	return gateway.answer;
}

static int on_invoke(void *context, const char *component,
		     const uint8_t *arguments, size_t len, struct sg_error *err)
{
	(void)context;
	snprintf(gateway.invoked, sizeof(gateway.invoked), "%s(%.*s)",
		 component, (int)len, (const char *)arguments);
	return gateway.answer == SG_ANSWER_NO ?
		       sg_fail(err, "it would not") : 0;
}

void gateway_plug(void)
{
	seen = 0;
	gateway.request.fetcher = &fetcher;
	gateway.request.progress = on_progress;
	gateway.request.cancelled = on_cancelled;
	gateway.request.authorize = on_authorize;
	gateway.request.wait = on_wait;
	gateway.request.invoke = on_invoke;
}
