// SPDX-License-Identifier: GPL-2.0-or-later
#include "origin.h"

#include <curl/curl.h>
#include <stdio.h>
#include <string.h>

#include "fetch.h"

/* "https://host:port" of a URL. */
static bool origin_of(const char *url, char out[FETCH_MAX_URL], char **host)
{
	char *scheme = NULL, *port = NULL;
	CURLU *parsed = curl_url();
	bool good;

	*host = NULL;
	good = parsed && !curl_url_set(parsed, CURLUPART_URL, url, 0) &&
	       !curl_url_get(parsed, CURLUPART_SCHEME, &scheme, 0) &&
	       !curl_url_get(parsed, CURLUPART_HOST, host, 0) &&
	       !curl_url_get(parsed, CURLUPART_PORT, &port,
			     CURLU_DEFAULT_PORT);
	if (good)
		snprintf(out, FETCH_MAX_URL, "%s://%s:%s", scheme, *host,
			 port);
	curl_free(scheme);
	curl_free(port);
	curl_url_cleanup(parsed);
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
	char here[FETCH_MAX_URL], there[FETCH_MAX_URL];
	char *host = NULL, *old_host = NULL;
	bool good;

	good = origin_of(from, here, &old_host) &&
	       origin_of(to, there, &host) &&
	       (!strncmp(to, "https://", 8) || !strncmp(from, "http://", 7)) &&
	       (!strcmp(here, there) || host_listed(config, host));
	curl_free(old_host);
	curl_free(host);
	return good;
}
