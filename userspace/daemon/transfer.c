// SPDX-License-Identifier: GPL-2.0-or-later
#include "transfer.h"

#include <errno.h>
#include <inttypes.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "curl_lib.h"
#include "isolate.h"
#include "memory.h"
#include "origin.h"

enum {
	MAX_REDIRECTS = 5,
	MAX_BACKOFF_S = 60,
};

/* How an attempt ended. */
enum outcome { DONE, AGAIN, NEVER, MOVED };

/**
 * struct attempt - a try
 * @transfer: of which
 * @curl: handle, kept between tries
 * @url: where to now
 * @got: bytes that are there
 * @begun: the body of this answer began
 * @delivered: bytes have gone into the pipe: there is no way back
 * @refused: the body is too much
 * @tag: entity tag of what @got is part of
 */
struct attempt {
	struct transfer *transfer;
	CURL *curl;
	char url[FETCH_MAX_URL];
	uint64_t got;
	bool begun;
	bool delivered;
	bool refused;
	char tag[FETCH_MAX_TAG];
};

static int fail(struct attempt *attempt, enum outcome outcome,
		const char *fmt, ...) __attribute__((format(printf, 3, 4)));

static int fail(struct attempt *attempt, enum outcome outcome,
		const char *fmt, ...)
{
	va_list ap;

	va_start(ap, fmt);
	vsnprintf(attempt->transfer->message,
		  sizeof(attempt->transfer->message), fmt, ap);
	va_end(ap);
	return outcome;
}

static void read_tag(CURL *curl, char out[FETCH_MAX_TAG]);

/* Who reads the pipe is told before the first byte. */
static bool stream_begins(struct attempt *attempt, bool goes_on)
{
	struct transfer *transfer = attempt->transfer;
	curl_off_t len = -1;

	if (attempt->delivered) {
		transfer->changed = !goes_on;
		return goes_on;
	}
	attempt->delivered = true;
	transfer->start = attempt->got;
	curl_lib.easy_getinfo(attempt->curl, CURLINFO_CONTENT_LENGTH_DOWNLOAD_T,
			  &len);
	transfer->size = len > 0 ? attempt->got + (uint64_t)len : 0;
	read_tag(attempt->curl, transfer->new_tag);
	return true;
}

/* The start of a body: after a 206 it goes on, else it begins anew. */
static bool body_begins(struct attempt *attempt)
{
	bool goes_on;
	long status = 0;

	attempt->begun = true;
	curl_lib.easy_getinfo(attempt->curl, CURLINFO_RESPONSE_CODE, &status);
	goes_on = status == 206;
	if (!goes_on && !attempt->delivered)
		attempt->got = 0;
	if (attempt->transfer->stream)
		return stream_begins(attempt, goes_on);
	return goes_on || ftruncate(attempt->transfer->fd, 0) == 0;
}

static bool store(struct attempt *attempt, const char *bytes, size_t len)
{
	struct transfer *transfer = attempt->transfer;
	size_t done = 0;
	ssize_t r;

	while (done < len) {
		r = transfer->stream ?
			    write(transfer->fd, bytes + done, len - done) :
			    pwrite(transfer->fd, bytes + done, len - done,
				   (off_t)(attempt->got + done));
		if (r < 0 && errno != EINTR)
			return false;
		done += r > 0 ? (size_t)r : 0;
	}
	attempt->got += len;
	return true;
}

static size_t on_body(char *bytes, size_t size, size_t n, void *userdata)
{
	struct attempt *attempt = userdata;
	struct transfer *transfer = attempt->transfer;
	size_t len = size * n;
	long status = 0;

	curl_lib.easy_getinfo(attempt->curl, CURLINFO_RESPONSE_CODE, &status);
	/* what a refusal or a redirection says is of no interest */
	if (transfer->post || (status != 200 && status != 206))
		return len;
	if (!attempt->begun && !body_begins(attempt))
		return 0;
	if (len > transfer->max - attempt->got) {
		attempt->refused = true;
		return 0;
	}
	return store(attempt, bytes, len) ? len : 0;
}

static size_t on_send(char *out, size_t size, size_t n, void *userdata)
{
	struct attempt *attempt = userdata;
	ssize_t r = pread(attempt->transfer->fd, out, size * n,
			  (off_t)attempt->got);

	if (r < 0)
		return CURL_READFUNC_ABORT;
	attempt->got += (uint64_t)r;
	return (size_t)r;
}

/* A strong entity tag; others do not say that bytes are the same. */
static void read_tag(CURL *curl, char out[FETCH_MAX_TAG])
{
	struct curl_header *header;

	out[0] = '\0';
	if (curl_lib.easy_header(curl, "ETag", 0, CURLH_HEADER, -1, &header) ==
		    CURLHE_OK && header->value[0] == '"' &&
	    strlen(header->value) < FETCH_MAX_TAG)
		strcpy(out, header->value);
}

