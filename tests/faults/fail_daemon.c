// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * What only the daemon calls; see fail.c. Functions of libcurl are looked up by
 * name in the process that transfers something: it is given those that may fail.
 */
#include <string.h>

#include "wrap.h"

WRAP(curl_easy_init, 0, 0);
WRAP(curl_easy_perform, 7, 0);
WRAP(curl_easy_setopt, 27, 0);
WRAP(curl_url, 0, 0);
WRAP(fork, -1, EAGAIN);
WRAP(mmap, -1, ENOMEM);
WRAP(sd_event_add_child, -12, 0);
WRAP(sd_event_add_defer, -12, 0);
WRAP(sd_event_add_time_relative, -12, 0);
WRAP(sd_varlink_errorb, -12, 0);
WRAP(sd_varlink_notifyb, -12, 0);
WRAP(sd_varlink_replyb, -12, 0);
WRAP(setgroups, -1, EPERM);
WRAP(setresgid, -1, EPERM);
WRAP(setresuid, -1, EAGAIN);
WRAP(sqlite3_exec, 10, 0);
WRAP(sqlite3_prepare_v2, 10, 0);
WRAP(sqlite3_step, 10, 0);

#define CURL(X) X(curl_easy_init) X(curl_easy_perform) X(curl_easy_setopt) \
	X(curl_url)

#define DECLARE(name) void __wrap_##name(void);
CURL(DECLARE)

void *__real_dlsym(void *library, const char *name);
void *__wrap_dlsym(void *library, const char *name);

void *__wrap_dlsym(void *library, const char *name)
{
#define LOOK_UP(it) \
	if (!strcmp(name, #it)) \
		return (void *)__wrap_##it;
	CURL(LOOK_UP)
	return __real_dlsym(library, name);
}
