// SPDX-License-Identifier: GPL-2.0-or-later
#include "curl_lib.h"

#include <dlfcn.h>

#define FILE_NAME "libcurl.so.4"

struct curl_lib curl_lib;

const char *curl_lib_load(void)
{
	/* it stays until the process ends */
	void *lib = dlopen(FILE_NAME, RTLD_NOW | RTLD_LOCAL);

	if (!lib)
		return dlerror();
#define LOOK_UP(name) \
	if (!(*(void **)&curl_lib.name = dlsym(lib, "curl_" #name))) \
		return FILE_NAME " has no curl_" #name;
	CURL_LIB(LOOK_UP)
#undef LOOK_UP
	return NULL;
}
