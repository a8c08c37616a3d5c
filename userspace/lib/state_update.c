// SPDX-License-Identifier: LGPL-2.1-or-later
/*
 * A state file that follows what is configured.
 */
#include <string.h>
#include <unistd.h>

#include "suitgate/state.h"

enum { SECRET = 0600 };

/* What cannot be read is not what it should be. */
static bool has_content(const char *path, const struct sg_buf *wanted)
{
	struct sg_error ignored;
	struct sg_buf bytes;
	bool same;

	if (access(path, F_OK) < 0 ||
	    sg_file_read(path, SG_STATE_MAX, &bytes, &ignored) < 0)
		return false;
	same = bytes.len == wanted->len &&
	       !memcmp(bytes.data, wanted->data, bytes.len);
	sg_buf_free(&bytes);
	return same;
}

int sg_state_update(const char *config, const char *var, const char *path,
		    struct sg_state *out, struct sg_error *err)
{
	struct sg_state state;
	struct sg_buf bytes;
	int ret = -1;

	if (out)
		*out = (struct sg_state){ 0 };
	if (sg_state_collect(config, var, &state, err) < 0)
		return -1;
	if (sg_state_encode(&state, &bytes, err) == 0) {
		ret = has_content(path, &bytes) ? 0 : 1;
		if (ret && sg_file_write(path, bytes.data, bytes.len, SECRET,
					 err) < 0)
			ret = -1;
		sg_buf_free(&bytes);
	}
	if (ret >= 0 && out)
		*out = state;
	else
		sg_state_free(&state);
	return ret;
}