static struct curl_slist *add_header(struct curl_slist *list,
				     const char *name, const char *value)
{
	char line[FETCH_MAX_TAG + 32];

	snprintf(line, sizeof(line), "%s: %s", name, value);
	return curl_lib.slist_append(list, line);
}

/* Headers of this try: go on where the last one stopped, or ask if changed. */
static struct curl_slist *headers(struct attempt *attempt)
{
	const struct transfer *transfer = attempt->transfer;
	struct curl_slist *list = NULL;
	char range[32];

	if (transfer->post)
		return add_header(list, "Content-Type", transfer->post);
	if (attempt->got && attempt->tag[0]) {
		snprintf(range, sizeof(range), "bytes=%" PRIu64 "-",
			 attempt->got);
		list = add_header(list, "Range", range);
		list = add_header(list, "If-Range", attempt->tag);
	} else if (transfer->tag[0] && !transfer->stream) {
		list = add_header(list, "If-None-Match", transfer->tag);
	}
	return list;
}

static void set_body(struct attempt *attempt)
{
	CURL *curl = attempt->curl;
	struct stat st;

	if (attempt->transfer->post && !fstat(attempt->transfer->fd, &st)) {
		attempt->got = 0;
		curl_lib.easy_setopt(curl, CURLOPT_POST, 1L);
		curl_lib.easy_setopt(curl, CURLOPT_READFUNCTION, on_send);
		curl_lib.easy_setopt(curl, CURLOPT_READDATA, attempt);
		curl_lib.easy_setopt(curl, CURLOPT_POSTFIELDSIZE_LARGE,
				 (curl_off_t)st.st_size);
	}
	curl_lib.easy_setopt(curl, CURLOPT_WRITEFUNCTION, on_body);
	curl_lib.easy_setopt(curl, CURLOPT_WRITEDATA, attempt);
}

static void set_limits(struct attempt *attempt)
{
	const struct config *config = attempt->transfer->config;
	CURL *curl = attempt->curl;
	long stall = (long)config->stall_s;

	curl_lib.easy_setopt(curl, CURLOPT_PROTOCOLS_STR,
			 config->allow_http ? "https,http" : "https");
	curl_lib.easy_setopt(curl, CURLOPT_FOLLOWLOCATION, 0L);
	curl_lib.easy_setopt(curl, CURLOPT_NOSIGNAL, 1L);
	curl_lib.easy_setopt(curl, CURLOPT_CONNECTTIMEOUT, stall);
	curl_lib.easy_setopt(curl, CURLOPT_SERVER_RESPONSE_TIMEOUT, stall);
	curl_lib.easy_setopt(curl, CURLOPT_LOW_SPEED_LIMIT, 1L);
	curl_lib.easy_setopt(curl, CURLOPT_LOW_SPEED_TIME, stall);
	curl_lib.easy_setopt(curl, CURLOPT_USERAGENT,
			 "suitgated/" SUITGATE_VERSION);
	curl_lib.easy_setopt(curl, CURLOPT_SSLVERSION, (long)CURL_SSLVERSION_TLSv1_2);
	if (config->proxy)
		curl_lib.easy_setopt(curl, CURLOPT_PROXY, config->proxy);
	if (config->ca_file)
		curl_lib.easy_setopt(curl, CURLOPT_CAINFO, config->ca_file);
}

static int redirect(struct attempt *attempt)
{
	char *target = NULL;

	curl_lib.easy_getinfo(attempt->curl, CURLINFO_REDIRECT_URL, &target);
	if (!target || strlen(target) >= sizeof(attempt->url))
		return fail(attempt, NEVER, "redirects to nowhere");
	if (!origin_may_move(attempt->transfer->config, attempt->url, target))
		return fail(attempt, NEVER, "redirects to %.300s, which is neither the same server nor in RedirectHosts",
			    target);
	snprintf(attempt->url, sizeof(attempt->url), "%s", target);
	return MOVED;
}

static int judge_status(struct attempt *attempt)
{
	struct transfer *transfer = attempt->transfer;
	long status = 0;

	curl_lib.easy_getinfo(attempt->curl, CURLINFO_RESPONSE_CODE, &status);
	if (status >= 200 && status < 300) {
		if (!transfer->post && status != 200 && status != 206)
			return fail(attempt, NEVER, "answers %ld", status);
		/* an empty body never began */
		if (!transfer->post && !attempt->begun &&
		    !body_begins(attempt))
			return fail(attempt, NEVER, "no memory");
		if (!transfer->stream)
			read_tag(attempt->curl, transfer->new_tag);
		return DONE;
	}
	if (status == 304 && transfer->tag[0] && !attempt->got) {
		transfer->unchanged = true;
		return DONE;
	}
	if (status >= 300 && status < 400 && !transfer->post)
		return redirect(attempt);
	if (status == 416 && !attempt->delivered) {
		attempt->got = 0;
		return fail(attempt, AGAIN, "answers %ld", status);
	}
	return fail(attempt, status >= 500 || status == 429 ? AGAIN : NEVER,
		    "answers %ld", status);
}

