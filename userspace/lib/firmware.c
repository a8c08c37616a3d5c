// SPDX-License-Identifier: LGPL-2.1-or-later
/*
 * Firmware on a disk, and which manifests name it.
 */
#include <stdlib.h>
#include <string.h>

#include "author_private.h"
#include "bless_private.h"
#include "component_text.h"
#include "crypto.h"
#include "fault.h"

int sg_firmware_walk(const char *dir,
		     int (*each)(void *context, const char *name,
				 const char *path, struct sg_error *err),
		     void *context, struct sg_error *err)
{
	const struct sg_bless_request request = { .dir = dir };
	struct sg_bless_list list = { 0 };
	struct sg_bless_report report = { 0 };
	size_t i, root = strlen(dir);
	int ret = sg_bless_walk(&request, &list, &report, err);

	while (root > 1 && dir[root - 1] == '/')
		root--;
	for (i = 0; !ret && i < list.n; i++)
		ret = each(context, list.name[i].path + root + 1,
			   list.name[i].path, err);
	sg_bless_list_free(&list);
	return ret;
}

static int open_unverified(const struct sg_buf *envelope,
			   struct suit_envelope *env, struct suit_manifest *m,
			   struct sg_error *err)
{
	enum suit_error error;

	error = suit_envelope_open(env, (struct suit_slice){ envelope->data,
							     envelope->len });
	if (error != SUIT_OK)
		return sg_fault_open(err, error, env->epoch, "the envelope");
	/* Names are all that is asked for; the verdict is somebody else's. */
	env->authenticated = true;
	error = suit_manifest_open(m, env, sg_crypto(), SUIT_PROFILE_KERNEL);
	return error == SUIT_OK ? 0 : sg_fault_open(err, error, m->epoch,
						    "the manifest");
}

int sg_envelope_find(const struct sg_buf *envelope,
		     const char *const *component, size_t n, bool *found,
		     struct sg_error *err)
{
	uint8_t id[SUIT_MAX_COMPONENT_ID];
	struct suit_envelope env;
	struct sg_error ignored;
	struct suit_manifest m;
	int count = 0;
	size_t i, len;
	u32 index;

	if (open_unverified(envelope, &env, &m, err) < 0)
		return -1;
	for (i = 0; i < n; i++) {
		found[i] = sg_component_parse(component[i], id, sizeof(id),
					      &len, &ignored) == 0 &&
			   suit_manifest_find(&m, (struct suit_slice){ id, len },
					      &index) == SUIT_OK;
		count += found[i];
	}
	return count;
}
