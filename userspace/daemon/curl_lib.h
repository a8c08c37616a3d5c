/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * libcurl, and the thirty libraries that it needs, in processes that transfer
 * something; the daemon, which waits most of its life, is without.
 */
#ifndef DAEMON_CURL_LIB_H
#define DAEMON_CURL_LIB_H

#include <curl/curl.h>

#define CURL_LIB(X) \
	X(easy_cleanup) X(easy_getinfo) X(easy_header) X(easy_init) \
	X(easy_perform) X(easy_reset) X(easy_setopt) X(easy_strerror) \
	X(free) X(slist_append) X(slist_free_all) X(url) X(url_cleanup) \
	X(url_get) X(url_set)

#define CURL_MEMBER(name) __typeof__(curl_##name) *name;
extern struct curl_lib { CURL_LIB(CURL_MEMBER) } curl_lib;
#undef CURL_MEMBER

/* Fill curl_lib. NULL, or why it cannot be. */
const char *curl_lib_load(void);

#endif /* DAEMON_CURL_LIB_H */
