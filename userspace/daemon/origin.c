// SPDX-License-Identifier: GPL-2.0-or-later
#include "origin.h"

#include <stdio.h>
#include <string.h>

#include "curl_lib.h"

static const char *judge(const struct config *config, const char *url)
{
	if (!strncmp(url, "https://", 8) ||
	    (config->allow_http && !strncmp(url, "http://", 7)))
		return NULL;
	return config->allow_http ?
		       "only https and http are allowed" :
		       "only https is allowed (AllowHttp=yes in [Network] allows http too)";
}

const char *origin_resolve(const struct config *config, const char *base,
			   const char *url, char out[ORIGIN_MAX_URL])
{
	CURLU *parsed = curl_lib.url();
	const char *wrong = NULL;
	char *full = NULL;

	if (!parsed)
		return "out of memory";
	if ((base && curl_lib.url_set(parsed, CURLUPART_URL, base, 0)) ||
	    curl_lib.url_set(parsed, CURLUPART_URL, url, 0) ||
	    curl_lib.url_get(parsed, CURLUPART_URL, &full, 0))
		wrong = base ? "not a URL that can be fetched" :
			"not a URL that can be fetched (a relative one needs a manifest that came from a URL or a directory)";
	else
		wrong = judge(config, full);
	if (!wrong &&
	    snprintf(out, ORIGIN_MAX_URL, "%s", full) >= ORIGIN_MAX_URL)
		wrong = "the URL is too long";
	curl_lib.free(full);
	curl_lib.url_cleanup(parsed);
	return wrong;
}

/* "https://host:port" of a URL. */
static bool origin_of(const char *url, char out[ORIGIN_MAX_URL], char **host)
{
	char *scheme = NULL, *port = NULL;
	CURLU *parsed = curl_lib.url();
	bool good;

	*host = NULL;
	good = parsed && !curl_lib.url_set(parsed, CURLUPART_URL, url, 0) &&
	       !curl_lib.url_get(parsed, CURLUPART_SCHEME, &scheme, 0) &&
	       !curl_lib.url_get(parsed, CURLUPART_HOST, host, 0) &&
	       !curl_lib.url_get(parsed, CURLUPART_PORT, &port,
			     CURLU_DEFAULT_PORT);
	if (good)
		snprintf(out, ORIGIN_MAX_URL, "%s://%s:%s", scheme, *host,
			 port);
	curl_lib.free(scheme);
	curl_lib.free(port);
	curl_lib.url_cleanup(parsed);
	return good;
}

static bool host_listed(const struct config *config, const char *host)
{
	size_t i;

	for (i = 0; config->redirect_hosts && config->redirect_hosts[i]; i++)
		if (!strcasecmp(config->redirect_hosts[i], host))
			return true;
	return false;
}

bool origin_may_move(const struct config *config, const char *from,
		     const char *to)
{
	char here[ORIGIN_MAX_URL], there[ORIGIN_MAX_URL];
	char *host = NULL, *old_host = NULL;
	bool good;

	good = origin_of(from, here, &old_host) &&
	       origin_of(to, there, &host) &&
	       (!strncmp(to, "https://", 8) || !strncmp(from, "http://", 7)) &&
	       (!strcmp(here, there) || host_listed(config, host));
	curl_lib.free(old_host);
	curl_lib.free(host);
	return good;
}
