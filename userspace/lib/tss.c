// SPDX-License-Identifier: LGPL-2.1-or-later
#include "tss.h"

#include <dlfcn.h>
#include <stdlib.h>

static const char *const esys = "libtss2-esys.so.0";
static const char *const tctildr = "libtss2-tctildr.so.0";
static const char *const rc = "libtss2-rc.so.0";

/* A function's address in a place for one; ISO C has no cast for it. */
static int find(const char *library, const char *name, void *out,
		struct sg_error *err)
{
	/* loaded once; stays: the functions must */
	void *handle = dlopen(library, RTLD_NOW | RTLD_LOCAL);

	if (!handle)
		return sg_fail(err, "the TPM cannot be used without tpm2-tss: %s; install libtss2-esys, libtss2-tctildr and libtss2-rc",
			       dlerror());
	*(void **)out = dlsym(handle, name);
	if (*(void **)out)
		return 0;
	dlclose(handle);
	return sg_fail(err, "%s has no %s", library, name);
}

const struct sg_tss *sg_tss_load(struct sg_error *err)
{
	static struct sg_tss tss;
	static bool loaded;

	if (loaded)
		return &tss;
	/* it would call an index that is not there an error, on stderr */
	setenv("TSS2_LOG", "all+none", 0);
#define FIND(library, name) \
	if (find(library, #name, &tss.name, err) < 0) \
		return NULL;
	SG_TSS_FUNCTIONS(FIND)
#undef FIND
	loaded = true;
	return &tss;
}