/* Faults of the moment, as against those that will be the same again. */
static bool passing(CURLcode code)
{
	switch (code) {
	case CURLE_COULDNT_RESOLVE_HOST:
	case CURLE_COULDNT_RESOLVE_PROXY:
	case CURLE_COULDNT_CONNECT:
	case CURLE_OPERATION_TIMEDOUT:
	case CURLE_PARTIAL_FILE:
	case CURLE_GOT_NOTHING:
	case CURLE_RECV_ERROR:
	case CURLE_SEND_ERROR:
	case CURLE_SSL_CONNECT_ERROR:
	case CURLE_HTTP2:
	case CURLE_HTTP2_STREAM:
		return true;
	default:
		return false;
	}
}

static int try_once(struct attempt *attempt)
{
	char why[CURL_ERROR_SIZE] = "";
	struct curl_slist *list;
	CURLcode code;

	curl_lib.easy_reset(attempt->curl);
	attempt->begun = false;
	list = headers(attempt);
	set_limits(attempt);
	set_body(attempt);
	curl_lib.easy_setopt(attempt->curl, CURLOPT_URL, attempt->url);
	curl_lib.easy_setopt(attempt->curl, CURLOPT_HTTPHEADER, list);
	curl_lib.easy_setopt(attempt->curl, CURLOPT_ERRORBUFFER, why);
	code = curl_lib.easy_perform(attempt->curl);
	curl_lib.easy_setopt(attempt->curl, CURLOPT_ERRORBUFFER, NULL);
	curl_lib.slist_free_all(list);
	if (attempt->refused)
		return fail(attempt, NEVER, "sends more than %" PRIu64 " bytes",
			    attempt->transfer->max);
	if (attempt->transfer->changed)
		return fail(attempt, NEVER, "changed while it was fetched");
	if (code == CURLE_OK)
		return judge_status(attempt);
	read_tag(attempt->curl, attempt->tag);
	return fail(attempt, passing(code) ? AGAIN : NEVER, "%s",
		    why[0] ? why : curl_lib.easy_strerror(code));
}

/* Wait 1, 2, 4 ... seconds, and a little by chance. */
static void back_off(unsigned int tries)
{
	unsigned int s = tries < 6 ? 1u << tries : MAX_BACKOFF_S;

	usleep((useconds_t)(s * 1000000u + (unsigned int)random() % 500000u));
}

static int run(struct attempt *attempt)
{
	const struct config *config = attempt->transfer->config;
	unsigned int tries = 0, redirects = 0;
	int outcome;

	for (;;) {
		outcome = try_once(attempt);
		if (outcome == MOVED) {
			if (++redirects > MAX_REDIRECTS)
				return fail(attempt, NEVER, "redirects more than %d times",
					    MAX_REDIRECTS);
			continue;
		}
		if (outcome != AGAIN || tries >= config->retries)
			return outcome;
		back_off(tries++);
	}
}

static int set_up(struct attempt *attempt)
{
	struct transfer *transfer = attempt->transfer;
	const char *wrong = curl_lib_load();

	/* of all that was looked through to load it little is needed */
	memory_trim();
	if (!wrong)
		wrong = origin_resolve(transfer->config, transfer->base,
				       transfer->url, attempt->url);
	if (!wrong) {
		memcpy(transfer->url, attempt->url, sizeof(transfer->url));
		attempt->curl = curl_lib.easy_init();
		wrong = attempt->curl ? NULL : "out of memory";
	}
	if (!wrong)
		return 0;
	fail(attempt, NEVER, "%s", wrong);
	return -1;
}

int transfer_run(void *argument)
{
	struct transfer *transfer = argument;
	struct attempt attempt = { .transfer = transfer };
	int outcome;

	if (isolate(&transfer->fd) < 0)
		return fail(&attempt, NEVER, "cannot drop privileges: %m");
	srandom((unsigned int)getpid());
	if (set_up(&attempt) < 0)
		return NEVER;
	if (transfer->stream) {
		if (transfer->offset > transfer->max)
			return fail(&attempt, NEVER, "has too many bytes");
		attempt.got = transfer->offset;
		snprintf(attempt.tag, sizeof(attempt.tag), "%s",
			 transfer->tag);
	}
	outcome = run(&attempt);
	curl_lib.easy_cleanup(attempt.curl);
	return outcome;
}
